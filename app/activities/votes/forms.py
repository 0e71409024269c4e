"""The shape of what is typed: the parts of a vote, the roll, and the ballot.

On a ballot nothing is ever chosen beforehand, and what was chosen is not filled in again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import wtforms
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField, ValidationError

from app.activities.votes.codes import BASES, THRESHOLDS
from app.activities.votes.content import OptionContent
from app.activities.votes.models import MOST_OPTIONS, Option, Poll
from app.activities.votes.roll import BadRoll, BadRow
from app.core.errors import DomainError
from app.core.ids import is_key, new_key
from app.i18n import _l
from app.i18n.bilingual import bi_plain
from app.identity.forms import consent_field
from app.issues.levels import LEGAL_BASES
from app.web.fields import (
    Between,
    Length,
    Optional,
    Required,
    SelectChoice,
    TextField,
    ThaiDateField,
    ThaiDecimalField,
)
from app.web.forms import Form

ABSTAIN = "abstain"
SHOWN_AT_LEAST = 4
BLANK_ROWS = 2


def _choices(words: Mapping[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(code, label) for code, label in words.items()]


class QuestionForm(Form):
    """The question and up to twelve options, each with an optional second line; empty rows are left out."""

    question_th = TextField(
        _l("Question, in Thai"), [Required(_l("Write the question in Thai")), Length(300)]
    )
    question_en = TextField(_l("Question, in English"), [Optional(), Length(300)])

    @property
    def rows(self) -> Iterator[tuple[int, list[Field]]]:
        """The numbers and fields of the options to show: those filled in, and some blank ones."""
        filled = [n for n in range(1, MOST_OPTIONS + 1) if any(field.data for field in self._row(n))]
        shown = max(SHOWN_AT_LEAST, (filled[-1] if filled else 0) + BLANK_ROWS)
        return ((n, self._row(n)) for n in range(1, min(shown, MOST_OPTIONS) + 1))

    @property
    def options(self) -> list[OptionContent]:
        """What was written, without the empty rows."""
        written = ([field.data or None for field in self._row(n)] for n in range(1, MOST_OPTIONS + 1))
        return [
            OptionContent(name_th=name_th or "", name_en=name_en, detail_th=detail_th, detail_en=detail_en)
            for name_th, name_en, detail_th, detail_en in written
            if name_th or name_en or detail_th or detail_en
        ]

    def show(self, options: Sequence[Option]) -> None:
        """Fill in what was stored."""
        for option in options:
            for field, name in zip(self._row(option.position), _OPTION_PARTS, strict=True):
                field.data = getattr(option, name)

    def validate(self, extra_validators: Any = None) -> bool:
        """Each row that is used needs its Thai."""
        super().validate(extra_validators)
        for number in range(1, MOST_OPTIONS + 1):
            name_th, name_en, detail_th, detail_en = self._row(number)
            if not name_th.data and (name_en.data or detail_th.data or detail_en.data):
                name_th.errors = [*name_th.errors, _l("Name this option in Thai")]
            if detail_en.data and not detail_th.data:
                detail_th.errors = [*detail_th.errors, _l("Write this line in Thai as well")]
        return not self.error_list

    def blame(self, error: DomainError) -> None:
        """What is wrong with the options as a whole stands at the first of them."""
        if error.field == "options":
            error.field = "option1_name_th"
        super().blame(error)

    def _row(self, number: int) -> list[Field]:
        return [self[f"option{number}_{part}"] for part in _OPTION_PARTS]


_OPTION_PARTS = tuple(OptionContent.__annotations__)

for _number in range(1, MOST_OPTIONS + 1):
    for _part, _label, _limit in (
        ("name_th", _l("Option %(number)s, in Thai", number=_number), 200),
        ("name_en", _l("Option %(number)s, in English", number=_number), 200),
        ("detail_th", _l("Second line of option %(number)s, in Thai", number=_number), 300),
        ("detail_en", _l("Second line of option %(number)s, in English", number=_number), 300),
    ):
        setattr(QuestionForm, f"option{_number}_{_part}", TextField(_label, [Optional(), Length(_limit)]))


class RuleForm(Form):
    """When the result counts: quorum, threshold and what it is measured against, and the ground in law."""

    quorum_percent = ThaiDecimalField(
        _l("Quorum, per cent of the roll"),
        [Required(_l("Say how many per cent of the roll must vote")), Between(0, 100)],
        description=_l("So many of the people on the roll must vote. 0 means no quorum."),
    )
    threshold = RadioField(
        _l("What the leading option must have"),
        [Required(_l("Choose what the leading option must have"))],
        choices=_choices(THRESHOLDS),
    )
    threshold_percent = ThaiDecimalField(
        _l("The share, in per cent"),
        [Optional(), Between(1, 100)],
        description=_l("Only if you chose a share. More than half needs no figure."),
    )
    base = RadioField(
        _l("Measured against"),
        [Required(_l("Choose what it is measured against"))],
        choices=_choices(BASES),
    )
    legal_basis = SelectField(
        _l("Legal basis"),
        [Required(_l("Choose the legal basis"))],
        choices=_choices(LEGAL_BASES),
    )

    @property
    def share(self) -> Decimal | None:
        """The share asked for; one left over from another choice does not count."""
        return self.threshold_percent.data if self.threshold.data == "share" else None

    def show(self, poll: Poll) -> None:
        """Fill in what was stored."""
        self.quorum_percent.data = _percent(poll.quorum)
        self.threshold_percent.data = _percent(poll.threshold_share)


class CommitmentForm(Form):
    """What the agency binds itself to do with the result, by whom and until when."""

    binding = BooleanField(
        _l("We declare that the result of this vote binds the agency"),
        [Required(_l("A vote at this level binds the agency. Without that it cannot be held."))],
    )
    commitment_th = TextField(
        _l("What will be done, in Thai"),
        [Required(_l("Say in Thai what will be done")), Length(300)],
        description=_l("Whatever people choose: for example “Building of the chosen design begins”."),
    )
    commitment_en = TextField(_l("What will be done, in English"), [Optional(), Length(300)])
    owner_th = TextField(
        _l("Who does it, in Thai"), [Required(_l("Say in Thai who will do it")), Length(120)]
    )
    owner_en = TextField(_l("Who does it, in English"), [Optional(), Length(120)])
    due_on = ThaiDateField(_l("Done by"))


class RollForm(Form):
    """A list of addresses. `faults` are the lines that could not be taken."""

    addresses = wtforms.TextAreaField(
        _l("E-mail addresses, one a line"), [Required(_l("Paste at least one e-mail address"))]
    )
    faults: Sequence[BadRow] = ()

    def blame(self, error: DomainError) -> None:
        super().blame(error)
        if isinstance(error, BadRoll):
            self.faults = error.rows


class FreezeForm(Form):
    """The last step before the vote: nothing can be changed after it."""

    checked = BooleanField(
        _l("I have checked everything. I know that nothing can be changed after this."),
        [Required(_l("Check everything, then tick the box"))],
    )


class DeclareForm(Form):
    """A button."""


class BallotForm(Form):
    """The options and "no option". `blind` is made anew for each ballot and kept nowhere.

    `once` stores a digest of what was sent. With `blind` in it nobody, the operator included, can try
    all options and find the one that fits.
    """

    option = RadioField(_l("Your choice"), [Required(_l("Choose one line"))])
    blind = HiddenField(default=new_key)

    def __init__(self, *args: Any, options: Sequence[Option], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = list(options)
        names = {str(option.id): bi_plain(option.name) for option in options}
        self.option.choices = _choices({**names, ABSTAIN: _l("Abstain: none of these")})

    def validate_blind(self, field: Field) -> None:
        if not is_key(field.data or ""):
            field.data = new_key()
            raise ValidationError(str(_l("This page was too old. Check what you wrote and send it again.")))

    @property
    def option_id(self) -> int | None:
        """The option's id, or None for no option."""
        return None if self.option.data == ABSTAIN else int(self.option.data)

    @property
    def chosen(self) -> Option | None:
        """The option chosen, or None for no option."""
        return next((option for option in self.offered if str(option.id) == self.option.data), None)


class SendForm(BallotForm):
    """The same with the consent, as the page to check before sending asks for it."""

    consent = consent_field()


def _percent(hundredths: int | None) -> Decimal | None:
    return None if hundredths is None else Decimal(hundredths) / 100


__all__ = [
    "ABSTAIN",
    "BallotForm",
    "CommitmentForm",
    "DeclareForm",
    "FreezeForm",
    "QuestionForm",
    "RollForm",
    "RuleForm",
    "SendForm",
]
