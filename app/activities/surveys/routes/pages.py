"""The office: pages of a survey, conditions, the preview, and links to give out."""

from __future__ import annotations

import csv
import io
import json
from contextlib import suppress
from typing import Any

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.surveys import arranging, links
from app.activities.surveys.codes import MOST_TOKENS
from app.activities.surveys.drafts import Progress
from app.activities.surveys.forms.answering import ActForm, page_form
from app.activities.surveys.forms.building import PageTitleForm, RemoveForm, condition_form
from app.activities.surveys.logic import kept
from app.activities.surveys.queries import question_in
from app.activities.surveys.questionnaire import PageView, Questionnaire
from app.activities.surveys.replies import Replies, Reply, as_list
from app.activities.surveys.routes.blueprint import bp
from app.activities.surveys.routes.office_at_work import at_work, builder
from app.activities.surveys.rules import check_reply
from app.core.errors import DomainError, NotFound
from app.core.ids import is_key, new_key
from app.i18n import _l
from app.identity.permissions import requires
from app.identity.viewer import current_viewer
from app.web.fields import Between, Required, ThaiIntegerField
from app.web.forms import Form
from app.web.once import once


class LinksForm(Form):
    """How many links to make."""

    number = ThaiIntegerField(
        _l("How many links"),
        [Required(), Between(1, MOST_TOKENS)],
        description=_l("One for each household, for example."),
    )


@bp.route("/<int:activity_id>/page", methods=["GET", "POST"])
@requires("surveys.prepare")
def begin_page(activity_id: int) -> ResponseReturnValue:
    """Begin a new page."""
    form = PageTitleForm()
    return _title_page(
        activity_id,
        form,
        None,
        lambda: arranging.add_page(activity_id=activity_id, viewer=current_viewer(), title=form.title),
    )


@bp.route("/<int:activity_id>/page/<int:page_id>", methods=["GET", "POST"])
@requires("surveys.prepare")
def rename(activity_id: int, page_id: int) -> ResponseReturnValue:
    """Give a page another heading."""
    page = _page(at_work(activity_id, "surveys.prepare")["survey"], page_id)
    title = {f"title_{lang}": getattr(page.title, lang) for lang in ("th", "en")}
    form = PageTitleForm(data=title)
    return _title_page(
        activity_id,
        form,
        page,
        lambda: arranging.rename_page(
            activity_id=activity_id,
            page_id=page_id,
            viewer=current_viewer(),
            title=form.title,
            confirmed=form.confirmed.data,
        ),
    )


@bp.route("/<int:activity_id>/page/<int:page_id>/remove", methods=["GET", "POST"])
@requires("surveys.prepare")
def take_page(activity_id: int, page_id: int) -> ResponseReturnValue:
    """Remove a page, after asking."""
    here, form = at_work(activity_id, "surveys.prepare"), RemoveForm()
    page = _page(here["survey"], page_id)

    def shown() -> str:
        return render_template("surveys/take_page.html", form=form, page=page, **here)

    if request.method == "GET":
        return shown()
    return once(
        form,
        "surveys.take_page",
        act=lambda: arranging.remove_page(activity_id=activity_id, page_id=page_id, viewer=current_viewer()),
        to=lambda _none: builder(activity_id),
        again=shown,
    )


@bp.route("/<int:activity_id>/question/<int:question_id>/shown", methods=["GET", "POST"])
@requires("surveys.prepare")
def question_conditions(activity_id: int, question_id: int) -> ResponseReturnValue:
    """When a question is shown."""
    here = at_work(activity_id, "surveys.prepare")
    question = question_in(here["survey"], question_id)
    here |= {"question": question, "page": None, "conditions": question.conditions}
    return _conditions_page(here, {"question_id": question_id}, f"question-{question_id}")


@bp.route("/<int:activity_id>/page/<int:page_id>/shown", methods=["GET", "POST"])
@requires("surveys.prepare")
def page_conditions(activity_id: int, page_id: int) -> ResponseReturnValue:
    """When a page is shown."""
    here = at_work(activity_id, "surveys.prepare")
    page = _page(here["survey"], page_id)
    here |= {"question": None, "page": page, "conditions": page.conditions}
    return _conditions_page(here, {"page_id": page_id}, f"page-{page_id}")


@bp.get("/<int:activity_id>/preview")
@requires("surveys.manage")
def preview(activity_id: int) -> str:
    """The survey as people will see it; nothing is stored."""
    here = at_work(activity_id, "surveys.manage")
    return _preview_page(here, {}, None)


@bp.post("/<int:activity_id>/preview")
@requires("surveys.manage")
def preview_step(activity_id: int) -> ResponseReturnValue:
    """The next page of the preview: what was answered travels in the form."""
    here = at_work(activity_id, "surveys.manage")
    survey: Questionnaire = here["survey"]
    before = _carried(survey)
    number, step = request.form.get("page", type=int), request.form.get("step")
    asked = request.form.get("asked", "").split()
    form = page_form([q for q in survey.questions if str(q.id) in asked], before)
    if not form.validate_on_submit():
        return _preview_page(here, before, number, form), 422 if step != "place" else 200
    merged = {ident: reply for ident, reply in before.items() if str(ident) not in asked}
    merged |= {reply.question_id: reply for reply in form.replies if reply.given}
    after = kept(survey.questions, merged)
    gone = "-".join(str(q.number) for q in survey.questions if q.id in merged.keys() - after.keys())
    numbers = [page.number for page in Progress(survey, after).pages]
    if not numbers:
        return _preview_page(here, after, number, gone=gone, fresh=True)
    later = [n for n in numbers if n > (number or 0)] if step != "back" else []
    earlier = [n for n in numbers if n < (number or 0)] if step == "back" else []
    to = (
        number
        if step == "place"
        else (later or [numbers[0]])[0]
        if step != "back"
        else (earlier or numbers)[-1]
    )
    return _preview_page(here, after, to, gone=gone, fresh=True)


