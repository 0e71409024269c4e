"""What production insists on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app import create_app
from app.config import Settings, UnsafeSettings, read_settings

SOUND = {
    "RUAMKHIT_ENV": "production",
    "DATABASE_URL": "postgresql://me@/ruamkhit",
    "SECRET_KEY": "0123456789abcdef0123456789abcdef",
    "BASE_URL": "https://ruamkhit.example.go.th",
    "MAIL_URL": "smtp://mail.example.go.th:25",
    "MAIL_FROM": "ruamkhit@example.go.th",
}


def test_sound_settings_are_taken(tmp_path: Path) -> None:
    settings = read_settings({**SOUND, "RUAMKHIT_VAR": str(tmp_path)})
    assert settings.production
    assert not settings.demo
    assert settings.database_url == "postgresql+psycopg://me@/ruamkhit"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 64),
        ("BASE_URL", "http://ruamkhit.example.go.th"),
        ("DATABASE_URL", ""),
        ("MAIL_URL", ""),
        ("MAIL_FROM", ""),
        ("MAIL_FROM", "ruamkhit@localhost.invalid"),
        ("MAIL_FROM", "Ruamkhit <ruamkhit@localhost.invalid>"),
        ("MAIL_FROM", "nobody"),
        ("RUAMKHIT_VAR", ""),
    ],
)
def test_an_unsafe_setting_stops_the_start_and_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(UnsafeSettings, match=name):
        read_settings({**SOUND, "RUAMKHIT_VAR": str(tmp_path), name: value})


def test_without_a_sender_of_our_own_nothing_starts(tmp_path: Path) -> None:
    """The default sender leads nowhere: people could not answer, and mail servers would refuse it."""
    unnamed = {name: value for name, value in SOUND.items() if name != "MAIL_FROM"}
    with pytest.raises(UnsafeSettings, match="MAIL_FROM"):
        read_settings({**unnamed, "RUAMKHIT_VAR": str(tmp_path)})
    named = {**SOUND, "MAIL_FROM": "ร่วมคิด <ruamkhit@example.go.th>"}
    assert read_settings({**named, "RUAMKHIT_VAR": str(tmp_path)}).production


def test_an_unknown_environment_is_refused() -> None:
    with pytest.raises(UnsafeSettings, match="RUAMKHIT_ENV"):
        read_settings({"RUAMKHIT_ENV": "prod"})


def test_it_answers_only_under_its_own_name(settings: Settings) -> None:
    """A redirect repeats the host it was asked for, so a foreign one gets no answer at all."""
    app = create_app(replace(settings, env="production", base_url="https://ruamkhit.example.go.th"))
    client = app.test_client()
    own = client.get("/en/help", base_url="https://ruamkhit.example.go.th")
    assert own.status_code == 200
    assert "Strict-Transport-Security" in own.headers
    for path in ("/en/help", "/en/issues", "//en//issues"):
        foreign = client.get(path, base_url="https://evil.example.com")
        assert foreign.status_code == 400
        assert "evil" not in foreign.headers.get("Location", "")


def test_another_sites_form_gets_neither_its_text_nor_a_cookie(settings: Settings) -> None:
    client = create_app(settings).test_client()
    answer = client.post(
        "/en/identity/register",
        data={"name": "planted by another site"},
        headers={"Origin": "https://evil.example.com", "Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 400
    assert "planted" not in answer.get_data(as_text=True)
    assert "Set-Cookie" not in answer.headers


def test_pages_of_one_reader_are_not_kept(settings: Settings) -> None:
    client = create_app(settings).test_client()
    form = client.get("/en/identity/sign-in")
    assert form.headers["Cache-Control"] == "private, no-store"
    plain = create_app(settings).test_client().get("/en/help")
    assert plain.headers["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in plain.headers
