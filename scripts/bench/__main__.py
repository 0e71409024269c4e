"""How pages, sending, answering and exports cost at two sizes of a consultation: `make bench-consult`.

Two activities of each kind stand in one database, a small one and a large one, and every page of them is
opened in turns. The exit status is 1 where the large one takes more than the limits in `measure.py` allow.
`DATABASE_URL` names an empty database; without one it is SQLite in a folder that goes afterwards.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import click
from flask import Flask
from sqlalchemy import text

from app import create_app, migrate
from app.config import Settings
from app.core.db import db
from scripts.bench import agencies, answers, comments, pages, survey_pages
from scripts.bench.measure import Measured, Meter, table
from tests.comments.make import make_scene as comment_scene
from tests.support.browser import FreshClient
from tests.support.postgres import Cluster
from tests.surveys.make import make_scene as survey_scene


@click.command()
@click.option("--comments", "of_comments", nargs=2, default=(1_000, 100_000), show_default=True)
@click.option("--answers", "of_answers", nargs=2, default=(1_000, 200_000), show_default=True)
@click.option("--agencies", "of_agencies", default=8_443, show_default=True)
@click.option("--rounds", default=11, show_default=True, help="How often each page is opened.")
@click.option("--postgresql", is_flag=True, help="Start a private PostgreSQL and measure there.")
def main(
    of_comments: tuple[int, int],
    of_answers: tuple[int, int],
    of_agencies: int,
    rounds: int,
    postgresql: bool,
) -> None:
    """Fill a database, measure, print a table."""
    cluster = Cluster.start(fsync=True) if postgresql else None
    try:
        with tempfile.TemporaryDirectory() as folder:
            url = cluster.create_database("bench") if cluster else os.environ.get("DATABASE_URL")
            app = create_app(_settings(url or f"sqlite:///{folder}/bench.db", Path(folder)))
            app.test_client_class = FreshClient
            migrate.upgrade(app)
            with app.app_context():
                found = _measured(app, of_comments, of_answers, of_agencies, rounds)
                click.echo(f"\n{db.engine.dialect.name}, {os.cpu_count()} processor cores")
                kept = table(found)
                db.session.remove()
                db.engine.dispose()
    finally:
        if cluster:
            cluster.stop()
    sys.exit(0 if kept else 1)


def _measured(
    app: Flask, of_comments: tuple[int, int], of_answers: tuple[int, int], of_agencies: int, rounds: int
) -> list[Measured]:
    meter = Meter(app, db.engine)
    lists = agencies.measured(app, meter, of_agencies, rounds)
    threads = [(comment_scene(), number) for number in of_comments]
    surveys = [(survey_scene(drafts=answers.ASKED), number) for number in of_answers]
    themes = [comments.fill(scene, number) for scene, number in threads]
    for scene, number in surveys:
        answers.fill(scene, number)
    _settle()
    found = pages.of_comments(app, meter, threads, themes, rounds)
    return [*found, *survey_pages.of_surveys(app, meter, surveys, rounds), *lists]


def _settings(url: str, folder: Path) -> Settings:
    return Settings(
        env="test",
        database_url=url,
        secret_key="a secret of the benchmark alone, gone with its database",
        var_dir=folder,
        base_url="http://localhost",
        mail_url="smtp://127.0.0.1:1",
        mail_from="bench@localhost.invalid",
        port=0,
    )


def _settle() -> None:
    """What the worker and the database have done by the time anybody looks."""
    comments.number_entries()
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


if __name__ == "__main__":
    main()
