"""One settings object, read once from the environment; an unsafe production setting stops the start."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from flask import current_app

ROOT = Path(__file__).resolve().parent.parent
"""The checkout: templates, static files, translations and migrations lie beside `app/`."""

ENVIRONMENTS = ("development", "test", "demo", "production")
SHORTEST_SECRET = 32
FEWEST_DIFFERENT = 10


class UnsafeSettings(RuntimeError):
    """The environment asks for something that must not run; the message names every fault."""


@dataclass(frozen=True)
class Settings:
    """Everything the program is told from outside.

    `var_dir` holds what is written at run time: the SQLite file, stored files, signing keys, caught mail.
    `base_url` is the public address, without a trailing slash, used in mails and in the names of new logs.
    `scanner_url` is a ClamAV that is asked about every file, empty for none.
    """

    env: str
    database_url: str
    secret_key: str
    var_dir: Path
    base_url: str
    mail_url: str
    mail_from: str
    port: int
    scanner_url: str = ""

    @property
    def production(self) -> bool:
        return self.env == "production"

    @property
    def demo(self) -> bool:
        """Whether the demo people may sign in with one button: never in production."""
        return self.env == "demo"

    @property
    def log_host(self) -> str:
        """The host that names a transparency log at its first checkpoint (its origin is `<host>/ledger/<log>`)."""
        return urlsplit(self.base_url).netloc


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; raise `UnsafeSettings` where they contradict themselves or are unsafe."""
    env = environ if environ is not None else os.environ
    name = env.get("RUAMKHIT_ENV", "development")
    if name not in ENVIRONMENTS:
        raise UnsafeSettings(f"RUAMKHIT_ENV must be one of {', '.join(ENVIRONMENTS)}, not {name!r}")
    var_dir = Path(env.get("RUAMKHIT_VAR") or _usual_folder(name, env.get("DATABASE_URL", ""))).resolve()
    port = int(env.get("PORT", "8000"))
    settings = Settings(
        env=name,
        database_url=database_url(env.get("DATABASE_URL") or f"sqlite:///{var_dir / 'ruamkhit.db'}"),
        secret_key=env.get("SECRET_KEY") or _local_secret(name, var_dir),
        var_dir=var_dir,
        base_url=env.get("BASE_URL", f"http://127.0.0.1:{port}").rstrip("/"),
        mail_url=env.get("MAIL_URL", "smtp://127.0.0.1:8025"),
        mail_from=env.get("MAIL_FROM", "ruamkhit@localhost.invalid"),
        port=port,
        scanner_url=env.get("SCANNER_URL", ""),
    )
    faults = _production_faults(settings, env) if settings.production else []
    if faults:
        raise UnsafeSettings("unsafe production settings: " + "; ".join(faults))
    return settings


def _usual_folder(env: str, database_url: str) -> Path:
    """Where things are written unless told: a demo has a folder for each database, for a log has one history."""
    if env != "demo":
        return ROOT / "var"
    return (
        ROOT / "var" / (f"demo-{sha256(database_url.encode()).hexdigest()[:8]}" if database_url else "demo")
    )


def database_url(url: str) -> str:
    """Accept the common spellings of a PostgreSQL address and name our driver."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def current_settings() -> Settings:
    """The settings of the running application."""
    return cast(Settings, current_app.config["SETTINGS"])


def _local_secret(env: str, var_dir: Path) -> str:
    """A secret for this machine, made once: sessions and signing keys survive a restart."""
    if env == "production":
        return ""
    path = var_dir / "secret"
    var_dir.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(handle, "w") as file:
        secret = secrets.token_hex(32)
        file.write(secret)
    return secret


def _is_random(secret: str) -> bool:
    """Whether a secret is long and does not repeat a few characters."""
    return len(secret) >= SHORTEST_SECRET and len(set(secret)) >= FEWEST_DIFFERENT


def _is_ours(sender: str) -> bool:
    """Whether a sender looks like an address somebody can answer; the default one leads nowhere."""
    name, at, host = sender.rpartition("@")
    return bool(name and at and "." in host) and not host.rstrip(">").endswith(".invalid")


def _production_faults(settings: Settings, env: Mapping[str, str]) -> list[str]:
    checks = {
        f"SECRET_KEY needs {SHORTEST_SECRET} random characters": not _is_random(settings.secret_key),
        "BASE_URL must be set and start with https://": not settings.base_url.startswith("https://"),
        "DATABASE_URL must be set": not env.get("DATABASE_URL"),
        "MAIL_URL must be set": not env.get("MAIL_URL"),
        "MAIL_FROM must be set to an address of yours": not _is_ours(settings.mail_from),
        "RUAMKHIT_VAR must be set": not env.get("RUAMKHIT_VAR"),
    }
    return [fault for fault, present in checks.items() if present]
