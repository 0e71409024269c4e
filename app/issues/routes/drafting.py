"""Drafting an issue: the desk, beginning one, its task list, its parts one page each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.agencies.models import Agency
from app.agencies.queries import area_choices, province_choices
from app.agencies.reference import provinces
from app.core.db import db
from app.core.errors import NotFound
from app.i18n import _l
from app.i18n.bilingual import bi_plain
from app.identity.permissions import check, requires
from app.identity.viewer import current_viewer
from app.issues import desk as desk_reads
from app.issues import service
from app.issues.content import IssueContent, parts_digest, standard_promise
from app.issues.forms import (
    AreaForm,
    GroundForm,
    NewIssueForm,
    ParticularsForm,
    PromiseForm,
    TextsForm,
    WordsForm,
    groups_form,
    options,
    row_count,
)
from app.issues.kinds import kind_of
from app.issues.levels import LEGAL_BASES, LEVELS
from app.issues.models import Issue
from app.issues.notice import SURENESS, breaches
from app.issues.particulars import PARTICULARS
from app.issues.queries import IssueView, activities_of, agencies_named
from app.issues.readiness import missing_for_publication
from app.issues.routes.blueprint import bp, handle, own
from app.web.nav import NavItem, announce

LEAST_GROUPS = 6
MORE_ROWS = 3

announce(NavItem(_l("Issues"), _l("Overview"), "issues.desk", "issues.see_drafts", order=10))
announce(NavItem(_l("Issues"), _l("Open a new issue"), "issues.new", "issues.draft", order=20))


@bp.get("/desk")
@requires("issues.see_drafts")
def desk() -> str:
    """What must be done today, and the issues at work."""
    return render_template("issues/desk.html", desk=desk_reads.desk_of(current_viewer()))


@bp.route("/new", methods=["GET", "POST"])
@requires("issues.draft")
def new() -> ResponseReturnValue:
    """Begin an issue with its title, its summary and the level people may expect."""
    viewer, form = current_viewer(), NewIssueForm()
    agencies = agencies_named(viewer.agencies("issues.draft"))
    form.agency_id.choices = options((agency_id, bi_plain(name)) for agency_id, name in agencies)
    if request.method == "POST" and form.agency_id.data:
        check("issues.draft", form.agency_id.data)
    return handle(
        form,
        "issues.draft",
        act=lambda: service.draft_issue(
            agency_id=form.agency_id.data,
            content=IssueContent(**_texts(form), level=form.level.data),
            actor=viewer.acting("issues.draft", form.agency_id.data),
            invented=_invented(form.agency_id.data),
        ),
        to=lambda issue: url_for("issues.prepare", issue_id=issue.id),
        page=lambda: render_template("issues/new.html", form=form, levels=LEVELS),
    )


@bp.get("/<int:issue_id>/prepare")
@requires("issues.see_drafts")
def prepare(issue_id: int) -> str:
    """The task list of an issue: what is done, what is missing, what comes next."""
    issue, activities, _actor = own(issue_id, "issues.see_drafts")
    viewer = current_viewer()
    row = db.session.get_one(Issue, issue_id)
    gaps = missing_for_publication(row, activities_of(row)) if issue.state == "draft" else []
    return render_template(
        "issues/prepare.html",
        issue=issue,
        activities=activities,
        kinds={activity.kind: kind_of(activity.kind) for activity in activities},
        gaps=gaps,
        breaches=breaches(row, activities_of(row)) if issue.state == "draft" else [],
        sureness=SURENESS,
        legal_basis=LEGAL_BASES.get(issue.legal_basis),
        may=lambda permission: viewer.may(permission, issue.agency_id),
    )


@bp.route("/<int:issue_id>/edit/<part>", methods=["GET", "POST"])
@requires("issues.draft")
def edit(issue_id: int, part: str) -> ResponseReturnValue:
    """One part of an issue: a draft's freely, a published one's as a recorded correction."""
    issue, _activities, actor = own(issue_id, "issues.draft")
    made = part == "promise" and issue.published_at is not None
    if part not in PARTS or (made and request.method == "GET"):
        abort(404)
    editor = PARTS[part]
    form: Any = editor.form(issue)

    def page() -> str:
        issue, _activities, _actor = own(issue_id, "issues.draft")
        stale = form.stands_on(parts_digest(db.session.get_one(Issue, issue_id), editor.content(form)))
        more = editor.more(issue)
        return render_template(f"issues/edit_{part}.html", form=form, issue=issue, stale=stale, **more)

    if request.method == "POST" and request.form.get("step") == "more":
        return page()
    return handle(
        form,
        f"issues.edit.{part}",
        act=lambda: service.revise_issue(
            issue_id=issue_id, content=editor.content(form), actor=actor, seen=form.seen.data or ""
        ),
        to=lambda _issue: url_for("issues.prepare", issue_id=issue_id),
        page=page,
    )


@dataclass(frozen=True)
class Editor:
    """How one part is edited: its form filled from the issue, its content, more for its page."""

    form: Callable[[IssueView], Any]
    content: Callable[[Any], IssueContent]
    more: Callable[[IssueView], dict[str, Any]] = lambda _issue: {}


def _texts(form: WordsForm) -> IssueContent:
    return IssueContent(
        title_th=form.title_th.data or "",
        title_en=form.title_en.data or None,
        summary_th=form.summary_th.data or "",
        summary_en=form.summary_en.data or None,
    )


def _texts_form(issue: IssueView) -> TextsForm:
    title, summary = issue.title, issue.summary
    return TextsForm(
        data={
            "title_th": title.th,
            "title_en": title.en,
            "summary_th": summary.th,
            "summary_en": summary.en,
        }
    )


def _promise_form(issue: IssueView) -> PromiseForm:
    promise = issue.promise
    return PromiseForm(
        data={
            "level": issue.level,
            "promise_th": promise.th if promise else "",
            "promise_en": promise.en if promise else "",
            "answer_by": issue.answer_by,
        }
    )


def _promise(form: PromiseForm) -> IssueContent:
    return IssueContent(
        level=form.level.data,
        promise_th=form.promise_th.data or "",
        promise_en=form.promise_en.data or None,
        answer_by=form.answer_by.data,
    )


def _area_form(issue: IssueView) -> AreaForm:
    province = _asked_province(issue)
    form = AreaForm(data={"area_code": issue.area_code or ""})
    form.offer(area_choices(province))
    return form


def _asked_province(issue: IssueView) -> str:
    """The province whose areas are offered: the one asked for, or the issue's; "" for the whole country."""
    asked = request.args.get("province", issue.province_code or "")
    return asked if asked in provinces() else ""


