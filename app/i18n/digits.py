"""Numbers as people type and read them: Thai or Arabic digits, thousands separators, percents."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from app.i18n import current_language

Number = int | float | Decimal | Fraction

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
_TO_ARABIC = str.maketrans(THAI_DIGITS, "0123456789")
_TO_THAI = str.maketrans("0123456789", THAI_DIGITS)

# At most 15 digits: no quantity of the domain needs more, and a float of a spreadsheet holds them.
_LONGEST = 15
_WHOLE = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)"
_INTEGER = re.compile(_WHOLE, re.ASCII)
_DECIMAL = re.compile(rf"(?:{_WHOLE})(?:\.\d+)?|[+-]?\.\d+", re.ASCII)


def to_arabic(text: str) -> str:
    """`text` with ๐-๙ written as 0-9."""
    return text.translate(_TO_ARABIC)


def to_thai(text: str) -> str:
    """`text` with 0-9 written as ๐-๙, for quoted legal text."""
    return text.translate(_TO_THAI)


def parse_int(text: str) -> int:
    """The whole number in "1,250", "๑,๒๕๐" or " 1250 ". ValueError for anything else."""
    return int(_plain(text, _INTEGER))


def parse_decimal(text: str) -> Decimal:
    """The exact number in "1,250.50" or "๔.๒". ValueError for anything else."""
    return Decimal(_plain(text, _DECIMAL))


def _plain(text: str, form: re.Pattern[str]) -> str:
    """The digits of `text` as Python reads them; separators must stand at every third digit."""
    typed = to_arabic(text).strip().replace("\N{MINUS SIGN}", "-")
    if not form.fullmatch(typed) or sum(map(str.isdigit, typed)) > _LONGEST:
        raise ValueError(f"not a number: {text[:40]!r}")
    return typed.replace(",", "")


def format_number(value: Number, decimals: int | None = None) -> str:
    """ "1,250", "4.2"; with `decimals` always that many digits after the point, halves up."""
    if decimals is None:
        return f"{value:,}" if isinstance(value, int) else f"{_rounded(value, 2):,f}".rstrip("0").rstrip(".")
    return f"{_rounded(value, decimals):,f}"


def format_percent(share: Number, decimals: int = 1) -> str:
    """A share of 1 for tables and marks: 0.537 as "53.7%"."""
    return f"{format_number(_hundredfold(share), decimals)}%"


def format_percent_text(share: Number, decimals: int = 1) -> str:
    """A share of 1 for sentences: "ร้อยละ 53.7", "53.7%"; a zero after the point is left out."""
    number = format_number(_rounded(_hundredfold(share), decimals))
    return f"ร้อยละ {number}" if current_language() == "th" else f"{number}%"


def _hundredfold(share: Number) -> Fraction:
    return 100 * (Fraction(str(share)) if isinstance(share, float) else Fraction(share))


def _rounded(value: Number, decimals: int) -> Decimal:
    exact = Fraction(str(value)) if isinstance(value, float) else Fraction(value)
    step = Decimal(1).scaleb(-decimals)
    # Enough digits that rounding the quotient cannot hide a half.
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(step, ROUND_HALF_UP)
