"""The consent texts, as versioned data: an act stores the version its author agreed to.

What people write or choose here may show their political opinion, which the Personal Data Protection
Act B.E. 2562, section 26, lets nobody use without express consent. A text that has been agreed to is
never changed: a new wording gets a new version, named by its Buddhist year and a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.i18n.bilingual import Bilingual


@dataclass(frozen=True)
class ConsentPart:
    """One paragraph under its own heading."""

    heading: Bilingual
    text: Bilingual


@dataclass(frozen=True)
class Consent:
    """What somebody agreed to, and since when it was asked for in these words."""

    since: date
    parts: tuple[ConsentPart, ...]


CURRENT_CONSENT = "2569-2"

_FIRST = Consent(
    since=date(2026, 4, 1),
    parts=(
        ConsentPart(
            Bilingual("ขอความยินยอมเรื่องอะไร", "What we ask you to agree to"),
            Bilingual(
                "ความเห็น คำตอบ หรือการลงมติของท่านในเรื่องสาธารณะ อาจแสดงความคิดเห็นทางการเมืองของท่าน "
                "พระราชบัญญัติคุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562 มาตรา 26 ถือว่าเป็นข้อมูลอ่อนไหว "
                "หน่วยงานจึงต้องขอความยินยอมโดยชัดแจ้งก่อนเก็บและใช้",
                "Your comment, answer or vote on a public issue may show your political opinion. The "
                "Personal Data Protection Act B.E. 2562 (2019), section 26, calls this sensitive data. "
                "An agency must therefore have your express consent before it keeps and uses it.",
            ),
        ),
        ConsentPart(
            Bilingual("ใช้ทำอะไร", "What it is used for"),
            Bilingual(
                "หน่วยงานที่เปิดเรื่องใช้เพื่ออ่าน ตอบ นับ และสรุปผลของเรื่องนั้น และเป็นหลักฐานว่าได้รับฟังจริง ไม่ใช้เพื่อการอื่น",
                "The agency that opened the issue uses it to read, answer, count and sum up what was "
                "said on that issue, and as evidence that people were heard. It is used for nothing "
                "else.",
            ),
        ),
        ConsentPart(
            Bilingual("ใครเห็น", "Who sees it"),
            Bilingual(
                "ทุกคนเห็นความเห็นพร้อมชื่อที่ท่านตั้งไว้ คำตอบแบบสำรวจแสดงเป็นผลรวม "
                "ไม่มีหน้าใดแสดงว่าใครลงมติอย่างไร เจ้าหน้าที่ของหน่วยงานที่เปิดเรื่องเห็นเท่าที่ต้องใช้ทำหน้าที่ "
                "บันทึกความโปร่งใสเก็บเฉพาะรหัส ไม่มีชื่อและข้อความของท่าน",
                "Everyone sees your comment with the name you chose. Survey answers are shown as "
                "totals. No page shows how anyone voted. Staff of the agency that opened the issue see "
                "what their duties need. The transparency log holds codes only, neither your name nor "
                "your words.",
            ),
        ),
        ConsentPart(
            Bilingual("เก็บนานเท่าใด", "How long it is kept"),
            Bilingual(
                "เก็บไว้เท่าที่หน่วยงานต้องเก็บเอกสารของเรื่องนั้น เมื่อครบกำหนดหรือเมื่อท่านถอนความยินยอม "
                "หน่วยงานจะลบชื่อและข้อความของท่าน ผลรวมที่ไม่บอกว่าเป็นใครจะเก็บต่อไป",
                "As long as the agency has to keep the papers of the issue. When that time ends, or "
                "when you withdraw your consent, your name and words are removed. Totals that name "
                "nobody stay.",
            ),
        ),
        ConsentPart(
            Bilingual("ถอนความยินยอม", "Withdrawing your consent"),
            Bilingual(
                "ถอนได้ทุกเมื่อ โดยแจ้งหน่วยงานที่เปิดเรื่องตามช่องทางติดต่อในหน้าของหน่วยงาน "
                "การถอนไม่กระทบสิ่งที่ทำไปก่อนแล้ว หากไม่ยินยอม ท่านยังอ่านได้ทุกเรื่องและไม่เสียสิทธิรับบริการใด",
                "You may withdraw at any time: tell the agency that opened the issue, as its page says."
                " This does not undo what was done before. If you do not agree, you can still read "
                "every issue, and you lose no right to any service.",
            ),
        ),
        ConsentPart(
            Bilingual("สิทธิอื่นของท่าน", "Your other rights"),
            Bilingual(
                "ขอดู ขอสำเนา ขอแก้ไข ขอให้ลบ ขอระงับการใช้ หรือคัดค้านการใช้ข้อมูลของท่านได้ "
                "และร้องเรียนต่อสำนักงานคณะกรรมการคุ้มครองข้อมูลส่วนบุคคลได้",
                "You may ask to see, copy, correct, erase or block your data, or object to its use, and"
                " you may complain to the Office of the Personal Data Protection Committee.",
            ),
        ),
    ),
)

_WITHDRAW_HERE = ConsentPart(
    Bilingual("ถอนความยินยอม", "Withdrawing your consent"),
    Bilingual(
        "ถอนได้ทุกเมื่อ โดยปิดบัญชีของท่านที่หน้า “บัญชีของท่าน” ซึ่งจะลบชื่อและข้อความทันที "
        "หรือแจ้งหน่วยงานที่เปิดเรื่องตามช่องทางติดต่อในหน้าของหน่วยงาน การถอนไม่กระทบสิ่งที่ทำไปก่อนแล้ว "
        "หากไม่ยินยอม ท่านยังอ่านได้ทุกเรื่องและไม่เสียสิทธิรับบริการใด",
        "You may withdraw at any time: end your account on the page “Your account”, which removes your name "
        "and words at once, or tell the agency that opened the issue, as its page says. This does not undo "
        "what was done before. If you do not agree, you can still read every issue, and you lose no right "
        "to any service.",
    ),
)

CONSENTS = {
    "2569-1": _FIRST,
    "2569-2": Consent(
        since=date(2026, 4, 15),
        parts=tuple(
            _WITHDRAW_HERE if part.heading == _WITHDRAW_HERE.heading else part for part in _FIRST.parts
        ),
    ),
}
