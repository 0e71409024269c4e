"""Phrases that must not be broken over two lines: dates, numbers with their unit, compounds.

Thai has no spaces between words, and browsers break it by a dictionary of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from markupsafe import Markup, escape

_MONTHS = (
    r"(?:ม\.ค\.|ก\.พ\.|มี\.ค\.|เม\.ย\.|พ\.ค\.|มิ\.ย\.|ก\.ค\.|ส\.ค\.|ก\.ย\.|ต\.ค\.|พ\.ย\.|ธ\.ค\."
    r"|มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน"
    r"|ธันวาคม|(?:Jan|Febr?|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:uary|ch|il|ust|ember"
    r"|tober|ober)?\b)"
)
_NUMBER = r"(?<![\d.,])\d[\d,]*(?:\.\d+)?(?:[–-]\d[\d,]*(?:\.\d+)?)?"
_UNITS = (
    r"(?:ล้านบาท|พันบาท|บาท|ล้านคน|วินาที|นาที|ชั่วโมง|วัน|สัปดาห์|เดือน|ปี|คน|ราย|เสียง|ความเห็น"
    r"|คำตอบ|ครัวเรือน|หลัง|บ้าน|จุด|แห่ง|ที่นั่ง|ข้อ|ครั้ง|คะแนน|ชิ้น|ฉบับ|หน้า|เรื่อง|ตัวอักษร|จังหวัด|อำเภอ"
    r"|ตำบล|หมู่บ้าน|ไร่|ตร\.ม\.|ตร\.กม\.|กม\./ชม\.|กม\.|ซม\.|มม\.|กก\.|เมตร|ตัน|เปอร์เซ็นต์|KB|MB|GB"
    r"|million baht|baht|days? left|days?|hours?|minutes?|people|votes?|comments?)"
)
_PHRASE = (
    rf"\d{{1,2}}(?: ?[–-] ?\d{{1,2}})? {_MONTHS}(?: (?:พ\.ศ\. ?)?\d{{4}})?"
    rf"|\d{{1,2}}[.:]\d{{2}}(?:[–-]\d{{1,2}}[.:]\d{{2}})? ?น\."
    rf"|(?:ร้อยละ|พ\.ศ\.|ค\.ศ\.|ปี|มาตรา|ข้อ|(?:ครั้ง|ข้อ|เกณฑ์|ลำดับ|ระดับ)ที่) ?{_NUMBER}"
    rf"|(?:เหลือ ?)?{_NUMBER} {_UNITS}"
)
# Compounds a browser's dictionary takes apart; the longest first, so that it wins.
_COMPOUNDS = (
    "ผู้มีส่วนได้ส่วนเสีย",
    "รับฟังความคิดเห็น",
    "ที่ว่าการอำเภอ",
    "การมีส่วนร่วม",
    "ประเด็นสาธารณะ",
    "ประเมินตนเอง",
    "ต้นแบบที่ดี",
    "คณะทำงาน",
    "ความเห็น",
    "ลงมติ",
)


@cache
def _phrases(terms: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(terms, key=len, reverse=True)
    return re.compile("|".join([_PHRASE, *map(re.escape, longest_first)]))


def wrap_phrases(text: str, terms: Iterable[str] = _COMPOUNDS) -> Markup:
    """`text` escaped, with dates, numbers with their unit and `terms` in `<span class="k">`.

    The class keeps a phrase on one line where it fits. Text that holds markup is returned as it is.
    """
    if isinstance(text, Markup) and ("<" in text or "&" in text):
        return text
    text = str(text)  # A lazy text becomes one; markup without a tag is plain text.
    parts: list[str] = []
    end = 0
    for phrase in _phrases(tuple(terms)).finditer(text):
        parts += escape(text[end : phrase.start()]), Markup('<span class="k">'), escape(phrase[0])
        parts.append(Markup("</span>"))
        end = phrase.end()
    return Markup("").join([*parts, escape(text[end:])])
