"""Writing minutes, publishing them, showing pictures."""

from __future__ import annotations

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, Field, HiddenField

from app.activities.forums.forms.shared import SHORTEST, check_lines, lines_of
from app.activities.forums.models import LINE, MINUTES, REASON, Line
from app.i18n import _l
from app.web.fields import Length, Optional, Required, TextAreaField, TextField
from app.web.forms import Form


class MinutesForm(Form):
    """What was said, in points and in full. `seen` is the digest of the draft the officer began from."""

    points_th = TextAreaField(
        _l("What was said, in points, in Thai"), [Required(_l("Write at least one point that was made."))]
    )
    points_en = TextAreaField(_l("What was said, in points, in English"), [Optional()])
    text_th = TextAreaField(
        _l("Minutes, in Thai"),
        [Required(_l("Write the minutes in Thai.")), Length(MINUTES, min=SHORTEST)],
        description=_l("In plain language: what was asked, what people answered, and from which group."),
    )
    text_en = TextAreaField(_l("Minutes, in English"), [Optional(), Length(MINUTES, min=SHORTEST)])
    seen = HiddenField()

    def validate_points_th(self, field: Field) -> None:
        check_lines(field)

    def validate_points_en(self, field: Field) -> None:
        check_lines(field, beside=self.points_th)

    @property
    def points(self) -> list[Line]:
        return lines_of(self.points_th, self.points_en)


class CorrectionForm(MinutesForm):
    """The same for published minutes, with the reason for the new version."""

    reason_th = TextAreaField(
        _l("Why the minutes are corrected, in Thai"),
        [Required(_l("Say in Thai why the published minutes are corrected.")), Length(REASON, min=SHORTEST)],
    )
    reason_en = TextAreaField(
        _l("Why the minutes are corrected, in English"), [Optional(), Length(REASON, min=SHORTEST)]
    )


class PublishForm(Form):
    """A button, and the digest of what stands on the page."""

    digest = HiddenField()


class PhotoForm(Form):
    """A picture of the session."""

    file = FileField(_l("Picture"), [FileRequired(_l("Choose the picture."))])
    alt_th = TextField(
        _l("What the picture shows, in Thai"),
        [Required(_l("Say in Thai what the picture shows.")), Length(LINE)],
        description=_l("For people who cannot see it: who does what, and where."),
    )
    alt_en = TextField(_l("What the picture shows, in English"), [Optional(), Length(LINE)])
    agreed = BooleanField(
        _l("Everyone who can be recognised in the picture has agreed that it is shown"),
        [Required(_l("A picture may only be shown once everyone in it has agreed."))],
    )
