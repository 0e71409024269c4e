"""The prefix decides the language, the switch keeps the page, every text is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask, render_template_string, url_for
from markupsafe import Markup, escape

from app import rooms
from app.config import ROOT
from app.i18n import _, _l, _n, current_language, locale, speaking
from app.i18n.locale import choose_language
from scripts import messages


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "th"),
        ("", "th"),
        ("th", "th"),
        ("en", "en"),
        ("en-US,en;q=0.9", "en"),
        ("th-TH,th;q=0.9,en;q=0.8", "th"),
        ("en-GB,en;q=0.9,th;q=0.8", "en"),
        ("de-DE,de;q=0.9,en;q=0.5", "en"),
        ("de,fr", "th"),
        ("*", "th"),
        ("en;q=0", "th"),
        ("en;q=0.2,th;q=0.9", "th"),
        ("รก;;;q=x", "th"),
    ],
)
def test_the_browser_is_asked(header: str | None, language: str) -> None:
    assert choose_language(header) == language


@pytest.mark.parametrize(
    ("path", "language", "note", "switch_th", "switch_en"),
    [
        ("/th/notes/", "th", "(มีเฉพาะภาษาไทย)", "/th/notes/", "/en/notes/"),
        ("/en/notes/a?q=1&p=2", "en", "(Thai only)", "/th/notes/a?q=1&amp;p=2", None),
        ("/en/nothing/here", "en", "(Thai only)", "/th/nothing/here", "/en/nothing/here"),
        ("/th/nothing", "th", "(มีเฉพาะภาษาไทย)", "/th/nothing", "/en/nothing"),
        ("/", "en", "(Thai only)", "/th/", "/en/"),
        ("/thai", "en", "(Thai only)", "/th/", "/en/"),
    ],
)
def test_a_page_speaks_its_prefix_and_links_to_its_twin(
    small_app: Flask, path: str, language: str, note: str, switch_th: str, switch_en: str | None
) -> None:
    answer = small_app.test_client().get(path, headers={"Accept-Language": "en"}).text
    spoken, text, thai, english, *_rest = answer.split("|")
    assert (spoken, text, thai) == (language, note, switch_th)
    assert switch_en is None or english == switch_en


def test_each_request_speaks_its_own_language_within_one_context(small_app: Flask) -> None:
    with small_app.app_context():
        client = small_app.test_client()
        answers = [client.get(f"/{lang}/notes/").text.split("|")[:2] for lang in ("th", "en", "th")]
    assert answers == [
        ["th", "(มีเฉพาะภาษาไทย)"],
        ["en", "(Thai only)"],
        ["th", "(มีเฉพาะภาษาไทย)"],
    ]


def test_no_filter_writes_thai_dates_in_another_era(small_app: Flask) -> None:
    assert "dateformat" not in small_app.jinja_env.filters


def test_thai_addresses_and_queries_survive_the_switch(small_app: Flask) -> None:
    answer = small_app.test_client().get("/th/notes/น้ำท่วม?q=ที่นี่").text.split("|")
    twin = answer[3]
    assert twin.startswith("/en/notes/%E0%B8%99")
    assert small_app.test_client().get(twin).text.split("|")[-1] == "น้ำท่วม"


@pytest.mark.parametrize(
    ("path", "twin"),
    [
        ("/th/notes/a/hide", "/en/notes/a"),
        ("/th/notes/a/edit?to=b", "/en/notes/a/edit?to=b"),
    ],
)
def test_after_a_post_the_switch_leads_to_a_page_that_can_be_read(
    small_app: Flask, path: str, twin: str
) -> None:
    answer = small_app.test_client().post(path).text.split("|")
    assert answer[3] == twin
    assert small_app.test_client().get(twin).status_code == 200


def test_addresses_are_made_in_the_current_language(small_app: Flask) -> None:
    with small_app.test_request_context("/en/notes/"):
        assert url_for("notes.index") == "/en/notes/"
        assert url_for("notes.index", lang="th") == "/th/notes/"
        assert url_for("root") == "/"
    with small_app.test_request_context("/th/notes/"):
        assert url_for("notes.show", name="x") == "/th/notes/x"


def test_an_unknown_page_is_named(thai: Flask) -> None:
    with pytest.raises(Exception, match=r"no\.such\.page"):
        url_for("no.such.page")


def test_mail_is_written_in_its_readers_language(thai: Flask) -> None:
    late = _l("(Thai only)")
    assert str(late) == "(มีเฉพาะภาษาไทย)"
    with speaking("en"):
        assert current_language() == "en"
        assert str(late) == "(Thai only)"
        assert url_for("notes.index") == "/en/notes/"
    assert str(late) == "(มีเฉพาะภาษาไทย)"
    assert url_for("notes.index") == "/th/notes/"


def test_without_an_application_texts_stay_english_and_the_language_thai() -> None:
    assert _("(Thai only)") == "(Thai only)"
    assert current_language() == "th"


def test_values_go_in_by_name_and_percent_is_doubled(english: Flask) -> None:
    assert _("fiscal year %(year)s", year=2026) == "fiscal year 2026"
    assert _("100%%") == "100%"
    with pytest.raises(KeyError):
        _("fiscal year %(year)s")


def test_counts_print_with_separators(english: Flask) -> None:
    assert _n("%(num)s day left", "%(num)s days left", 1) == "1 day left"
    assert _n("%(num)s day left", "%(num)s days left", 12345) == "12,345 days left"
    assert _n("%(num)d day left", "%(num)d days left", 1250) == "1250 days left"
    page = "{{ _n('%(num)s day left', '%(num)s days left', n) }}"
    assert render_template_string(page, n=1250) == "1,250 days left"
    block = "{% trans n=n %}{{ n }} thing{% pluralize %}{{ n }} things{% endtrans %}"
    assert render_template_string(block, n=1250) == "1,250 things"


def test_thai_has_one_form_for_all_counts(thai: Flask) -> None:
    assert _n("%(num)s day left", "%(num)s days left", 1) == "เหลือ 1 วัน"
    assert _n("%(num)s day left", "%(num)s days left", 2) == "เหลือ 2 วัน"


def test_a_lazy_text_with_values_is_escaped_like_any_text(english: Flask) -> None:
    text = _l("Hello %(name)s", name="<script>alert(1)</script>")
    assert escape(text) == Markup("Hello &lt;script&gt;alert(1)&lt;/script&gt;")
    assert render_template_string("{{ text }}", text=text) == str(escape(text))


def test_layout_of_a_trans_block_is_not_text(thai: Flask) -> None:
    block = "{% trans %}\n   (Thai\n   only)\n{% endtrans %}"
    assert render_template_string(block) == "(มีเฉพาะภาษาไทย)"


def test_texts_of_every_room_are_found(tmp_path: Path) -> None:
    for room in ("web", "votes", "panels"):
        for lang, text in (("th", f"ห้อง {room}"), ("en", f"Room {room}")):
            path = messages.catalogue_path(tmp_path, lang, room)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f'msgid ""\nmsgstr ""\n\nmsgid "Room {room}"\nmsgstr "{text}"\n')
    messages.compile_catalogues(tmp_path)
    app = Flask("app", root_path=str(ROOT / "app"))
    locale.init_app(app, ("web", "votes", "silent", "panels"), tmp_path / "translations")
    with app.test_request_context("/th/"):
        assert [_("Room web"), _("Room votes"), _("Room panels")] == [
            "ห้อง web",
            "ห้อง votes",
            "ห้อง panels",
        ]
    with app.test_request_context("/en/"):
        assert _("Room panels") == "Room panels"


def test_a_catalogue_that_is_not_compiled_stops_the_start(tmp_path: Path) -> None:
    path = messages.catalogue_path(tmp_path, "th", "votes")
    path.parent.mkdir(parents=True)
    path.write_text('msgid ""\nmsgstr ""\n')
    app = Flask("app", root_path=str(ROOT / "app"))
    with pytest.raises(locale.MissingCatalogue, match=r"votes\.mo.*messages\.py compile"):
        locale.init_app(app, ["web", "votes"], tmp_path / "translations")


def test_the_house_reads_a_catalogue_for_every_room_that_has_texts() -> None:
    with_texts = {room for room, files in messages.sources().items() if len(messages.gather(files))}
    assert with_texts <= set(rooms.CATALOGUES), "add the room to app/rooms.py"
