"""A kind of activity whose words are kept in a dictionary: what search finds is what a test says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import literal, select

from app.core.db import db, transaction
from app.i18n import Language, _l
from app.i18n.bilingual import Bilingual
from app.issues.contracts import Address, Found
from app.issues.kinds import ExhibitText, Kind
from app.issues.models import Activity, Issue
from app.ledger.facts import SYSTEM, Fact, Place
from app.ledger.record import record

SAID = Fact("searchtest.word.said", _l("Said."))
TAKEN_BACK = Fact("searchtest.word.taken_back", _l("Taken back."), visibility="sealed")


class Talks:
    """The fake kind; `said` maps subjects to what is public of them."""

    def __init__(self, code: str = "talks") -> None:
        self.code = code
        self.said: dict[str, Found] = {}

    def found(self, subjects: Sequence[str]) -> Mapping[str, Found]:
        db.session.execute(select(literal(len(subjects))))
        return {subject: self.said[subject] for subject in subjects if subject in self.said}

    def kind(self) -> Kind:
        return Kind(
            code=self.code,
            name=_l("Talks"),
            description=_l("Talks"),
            levels=frozenset({2}),
            stages=("views",),
            setup="",
            manage="",
            page="panels.show",
            summary=lambda activities, viewer: {},
            ready=lambda activity_id: (),
            duties=lambda activity: (),
            exhibits=lambda activity_id: ExhibitText("", ""),
            erase=lambda person_id: 0,
            found=self.found,
        )

    def say(
        self,
        activity: Activity,
        subject: str,
        words: str,
        *,
        title: Bilingual | None = None,
        lang: Language | None = "th",
        anchor: str | None = None,
    ) -> None:
        """Put words before the public and record that; again for the same subject changes them."""
        self.say_quietly(activity, subject, words, title=title, lang=lang, anchor=anchor)
        self.tell(activity, subject)

    def say_quietly(
        self,
        activity: Activity,
        subject: str,
        words: str,
        *,
        title: Bilingual | None = None,
        lang: Language | None = "th",
        anchor: str | None = None,
    ) -> None:
        """The same without a record of it: for making many."""
        anchor = anchor or subject.replace("/", "-")
        address = Address("issues.show", {"issue_id": activity.issue_id, "_anchor": anchor})
        self.said[subject] = Found(subject, activity.id, title or activity.title, words, lang, address)

    def take_back(self, activity: Activity, subject: str) -> None:
        """Make it public no more; the record of that is sealed, as an erasure's is."""
        del self.said[subject]
        self.tell(activity, subject, TAKEN_BACK)

    def tell(self, activity: Activity, subject: str, fact: Fact = SAID) -> None:
        with transaction():
            issue = db.session.get_one(Issue, activity.issue_id)
            place = Place(f"agency/{issue.agency_id}", issue.agency_id, issue.id, activity.id, 2, "views")
            record(fact, subject=subject, actor=SYSTEM, place=place)
