"""Doors of outreach, in one blueprint: those of everyone, of the office, and of who was invited."""

from app.i18n import _l
from app.issues import reporting
from app.outreach.routes import channels, invited, inviting, public, register
from app.outreach.routes.blueprint import bp
from app.outreach.telling import tell

reporting.add_part("outreach", 20, _l("How people were told, who was asked, who came"), tell)

__all__ = ["bp", "channels", "invited", "inviting", "public", "register"]
