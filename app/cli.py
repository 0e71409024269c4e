"""The `ruamkhit` command."""

from __future__ import annotations

import sys

import click
from flask import Flask

from app import create_app, migrate, serve
from app.config import Settings, UnsafeSettings, read_settings
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.identity import service as identity
from app.ledger.audit import verify_everything
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
    """Recompute every log and name the first bad entry of each; exit status 1 if there is one."""
    with context.app().app_context():
        report = verify_everything(context.settings)
    for line in report.lines():
        click.echo(line)
    sys.exit(0 if report.sound else 1)


@main.command("create-admin")
@click.argument("email")
@click.option("--name", prompt=True, help="Name to show.")
@click.password_option()
@click.pass_obj
def create_admin_command(context: Context, email: str, name: str, password: str) -> None:
    """Make a programme administrator; an existing account is given the role."""
    with context.app().app_context():
        try:
            with transaction():
                identity.create_admin(email=email, name=name, password=password)
        except DomainError as error:
            raise click.ClickException(str(error.message)) from error
        db.session.remove()
    click.echo(f"{email} administers the programme")


if __name__ == "__main__":
    main()
