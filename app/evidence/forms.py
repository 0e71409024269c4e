"""The form for a document added by hand."""

from __future__ import annotations

from collections.abc import Iterable

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from app.agencies.sectors import SECTORS
from app.evidence.kinds_of_evidence import evidence_kinds
from app.i18n import _l
from app.i18n.bilingual import bi_plain
from app.issues.levels import LEVELS, STAGES
from app.web.date_fields import ThaiDateField
from app.web.fields import Length, Optional, Required, SelectChoice, TextField
from app.web.forms import Form


class DocumentForm(Form):
    """An order, a plan, a photo: what happened outside the platform."""

    issue_id = SelectField(
        _l("Issue it belongs to"), validators=[Optional()], coerce=lambda v: int(v) if v else None
    )
    kind = SelectField(
        _l("Kind of evidence"), validators=[Required(_l("Choose a kind of evidence from the list."))]
    )
    title_th = TextField(
        _l("Title in Thai"), validators=[Required(_l("Write the document's title in Thai.")), Length(200)]
    )
    title_en = TextField(_l("Title in English"), validators=[Optional(), Length(200)])
    dated_on = ThaiDateField(
        _l("Date of the document"), validators=[Required(_l("Give the date on the document."))]
    )
    level = SelectField(
        _l("Level of participation"),
        validators=[Required(_l("Choose the level of participation this document shows."))],
        coerce=lambda v: int(v) if v else None,
    )
    sectors = SelectMultipleField(
        _l("Stakeholders it names"),
        validators=[Required(_l("Choose at least one group of stakeholders."))],
        choices=[SelectChoice(code, name) for code, name in SECTORS.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    stage = SelectField(_l("Stage"), validators=[Optional()])
    file = FileField(_l("File"), validators=[FileRequired(_l("Choose the file."))])

    def offer(self, issues: list[tuple[int, str]]) -> DocumentForm:
        """Fill the choices: the agency's issues and the fixed lists."""
        self.issue_id.choices = _with_none(issues, _l("None, it concerns the agency"))
        kinds = [(code, bi_plain(name)) for code, name in evidence_kinds().items()]
        self.kind.choices = _with_none(kinds, _l("Choose"))
        self.level.choices = _with_none(
            [(n, f"{n} {level.verb}") for n, level in LEVELS.items()], _l("Choose")
        )
        self.stage.choices = _with_none(STAGES.items())
        return self


def _with_none(pairs: Iterable[tuple[object, object]], none: object = _l("None")) -> list[SelectChoice]:
    return [SelectChoice("", none), *(SelectChoice(value, label) for value, label in pairs)]
