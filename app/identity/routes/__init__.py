"""Doors of identity, in one blueprint; each file here opens some of them."""

from app.identity.routes import account, joining, office, passwords_by_mail, signing_in
from app.identity.routes.blueprint import bp

__all__ = ["account", "bp", "joining", "office", "passwords_by_mail", "signing_in"]
