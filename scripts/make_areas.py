"""Make app/agencies/data/{areas,provinces_extra}.csv from the province data of RUAMKHIT_DATA.

Run it from the project's root: ``python scripts/make_areas.py``. It can be run again at any time;
the same sources give the same bytes. What is changed on the way, and why, stands row by row in
``app/agencies/data/corrections.csv``; the sources are named in the README.md beside it.
"""

import csv
import os
import re
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "app" / "agencies" / "data"
SHARED = Path(os.environ.get("RUAMKHIT_DATA", ROOT.parent / "shared" / "data"))
TILES = SHARED.parent / "design" / "province-tiles.csv"
KINDS = {2: "province", 4: "district", 6: "subdistrict"}


@dataclass(frozen=True)
class Area:
    """One province (2-digit code), district (4) or sub-district (6), named without its kind."""

    code: str
    name_th: str
    name_en: str
    postcode: str = ""

    def row(self) -> list[str]:
        """The line of areas.csv; the parent is the code without its last two digits."""
        kind = KINDS[len(self.code)]
        return [self.code, self.code[:-2], kind, self.name_th, self.name_en, self.postcode]


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file with a header line."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def clean(name: str) -> str:
    """One name without the source's stray quotes, brackets, stars and doubled spaces."""
    return re.sub(r"\s+", " ", re.sub(r"[*'()]", " ", name)).strip()


def clean_en(name: str) -> str:
    """An English name, cleaned, without Thai letters that slipped in."""
    return clean(re.sub(r"[\u0e00-\u0e7f]", "", name))


def source_areas() -> dict[str, Area]:
    """All areas of the source by code; Bangkok's districts lose the word เขต in front.

    The source numbers its provinces 1-77. The official two digits are those that the codes of a
    province's districts begin with.
    """
    folder = SHARED / "thai-provinces"
    districts = read_csv(folder / "districts.csv")
    official = {row["province_id"]: row["id"][:2] for row in districts}
    areas = [
        Area(official[row["id"]], clean(row["name_th"]), clean_en(row["name_en"]))
        for row in read_csv(folder / "provinces.csv")
    ]
    for row in districts:
        th = clean(row["name_th"]).removeprefix("เขต") if row["id"][:2] == "10" else row["name_th"]
        areas.append(Area(row["id"], clean(th), clean_en(row["name_en"]).removeprefix("Khet ")))
    for row in read_csv(folder / "sub_districts.csv"):
        postcode = row["zip_code"]
        areas.append(Area(row["id"], clean(row["name_th"]), clean_en(row["name_en"]), postcode))
    return {area.code: area for area in areas}


def corrected(areas: dict[str, Area]) -> dict[str, Area]:
    """The areas after corrections.csv; raises KeyError or ValueError when a correction is stale."""
    rows = read_csv(OUT / "corrections.csv")
    result = dict(areas)
    for row in rows:
        if row["action"] != "add":
            del result[row["code"]]
    for row in rows:
        if row["action"] == "drop":
            continue
        code = row["new_code"] or row["code"]
        if code in result:
            raise ValueError(f"corrections.csv: {code} is taken")
        old = areas.get(row["code"], Area(code, "", ""))
        names = {key: row[key] for key in ("name_th", "name_en", "postcode") if row[key]}
        result[code] = replace(old, code=code, **names)
    return result


def write_csv(path: Path, header: list[str], rows: list[list[str]]) -> None:
    """Write sorted rows below their header, with plain newlines."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(sorted(rows))


def province_rows(areas: dict[str, Area]) -> list[list[str]]:
    """Award region, abbreviations and tile of each province, matched by its Thai name."""
    codes = {area.name_th: area.code for area in areas.values() if len(area.code) == 2}
    return [
        [codes[t["th"]], t["region"], t["abbr_th"], t["id"].upper(), t["col"], t["row"]]
        for t in read_csv(TILES)
    ]


def main() -> None:
    """Make both files anew."""
    areas = corrected(source_areas())
    header = ["code", "parent", "kind", "name_th", "name_en", "postcode"]
    write_csv(OUT / "areas.csv", header, [area.row() for area in areas.values()])
    header = ["code", "region", "abbr_th", "abbr_en", "x", "y"]
    write_csv(OUT / "provinces_extra.csv", header, province_rows(areas))


if __name__ == "__main__":
    main()
