"""The tool that gathers texts: what it finds, what it keeps, what it complains about."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import messages

NOTES = """
from app.i18n import _, _l, _n
LABEL = _l("Send")
def show(n):
    return _("Hello %(name)s", name=n) + _n("%(num)s note", "%(num)s notes", n)
"""
PAGE = """
{{ _("Back") }} {{ _n("%(num)s page", "%(num)s pages", n) }}
{% trans who=x %}
  Kept by
  <b>{{ who }}</b>
{% endtrans %}
"""
THAI = {
    "Send": "ส่ง",
    "Hello %(name)s": "สวัสดี %(name)s",
    "%(num)s note": "%(num)s ฉบับ",
    "Back": "กลับ",
    "%(num)s page": "%(num)s หน้า",
    "Kept by <b>%(who)s</b>": "เก็บโดย <b>%(who)s</b>",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one room, one kind, one shared template, their texts gathered."""
    write(tmp_path / "app" / "notes" / "service.py", NOTES)
    write(tmp_path / "app" / "activities" / "votes" / "kind.py", 'from x import _l\n_l("Vote")\n')
    write(tmp_path / "app" / "core" / "errors.py", 'from x import _l\n_l("Wrong")\n')
    write(tmp_path / "app" / "cli.py", 'from x import _\n_("Ready")\n')
    write(tmp_path / "templates" / "notes" / "page.html", PAGE)
    write(tmp_path / "templates" / "base.html", "{{ _('Menu') }}")
    messages.update(messages.sources(tmp_path), tmp_path)
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def po(project: Path, lang: str, room: str) -> Path:
    return messages.catalogue_path(project, lang, room)


def translate(project: Path, room: str, thai: dict[str, str]) -> None:
    """Write Thai into a catalogue, as a person would with an editor."""
    catalog = messages.read(project, "th", room)
    for message in catalog:
        text = thai.get(messages.forms(message.id)[0]) if message.id else None
        if text is not None:
            message.string = (text,) if message.pluralizable else text
    po(project, "th", room).write_bytes(messages.written(catalog, "th"))


def test_every_file_belongs_to_one_catalogue(project: Path) -> None:
    found = messages.sources(project)
    assert list(found) == ["notes", "votes", "web"]
    names = {room: [path.name for path in files] for room, files in found.items()}
    assert names == {
        "notes": ["service.py", "page.html"],
        "votes": ["kind.py"],
        "web": ["cli.py", "errors.py", "base.html"],
    }


def test_texts_of_code_templates_and_blocks_are_found(project: Path) -> None:
    catalog = messages.read(project, "th", "notes")
    found = {messages.forms(message.id)[0] for message in catalog if message.id}
    assert found == set(THAI)


def test_english_fills_itself_and_thai_waits_for_a_person(project: Path) -> None:
    english = messages.read(project, "en", "notes")
    assert english["Send"].string == "Send"
    assert english["%(num)s note"].string == ("%(num)s note", "%(num)s notes")
    assert messages.read(project, "th", "notes")["%(num)s note"].string == ("",)
    assert "th/notes: untranslated 'Send'" in messages.check(["notes"], project)


def test_update_keeps_translations_and_drops_what_is_gone(project: Path) -> None:
    translate(project, "notes", THAI)
    assert messages.check(["notes"], project) == []
    write(project / "app" / "notes" / "service.py", NOTES.replace('"Send"', '"Send now"'))
    faults = messages.check(["notes"], project)
    assert any("missing 'Send now'" in fault for fault in faults)
    assert any("stale 'Send'" in fault for fault in faults)
    messages.update(["notes"], project)
    thai = messages.read(project, "th", "notes")
    assert "Send" not in thai
    assert thai["Send now"].string == ""
    assert thai["Back"].string == "กลับ"


def test_update_is_stable_and_leaves_no_dates_or_lines(project: Path) -> None:
    translate(project, "notes", THAI)
    before = po(project, "th", "notes").read_bytes()
    assert messages.update(["notes"], project) == []
    write(project / "app" / "notes" / "service.py", "\n\n\n" + NOTES)
    assert messages.update(["notes"], project) == []
    assert po(project, "th", "notes").read_bytes() == before
    assert not any(word in before for word in (b"Date", b"service.py", b"fuzzy", b"#~"))


