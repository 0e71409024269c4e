"""Days and times as people type them: either era, Thai or Arabic digits, dots or colons."""

from __future__ import annotations

import re
from datetime import date, time

from app.i18n import Lazy, _l
from app.i18n.dates import BUDDHIST_ERA, MONTHS_LONG, MONTHS_SHORT, days_in_month
from app.i18n.digits import parse_int, to_arabic

# The two ranges do not touch, so four digits tell the era: years 24xx-26xx are Buddhist.
BUDDHIST_YEARS = range(2400, 2700)
CHRISTIAN_YEARS = range(1900, 2200)

_MONTH_NUMBERS = {
    name.rstrip(".").casefold(): number
    for names in (*MONTHS_SHORT.values(), *MONTHS_LONG.values())
    for number, name in enumerate(names, start=1)
}
_WHOLE_DATE = re.compile(r"(\d+) ?(?:[/.-] ?(\d+) ?[/.-] ?|([^\d/ -]+) ?)(?:พ\.ศ\. ?|ค\.ศ\. ?)?(\d+)")
_LONGEST_DATE = 60
_CLOCK = re.compile(r"(\d{1,2})(?:[.:]?(\d{2}))?\s*(น\.?|am|pm)?", re.IGNORECASE)


class DateError(ValueError):
    """What was typed is no day or time. `message` says the repair, `part` where:

    "day", "month", "year" or "time".
    """

    def __init__(self, message: Lazy, part: str) -> None:
        super().__init__(message)
        self.message = message
        self.part = part


def parse_date(day: str, month: str, year: str) -> date:
    """The day typed in three fields; the month is a number or a name. Raises DateError."""
    month_number = _month(month)
    christian = parse_year(year)
    longest = days_in_month(christian, month_number)
    number = _number(day, _l("Enter the day as a number, for example 30."), "day")
    if not 1 <= number <= longest:
        message = _l("This month has %(days)s days. Check the day and the month.", days=longest)
        raise DateError(message, "day")
    return date(christian, month_number, number)


def parse_date_text(text: str) -> date:
    """The day typed in one field: "30/4/2569", "๓๐ เมษายน ๒๕๖๙", "30 Apr 2026". DateError."""
    typed = " ".join(to_arabic(text).split())
    found = _WHOLE_DATE.fullmatch(typed)
    if not found or len(typed) > _LONGEST_DATE:
        raise DateError(_l("Enter the date as day, month and year, for example 30/4/2569."), "day")
    day, number, name, year = found.groups()
    return parse_date(day, number or name, year)


def parse_year(text: str) -> int:
    """The Christian-era year of a four-digit year of either era. Raises DateError."""
    message = _l("Enter the year with four digits, for example 2569 or 2026.")
    year = _number(text, message, "year")
    if year in BUDDHIST_YEARS:
        return year - BUDDHIST_ERA
    if year in CHRISTIAN_YEARS:
        return year
    raise DateError(message, "year")


def parse_time(text: str) -> time:
    """The time in "16.30", "16:30", "1630", "๑๖.๓๐ น." or "4.30pm". Raises DateError."""
    found = _CLOCK.fullmatch(to_arabic(text).strip())
    if found:
        hour, minute = int(found[1]), int(found[2] or 0)
        half = (found[3] or "").lower()
        if half in {"am", "pm"} and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        elif half in {"am", "pm"}:
            hour = 24
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise DateError(_l("Enter the time as hour and minute, for example 16.30."), "time")


def _month(text: str) -> int:
    name = text.strip().rstrip(".").casefold()
    if name in _MONTH_NUMBERS:
        return _MONTH_NUMBERS[name]
    message = _l("Choose the month.")
    number = _number(text, message, "month")
    if not 1 <= number <= 12:
        raise DateError(message, "month")
    return number


def _number(text: str, message: Lazy, part: str) -> int:
    try:
        return parse_int(text)
    except ValueError:
        raise DateError(message, part) from None