def _groups_form(issue: IssueView) -> Any:
    count = row_count(request.form.get("rows"), len(issue.groups), LEAST_GROUPS)
    if request.form.get("step") == "more":
        count = row_count(str(count + MORE_ROWS), 0, 0)
    stored = {f"{name}_{n}": group[name] for n, group in enumerate(issue.groups) for name in group}
    form = groups_form(count)(data=stored)
    form.rows.data = str(count)
    return form


def _groups(form: Any) -> IssueContent:
    return IssueContent(groups=form.filled())


def _ground_form(issue: IssueView) -> GroundForm:
    return GroundForm(data={"legal_basis": issue.legal_basis or None})


def _particulars_form(issue: IssueView) -> Any:
    texts = {f"{code}_{lang}": text[lang] for code, text in issue.particulars.items() for lang in text}
    return ParticularsForm(data=texts)


PARTS: dict[str, Editor] = {
    "texts": Editor(_texts_form, _texts),
    "area": Editor(
        _area_form,
        lambda form: IssueContent(area_code=form.area_code.data or None),
        lambda issue: {"provinces": province_choices(), "province": _asked_province(issue)},
    ),
    "groups": Editor(_groups_form, _groups),
    "ground": Editor(_ground_form, lambda form: IssueContent(legal_basis=form.legal_basis.data)),
    "particulars": Editor(
        _particulars_form,
        lambda form: IssueContent(particulars=form.filled()),
        lambda _issue: {"particulars": PARTICULARS},
    ),
    "promise": Editor(
        _promise_form,
        _promise,
        lambda _issue: {"levels": LEVELS, "standard": {code: standard_promise(code) for code in LEVELS}},
    ),
}
"""The parts of the task list, by the word in their address."""


def _invented(agency_id: int) -> bool:
    """What is written in a demonstration agency's name is invented, and says so."""
    agency = db.session.get(Agency, agency_id)
    if agency is None:
        raise NotFound
    return agency.demo