@bp.route("/<int:activity_id>/links", methods=["GET", "POST"], endpoint="links")
@requires("surveys.prepare")
def links_page(activity_id: int) -> ResponseReturnValue:
    """Make links to give out; they are shown once."""
    here, form = at_work(activity_id, "surveys.prepare"), LinksForm()

    def shown(tokens: list[str] | None = None) -> str:
        counts = links.link_counts(activity_id)
        return render_template("surveys/links.html", form=form, counts=counts, tokens=tokens, **here)

    if request.method == "GET":
        return shown()
    tokens = links.new_secrets(form.number.data) if form.validate_on_submit() else []
    mark = new_key()  # By it the answer to this very form is known from that to a repetition of it.
    answer = once(
        form,
        "surveys.links",
        act=lambda: links.make_links(activity_id=activity_id, viewer=current_viewer(), tokens=tokens),
        to=lambda _none: url_for("surveys.links", activity_id=activity_id, made=mark),
        again=shown,
    )
    made = getattr(answer, "location", "") or ""
    # The links cannot be read again, so they stand in the answer to the form itself; a form sent a second
    # time finds them gone.
    return shown(tokens) if tokens and mark in made else answer


@bp.post("/<int:activity_id>/links.csv")
@requires("surveys.prepare")
def links_file(activity_id: int) -> ResponseReturnValue:
    """The links of the page just shown, as a table for letters and labels."""
    at_work(activity_id, "surveys.prepare")
    tokens = [token for token in request.form.get("tokens", "").split() if is_key(token)][:MOST_TOKENS]
    if not ActForm().validate_on_submit() or not tokens:
        abort(400)
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["number", "link"])
    for number, token in enumerate(tokens, 1):
        address = url_for(
            "surveys.link_answer", activity_id=activity_id, token=token, lang="th", _external=True
        )
        writer.writerow([number, address])
    headers = {"Content-Disposition": f'attachment; filename="survey-{activity_id}-links.csv"'}
    return Response("\ufeff" + table.getvalue(), mimetype="text/csv", headers=headers)


def _title_page(
    activity_id: int, form: PageTitleForm, page: PageView | None, act: Any
) -> ResponseReturnValue:
    here = at_work(activity_id, "surveys.prepare")

    def shown() -> str:
        return render_template("surveys/page.html", form=form, page=page, **here)

    if request.method == "GET":
        return shown()
    to = lambda stored: builder(activity_id, f"page-{stored.id}")  # noqa: E731
    return once(form, "surveys.page", act=act, to=to, again=shown)


def _conditions_page(here: dict[str, Any], target: dict[str, Any], place: str) -> ResponseReturnValue:
    """The conditions of a question or page, with what the buttons do: add one, remove one."""
    activity_id = here["activity"].id
    earlier = list(arranging.earlier(here["survey"], **{"question_id": None, "page_id": None, **target}))
    on = request.values.get("on", type=int)
    source = next((question for question in earlier if question.id == on), None)
    condition = condition_form(source) if source else None
    form = RemoveForm()

    def shown() -> str:
        return render_template(
            "surveys/conditions.html", form=form, condition=condition, source=source, earlier=earlier, **here
        )

    if request.method == "GET":
        return shown()
    given: dict[str, Any] = {"activity_id": activity_id, "viewer": current_viewer()}
    removed = request.form.get("remove", type=int)
    if removed is not None:
        return once(
            form,
            "surveys.condition_removed",
            act=lambda: arranging.remove_condition(condition_id=removed, **given),
            to=lambda _none: builder(activity_id, place),
            again=shown,
        )
    if condition is None:
        abort(400)
    return once(
        condition,
        "surveys.condition",
        act=lambda: arranging.add_condition(draft=condition.draft, **target, **given),
        to=lambda _condition: builder(activity_id, place),
        again=shown,
    )


def _carried(survey: Questionnaire) -> Replies:
    """What a preview's form carries, as far as it fits the survey; anything else is as if not answered."""
    found: dict[int, Reply] = {}
    for data in _listed(request.form.get("state") or "[]"):
        with suppress(ValueError, TypeError, KeyError, AttributeError, DomainError):
            reply = Reply.from_data(data)
            question = survey.question(reply.question_id)
            if question is not None and reply.given:
                check_reply(question, reply)
                found[question.id] = reply
    return kept(survey.questions, found)


def _listed(text: str) -> list[Any]:
    """A list written as JSON; whatever else it is, an empty one."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return []
    return found if isinstance(found, list) else []


def _preview_page(
    here: dict[str, Any],
    replies: Replies,
    number: int | None,
    form: Any = None,
    *,
    gone: str = "",
    fresh: bool = False,
) -> str:
    survey: Questionnaire = here["survey"]
    at = Progress(survey, replies)
    pages = at.pages or [PageView(None, 1)]
    page = next((page for page in pages if page.number == number), pages[0])
    shown = set(at.questions(page))
    if form is None:
        questions = [question for question in survey.on_page(page) if question.id in shown]
        form = page_form(questions, replies, fresh=fresh)
    numbers = [other.number for other in pages]
    place = numbers.index(page.number) + 1
    return render_template(
        "surveys/answer.html",
        way=None,
        fits=True,
        form=form,
        page=page,
        place=place,
        places=len(pages),
        last=place == len(pages),
        state=json.dumps(as_list(replies)),
        gone=gone,
        **{name: here[name] for name in ("activity", "issue", "survey")},
    )


def _page(survey: Questionnaire, page_id: int) -> PageView:
    for page in survey.pages:
        if page.id == page_id:
            return page
    raise NotFound
