"""Answering page by page, the same for a person and for a holder of a link: each door calls these.

Nothing is written but by pressing a button; what was saved is read from the draft, so the page can be opened
again on any device.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response as FlaskResponse
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.surveys import drafts, queries, wording
from app.activities.surveys.drafts import Progress, Saved
from app.activities.surveys.forms.answering import ActForm, PageForm, SendForm, page_form
from app.activities.surveys.logic import shown
from app.activities.surveys.models import Draft, Response
from app.activities.surveys.questionnaire import PageView
from app.activities.surveys.receipts import Door, in_groups
from app.activities.surveys.replies import by_question
from app.activities.surveys.respondent import Respondent
from app.activities.surveys.service import KIND_CODE
from app.identity.viewer import ANONYMOUS
from app.issues.kinds import ActivityView
from app.issues.queries import IssueView, visible_activity
from app.web.once import once

MOST_TOLD = 10


@dataclass(frozen=True)
class Way:
    """By which addresses a respondent answers: `prefix` begins the endpoints' names; `door`: what is open to them."""

    activity_id: int
    respondent: Respondent
    prefix: str = ""
    door: Door = Door.OPEN

    @property
    def code(self) -> str | None:
        """The code of who answers by a link, as it is shown to them."""
        return in_groups(self.respondent.code) if self.respondent.code else None

    def url(self, door: str, /, **values: Any) -> str:
        """The address of one of the doors."""
        if self.respondent.token is not None:
            values["token"] = self.respondent.token
        return url_for(f"surveys.{self.prefix}{door}", activity_id=self.activity_id, **values)


@dataclass(frozen=True)
class _Scene:
    activity: ActivityView
    issue: IssueView
    draft: Draft | None
    response: Response | None
    at: Progress

    @property
    def correcting(self) -> bool:
        return self.draft is not None and self.draft.response_id is not None

    @property
    def finished(self) -> bool:
        """Whether the respondent has answered and is not changing their answers."""
        return self.response is not None and not self.correcting


def _scene(way: Way) -> _Scene:
    viewer = way.respondent.viewer or ANONYMOUS
    activity, issue = visible_activity(way.activity_id, KIND_CODE, viewer)
    draft: Draft | None = None
    response: Response | None = None
    if way.door is Door.OPEN:  # To others it is as if nothing were there; the verbs refuse them.
        draft, response = queries.draft_and_response(way.activity_id, way.respondent)
    return _Scene(activity, issue, draft, response, drafts.progress(way.activity_id, draft))


def show_page(way: Way) -> str:
    """The page asked for; without one, the first on which something is still to be answered."""
    scene = _scene(way)
    page = _page_asked(scene)
    questions = _on(scene.at, page)
    return _form_page(way, scene, page, page_form(questions, scene.at.replies))


def save(way: Way) -> ResponseReturnValue:
    """What the form's buttons ask for: to go on, to go back, to see a place's next step, to stop here."""
    scene, step = _scene(way), request.form.get("step")
    page = _page_asked(scene)
    asked = request.form.get("asked", "").split()
    questions = [q for q in scene.at.survey.questions if q.page_id == page.id and str(q.id) in asked]
    if step == "delete":
        return _discard(way, scene, page)
    form = page_form(questions or _on(scene.at, page), scene.at.replies)
    if step == "place":
        return _form_page(way, scene, page, form)
    form = _without_hidden(scene, form)
    return once(
        form,
        "surveys.save",
        act=lambda: drafts.save_page(
            activity_id=way.activity_id,
            respondent=way.respondent,
            asked=[question.id for question in questions],
            replies=form.replies,
            spent=form.spent,
            # What an open survey asks no longer changes, so it need not be read again.
            survey=scene.at.survey if scene.activity.state == "open" else None,
        ),
        to=lambda saved: _after(way, page, step, saved),
        again=lambda: _form_page(way, scene, page, form),
    )


def check(way: Way, form: SendForm | None = None) -> ResponseReturnValue:
    """Everything that was answered, before it is sent."""
    scene = _scene(way)
    missing = scene.at.first_missing
    if form is None and not scene.finished and scene.activity.state == "open":
        if not scene.at.replies:
            return redirect(way.url("answer"))
        if missing is not None:
            return redirect(way.url("answer", page=missing.number))
    if scene.finished:
        return _answered(way, scene)
    return render_template(
        "surveys/check.html",
        way=way,
        form=form or SendForm(),
        survey=scene.at.survey,
        lines=wording.lines(scene.at.survey, scene.at.replies),
        pages=scene.at.pages,
        correcting=scene.correcting,
        activity=scene.activity,
        issue=scene.issue,
    )


def send(way: Way) -> ResponseReturnValue:
    """Send what was saved."""
    form = SendForm()

    def again() -> str:
        page = check(way, form)
        assert isinstance(page, str)
        return page

    return once(
        form,
        "surveys.submit",
        act=lambda: drafts.send_draft(
            activity_id=way.activity_id, respondent=way.respondent, consent_version=form.consent.version
        ),
        to=way.url("thanks"),
        again=again,
    )


def thanks(way: Way) -> ResponseReturnValue:
    """The answers have arrived, and what happens next."""
    scene = _scene(way)
    if scene.response is None:
        return redirect(url_for("surveys.show", activity_id=way.activity_id))
    return render_template(
        "surveys/thanks.html",
        way=way,
        activity=scene.activity,
        issue=scene.issue,
        answered_on=scene.response.submitted_on,
    )


