"""Reading and writing the register as a table (CSV), with headings in Thai or English."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.agencies.sectors import SECTORS
from app.core.errors import DomainError
from app.core.text import normalise, normalise_line
from app.i18n import LANGUAGES, Language, _, _l, current_language, speaking
from app.i18n.dates import format_date
from app.identity.forms import LONGEST_EMAIL, ascii_address
from app.outreach.codes import ADDRESS, GROUNDS, LINE, MOST_CONTACTS, NAME, PHONE
from app.outreach.models import Contact
from app.outreach.service import ContactContent, ContactRow
from app.web.fields import text_length

LARGEST_FILE = 2_000_000
"""Bytes."""

HEADINGS: dict[str, tuple[str, ...]] = {
    "name": ("name", "ชื่อ", "ชื่อ-สกุล", "ชื่อ-นามสกุล", "ชื่อสกุล"),
    "organisation": ("organisation", "หน่วยงาน", "organization", "องค์กร", "สังกัด"),
    "sector": ("sector", "ภาคส่วน"),
    "group": ("group", "กลุ่ม"),
    "email": ("e-mail", "อีเมล", "email", "อีเมล์"),
    "address": ("address", "ที่อยู่", "postal address"),
    "phone": ("telephone", "โทรศัพท์", "phone", "เบอร์โทร", "เบอร์โทรศัพท์"),
    "lang": ("language", "ภาษา", "lang"),
    "source": ("source", "ที่มา", "แหล่งที่มา"),
}
"""Columns by what may stand above them: first the English and the Thai heading we write ourselves."""

NEEDED = ("name", "sector")
LONGEST = {
    "name": NAME,
    "organisation": NAME,
    "group": NAME,
    "address": ADDRESS,
    "phone": PHONE,
    "source": LINE,
}
LANGUAGE_WORDS: dict[str, Language] = {
    "": "th",
    "th": "th",
    "thai": "th",
    "ไทย": "th",
    "en": "en",
    "english": "en",
    "อังกฤษ": "en",
}
_FORMULA = re.compile(r"[=+\-@\t\r]")


@dataclass(frozen=True)
class Defaults:
    """What holds for every row of a file; a row may name a source of its own."""

    source: str
    ground: str
    given: str | None
    given_on: date | None
    keep_until: date


@dataclass(frozen=True)
class Fault:
    """A row that cannot be taken in: the line it ends on, and why."""

    line: int
    words: Any


def read(content: bytes, defaults: Defaults) -> tuple[list[ContactRow], list[Fault]]:
    """The contacts of a file and the rows that are none. Raises `DomainError` for a file that is no such table."""
    if len(content) > LARGEST_FILE:
        raise DomainError(_l("The file is too large. Split it."), "file")
    text = _decoded(content)
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[ContactRow] = []
    faults: list[Fault] = []
    seen: set[str] = set()
    try:
        columns = _columns(next(reader, []))
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            try:
                row = _content(_picked(cells, columns), defaults)
                _refuse_again(row, seen)
            except DomainError as error:
                faults.append(Fault(reader.line_num, error.message))
            else:
                rows.append(ContactRow(reader.line_num, row))
    except csv.Error as error:
        raise DomainError(_l("This file is no table we can read. Save it as CSV."), "file") from error
    if not rows and not faults:
        raise DomainError(_l("There is no contact in the file."), "file")
    if len(rows) > MOST_CONTACTS:
        raise DomainError(_l("A register holds at most %(most)s contacts.", most=MOST_CONTACTS), "file")
    return rows, faults


def write(contacts: Iterable[Contact], groups: Mapping[int, str]) -> str:
    """The register as a table for the agency; Excel reads its Thai, and no cell becomes a formula."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow([_heading(name) for name in HEADINGS] + [_("Ground"), _("Keep until")])
    for one in contacts:
        cells = [
            getattr(one, name) if name != "group" else groups.get(one.group_id or 0) for name in HEADINGS
        ]
        values = [*cells, str(GROUNDS[one.ground]), format_date(one.keep_until)]
        table.writerow([_plain(str(value or "")) for value in values])
    return "\ufeff" + out.getvalue()


def _heading(name: str) -> str:
    """In the reader's language, as `read` knows it again."""
    return HEADINGS[name][1 if current_language() == "th" else 0]


def _plain(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _decoded(content: bytes) -> str:
    """UTF-8, or the Thai encoding of older Excel."""
    for encoding in ("utf-8-sig", "cp874"):
        try:
            return content.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    raise DomainError(_l("The letters of this file cannot be read. Save it as CSV in UTF-8."), "file")


def _columns(headings: Sequence[str]) -> dict[str, int]:
    known = {word: name for name, words in HEADINGS.items() for word in words}
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        name = known.get(normalise_line(heading).casefold())
        if name in found:
            raise DomainError(_l("The column “%(name)s” stands here twice.", name=heading), "file")
        if name:
            found[name] = place
    missing = [HEADINGS[name] for name in NEEDED if name not in found]
    if missing:
        words = ", ".join(f"{names[1]} ({names[0]})" for names in missing)
        raise DomainError(
            _l("The first line must name the columns; missing: %(names)s.", names=words), "file"
        )
    return found


def _picked(cells: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    picked = {name: cells[place] if place < len(cells) else "" for name, place in columns.items()}
    # A mark that keeps a cell from becoming a formula is none of its words.
    return {
        name: cell[1:] if cell[:1] == "'" and _FORMULA.match(cell[1:]) else cell
        for name, cell in picked.items()
    }


def _content(cells: Mapping[str, str], defaults: Defaults) -> ContactContent:
    text = {name: normalise_line(cells.get(name, "")) or None for name in HEADINGS}
    text["address"] = normalise(cells.get("address", "")) or None
    for name, most in LONGEST.items():
        if text_length(text[name] or "") > most:
            raise DomainError(
                _l("%(column)s: at most %(most)s characters.", column=_heading(name), most=most)
            )
    lang = LANGUAGE_WORDS.get((text["lang"] or "").casefold())
    if lang is None:
        raise DomainError(_l("The language must be Thai or English."))
    if not text["name"]:
        raise DomainError(_l("There is no name."))
    return ContactContent(
        name=text["name"],
        organisation=text["organisation"],
        sector=_sector(text["sector"] or ""),
        group=text["group"],
        email=_email(text["email"]),
        address=text["address"],
        phone=text["phone"],
        lang=lang,
        source=text["source"] or defaults.source,
        ground=defaults.ground,
        given=defaults.given,
        given_on=defaults.given_on,
        keep_until=defaults.keep_until,
    )


def _sector(typed: str) -> str:
    """The sector by its code, or by its words in Thai or English."""
    wanted = typed.casefold()
    for code, words in SECTORS.items():
        if wanted == code:
            return code
        for lang in LANGUAGES:
            with speaking(lang):
                if wanted == str(words).casefold():
                    return code
    raise DomainError(_l("The sector is none of ours."))


def _email(typed: str | None) -> str | None:
    if typed is None:
        return None
    address = ascii_address(typed)
    if not address or len(address) > LONGEST_EMAIL:
        raise DomainError(_l("The e-mail address cannot be read."))
    return address.lower()


def _refuse_again(content: ContactContent, seen: set[str]) -> None:
    email = content["email"]
    if email and email in seen:
        raise DomainError(_l("This e-mail address stands in the file twice."))
    if email:
        seen.add(email)
