"""The office: what is published or prepared, writing it, correcting it, removing what nobody has seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.publications import queries, service
from app.activities.publications.beside import Period, periods
from app.activities.publications.codes import FORM_HINTS, FORMS
from app.activities.publications.content import Content
from app.activities.publications.forms import ENDINGS, DocumentForm, RemoveForm, RevisionForm, form_for
from app.activities.publications.routes.blueprint import bp
from app.activities.publications.service import KIND_CODE, PERMISSION
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.identity.permissions import requires
from app.identity.viewer import current_viewer
from app.issues.queries import IssueView, issue_with_activities, own_activity
from app.web.nav import NavItem, announce
from app.web.once import once
from app.web.pages import row_id

announce(NavItem(_l("Issues"), _l("Documents and updates"), "publications.desk", PERMISSION, order=20))

UNOPENED = ("draft", "upcoming")


@bp.get("/desk")
@requires(PERMISSION)
def desk() -> str:
    """The office's activities that tell people something."""
    rows = queries.desk(current_viewer().agencies(PERMISSION))
    return render_template("publications/desk.html", rows=rows)


@bp.get("/<int:activity_id>/manage")
@requires(PERMISSION)
def manage(activity_id: int) -> str:
    """What is published and prepared in an activity, and what can be done to it."""
    return render_template(
        "publications/manage.html",
        shelf=queries.shelf_of(activity_id, prepared=True),
        done=row_id("done"),
        forms=FORMS,
        hints=FORM_HINTS,
        **_at_work(activity_id),
    )


@bp.route("/<int:activity_id>/add/<form_code>", methods=["GET", "POST"])
@requires(PERMISSION)
def add(activity_id: int, form_code: str) -> ResponseReturnValue:
    """Write a document or an update."""
    if form_code not in FORMS:
        raise NotFound
    at_work, form, viewer = _at_work(activity_id), DocumentForm(), current_viewer()
    form.offer(())
    form.suit(form_code)

    def page(**seen: Any) -> str:
        return render_template(
            "publications/add.html", form=form, form_code=form_code, endings=ENDINGS, **at_work, **seen
        )

    def act(content: Content) -> Any:
        return service.add_document(activity_id=activity_id, viewer=viewer, form=form_code, content=content)

    return _written(form, "publications.add", act, lambda done: _manage(activity_id, done.id), page)


@bp.route("/<int:activity_id>/revise/<int:document_id>", methods=["GET", "POST"])
@requires(PERMISSION)
def revise(activity_id: int, document_id: int) -> ResponseReturnValue:
    """Write a new version of what is public, or replace what is only prepared."""
    at_work, viewer = _at_work(activity_id), current_viewer()
    document = queries.document_in(activity_id, document_id)
    version, files = queries.version_with_files(document_id, document.current)
    public = version.published_at is not None or (
        not at_work["unopened"] and service.may_publish(document, version)
    )
    form = form_for(version, files, document.form, public=public)

    def page(**seen: Any) -> str:
        present = queries.document(document_id)
        if isinstance(form, RevisionForm) and form.form_errors:
            form.seen.data = str(present.current)  # What a colleague wrote is named on the page now.
        return render_template(
            "publications/revise.html",
            form=form,
            document=present,
            endings=ENDINGS,
            periods=_periods(at_work["issue"], document_id) if public else [],
            **at_work,
            **seen,
        )

    def act(content: Content) -> Any:
        seen = form.seen_number if isinstance(form, RevisionForm) else None
        return service.revise_document(document_id=document_id, viewer=viewer, content=content, seen=seen)

    return _written(form, "publications.revise", act, lambda _done: _manage(activity_id, document_id), page)


@bp.route("/<int:activity_id>/remove/<int:document_id>", methods=["GET", "POST"])
@requires(PERMISSION)
def remove(activity_id: int, document_id: int) -> ResponseReturnValue:
    """Take out what is only prepared, after asking. Sent twice, it finds nothing the second time."""
    at_work, form, viewer = _at_work(activity_id), RemoveForm(), current_viewer()
    items = {item.id: item for item in _all_items(activity_id)}
    if request.method == "GET" and document_id not in items:
        raise NotFound

    def page() -> str:
        return render_template("publications/remove.html", form=form, item=items[document_id], **at_work)

    def act() -> Any:
        queries.document_in(activity_id, document_id)
        return service.remove_document(document_id=document_id, viewer=viewer)

    if request.method == "GET":
        return page()
    return once(form, "publications.remove", act=act, to=lambda _none: _manage(activity_id), again=page)


def _written(
    form: DocumentForm,
    verb: str,
    act: Callable[[Content], Any],
    to: Callable[[Any], str],
    page: Callable[..., str],
) -> ResponseReturnValue:
    """Answer a page that writes a text: its files are stored before the writing begins.

    Asked to look first (`step`), it shows the sections found and how easily the text reads, and writes nothing.
    """
    if request.method == "GET":
        return page()
    if not form.validate():
        return page(), 422
    try:
        if request.form.get("step") == "look":
            return page(sections=form.sections(), ease=form.ease)
        content = form.content()
    except DomainError as error:
        form.blame(error)
        return page(), 422
    return once(form, verb, act=lambda: act(content), to=to, again=page)


def _at_work(activity_id: int) -> dict[str, Any]:
    """An activity with its issue, as the office's pages show them; another agency's does not exist."""
    activity, issue = own_activity(activity_id, KIND_CODE, PERMISSION, current_viewer())
    over = issue.closed_at is not None or activity.state == "annulled"
    return {"activity": activity, "issue": issue, "unopened": activity.state in UNOPENED, "over": over}


def _periods(issue: IssueView, document_id: int) -> list[Period]:
    """The comment periods that run while a new version is written: people keep to the version they read."""
    _issue, activities = issue_with_activities(issue.id)
    editions = queries.editions_of(document_id)
    latest = editions[0].number if editions else 1
    return [period for period in periods(activities, document_id, latest, editions) if period.open]


def _all_items(activity_id: int) -> list[queries.Item]:
    shelf = queries.shelf_of(activity_id, prepared=True)
    return [*shelf.documents, *shelf.updates]


def _manage(activity_id: int, done: int | None = None) -> str:
    return url_for("publications.manage", activity_id=activity_id, done=done)
