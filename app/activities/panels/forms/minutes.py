"""Writing minutes, adding their files, adopting them."""

from __future__ import annotations

from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField

from app.activities.panels.forms.shared import SHORTEST
from app.activities.panels.models import MINUTES, NAME, REASON
from app.i18n import _l
from app.web.fields import Length, Optional, Required, TextAreaField, TextField
from app.web.forms import Form


class MinutesForm(Form):
    """The text of minutes. `seen` is the digest of the draft the officer began from."""

    text_th = TextAreaField(
        _l("Minutes, in Thai"),
        [Required(_l("Write the minutes in Thai.")), Length(MINUTES, min=SHORTEST)],
        description=_l("In plain language: what was said on each item, and by which group."),
    )
    text_en = TextAreaField(_l("Minutes, in English"), [Optional(), Length(MINUTES, min=SHORTEST)])
    seen = HiddenField()


class CorrectionForm(MinutesForm):
    """The same for adopted minutes, with the reason for the new version."""

    reason_th = TextAreaField(
        _l("Why the minutes are corrected, in Thai"),
        [Required(_l("Say in Thai why the adopted minutes are corrected.")), Length(REASON, min=SHORTEST)],
    )
    reason_en = TextAreaField(
        _l("Why the minutes are corrected, in English"), [Optional(), Length(REASON, min=SHORTEST)]
    )


class FileForm(Form):
    """A file that belongs to the minutes."""

    file = FileField(_l("File"), [FileRequired(_l("Choose the file."))])
    title_th = TextField(_l("Title in Thai"), [Required(_l("Enter the title in Thai.")), Length(NAME)])
    title_en = TextField(_l("Title in English"), [Optional(), Length(NAME)])


class AdoptForm(Form):
    """A button, and the digest of what stands on the page."""

    digest = HiddenField()
