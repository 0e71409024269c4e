"""The shape of what people type about themselves; `consent_field` is for the other rooms' forms."""

from __future__ import annotations

import re
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask import url_for
from markupsafe import Markup
from wtforms import BooleanField, HiddenField, PasswordField, RadioField, StringField
from wtforms.validators import ValidationError
from wtforms.widgets import EmailInput

from app.config import current_settings
from app.core.errors import DomainError
from app.i18n import _, _l
from app.identity import passwords
from app.identity.consents import CURRENT_CONSENT
from app.identity.models import Person
from app.identity.roles import PROGRAMME_ROLES, ROLE_WORDS
from app.web.fields import Length, Required, SelectChoice, TextField
from app.web.forms import Form

LONGEST_NAME = 60
LONGEST_EMAIL = 254
NEVER_DELIVERED = (".invalid", ".test")
"""Domains that lead nowhere (RFC 2606): those of the demonstration's people and of trials."""
_LOOKS_LIKE_ADDRESS = re.compile(r"://|www\.|@|\.(?:com|net|org|th)\b", re.IGNORECASE)


class EmailField(StringField):
    """An e-mail address, kept in lower case and in letters every mail server takes."""

    widget = EmailInput()

    def pre_validate(self, form: Any) -> None:
        if not self.data or not self.data.strip():
            return
        address = ascii_address(self.data.strip())
        if not address or len(address) > LONGEST_EMAIL:
            raise ValidationError(_("Enter an e-mail address, for example name@example.go.th"))
        self.data = address.lower()


def ascii_address(typed: str) -> str | None:
    """The address as mail servers write it, or None; domains that lead nowhere count outside production."""
    nowhere = typed.lower().endswith(NEVER_DELIVERED) and not current_settings().production
    # The checker refuses these domains whatever it is told: it sees the same address under an ordinary one.
    shown = typed + ".org" if nowhere else typed
    try:
        found = validate_email(shown, check_deliverability=False, allow_smtputf8=False).ascii_email
    except EmailNotValidError:
        return None
    return found.removesuffix(".org") if found and nowhere else found


class ConsentField(BooleanField):
    """A tick whose value is the version of the consent text; `version` is stored with the act."""

    outdated = False

    def process_formdata(self, valuelist: list[Any]) -> None:
        given = str(valuelist[0]) if valuelist else ""
        self.data = given == CURRENT_CONSENT
        self.outdated = bool(given) and not self.data

    def _value(self) -> str:
        return CURRENT_CONSENT

    @property
    def version(self) -> str:
        return CURRENT_CONSENT


class _ConsentLabel:
    """The words beside the tick, with a link to the whole text; made when shown, in the page's language."""

    def __str__(self) -> str:
        return str(self.__html__())

    def __html__(self) -> Markup:
        text = Markup('<a href="{}" target="_blank" rel="noopener">{}</a>').format(
            url_for("identity.consent", version=CURRENT_CONSENT),
            _("the consent text (opens in a new tab)"),
        )
        words = _(
            "I agree that what I write or choose here, which may show my political opinion, "
            "is used as set out in %(text)s",
            text="\0",
        )
        before, _between, after = words.partition("\0")
        return Markup("{}{}{}").format(before, text, after)


def consent_field() -> Any:
    """The required tick of a form whose act stores the consent: `consent = consent_field()`.

    After validation `form.consent.version` is what to store.
    """
    label: Any = _ConsentLabel()
    return ConsentField(label, [_agreed])


def _agreed(_form: Form, field: ConsentField) -> None:
    if field.outdated:
        raise ValidationError(_("The consent text has changed. Read it and tick the box again."))
    if not field.data:
        raise ValidationError(_("Tick the box if you agree. Without it we may not keep what you send."))


_agreed.field_flags = {"required": True}  # type: ignore[attr-defined]


def _plain_name(_form: Form, field: StringField) -> None:
    """Names stand beside comments and in mails: they are no place for advertising."""
    if _LOOKS_LIKE_ADDRESS.search(field.data or ""):
        raise ValidationError(_("Enter a name without web or e-mail addresses"))


def _name_field() -> TextField:
    return TextField(
        _l("Name to show"),
        [Required(_l("Enter the name to show")), Length(max=LONGEST_NAME), _plain_name],
        description=_l("Shown with your comments. It need not be your full name."),
    )


def _email_field() -> EmailField:
    return EmailField(_l("E-mail address"), [Required(_l("Enter your e-mail address"))])


def _new_password_field(label: Any) -> PasswordField:
    return PasswordField(
        label,
        [Required(_l("Enter a password"))],
        description=_l("At least 10 characters. A sentence of several words is best."),
    )


class RegisterForm(Form):
    name = _name_field()
    email = _email_field()
    password = _new_password_field(_l("Password"))

    def validate_password(self, field: PasswordField) -> None:
        _check_strength(field, email=self.email.data or "", name=self.name.data or "")


class SignInForm(Form):
    email = _email_field()
    password = PasswordField(_l("Password"), [Required(_l("Enter your password"))])
    next = HiddenField()


class ForgotForm(Form):
    email = _email_field()


class LinkForm(Form):
    """A button that does what a mailed link is for; opening the link alone does nothing."""


class ConfirmForm(Form):
    """The mailed link shows that the address is theirs, the password that the registration is."""

    password = PasswordField(
        _l("Password"),
        [Required(_l("Enter your password"))],
        description=_l("The one you chose when you registered."),
    )


class NewPasswordForm(Form):
    """A new password by a mailed link."""

    new_password = _new_password_field(_l("New password"))
    owner_email = ""
    owner_name = ""

    def is_for(self, owner: Person) -> None:
        """Whose password it is: it may be neither their name nor their address."""
        self.owner_email, self.owner_name = owner.email, owner.name

    def validate_new_password(self, field: PasswordField) -> None:
        _check_strength(field, email=self.owner_email, name=self.owner_name)


class ChangePasswordForm(NewPasswordForm):
    current_password = PasswordField(_l("Present password"), [Required(_l("Enter your present password"))])
    new_password = _new_password_field(_l("New password"))


class EndAccountForm(Form):
    """The password once more, so that nobody ends an account from a browser left open."""

    current_password = PasswordField(_l("Your password"), [Required(_l("Enter your present password"))])


class DetailsForm(Form):
    name = _name_field()
    lang = RadioField(
        _l("Language of our mails to you"),
        [Required(_l("Choose a language"))],
        choices=[SelectChoice("th", "ไทย"), SelectChoice("en", "English")],
    )


class SessionsForm(Form):
    """Which session to end: its digest, or `others`; the value of the button pressed."""

    session = StringField()


class ProgrammeRoleForm(Form):
    """A programme role for somebody who has an account."""

    email = EmailField(
        _l("E-mail address of the person"),
        [Required(_l("Enter the person’s e-mail address"))],
        description=_l("The person must have registered with this address."),
    )
    role = RadioField(
        _l("Role"),
        [Required(_l("Choose a role"))],
        choices=[SelectChoice(role, words) for role, words in ROLE_WORDS.items() if role in PROGRAMME_ROLES],
    )


def _check_strength(field: PasswordField, *, email: str, name: str) -> None:
    try:
        passwords.check_strength(field.data or "", email=email, name=name)
    except DomainError as error:
        raise ValidationError(str(error.message)) from error
