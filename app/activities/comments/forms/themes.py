"""What an officer types and ticks about themes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, SelectField

from app.activities.comments.forms.office import AnswerForm
from app.activities.comments.forms.shared import TicksField, whole
from app.i18n import _l
from app.i18n.bilingual import bi_plain
from app.issues.contracts import Outcome
from app.web.fields import Length, Optional, Required, SelectChoice, TextField
from app.web.forms import Form


class ThemeForm(Form):
    """What people said, in a few words of theirs."""

    title_th = TextField(_l("Theme, in Thai"), [Required(_l("Name the theme in Thai.")), Length(200)])
    title_en = TextField(_l("Theme, in English"), [Optional(), Length(200)])


class PickForm(Form):
    """The comments ticked on a page of a list."""

    comments = TicksField(_l("Comments"), [Optional()], validate_choice=False)

    @property
    def ids(self) -> list[int]:
        """The ids ticked; what is no id does not count."""
        return [ident for ident in map(whole, self.comments.data or ()) if ident]


class MergeForm(Form):
    """The theme another one goes into."""

    into = SelectField(_l("Merge into"), [Required(_l("Choose a theme."))], validate_choice=False)

    def offer(self, themes: Sequence[Any]) -> None:
        """The themes to choose from."""
        self.into.choices = [SelectChoice(str(one.id), bi_plain(one.title)) for one in themes]

    @property
    def chosen(self) -> int:
        """The id chosen; 0, which no theme has, for what is none."""
        return whole(self.into.data) or 0


class LedToForm(AnswerForm):
    """An answer that says what changed because of it, where something did."""

    outcome = SelectField(_l("What changed because of it"), [Optional()], validate_choice=False)

    def offer(self, outcomes: Sequence[Outcome]) -> None:
        """What the issue has that may have changed."""
        self.outcome.choices = [SelectChoice(one.key, outcome_words(one)) for one in outcomes]


class ThemeAnswerForm(LedToForm):
    """The agency's one answer to everyone in a theme."""

    tell = BooleanField(_l("Tell the authors of this correction by mail"))


def outcome_words(outcome: Outcome) -> str:
    """An outcome as a list of choices names it."""
    title = bi_plain(outcome.title)
    if outcome.version is None:
        return title
    return str(_l("%(title)s, version %(number)s", title=title, number=outcome.version))
