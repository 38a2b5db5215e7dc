"""`offramp db`: the database's tables."""

from __future__ import annotations

import click

from app.boot import open_course, schema_revision
from app.cli.course import prepared_app, settings_of
from app.cli.group import Options


@click.group("db")
def database() -> None:
    """The database's tables."""


@database.command()
@click.pass_obj
def upgrade(options: Options) -> None:
    """Bring the tables up to date, and the course into them.

    With SQLite every command does this by itself, and keeps a copy of the file first. With PostgreSQL it is
    done only here: run it once after each update, before the servers are started again.
    """
    app = prepared_app(settings_of(options))
    with app.app_context():
        before = schema_revision()
    open_course(app, may_upgrade=True)
    with app.app_context():
        after = schema_revision()
    if before == after:
        click.echo(f"The tables are up to date ({after}).")
    else:
        click.echo(f"The tables were at {before or 'nothing'} and are at {after} now.")
