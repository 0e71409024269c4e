"""The ways by which what people say arrives, and by which an agency reaches people."""

from app.i18n import _l

ARRIVALS = {
    "web": _l("This website"),
    "meeting": _l("A meeting"),
    "paper": _l("Paper form"),
    "letter": _l("Letter"),
    "phone": _l("Telephone"),
    "email": _l("E-mail"),
    "import": _l("Taken over from another system"),
}
"""How a contribution came in."""