def test_a_text_that_becomes_plural_keeps_its_thai(project: Path) -> None:
    translate(project, "notes", THAI | {"Back": "กลับ"})
    page = PAGE.replace('_("Back")', '_n("Back", "Backs", n)')
    write(project / "templates" / "notes" / "page.html", page)
    assert any("stale plural of 'Back'" in fault for fault in messages.check(["notes"], project))
    messages.update(["notes"], project)
    assert messages.read(project, "th", "notes")["Back"].string == ("กลับ",)


def test_what_one_room_says_another_says_alike(project: Path) -> None:
    translate(project, "notes", THAI)
    write(project / "app" / "cli.py", 'from x import _\n_("Back")\n')
    messages.update(["web"], project)
    assert messages.read(project, "th", "web")["Back"].string == "กลับ"
    translate(project, "web", {"Back": "ย้อนกลับ"})
    assert any(
        "'Back' is 'กลับ' in notes but 'ย้อนกลับ' here" in fault for fault in messages.check(["web"], project)
    )


@pytest.mark.parametrize(
    ("text", "wrong", "complaint"),
    [
        ("Hello %(name)s", "สวัสดี %(nam)s", "other values"),
        ("Hello %(name)s", "สวัสดี", "other values"),
        ("%(num)s note", "หลายฉบับ", "other values"),
        ("Kept by <b>%(who)s</b>", "เก็บโดย %(who)s", "other tags"),
        ("Send", "ส่ง ", "blank at an end"),
        ("Send", "ส่ง 100%", "percent sign"),
        ("Send", "Send", "untranslated"),
        ("Send", "", "untranslated"),
    ],
)
def test_a_wrong_translation_is_named(project: Path, text: str, wrong: str, complaint: str) -> None:
    translate(project, "notes", THAI | {text: wrong})
    (fault,) = messages.check(["notes"], project)
    assert complaint in fault
    assert repr(text) in fault


def test_a_name_may_stay_as_it_is(project: Path) -> None:
    translate(project, "notes", THAI | {"Send": "Send"})
    path = po(project, "th", "notes")
    path.write_text(path.read_text("utf-8").replace('msgid "Send"', '#  same\nmsgid "Send"'), "utf-8")
    messages.update(["notes"], project)
    assert messages.check(["notes"], project) == []


def test_a_guess_is_not_a_translation(project: Path) -> None:
    translate(project, "notes", THAI)
    path = po(project, "th", "notes")
    text = path.read_text("utf-8").replace('msgid "Send"', '#, fuzzy\nmsgid "Send"')
    path.write_text(text, "utf-8")
    assert any("guessed 'Send'" in fault for fault in messages.check(["notes"], project))


def test_a_text_put_together_is_refused(project: Path) -> None:
    code = 'from x import _\ndef f(n):\n    return _(f"Hello {n}")\n'
    write(project / "app" / "notes" / "routes.py", code)
    (fault,) = [f for f in messages.check(["notes"], project) if "routes.py" in f]
    assert fault == "app/notes/routes.py:3: write the text whole and put values in by name"


def test_a_catalogue_without_a_room_is_named(project: Path) -> None:
    write(po(project, "th", "old"), 'msgid ""\nmsgstr ""\n')
    assert any("no such room" in fault for fault in messages.check([], project))


def test_compiling_is_repeatable_and_clears_up(project: Path) -> None:
    translate(project, "notes", THAI)
    first = messages.compile_catalogues(project)
    assert {path.name for path in first} == {"notes.mo", "votes.mo", "web.mo"}
    assert messages.compile_catalogues(project) == []
    po(project, "th", "votes").unlink()
    messages.compile_catalogues(project)
    assert not po(project, "th", "votes").with_suffix(".mo").exists()


def test_the_command_says_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        messages.main(["check", "no-such-room"])
    assert "no such room: no-such-room" in capsys.readouterr().err
