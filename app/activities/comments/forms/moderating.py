"""What moderators type when they work through a list, and what an author says against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import HiddenField, RadioField

from app.activities.comments.codes import HIDING_REASONS
from app.activities.comments.forms.shared import choices, seen, whole
from app.activities.comments.service.bulk import WITH_REASON
from app.i18n import _l
from app.web.fields import Length, Optional, Required, TextAreaField
from app.web.forms import Form


class BulkForm(Form):
    """One act on several comments. `action` was chosen with the button, `ticked` are their ids.

    `read` is how many changes the page showed of each ("12:0,15:2").
    """

    action = HiddenField()
    ticked = HiddenField()
    read = HiddenField()
    reason = RadioField(
        _l("Reason the public reads"), [Optional()], choices=choices(HIDING_REASONS), validate_choice=False
    )
    note = TextAreaField(
        _l("Note to the authors"),
        [Optional(), Length(500, min=10)],
        description=_l("Each author gets it by e-mail. Say what is the matter, and what they can do."),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether an act has the reason and the note it needs; others need neither."""
        whole_form = super().validate(extra_validators)
        missing = 0
        if self.action.data in WITH_REASON and not self.reason.data:
            self.reason.errors = [_l("Choose the reason.")]
            missing += 1
        if self.action.data == "hide" and not self.note.data:
            self.note.errors = [_l("Tell the authors what to change.")]
            missing += 1
        return whole_form and not missing

    @property
    def ids(self) -> Sequence[int]:
        """The ticked comments; what is no id is passed over."""
        return [found for part in (self.ticked.data or "").split(",") if (found := whole(part)) is not None]

    @property
    def edits(self) -> Mapping[int, int]:
        """How many changes of each ticked comment the page showed; -1 where it did not say."""
        pairs = (part.partition(":") for part in (self.read.data or "").split(","))
        said = {whole(ident): seen(number) for ident, _colon, number in pairs}
        return {ident: said.get(ident, -1) for ident in self.ids}


class AppealForm(Form):
    """Why somebody else should look again."""

    words = TextAreaField(
        _l("Why should your comment be shown?"),
        [Required(_l("Say why it should be shown.")), Length(1000, min=10)],
        description=_l("Somebody who did not hide it reads this. It is not published."),
    )


class DecideForm(Form):
    """What becomes of an appeal."""

    decision = RadioField(
        _l("Your decision"),
        [Required(_l("Choose what becomes of the comment."))],
        choices=choices({"overturn": _l("Show the comment again"), "uphold": _l("Leave it out of view")}),
    )
    reason = TextAreaField(
        _l("Reason for the author"),
        [Required(_l("Tell the author why.")), Length(1000, min=10)],
        description=_l("Only the author reads this."),
    )
