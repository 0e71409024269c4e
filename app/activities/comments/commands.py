"""`ruamkhit import comments`: comments of a file become comments of an activity."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from app.activities.comments.reading_files import FORMATS, Fault, UnreadableFile, read
from app.activities.comments.service.importing import Row, import_rows
from app.core.db import db, transaction
from app.core.errors import DomainError, NotFound
from app.i18n import speaking

BATCH = 500


@click.command("comments")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--activity", "activity_id", type=int, required=True, help="Id of the comments activity.")
@click.option("--format", "kind", type=click.Choice(FORMATS), default="csv", show_default=True)
@click.pass_obj
def import_comments(context: Any, file: Path, activity_id: int, kind: str) -> None:
    """Take the comments of FILE into an activity.

    csv: columns text, optional lang, author, at. polis: comments.csv of a Polis export. lines: one comment a
    line. Rows taken in before are passed over, so a run that was cut off is simply started again. Rows with
    faults are named with their lines, the others are taken in; the exit status is 1 then.
    """
    try:
        rows, faults = _read(file, kind)
    except UnreadableFile as error:
        raise click.ClickException(str(error)) from error
    with file.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    with context.app().app_context(), speaking("en"):
        taken = _take_in(activity_id, sha256, rows)
        db.session.remove()
    for fault in faults:
        click.echo(f"line {fault.line}: {fault.words}", err=True)
    known = len(rows) - taken
    click.echo(f"{taken} comments taken in, {known} were there already, {len(faults)} rows with faults")
    sys.exit(1 if faults else 0)


COMMANDS = {"import": (import_comments,)}
"""This room's commands by the group they stand in."""


def _read(file: Path, kind: str) -> tuple[list[Row], list[Fault]]:
    found = list(read(file, kind))
    rows = [one for one in found if isinstance(one, Row)]
    return rows, [one for one in found if isinstance(one, Fault)]


def _take_in(activity_id: int, sha256: str, rows: Sequence[Row]) -> int:
    """Batch by batch, each its own transaction: what is done is done."""
    taken = 0
    with click.progressbar(length=len(rows), label="Comments") as bar:
        for batch in _batches(rows):
            try:
                with transaction():
                    taken += import_rows(activity_id=activity_id, sha256=sha256, rows=batch)
            except NotFound:
                raise click.ClickException(f"there is no comments activity {activity_id}") from None
            except DomainError as error:
                raise click.ClickException(str(error.message)) from error
            db.session.expunge_all()  # A hundred thousand entries need not stay in memory.
            bar.update(len(batch))
    return taken


def _batches(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
