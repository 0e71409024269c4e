"""The `ruamkhit` command."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Flask

from app import backup, create_app, migrate, rooms, serve
from app.config import Settings, UnsafeSettings, read_settings
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.identity import leaving
from app.identity import service as identity
from app.identity.queries import clean_email, person_by_email
from app.ledger.audit import verify_everything
from app.ledger.facts import SYSTEM
from app.ledger.keys import KeyStoreError
from app.ledger.logfiles import OtherHistory
from app.ledger.replay import replay
from app.ledger.sequence import Sequencer
from app.search import background as search
from app.work import run_forever


class Context:
    """Settings and application, made when a command first needs them."""

    def __init__(self) -> None:
        self.settings: Settings = read_settings()

    def app(self) -> Flask:
        return create_app(self.settings)


@click.group()
@click.pass_context
def main(context: click.Context) -> None:
    """Ruamkhit: public participation, from the promise to the evidence."""
    if context.invoked_subcommand == "demo":
        return  # The demo makes its own settings.
    try:
        context.obj = Context()
    except UnsafeSettings as fault:
        raise click.ClickException(str(fault)) from fault


@main.command("migrate")
@click.option("--check", is_flag=True, help="Change nothing; fail if models and migrations differ.")
@click.pass_obj
def migrate_command(context: Context, check: bool) -> None:
    """Bring the database to the present form and load the reference data."""
    if check:
        difference = migrate.drift()
        if difference:
            raise click.ClickException("models and migrations differ:\n" + "\n".join(difference))
        click.echo("migrations equal the models")
        return
    migrate.upgrade(context.app())
    click.echo("database is up to date")


@main.command("serve")
@click.option("--workers", default=2, show_default=True)
@click.pass_obj
def serve_command(context: Context, workers: int) -> None:
    """Answer web requests on the loopback address."""
    serve.web(context.settings, workers)


@main.command("work")
@click.pass_obj
def work_command(context: Context) -> None:
    """Do background work until stopped: number the ledger, collect evidence, send mail."""
    run_forever(context.app())


@main.command("demo")
@click.option("--reset", is_flag=True, help="Wipe the demo's data and end.")
def demo_command(reset: bool) -> None:
    """Start everything with demo content: database, web server, worker, mail catcher."""
    if reset:
        serve.wipe_demo()
        click.echo("the demo's data is gone")
    else:
        serve.demo()


@main.command("verify")
@click.pass_obj
def verify_command(context: Context) -> None:
    """Recompute every log, compare what was frozen; name what does not hold, exit status 1 if anything does not."""
    with context.app().app_context():
        report = verify_everything(context.settings, rooms.checks())
    for line in report.lines():
        click.echo(line)
    sys.exit(0 if report.sound else 1)


@main.command("replay")
@click.pass_obj
def replay_command(context: Context) -> None:
    """After a restore: lead each log on to what is published. What the acts had written is not brought back."""
    with context.app().app_context():
        try:
            done = replay(Sequencer.for_settings(context.settings))
        except (OtherHistory, KeyStoreError) as fault:
            raise click.ClickException(str(fault)) from fault
        finally:
            db.session.remove()
    for log in done:
        click.echo(f"{log.log}: {log.put_back} entries put back, {log.placed} that waited have their place")
    click.echo(f"{len(done)} logs were led on; now run: ruamkhit verify")


@main.command("backup")
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def backup_command(context: Context, folder: Path) -> None:
    """Copy everything into a new FOLDER, while people go on using the site."""
    number = _backing(lambda: backup.back_up(context.settings, folder, click.echo))
    click.echo(f"{number} files are in {folder}; keep SECRET_KEY elsewhere, it opens the signing keys")


@main.command("restore")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.pass_obj
def restore_command(context: Context, folder: Path) -> None:
    """Bring the backup in FOLDER back into an empty place."""
    with context.app().app_context():
        number = _backing(lambda: backup.restore(context.settings, folder, click.echo))
        db.session.remove()
    click.echo(f"{number} files were checked and are back; now run: ruamkhit migrate, ruamkhit verify")


def _backing(work: Callable[[], int]) -> int:
    try:
        return work()
    except backup.BackupError as fault:
        raise click.ClickException(str(fault)) from fault


@main.command("reindex")
@click.pass_obj
def reindex_command(context: Context) -> None:
    """Write the search index anew; may be stopped at any moment and run again, also while `work` runs."""
    with context.app().app_context():
        mentions = search.all_mentions()
        with click.progressbar(length=len(mentions), label="Indexing") as bar:
            for done in search.reindex(mentions):
                bar.update(done)
        db.session.remove()
    click.echo(f"{len(mentions)} things were looked at; what is public can be found")


@main.command("create-admin")
@click.argument("email")
@click.option("--name", help="Name to show, of a new account.")
@click.option("--password", help="Of a new account; asked for unless given.")
@click.pass_obj
def create_admin_command(context: Context, email: str, name: str | None, password: str | None) -> None:
    """Make a programme administrator; an existing account is given the role."""
    with context.app().app_context(), _telling_refusals():
        if person_by_email(email) is not None:
            click.echo(f"{email} has an account, which keeps its name and password")
            name = password = ""
        else:
            name = name or click.prompt("Name to show")
            password = password or click.prompt("Password", hide_input=True, confirmation_prompt=True)
        with transaction():
            identity.create_admin(email=email, name=str(name), password=str(password))
    click.echo(f"{email} administers the programme")


@main.command("erase-person")
@click.argument("email")
@click.option("--yes", is_flag=True, help="Do not ask for the address again.")
@click.pass_obj
def erase_person_command(context: Context, email: str, yes: bool) -> None:
    """End an account for its owner and erase the person; it cannot be undone."""
    with context.app().app_context(), _telling_refusals():
        person = person_by_email(email)
        if person is None:
            raise click.ClickException(f"nobody has an account with the address {email}")
        if not yes:
            again = click.prompt("This cannot be undone. Type the address again")
            if clean_email(again) != person.email:
                raise click.ClickException("the addresses differ; nothing was done")
        with transaction():
            leaving.end_account(person_id=person.id, actor=SYSTEM)
    click.echo(f"{email} is erased; a last mail goes to the address")


@contextmanager
def _telling_refusals() -> Iterator[None]:
    """Tell a verb's refusal as the command's, and leave no session behind."""
    try:
        yield
    except DomainError as error:
        raise click.ClickException(str(error.message)) from error
    finally:
        db.session.remove()


GROUPS = {"import": "Take data over from files."}
"""The groups in which rooms put commands of their own."""

for _group, _members in rooms.commands().items():
    _made = click.Group(_group, help=GROUPS.get(_group), commands={one.name or "": one for one in _members})
    main.add_command(_made)


if __name__ == "__main__":
    main()
