"""How the codes of this room are called."""

from app.i18n import _l

KIND_WORDS = {
    "ministry": _l("Ministry"),
    "department": _l("Department"),
    "province": _l("Province"),
    "district": _l("District"),
    "local": _l("Local government"),
    "university": _l("University"),
    "region": _l("Regional office"),
    "other": _l("Other state agency"),
}
