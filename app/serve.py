"""Running it: the web server, and the demo that starts everything with one command."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.error import URLError
from urllib.request import urlopen

import click
from granian import Granian
from granian.constants import Interfaces

from app import create_app, migrate
from app.config import ROOT, Settings, read_settings
from app.core.mailcatcher import MailCatcher
from app.site.demo.seed import seed

LOOPBACK = "127.0.0.1"
PATIENCE_SECONDS = 30.0


def web(settings: Settings, workers: int) -> None:
    """Answer requests on loopback until stopped; a front proxy stands before it in production."""
    Granian(
        "app.wsgi:app",
        address=LOOPBACK,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        log_access=False,
    ).serve()


def demo() -> None:
    """Migrate, seed where empty, start web server, worker and mail catcher, and say where they are."""
    environ = _demo_environ()
    os.environ.update(environ)
    settings = read_settings(environ)
    _refuse_busy_port(settings.port)
    app = create_app(settings)
    migrate.upgrade(app)
    with app.app_context():
        if seed():
            click.echo("demo content written")
    catcher = MailCatcher(settings.var_dir / "mail", LOOPBACK, int(environ["MAIL_URL"].rpartition(":")[2]))
    catcher.start()
    try:
        _supervise(settings, environ)
    finally:
        catcher.stop()


def wipe_demo() -> None:
    """Forget the demo: its folder, and on PostgreSQL the tables of the database it was given."""
    settings = read_settings(_demo_environ())
    if not settings.database_url.startswith("sqlite"):
        migrate.wipe(create_app(settings))
    shutil.rmtree(settings.var_dir, ignore_errors=True)


def _demo_environ() -> dict[str, str]:
    environ = dict(os.environ)
    environ["RUAMKHIT_ENV"] = "demo"
    environ.setdefault("RUAMKHIT_VAR", str(ROOT / "var" / "demo"))
    environ.setdefault("PORT", "8000")
    environ.setdefault("MAIL_URL", f"smtp://{LOOPBACK}:{_free_port()}")
    return environ


@dataclass
class _Child:
    name: str
    process: subprocess.Popen[bytes]


def _supervise(settings: Settings, environ: Mapping[str, str]) -> None:
    """Run the web server and the worker until one of them ends or somebody stops us."""
    signal.signal(signal.SIGTERM, _interrupt)
    children = [_child("serve", environ), _child("work", environ)]
    try:
        _wait_until_healthy(settings, children)
        _announce(settings)
        while all(child.process.poll() is None for child in children):
            time.sleep(0.5)
        ended = next(child for child in children if child.process.poll() is not None)
        raise click.ClickException(f"{ended.name} ended with status {ended.process.returncode}")
    except KeyboardInterrupt:
        click.echo("\nstopping")
    finally:
        _stop(children)


def _child(command: str, environ: Mapping[str, str]) -> _Child:
    process = subprocess.Popen(
        [sys.executable, "-m", "app.cli", command], cwd=ROOT, env=dict(environ), start_new_session=True
    )
    return _Child(command, process)


def _wait_until_healthy(settings: Settings, children: Sequence[_Child]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if any(child.process.poll() is not None for child in children):
            return
        try:
            with urlopen(f"http://{LOOPBACK}:{settings.port}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    raise click.ClickException(f"the web server did not answer within {PATIENCE_SECONDS:.0f} s")


def _announce(settings: Settings) -> None:
    address = f"http://{LOOPBACK}:{settings.port}"
    with urlopen(f"{address}/demo/people.json", timeout=10) as answer:
        people = json.load(answer)["people"]
    click.echo(f"\nRuamkhit is up:  {address}/th/   {address}/en/")
    click.echo(f"Sign in with one button:  {address}/th/demo")
    for person in people:
        click.echo(f"  {person['key']:<22} {person['name']}")
    click.echo("\nStop with Ctrl-C. The data is kept; `make demo-reset` wipes it.", nl=True)
    sys.stdout.flush()


def _stop(children: Sequence[_Child]) -> None:
    for child in children:
        if child.process.poll() is None:
            child.process.terminate()
    for child in children:
        try:
            child.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            child.process.kill()


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _refuse_busy_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            raise click.ClickException(
                f"port {port} is in use; stop what runs there or choose another: PORT=8001 make demo"
            ) from error


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
