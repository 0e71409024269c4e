"""Inviting, posting, replying."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.errors import DomainError
from app.i18n import Language, _, _l, speaking
from app.i18n.bilingual import bi_plain
from app.i18n.dates import format_date, last_day
from app.issues.kinds import ActivityView
from app.issues.queries import IssueView
from app.outreach.codes import ANSWERS, TEXT, TITLE, WAYS
from app.outreach.models import Contact
from app.outreach.queries import GroupView
from app.outreach.service import Choice
from app.web.fields import Length, Optional, Required, SelectChoice, TextAreaField, TextField, ThaiDateField
from app.web.forms import Form


class _Ticks(SelectMultipleField):
    """Any number of choices, each with a box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class InviteForm(Form):
    """Who is asked to what, and in which words."""

    activity_id = SelectField(_l("Activity"), [Required(_l("Choose the activity."))], coerce=int)
    way = RadioField(
        _l("How the invitation goes out"),
        [Required(_l("Choose how the invitation goes out."))],
        choices=[SelectChoice(*pair) for pair in WAYS.items()],
        default="email",
    )
    groups = _Ticks(_l("Whole groups"), coerce=int)
    contacts = _Ticks(_l("Single contacts"), coerce=int)
    subject_th = TextField(
        _l("Heading in Thai"), [Required(_l("Write the invitation in Thai.")), Length(TITLE)]
    )
    text_th = TextAreaField(
        _l("Invitation in Thai"), [Required(_l("Write the invitation in Thai.")), Length(TEXT)]
    )
    subject_en = TextField(_l("Heading in English"), [Optional(), Length(TITLE)])
    text_en = TextAreaField(_l("Invitation in English"), [Optional(), Length(TEXT)])

    def offer(
        self, activities: Sequence[ActivityView], groups: Sequence[GroupView], contacts: Sequence[Contact]
    ) -> InviteForm:
        """Set what may be chosen."""
        self.activity_id.choices = [SelectChoice(one.id, bi_plain(one.title)) for one in activities]
        self.groups.choices = [
            SelectChoice(group.id, bi_plain(group.name)) for group in groups if group.id is not None
        ]
        self.contacts.choices = [SelectChoice(one.id, _named(one)) for one in contacts]
        return self

    def choice(self) -> Choice:
        """What was chosen, as the verb takes it."""
        return Choice(
            way=self.way.data,
            group_ids=self.groups.data or [],
            contact_ids=self.contacts.data or [],
            subject_th=self.subject_th.data or "",
            subject_en=self.subject_en.data or None,
            text_th=self.text_th.data or "",
            text_en=self.text_en.data or None,
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Somebody must be chosen."""
        sound = bool(super().validate(extra_validators))
        if not (self.groups.data or self.contacts.data or self.groups.errors or self.contacts.errors):
            self.blame(DomainError(_l("Choose a group or a contact."), "groups"))
            return False
        return sound

    def blame(self, error: DomainError) -> None:
        """A fault of whom was chosen stands where there is something to choose."""
        if error.field == "groups" and not self.groups.choices:
            error.field = "contacts" if self.contacts.choices else None
        super().blame(error)


class PostedForm(Form):
    """The day on which letters were posted."""

    posted_on = ThaiDateField(_l("Day of posting"))


class ReplyForm(Form):
    """What somebody invited answers."""

    answer = RadioField(
        _l("Will you come?"),
        [Required(_l("Choose one of the answers shown."))],
        choices=[SelectChoice(*pair) for pair in ANSWERS.items()],
    )


def template_texts(issue: IssueView, activity: ActivityView) -> dict[str, str]:
    """Words to begin an invitation with, in both languages."""
    found: dict[str, str] = {}
    languages: tuple[Language, ...] = ("th", "en")
    for lang in languages:
        with speaking(lang):
            title, agency = activity.title.pick()[0], issue.agency.pick()[0]
            found[f"subject_{lang}"] = _("Invitation: %(title)s", title=title)
            found[f"text_{lang}"] = "\n\n".join(
                [
                    _(
                        "%(agency)s invites you to take part in “%(title)s”, about “%(issue)s”.",
                        agency=agency,
                        title=title,
                        issue=issue.title.pick()[0],
                    ),
                    _when(activity),
                    _("What you say is used for the decision, and the agency answers in public."),
                ]
            )
    return found


def _when(activity: ActivityView) -> str:
    opens = format_date(activity.opens_at)
    if activity.closes_at is None:
        return _("It opens on %(opens)s.", opens=opens)
    return _(
        "It opens on %(opens)s and closes on %(closes)s.",
        opens=opens,
        closes=format_date(last_day(activity.closes_at)),
    )


def _named(contact: Contact) -> str:
    ways = [words for words, held in ((_("e-mail"), contact.email), (_("letter"), contact.address)) if held]
    organisation = f", {contact.organisation}" if contact.organisation else ""
    return f"{contact.name}{organisation} ({', '.join(ways) or _('telephone only')})"
