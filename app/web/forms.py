"""The base of every form: CSRF, a 128-bit key that makes sending it twice harmless, errors from verbs."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, ValidationError

from app.core.errors import DomainError
from app.core.ids import is_key, new_key
from app.i18n import _l
from app.web.fields import Messages


class Form(FlaskForm):
    """A form whose key identifies one intention of one person; see `once.py`."""

    class Meta:
        def get_translations(self, _form: object) -> Messages:
            return Messages()

    key = HiddenField(default=new_key)

    def validate_key(self, field: Field) -> None:
        if not is_key(field.data or ""):
            field.data = new_key()
            raise ValidationError(_l("This page was too old. Check what you wrote and send it again."))

    def blame(self, error: DomainError) -> None:
        """Show a verb's refusal at the field it names, or at the top of the form."""
        if error.field and error.field in self:
            target = self[error.field]
            target.errors = [*target.errors, error.message]
        else:
            self.form_errors.append(error.message)

    @property
    def error_list(self) -> list[tuple[str | None, object]]:
        """(field id or None, message) of every fault, in the order of the fields, for the summary."""
        faults: list[tuple[str | None, object]] = [(None, message) for message in self.form_errors]
        for field in self:
            target = None if isinstance(field, HiddenField) else str(field.id)
            faults.extend((target, message) for message in _flat(field.errors))
        return faults


def _flat(errors: object) -> list[object]:
    """Messages of a field; composite and list fields nest theirs."""
    if isinstance(errors, dict):
        return [message for part in errors.values() for message in _flat(part)]
    if isinstance(errors, list | tuple):
        return [message for part in errors for message in _flat(part)]
    return [errors]
