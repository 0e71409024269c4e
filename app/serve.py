"""Running it: the web server, and the demo that starts everything with one command."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.context import ForkProcess
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import click
from granian import Granian
from granian.constants import Interfaces

from app import create_app, migrate
from app.config import Settings, read_settings
from app.core.db import db
from app.core.mailcatcher import catching
from app.site.demo.seed import begun, seed
from app.work import run_forever

LOOPBACK = "127.0.0.1"
WEB_WORKERS = 2
PATIENCE_SECONDS = 60.0
STOPPING_SECONDS = 10
"""How long something may take to stop before it is killed; its workers get half of that."""


def web(settings: Settings, workers: int) -> None:
    """Answer requests on loopback until stopped; a front proxy stands before it in production."""
    Granian(
        "app.wsgi:app",
        address=LOOPBACK,
        port=settings.port,
        interface=Interfaces.WSGI,
        websockets=False,
        workers=workers,
        blocking_threads=1,
        workers_kill_timeout=STOPPING_SECONDS // 2,
        log_access=False,
    ).serve()


def demo() -> None:
    """Migrate, seed where empty, start web server, worker and mail catcher, and say where they are."""
    # Whoever stops us early stops us cleanly too: what was begun in the database is rolled back.
    signal.signal(signal.SIGTERM, _interrupt)
    os.environ.update(_demo_environ())
    settings = read_settings()
    _refuse_busy_port(settings.port)
    try:
        _prepare_demo(settings)
        _supervise(settings)
    except KeyboardInterrupt:
        click.echo("\nstopped")


def _prepare_demo(settings: Settings) -> None:
    """Bring the database to the present form and write the demo content where it is missing."""
    click.echo("Preparing the database and the demo content ...")
    app = create_app(settings)
    migrate.upgrade(app)
    with app.app_context():
        if not begun():  # What another database's demo has published would stand in this one's way.
            shutil.rmtree(settings.var_dir / "ledger", ignore_errors=True)
        if seed():
            click.echo("The demo content has been written.")
        db.session.remove()
        db.engine.dispose()


def wipe_demo() -> None:
    """Forget the demo: its folder, and the tables of a database it was given from outside."""
    settings = read_settings(_demo_environ())
    _refuse_busy_port(settings.port)  # A running demo would go on writing into what was wiped.
    if os.environ.get("DATABASE_URL"):
        migrate.wipe(create_app(settings))
    shutil.rmtree(settings.var_dir, ignore_errors=True)


def _demo_environ() -> dict[str, str]:
    """The environment of the demonstration and its children; refused where it says production."""
    environ = dict(os.environ)
    if environ.get("RUAMKHIT_ENV") == "production":
        raise click.ClickException("the demonstration does not run where RUAMKHIT_ENV says production")
    environ["RUAMKHIT_ENV"] = "demo"
    environ.setdefault("PORT", "8000")
    environ["MAIL_URL"] = f"smtp://{LOOPBACK}:{_free_port()}"  # Whatever is given: no mail leaves a demo.
    return environ


def _supervise(settings: Settings) -> None:
    """Run mail catcher, web server and worker until one of them ends or somebody stops us."""
    children: list[ForkProcess] = []
    try:
        children.append(_begin("mail", _catch_mail, settings))
        _wait_until_heard(urlsplit(settings.mail_url).port or 0)
        children.append(_begin("serve", web, settings, WEB_WORKERS))
        children.append(_begin("work", _work, settings))
        _wait_until_healthy(settings, children)
        _announce(settings)
        while True:
            _complain_if_ended(children)
            time.sleep(0.5)
    finally:
        _stop(children)


def _begin(name: str, work: Callable[..., None], *given: object) -> ForkProcess:
    """Do something in a process forked from this one, which has imported everything and has no threads."""
    process = ForkProcess(target=_alone, name=name, args=(work, *given))
    process.start()
    return process


def _alone(work: Callable[..., None], *given: object) -> None:
    """Lead a process group of one's own: Ctrl-C goes to who supervises, and nobody outlives the group."""
    os.setsid()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    work(*given)


def _end_with_parent() -> None:
    """Where the supervisor was killed and could stop nobody, end the own group: it holds the port."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os.killpg(0, signal.SIGTERM)


def _catch_mail(settings: Settings) -> None:
    with catching(settings.var_dir / "mail", urlsplit(settings.mail_url).port or 0):
        signal.pause()


def _work(settings: Settings) -> None:
    run_forever(create_app(settings))


def _wait_until_heard(port: int) -> None:
    """The worker tries a refused mail again only after a minute: let the catcher be there first."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection((LOOPBACK, port), timeout=1):
            return
        time.sleep(0.02)


def _wait_until_healthy(settings: Settings, children: Sequence[ForkProcess]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        _complain_if_ended(children)
        try:
            with urlopen(f"http://{LOOPBACK}:{settings.port}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    raise click.ClickException(f"the web server did not answer within {PATIENCE_SECONDS:.0f} s")


def _complain_if_ended(children: Sequence[ForkProcess]) -> None:
    for child in children:
        if child.exitcode is not None:
            raise click.ClickException(f"{child.name} ended with status {child.exitcode}")


def _announce(settings: Settings) -> None:
    address = f"http://{LOOPBACK}:{settings.port}"
    with urlopen(f"{address}/demo/people.json", timeout=10) as answer:
        people = json.load(answer)
    click.echo(f"\nRuamkhit is up:  {address}/th/   {address}/en/")
    click.echo(f"Sign in with one button:  {address}/th/demo")
    for person in people:
        click.echo(f"  {person['key']:<22} {person['name']}")
    click.echo("\nStop with Ctrl-C. The data is kept; `make demo-reset` wipes it.", nl=True)
    sys.stdout.flush()


def _stop(children: Sequence[ForkProcess]) -> None:
    """End the children and whatever they have started; an impatient second Ctrl-C changes nothing."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    for child in children:
        child.terminate()
    for child in children:
        child.join(STOPPING_SECONDS)
        assert child.pid is not None
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.join()


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
