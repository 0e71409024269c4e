"""Applying for a seat, answering an application, naming a representative, ending a membership."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import BooleanField, RadioField

from app.activities.panels.forms.shared import SHORTEST, choices
from app.activities.panels.models import NAME, REASON, Member, SeatGroup
from app.i18n import _l
from app.i18n.bilingual import bi_plain
from app.identity.forms import LONGEST_NAME, consent_field
from app.web.fields import Length, Required, SelectChoice, TextAreaField, TextField
from app.web.forms import Form


class ApplyForm(Form):
    """A citizen's wish for a seat."""

    group_id = RadioField(_l("Which group would you sit for?"), [Required(_l("Choose a group."))], coerce=int)
    reason = TextAreaField(
        _l("Why would you like this seat?"),
        [Required(_l("Say why you would like the seat.")), Length(REASON, min=SHORTEST)],
        description=_l("In your own words. Only the officials of this agency read it."),
    )
    show_name = BooleanField(_l("If I get a seat, show my name in the public list of members"))
    consent = consent_field()


class ButtonForm(Form):
    """A button: taking an application back, leaving, adopting."""


class NameForm(Form):
    """A member's wish about their name."""

    show_name = BooleanField(_l("Show my name in the public list of members"))


class AnswerForm(Form):
    """The office's answer to an application."""

    outcome = RadioField(
        _l("What is the answer?"),
        [Required(_l("Choose whether the applicant gets a seat."))],
        choices=choices([("seat", _l("Give the seat")), ("decline", _l("Decline"))]),
    )
    note = TextAreaField(
        _l("Reason"),
        [Required(_l("Give the reason.")), Length(REASON, min=SHORTEST)],
        description=_l("The applicant gets it by e-mail; nobody else reads it."),
    )


class RepresentativeForm(Form):
    """Somebody the agency names, who has no account."""

    group_id = RadioField(_l("Group"), [Required(_l("Choose a group."))], coerce=int)
    name = TextField(_l("Name"), [Required(_l("Enter the name.")), Length(LONGEST_NAME)])
    organisation = TextField(
        _l("Organisation or community"),
        [Required(_l("Say for whom the person speaks.")), Length(NAME)],
    )
    show_name = BooleanField(_l("The person has agreed that the name is shown to everyone"))


class RemoveNameForm(Form):
    """What a representative without an account wishes for their name."""

    wish = RadioField(
        _l("What does the person wish?"),
        [Required(_l("Choose what the person wishes."))],
    )

    def offer(self, member: Member) -> None:
        """Set what can be chosen: a name that is not shown can only be erased."""
        wishes = [
            ("hide", _l("The name is not shown in public. The person stays a member.")),
            ("erase", _l("The name is erased for good. A seat still held is free again.")),
        ]
        if not member.show_name or member.left_at is not None:
            wishes = wishes[1:]
        self.wish.choices = choices(wishes)


def offer_groups(form: ApplyForm | RepresentativeForm, groups: Sequence[SeatGroup]) -> None:
    """Set the groups to choose from; one without a free seat is shown, but cannot be chosen."""
    form.group_id.choices = [
        SelectChoice(group.id, bi_plain(group.name), {} if group.free else {"disabled": "disabled"})
        for group in groups
    ]


class EndForm(Form):
    """Why a membership ends."""

    reason = TextAreaField(
        _l("Reason"),
        [Required(_l("Give the reason.")), Length(REASON, min=SHORTEST)],
        description=_l("The member gets it by e-mail; nobody else reads it."),
    )
