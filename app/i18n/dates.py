"""Days and times as Thai readers know them: Buddhist years, "16.30 น.", Bangkok's clock.

Moments are stored in UTC and shown in Asia/Bangkok; windows are half-open, so "by 30 April" ends
where 1 May begins. Thai shows four-digit Buddhist years (the Christian year plus 543), English the
Christian era. Forms of writing: design/ux.md §7; the fiscal year: domain.md §4.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.core import clock
from app.i18n import Language, _, _n, current_language

BANGKOK = ZoneInfo("Asia/Bangkok")
BUDDHIST_ERA = 543


def _names(line: str) -> tuple[str, ...]:
    return tuple(line.split())


Day = date | datetime
"""A day, or an aware moment that stands for its day in Bangkok."""

MONTHS_SHORT: dict[Language, tuple[str, ...]] = {
    "th": _names("ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค."),
    "en": _names("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"),
}
MONTHS_LONG: dict[Language, tuple[str, ...]] = {
    "th": _names("มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม"),
    "en": _names("January February March April May June July August September October November December"),
}

# ---------------------------------------------------------------- days and moments


def local(moment: datetime) -> datetime:
    """`moment` on Bangkok's clock. ValueError for a naive time: nobody knows what it means."""
    if moment.tzinfo is None:
        raise ValueError("a time without its zone cannot be shown")
    return moment.astimezone(BANGKOK)


def local_day(value: Day) -> date:
    """The day of `value` in Bangkok."""
    return local(value).date() if isinstance(value, datetime) else value


def start_of_day(day: date) -> datetime:
    """The first moment of `day` in Bangkok, in UTC."""
    return datetime.combine(day, time(), BANGKOK).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """The half-open bound of "by `day`": the first moment of the next day in Bangkok, in UTC."""
    return start_of_day(day + timedelta(days=1))


def last_day(bound: datetime) -> date:
    """The last day that lies before a half-open bound; undoes `end_of_day`."""
    return local_day(bound - timedelta(microseconds=1))


def era_year(year: int, lang: Language | None = None) -> int:
    """A Christian-era year as `lang` counts it."""
    return year + BUDDHIST_ERA if (lang or current_language()) == "th" else year


def fiscal_year(value: Day) -> int:
    """The Buddhist year of the fiscal year (October to September, named by its end)."""
    day = local_day(value)
    return day.year + BUDDHIST_ERA + (day.month >= 10)


def fiscal_year_days(year: int) -> tuple[date, date]:
    """The first and the last day of the fiscal year with this Buddhist year."""
    christian = year - BUDDHIST_ERA
    return date(christian - 1, 10, 1), date(christian, 9, 30)


def days_in_month(year: int, month: int) -> int:
    """How many days a month has; the year is of the Christian era."""
    return monthrange(year, month)[1]


# ---------------------------------------------------------------- how they are written


def format_date(value: Day, lang: Language | None = None) -> str:
    """ "30 เม.ย. 2569", "30 Apr 2026"."""
    return _day_text(local_day(value), lang or current_language(), MONTHS_SHORT)


def format_date_long(value: Day, lang: Language | None = None) -> str:
    """ "30 เมษายน 2569", "30 April 2026"."""
    return _day_text(local_day(value), lang or current_language(), MONTHS_LONG)


def format_month(value: str, lang: Language | None = None) -> str:
    """ "เมษายน 2569", "April 2026", of "2026-04"."""
    lang = lang or current_language()
    year, month = (int(part) for part in value.split("-"))
    return f"{MONTHS_LONG[lang][month - 1]} {era_year(year, lang)}"


def format_time(moment: datetime, lang: Language | None = None) -> str:
    """ "16.30 น.", "4.30pm"."""
    return _clock_text(local(moment).time(), lang or current_language())


def format_datetime(moment: datetime, lang: Language | None = None) -> str:
    """ "30 เม.ย. 2569 เวลา 16.30 น.", "30 Apr 2026, 4.30pm"."""
    lang = lang or current_language()
    return _joined(format_date(moment, lang), format_time(moment, lang), lang)


def format_deadline(bound: datetime, lang: Language | None = None) -> str:
    """A half-open bound as people say it: the day alone when it ends with the day."""
    at_midnight = local(bound).time() == time()
    return format_date(last_day(bound), lang) if at_midnight else format_datetime(bound, lang)


def format_range(first: Day, last: Day, lang: Language | None = None) -> str:
    """ "14–20 มิ.ย. 2569", "28 มิ.ย. – 3 ก.ค. 2569"; what both ends share is said once.

    `last` is the last day itself, or a half-open bound.
    """
    lang = lang or current_language()
    start, end = local_day(first), last_day(last) if isinstance(last, datetime) else last
    if start == end:
        return format_date(end, lang)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{format_date(end, lang)}"
    begin = format_date(start, lang)
    if start.year == end.year:
        begin = f"{start.day} {MONTHS_SHORT[lang][start.month - 1]}"
    return f"{begin} – {format_date(end, lang)}"


def format_span(start: datetime, end: datetime, lang: Language | None = None) -> str:
    """When a meeting is: "20 มิ.ย. 2569 เวลา 09.00–16.30 น.", "20 Jun 2026, 9am–4.30pm"."""
    lang = lang or current_language()
    if local_day(start) != local_day(end):
        return f"{format_datetime(start, lang)} – {format_datetime(end, lang)}"
    hours = f"{format_time(start, lang).removesuffix(' น.')}–{format_time(end, lang)}"
    return _joined(format_date(start, lang), hours, lang)


def format_remaining(until: datetime, now: datetime | None = None) -> str:
    """The time left before a half-open bound: "เหลือ 12 วัน", "3 hours left". Never rounds up."""
    left = until - (now or clock.now())
    hours, minutes = left.seconds // 3600, left.seconds // 60
    if left <= timedelta():
        return _("Time is up")
    if left.days:
        return _n("%(num)s day left", "%(num)s days left", left.days)
    if hours:
        return _n("%(num)s hour left", "%(num)s hours left", hours)
    if minutes:
        return _n("%(num)s minute left", "%(num)s minutes left", minutes)
    return _("Less than a minute left")


def format_fiscal_year(year: int) -> str:
    """ "ปีงบประมาณ พ.ศ. 2569", "fiscal year 2026"; `year` is of the Buddhist era."""
    shown = year if current_language() == "th" else year - BUDDHIST_ERA
    return _("fiscal year %(year)s", year=shown)


def _day_text(day: date, lang: Language, months: dict[Language, tuple[str, ...]]) -> str:
    return f"{day.day} {months[lang][day.month - 1]} {era_year(day.year, lang)}"


def _clock_text(at: time, lang: Language) -> str:
    if lang == "th":
        return f"{at:%H.%M} น."
    if (at.hour, at.minute) in {(0, 0), (12, 0)}:
        return "midday" if at.hour else "midnight"
    minutes = f".{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def _joined(day: str, hours: str, lang: Language) -> str:
    return f"{day} เวลา {hours}" if lang == "th" else f"{day}, {hours}"
