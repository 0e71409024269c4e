"""The officer: putting comments into a theme by ticking them, and taking them out."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.comments import queries, service
from app.activities.comments.codes import STANCES
from app.activities.comments.forms import PickForm
from app.activities.comments.queries import Sieve
from app.activities.comments.queries.suggesting import suggested_for
from app.activities.comments.queries.themes import articles
from app.activities.comments.routes.blueprint import bp
from app.activities.comments.routes.themes import PERMISSION, theme_at_work
from app.identity.permissions import requires
from app.identity.viewer import current_viewer
from app.web.once import once
from app.web.pages import row_id


@bp.route("/<int:activity_id>/themes/<int:theme_id>/fill", methods=["GET", "POST"])
@requires(PERMISSION)
def fill_theme(activity_id: int, theme_id: int) -> ResponseReturnValue:
    """Tick ungrouped comments that belong to a theme: all, those sieved out, or those its words suggest."""
    viewer, form = current_viewer(), PickForm()
    page_of = theme_at_work(activity_id, theme_id)
    asked = _asked()

    def page() -> str:
        context = _suggested(page_of["theme"]) if "suggested" in asked else _sieved(activity_id, asked)
        return render_template(
            "comments/theme_fill.html",
            form=form,
            asked=asked,
            questions=queries.asked_in(activity_id).questions,
            stances=STANCES,
            ticked=frozenset(form.ids),
            **context,
            **page_of,
        )

    if request.method == "GET":
        return page()
    return once(
        form,
        "comments.fill_theme",
        act=lambda: service.put_in_theme(theme_id=theme_id, viewer=viewer, comment_ids=form.ids),
        to=lambda number: url_for(
            "comments.fill_theme", activity_id=activity_id, theme_id=theme_id, put=number, **asked
        ),
        again=page,
    )


@bp.route("/<int:activity_id>/themes/<int:theme_id>/inside", methods=["GET", "POST"])
@requires(PERMISSION)
def thin_theme(activity_id: int, theme_id: int) -> ResponseReturnValue:
    """The comments in a theme; those ticked are taken out."""
    viewer, form = current_viewer(), PickForm()
    page_of = theme_at_work(activity_id, theme_id)

    def page() -> str:
        inside = queries.members(theme_id, row_id("before"))
        return render_template(
            "comments/theme_inside.html", form=form, page=inside, ticked=frozenset(form.ids), **page_of
        )

    if request.method == "GET":
        return page()
    return once(
        form,
        "comments.thin_theme",
        act=lambda: service.take_out_of_theme(theme_id=theme_id, viewer=viewer, comment_ids=form.ids),
        to=lambda number: url_for(
            "comments.thin_theme", activity_id=activity_id, theme_id=theme_id, out=number
        ),
        again=page,
    )


def _asked() -> dict[str, Any]:
    """What the address asks for, of what means something."""
    asked = {name: request.args.get(name, "")[:80] for name in ("word", "about", "stance", "suggested")}
    if asked["stance"] not in STANCES:
        asked["stance"] = ""
    return {name: value for name, value in asked.items() if value}


def _sieved(activity_id: int, asked: dict[str, Any]) -> dict[str, Any]:
    sieve = Sieve(asked.get("word", ""), asked.get("about", ""), asked.get("stance", ""))
    page = queries.ungrouped(activity_id, sieve, row_id("after"))
    return {"rows": page.rows, "next": page.next, "why": {}}


def _suggested(theme: Any) -> dict[str, Any]:
    found = suggested_for(theme)
    return {
        "rows": articles([one.comment_id for one in found]),
        "next": None,
        "why": {one.comment_id: one.words for one in found},
    }
