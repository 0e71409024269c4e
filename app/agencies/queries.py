"""Reading agencies and areas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Row, and_, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from app.agencies.models import Agency, Area
from app.agencies.reference import provinces
from app.core.clock import now
from app.core.db import db
from app.core.errors import NotFound
from app.core.text import sort_key
from app.i18n import _, current_language
from app.i18n.bilingual import Bilingual
from app.i18n.dates import local_day

Choice = tuple[str, str]
BANGKOK = "10"
PAGE = 200


@dataclass(frozen=True)
class AgencyRow:
    """An agency as a list shows it."""

    id: int
    short: str
    name: Bilingual
    kind: str
    area: Bilingual | None
    valid: bool
    demo: bool


@dataclass(frozen=True)
class AgencyList:
    """A page of agencies; `next` is the id the following page begins behind, None on the last."""

    rows: list[AgencyRow]
    next: int | None
    first: bool


@dataclass(frozen=True)
class AgencyPage:
    """An agency with what stands around it."""

    agency: Agency
    parent_id: int | None
    parent: Bilingual | None
    area: Bilingual | None
    valid: bool

    @property
    def last_day(self) -> date | None:
        """The last day on which the agency is valid, if it has one."""
        until = self.agency.valid_until
        return until - timedelta(days=1) if until else None


# ---------------------------------------------------------------- agencies


def agency_by_id(agency_id: int) -> Agency:
    """The agency; raises `NotFound`."""
    agency = db.session.get(Agency, agency_id)
    if agency is None:
        raise NotFound
    return agency


def agency_page(agency_id: int) -> AgencyPage:
    """The agency with its parent and the name of its area; raises `NotFound`."""
    above = aliased(Agency)
    row = db.session.execute(
        select(Agency, above.name_th, above.name_en)
        .outerjoin(above, above.id == Agency.parent_id)
        .where(Agency.id == agency_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    agency = row[0]
    return AgencyPage(
        agency=agency,
        parent_id=agency.parent_id,
        parent=Bilingual(row.name_th, row.name_en) if row.name_th else None,
        area=area_name(agency.area_code) if agency.area_code else None,
        valid=agency.valid_on(local_day(now())),
    )


def agency_list(
    *, kind: str | None = None, province: str | None = None, ended: bool = False, past: int | None = None
) -> AgencyList:
    """A page of agencies in dictionary order, by kind or province where asked; `ended` adds those no longer valid.

    It begins behind the agency with the id `past`.
    """
    today = local_day(now())
    order = Agency.order_th if current_language() == "th" else Agency.order_en
    query = select(
        Agency.id,
        Agency.short,
        Agency.name_th,
        Agency.name_en,
        Agency.kind,
        Agency.area_code,
        Agency.valid_from,
        Agency.valid_until,
        Agency.demo,
    )
    if kind:
        query = query.where(Agency.kind == kind)
    if province:
        query = query.where(Agency.area_code.startswith(province, autoescape=True))
    if not ended:
        query = query.where(
            and_(
                Agency.valid_from <= today,
                or_(Agency.valid_until.is_(None), Agency.valid_until > today),
            )
        )
    if past:
        last = aliased(Agency)
        theirs = last.order_th if current_language() == "th" else last.order_en
        place = select(theirs).where(last.id == past).scalar_subquery()
        query = query.where(tuple_(order, Agency.id) > tuple_(func.coalesce(place, ""), past))
    rows = db.session.execute(query.order_by(order, Agency.id).limit(PAGE + 1)).all()
    shown = [_row(row, today) for row in rows[:PAGE]]
    return AgencyList(shown, shown[-1].id if len(rows) > PAGE else None, first=not past)


def agency_choices(*, without: int | None = None) -> list[Choice]:
    """Every agency as (id, name) for a select, in dictionary order."""
    rows = db.session.execute(select(Agency.id, Agency.name_th, Agency.name_en)).all()
    names = {row.id: str(Bilingual(row.name_th, row.name_en)) for row in rows if row.id != without}
    return _sorted((str(agency_id), name) for agency_id, name in names.items())


def _row(row: Row, today: date) -> AgencyRow:
    province = provinces().get((row.area_code or "")[:2])
    valid = row.valid_from <= today and (row.valid_until is None or today < row.valid_until)
    return AgencyRow(
        row.id, row.short, Bilingual(row.name_th, row.name_en), row.kind, province, valid, row.demo
    )


# ---------------------------------------------------------------- areas


def areas_under(code: str | None) -> Sequence[Area]:
    """The areas directly inside one, or the provinces; in dictionary order of the reader's language."""
    inside = Area.parent.is_(None) if code is None else Area.parent == code
    areas = db.session.scalars(select(Area).where(inside)).all()
    return sorted(areas, key=lambda area: _order(str(area.name)))


def area_name(code: str) -> Bilingual:
    """An area with those around it: "ตำบลบางปลากด อำเภอป่าโมก จังหวัดอ่างทอง"; raises `NotFound`."""
    around = [code[:length] for length in (6, 4, 2) if length <= len(code)]
    found = {
        row.code: row
        for row in db.session.execute(
            select(Area.code, Area.kind, Area.name_th, Area.name_en).where(Area.code.in_(around))
        )
    }
    if code not in found:
        raise NotFound
    rows = [found[part] for part in around if part in found]
    return Bilingual(" ".join(_with_kind(row) for row in rows), ", ".join(row.name_en for row in rows))


def _with_kind(row: Row) -> str:
    """The Thai name with the word for its kind; Bangkok has words of its own."""
    words = {"province": "จังหวัด", "district": "อำเภอ", "subdistrict": "ตำบล"}
    if row.code.startswith(BANGKOK):
        words = {"province": "", "district": "เขต", "subdistrict": "แขวง"}
    return f"{words[row.kind]}{row.name_th}"


def province_choices() -> list[Choice]:
    """The 77 provinces as (code, name), in dictionary order of the reader's language."""
    return _sorted((code, str(name)) for code, name in provinces().items())


def area_choices(province: str) -> dict[str, list[Choice]]:
    """Districts and sub-districts of a province by the heading they stand under: one statement.

    The first entry of each group is the district itself; the province stands under its own name. Empty for
    a code that is no province.
    """
    if province not in provinces():
        return {}
    rows = db.session.execute(
        select(Area.code, Area.name_th, Area.name_en, Area.kind, Area.parent).where(
            Area.code.startswith(province, autoescape=True)
        )
    ).all()
    names = {row.code: str(Bilingual(row.name_th, row.name_en)) for row in rows}
    groups = {names[province]: [_whole(province, names)]}
    for code, name in _sorted((row.code, names[row.code]) for row in rows if row.kind == "district"):
        inside = [(row.code, names[row.code]) for row in rows if row.parent == code]
        groups[name] = [_whole(code, names), *_sorted(inside)]
    return groups


def _whole(code: str, names: dict[str, str]) -> Choice:
    return code, _("All of %(area)s", area=names[code])


def _sorted(choices: Iterable[Choice]) -> list[Choice]:
    return sorted(choices, key=lambda choice: _order(choice[1]))


def _order(name: str) -> str:
    return sort_key(name) if current_language() == "th" else name
