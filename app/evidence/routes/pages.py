"""Pages of evidence: what each activity proved, by level; one exhibit with its proof; a document by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Container
from typing import Any

from flask import Blueprint, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from app.agencies.models import Agency
from app.agencies.sectors import SECTORS
from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.core.files import StoredFile, path_of, store
from app.core.ids import LARGEST_ID
from app.evidence import queries, service
from app.evidence.criteria import criteria
from app.evidence.forms import DocumentForm
from app.evidence.kinds_of_evidence import evidence_kinds
from app.evidence.telling import tell
from app.i18n import _l
from app.i18n.bilingual import bi_plain
from app.i18n.dates import fiscal_year, fiscal_year_days, format_fiscal_year
from app.identity.permissions import check, public, requires
from app.identity.viewer import current_viewer
from app.issues import reporting
from app.issues.levels import LEVELS, STAGES
from app.issues.queries import agencies_named, issue_titles, visible_issue
from app.web.nav import NavItem, announce
from app.web.once import once

bp = Blueprint("evidence", __name__, url_prefix="/evidence")

announce(
    NavItem(_l("Award"), _l("Evidence store"), "evidence.own", "evidence.add", order=60),
)
YEARS = 10
"""So many fiscal years can be chosen, the last one first."""

reporting.add_part("evidence", 80, _l("Exhibits"), tell)


@bp.get("/agency/<int:agency_id>")
@public
def agency(agency_id: int) -> str:
    """The exhibits of an agency."""
    found = db.session.get(Agency, agency_id)
    if found is None:
        raise NotFound
    return _list(found, None)


@bp.get("/issue/<int:issue_id>")
@public
def issue(issue_id: int) -> str:
    """The exhibits of one issue."""
    view, _activities = visible_issue(issue_id, current_viewer())
    return _list(None, view)


@bp.get("/own")
@requires("evidence.add")
def own() -> ResponseReturnValue:
    """The officer's own agency; who serves several chooses one."""
    agencies = current_viewer().agencies("evidence.add")
    chosen = request.args.get("agency", agencies[0] if len(agencies) == 1 else None, type=int)
    if chosen is None:
        return render_template("evidence/choose.html", agencies=agencies_named(agencies))
    if chosen not in agencies:
        raise NotFound
    return _list(db.session.get_one(Agency, chosen), None, office=True, several=len(agencies) > 1)


@bp.get("/<int:exhibit_id>")
@public
def show(exhibit_id: int) -> str:
    """One exhibit: what it says, its files, and its place in the log."""
    found = queries.exhibit(exhibit_id)
    covering = queries.checkpoint_covering(found.log, found.idx) if found.idx is not None else None
    return render_template(
        "evidence/show.html",
        exhibit=found,
        files=queries.files_of(exhibit_id),
        entry=json.dumps(json.loads(found.body), indent=1, ensure_ascii=False),
        covering=covering,
        proof=url_for("ledger.proof", log=found.log, index=found.idx) if covering else None,
        kinds=evidence_kinds(),
        levels=LEVELS,
        stages=STAGES,
        sectors=SECTORS,
    )


@bp.get("/<int:exhibit_id>/file/<sha256>")
@public
def file(exhibit_id: int, sha256: str) -> ResponseReturnValue:
    """A file of an exhibit: always a download, never shown inside our pages."""
    found = queries.public_file(exhibit_id, sha256)
    name = f"{sha256[:12]}.{_ending(found.media)}"
    return send_file(path_of(sha256), mimetype=found.media, as_attachment=True, download_name=name)


