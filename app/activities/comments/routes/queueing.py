"""The moderator's lists over all activities of their agencies, and one act on several comments at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.comments import queries, service
from app.activities.comments.codes import HIDING_REASONS
from app.activities.comments.flags import FLAGS, marked
from app.activities.comments.forms import BulkForm
from app.activities.comments.forms.shared import whole
from app.activities.comments.routes.blueprint import bp
from app.activities.comments.service.bulk import ACTIONS, MOST_AT_ONCE, WITH_REASON
from app.i18n import _l
from app.i18n.bilingual import Bilingual
from app.identity.permissions import requires
from app.identity.viewer import current_viewer
from app.web.nav import NavItem, announce
from app.web.once import once
from app.web.pages import row_id

PERMISSION = "comments.moderate"
MOST_NAMED = 20
"""Comments left as they were that the confirmation names: an address has its length."""
BUTTONS = {"pending": ("admit", "refuse"), "flagged": ("fine", "hide"), "hidden": ("show",)}

WITHIN = ("comments.moderate", "comments.hide", "comments.unhide", "comments.admit")
announce(NavItem(_l("Issues"), _l("To moderate"), "comments.moderation", PERMISSION, order=31, within=WITHIN))


@bp.get("/moderation")
@requires(PERMISSION)
def moderation() -> str:
    """What waits for a moderator's eye, oldest first."""
    return _list()


@bp.post("/moderation")
@requires(PERMISSION)
def moderate() -> ResponseReturnValue:
    """Say what will be done to the ticked comments; then, once agreed, do it."""
    viewer, form = current_viewer(), BulkForm()
    if request.form.get("step") != "act":
        form.ticked.data = ",".join(request.form.getlist("comment"))
    agencies = viewer.agencies(PERMISSION)
    rows = queries.of_agencies(agencies, form.ids)
    action, edits = str(form.action.data), form.edits

    def page() -> str:
        now = queries.of_agencies(agencies, form.ids)  # Their words and authors may have moved meanwhile.
        form.ticked.data = ",".join(str(row.id) for row in now)
        form.read.data = ",".join(f"{row.id}:{row.edits}" for row in now)
        return render_template(
            "comments/moderation_check.html",
            form=form,
            rows=now,
            action=ACTIONS[action],
            asks=action in WITH_REASON,
            code=action,
            show=_shown(),
            title_of=_title,
            marked=marked,
        )

    if len(rows) > MOST_AT_ONCE:
        return _list(_l("Tick %(most)s comments at most.", most=MOST_AT_ONCE)), 422
    if action not in ACTIONS or not rows:
        return _list(_l("Tick at least one comment, then choose what to do.")), 422
    if request.form.get("step") != "act":
        return page()
    return once(
        form,
        "comments.moderate_many",
        act=lambda: service.moderate(
            comment_ids=[row.id for row in rows],
            viewer=viewer,
            action=action,
            reason=str(form.reason.data or ""),
            note=str(form.note.data or ""),
            edits=edits,
        ),
        to=lambda done: url_for(
            "comments.moderation",
            show="hidden" if action == "hide" else _shown(),
            done=len(done.done),
            told=done.told or None,
            left=",".join(str(ident) for ident, _why in done.left[:MOST_NAMED]) or None,
        ),
        again=page,
    )


def _list(fault: Any = None) -> str:
    viewer = current_viewer()
    agencies = viewer.agencies(PERMISSION)
    shown = _shown()
    page = queries.moderators_list(agencies, shown, row_id("after"))
    ids = [row.id for row in page.rows]
    return render_template(
        "comments/moderation.html",
        waiting=queries.waiting_for(agencies),
        shown=shown,
        page=page,
        flags=queries.open_flags_on(ids),
        words=FLAGS,
        reasons=HIDING_REASONS,
        buttons=[(code, ACTIONS[code]) for code in BUTTONS[shown]],
        agencies=agencies,
        form=BulkForm(formdata=None),
        done=row_id("done"),
        told=row_id("told"),
        left=_ids(request.args.get("left", "")),
        fault=fault,
        title_of=_title,
        marked=marked,
    )


def _shown() -> str:
    """The list somebody is in."""
    name = request.values.get("show", "")
    return name if name in queries.LISTS else "pending"


def _ids(text: str) -> Sequence[int]:
    return [found for part in text.split(",")[:MOST_AT_ONCE] if (found := whole(part)) is not None]


def _title(row: Any) -> Bilingual:
    return Bilingual(row.title_th, row.title_en)
