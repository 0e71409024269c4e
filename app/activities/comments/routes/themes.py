"""The officer: the themes of an activity, the one answer to each, and what becomes of a theme."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.comments import queries, service
from app.activities.comments.codes import VERDICT_HINTS
from app.activities.comments.forms import MergeForm, RemoveForm, ThemeAnswerForm, ThemeForm
from app.activities.comments.queries.suggesting import groups_in
from app.activities.comments.render import VERDICT_MARKS
from app.activities.comments.routes.blueprint import bp
from app.activities.comments.service import KIND_CODE
from app.activities.comments.telling import people_told
from app.core.clock import now
from app.i18n.dates import local_day
from app.identity.permissions import requires
from app.identity.viewer import current_viewer
from app.issues.queries import own_activity
from app.issues.told import outcomes_in
from app.issues.verdicts import VERDICTS
from app.web.once import once

PERMISSION = "comments.answer"


def theme_at_work(activity_id: int, theme_id: int) -> dict[str, Any]:
    """A theme with its activity and issue, for an office page; another agency's does not exist."""
    activity, issue = own_activity(activity_id, KIND_CODE, PERMISSION, current_viewer())
    return {"activity": activity, "issue": issue, "theme": queries.theme_in(activity_id, theme_id)}


@bp.get("/<int:activity_id>/themes/desk")
@requires(PERMISSION)
def theme_desk(activity_id: int) -> str:
    """The themes with their numbers and answers, and what the ungrouped comments seem to be about."""
    activity, issue = own_activity(activity_id, KIND_CODE, PERMISSION, current_viewer())
    return render_template(
        "comments/theme_desk.html",
        activity=activity,
        issue=issue,
        themes=queries.themes_in(activity_id),
        groups=groups_in(activity_id),
        thread=queries.thread_of(activity_id),
        verdicts=VERDICTS,
        marks=VERDICT_MARKS,
        today=local_day(now()),
        told=request.args.get("told", type=int),
    )


@bp.route("/<int:activity_id>/themes/new", methods=["GET", "POST"])
@requires(PERMISSION)
def make_theme(activity_id: int) -> ResponseReturnValue:
    """Begin a theme; the next page puts comments into it, with the words suggested if there are."""
    viewer, form = current_viewer(), ThemeForm()
    activity, issue = own_activity(activity_id, KIND_CODE, PERMISSION, viewer)
    words = request.args.get("word")

    def page() -> str:
        return render_template(
            "comments/theme_name.html", form=form, theme=None, activity=activity, issue=issue
        )

    if request.method == "GET":
        return page()
    return once(
        form,
        "comments.make_theme",
        act=lambda: service.make_theme(
            activity_id=activity_id,
            viewer=viewer,
            title_th=str(form.title_th.data),
            title_en=form.title_en.data or None,
        ),
        to=lambda made: url_for("comments.fill_theme", activity_id=activity_id, theme_id=made.id, word=words),
        again=page,
    )


@bp.route("/<int:activity_id>/themes/<int:theme_id>/rename", methods=["GET", "POST"])
@requires(PERMISSION)
def rename_theme(activity_id: int, theme_id: int) -> ResponseReturnValue:
    """Give a theme another title."""
    viewer = current_viewer()
    page_of = theme_at_work(activity_id, theme_id)
    form = ThemeForm(obj=page_of["theme"])

    def page() -> str:
        return render_template("comments/theme_name.html", form=form, **page_of)

    if request.method == "GET":
        return page()
    return once(
        form,
        "comments.rename_theme",
        act=lambda: service.rename_theme(
            theme_id=theme_id,
            viewer=viewer,
            title_th=str(form.title_th.data),
            title_en=form.title_en.data or None,
        ),
        to=lambda _theme: url_for("comments.theme_desk", activity_id=activity_id),
        again=page,
    )


@bp.route("/<int:activity_id>/themes/<int:theme_id>/answer", methods=["GET", "POST"])
@requires(PERMISSION)
def answer_theme(activity_id: int, theme_id: int) -> ResponseReturnValue:
    """Give the one answer to everyone in a theme, or correct it."""
    viewer = current_viewer()
    page_of = theme_at_work(activity_id, theme_id)
    theme, people = page_of["theme"], people_told(theme_id)
    form = ThemeAnswerForm(obj=theme)
    form.offer(outcomes_in(page_of["issue"].id))

    def page() -> str:
        if form.form_errors:  # A colleague was faster: what they wrote is on the page now.
            form.revision.data = str(theme.revision)
        return render_template(
            "comments/theme_answer.html",
            form=form,
            hints=VERDICT_HINTS,
            people=people,
            newest=queries.members(theme_id).rows[:5],
            **page_of,
        )

    if request.method == "GET":
        return page()
    return once(
        form,
        "comments.answer_theme",
        act=lambda: service.answer_theme(
            theme_id=theme_id,
            viewer=viewer,
            verdict=str(form.verdict.data),
            reason_th=str(form.reason_th.data),
            reason_en=form.reason_en.data or None,
            due_on=form.day,
            revision=form.seen,
            outcome=form.outcome.data or None,
            tell=bool(form.tell.data),
        ),
        to=lambda _theme: url_for("comments.theme_desk", activity_id=activity_id, told=theme_id),
        again=page,
    )


@bp.route("/<int:activity_id>/themes/<int:theme_id>/merge", methods=["GET", "POST"])
@requires(PERMISSION)
def merge_theme(activity_id: int, theme_id: int) -> ResponseReturnValue:
    """Put a theme with all its comments into another one."""
    viewer, form = current_viewer(), MergeForm()
    page_of = theme_at_work(activity_id, theme_id)
    form.offer([one for one in queries.themes_in(activity_id) if one.id != theme_id])

    def page() -> str:
        return render_template("comments/theme_merge.html", form=form, **page_of)

    if request.method == "GET":
        return page()
    return once(
        form,
        "comments.merge_theme",
        act=lambda: service.merge_theme(theme_id=theme_id, into_id=form.chosen, viewer=viewer),
        to=lambda _into: url_for("comments.theme_desk", activity_id=activity_id),
        again=page,
    )


@bp.route("/<int:activity_id>/themes/<int:theme_id>/remove", methods=["GET", "POST"])
@requires(PERMISSION)
def remove_theme(activity_id: int, theme_id: int) -> ResponseReturnValue:
    """Remove a theme; a page asks first."""
    viewer, form = current_viewer(), RemoveForm()
    page_of = theme_at_work(activity_id, theme_id)

    def page() -> str:
        return render_template("comments/theme_remove.html", form=form, **page_of)

    if request.method == "GET":
        return page()
    return once(
        form,
        "comments.remove_theme",
        act=lambda: service.remove_theme(theme_id=theme_id, viewer=viewer),
        to=lambda _theme: url_for("comments.theme_desk", activity_id=activity_id),
        again=page,
    )