@bp.route("/agency/<int:agency_id>/add", methods=["GET", "POST"])
@requires("evidence.add")
def add(agency_id: int) -> ResponseReturnValue:
    """Add a document by hand."""
    check("evidence.add", agency_id)
    form = DocumentForm().offer([(i, bi_plain(title)) for i, title in issue_titles(agency_id)])
    again = lambda: render_template("evidence/add.html", form=form, agency_id=agency_id)  # noqa: E731
    if request.method == "GET":
        return again()
    if not form.validate():
        return again(), 422
    try:  # Before the writing begins: checking and flushing a file would keep every other writer waiting.
        file = store(form.file.data.stream, form.file.data.filename or "")
    except DomainError as error:
        form.blame(error)
        return again(), 422
    return once(
        form,
        "evidence.add",
        act=lambda: _add(form, agency_id, file),
        to=lambda _document: url_for("evidence.added", agency_id=agency_id),
        again=again,
    )


@bp.get("/agency/<int:agency_id>/added")
@requires("evidence.add")
def added(agency_id: int) -> str:
    """The document is kept; it gets its number when the ledger has numbered its entry."""
    check("evidence.add", agency_id)
    return render_template("evidence/added.html", agency_id=agency_id)


def _add(form: DocumentForm, agency_id: int, file: StoredFile) -> object:
    return service.add_document(
        agency_id=agency_id,
        issue_id=form.issue_id.data,
        kind=form.kind.data,
        title_th=form.title_th.data or "",
        title_en=form.title_en.data or None,
        dated_on=form.dated_on.data,
        level=form.level.data,
        stage=form.stage.data or None,
        sectors=form.sectors.data or [],
        file=file,
        actor=current_viewer().acting("evidence.add", agency_id),
    )


def _list(agency: Agency | None, issue: object | None, *, office: bool = False, several: bool = False) -> str:
    judged = criteria()
    last_year = fiscal_year(now())
    years = range(last_year, last_year - YEARS, -1)
    level = _chosen("level", LEVELS, int)
    stage, sector = _chosen("stage", STAGES), _chosen("sector", SECTORS)
    criterion, year = _chosen("criterion", judged), _chosen("year", years, int)
    after = request.args.get("after", 0, type=int)
    found = queries.exhibits(
        agency_id=agency.id if agency is not None else None,
        issue_id=getattr(issue, "id", None),
        level=level,
        stage=stage,
        sector=sector,
        asked=judged[criterion].asked if criterion else None,
        period=fiscal_year_days(year) if year else None,
        after=min(max(after, 0), LARGEST_ID),
    )
    door = _door(agency, issue, office)
    chosen = {"level": level, "stage": stage, "criterion": criterion, "sector": sector, "year": year}
    return render_template(
        "evidence/list.html",
        agency=agency,
        issue=issue,
        office=office,
        several=several,
        exhibits=found[: queries.PAGE],
        more=len(found) > queries.PAGE,
        base=url_for(**door),
        at=lambda **other: url_for(**(chosen | other | door)),
        chosen=chosen,
        filtered=any(chosen.values()),
        levels=LEVELS,
        stages=STAGES,
        named_criteria=[(code, bi_plain(one.name)) for code, one in judged.items()],
        sectors=SECTORS,
        years=[(year, format_fiscal_year(year)) for year in years],
        kinds=evidence_kinds(),
    )


def _door(agency: Agency | None, issue: object | None, office: bool) -> dict[str, Any]:
    """The page of the list, without anything chosen."""
    if agency is None:
        return {"endpoint": "evidence.issue", "issue_id": getattr(issue, "id", None)}
    return (
        {"endpoint": "evidence.own", "agency": agency.id}
        if office
        else {"endpoint": "evidence.agency", "agency_id": agency.id}
    )


def _chosen(name: str, known: Container[Any], kind: Callable[[str], Any] = str) -> Any:
    """What the address chooses of a list; None for nothing, and for what is not in the list."""
    value = request.args.get(name, type=kind)
    return value if value in known else None


def _ending(media: str) -> str:
    known = {
        "application/pdf": "pdf",
        "image/png": "png",
        "image/jpeg": "jpg",
        "text/csv": "csv",
        "text/plain": "txt",
    }
    return known.get(media, "docx" if "word" in media else "xlsx" if "sheet" in media else "bin")
