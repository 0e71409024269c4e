"""The shape of what followers send."""

from __future__ import annotations

from wtforms import StringField

from app.i18n import _l
from app.identity.forms import EmailField
from app.web.fields import Required
from app.web.forms import Form


class ButtonForm(Form):
    """A button that follows, confirms or leaves: opening its page changes nothing."""


class AddressForm(Form):
    """Where an issue's mails shall go, for who has no account."""

    email = EmailField(_l("Your e-mail address"), [Required(_l("Enter your e-mail address"))])


class MineForm(Form):
    """Which issue to leave: the value of the button pressed."""

    issue = StringField()