def copy(way: Way) -> ResponseReturnValue:
    """One's own answers, to read, print or keep."""
    scene = _scene(way)
    if scene.response is None:
        return redirect(url_for("surveys.show", activity_id=way.activity_id))
    replies = by_question(queries.replies_of(scene.response.id))
    return render_template(
        "surveys/mine.html",
        way=way,
        form=ActForm(),
        lines=wording.lines(scene.at.survey, replies),
        activity=scene.activity,
        issue=scene.issue,
        answered_on=scene.response.submitted_on,
    )


def copy_text(way: Way) -> ResponseReturnValue:
    """The same as a text file."""
    scene = _scene(way)
    if scene.response is None:
        return redirect(url_for("surveys.show", activity_id=way.activity_id))
    replies = by_question(queries.replies_of(scene.response.id))
    text = wording.as_text(scene.activity.title, scene.at.survey, replies, scene.response.submitted_on)
    headers = {"Content-Disposition": f'attachment; filename="survey-{way.activity_id}.txt"'}
    return FlaskResponse("\ufeff" + text, mimetype="text/plain; charset=utf-8", headers=headers)


def correct(way: Way) -> ResponseReturnValue:
    """Take the answers sent as answers to be changed."""
    form = ActForm()

    def again() -> str:
        return _answered(way, _scene(way), form)

    return once(
        form,
        "surveys.correct",
        act=lambda: drafts.begin_correction(activity_id=way.activity_id, respondent=way.respondent),
        to=lambda _draft: way.url("answer", page=1),
        again=again,
    )


def _discard(way: Way, scene: _Scene, page: PageView) -> ResponseReturnValue:
    form = ActForm()
    return once(
        form,
        "surveys.discard",
        act=lambda: drafts.discard_draft(activity_id=way.activity_id, respondent=way.respondent),
        to=lambda _none: url_for("surveys.show", activity_id=way.activity_id),
        again=lambda: _form_page(way, scene, page, page_form(_on(scene.at, page), scene.at.replies)),
    )


def _page_asked(scene: _Scene) -> PageView:
    """The page whose number the address names, if there is one and it is shown; else where to go on."""
    number = request.values.get("page", type=int)
    pages = scene.at.pages or list(scene.at.survey.pages)
    for page in pages:
        if page.number == number:
            return page
    if number is None and scene.draft is not None and not scene.correcting:
        unseen = [page for page in pages if not _touched(scene, page)]
        missing = scene.at.first_missing
        later = [*([missing] if missing else []), *unseen, *pages[-1:]]
        return min(later[:-1], key=lambda page: page.number, default=later[-1])
    return pages[0] if pages else PageView(None, 1)


def _touched(scene: _Scene, page: PageView) -> bool:
    return any(question in scene.at.replies for question in scene.at.questions(page))


def _on(at: Progress, page: PageView) -> list[Any]:
    found = set(at.questions(page))
    return [question for question in at.survey.on_page(page) if question.id in found]


def _without_hidden(scene: _Scene, form: PageForm) -> PageForm:
    """The form without questions that what is typed in it hides: they need no answer."""
    merged = dict(scene.at.replies)
    for reply in form.replies:
        merged.pop(reply.question_id, None)
        if reply.given:
            merged[reply.question_id] = reply
    found = shown(scene.at.survey.questions, merged)
    if all(question.id in found for question in form.questions):
        return form
    still = page_form([q for q in form.questions if q.id in found], scene.at.replies)
    return still if still.questions else form


def _after(way: Way, page: PageView, step: str | None, saved: Saved) -> str:
    """Where a saved page leads: on, back, to the check, or out; and what the next page must tell."""
    told = {"gone": "-".join(map(str, saved.dropped[:MOST_TOLD]))} if saved.dropped else {}
    if step == "later":
        return url_for("surveys.show", activity_id=way.activity_id) if not way.prefix else way.url("answer")
    if saved.more and step != "back":
        return way.url("answer", page=page.number, more=1, **told)
    if step == "back":
        before = [number for number in saved.pages if number < page.number]
        return way.url("answer", page=before[-1] if before else 1, **told)
    after = [number for number in saved.pages if number > page.number]
    return way.url("answer", page=after[0], **told) if after else way.url("check", **told)


def _form_page(way: Way, scene: _Scene, page: PageView, form: PageForm) -> str:
    """The form, or the friendly word that this person has answered already."""
    if scene.finished:
        return _answered(way, scene)
    pages = scene.at.pages
    numbers = [other.number for other in pages]
    place = numbers.index(page.number) + 1 if page.number in numbers else 1
    return render_template(
        "surveys/answer.html",
        way=way,
        form=form,
        page=page,
        place=place,
        places=max(len(pages), 1),
        last=place >= len(pages),
        draft=scene.draft,
        correcting=scene.correcting,
        survey=scene.at.survey,
        activity=scene.activity,
        issue=scene.issue,
        fits=scene.at.survey.link == way.respondent.link,
    )


def _answered(way: Way, scene: _Scene, form: ActForm | None = None) -> str:
    return render_template(
        "surveys/answered.html",
        way=way,
        form=form or ActForm(),
        activity=scene.activity,
        issue=scene.issue,
        answered_on=scene.response.submitted_on if scene.response else None,
    )
