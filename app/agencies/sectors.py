"""The sectors stakeholders come from (domain glossary; the powerless are the point, seed 001)."""

from app.i18n import _l

SECTORS = {
    "people": _l("People of the area"),
    "vulnerable": _l("Vulnerable groups"),
    "service_user": _l("Service users"),
    "civil_society": _l("Civil society"),
    "private": _l("Private sector"),
    "academic": _l("Academics"),
    "media": _l("Media"),
    "state": _l("State agencies"),
}
