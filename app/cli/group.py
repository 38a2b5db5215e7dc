"""The group of commands: loads each when it is called, and says what went wrong once, in words."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from app.cli.manual import Entry, manual
from app.errors import AppError, BadSetting

FAILED, MISUSED, INTERRUPTED = 1, 2, 130


class Options:
    """What may be said before or after any command."""

    def __init__(self, *, plain: bool = False, data: Path | None = None, course: tuple[str, ...] = ()) -> None:
        """Keep what was said before the command; what is said after it is set later."""
        self.plain, self.data, self.course = plain, data, course


def load(target: str) -> Any:
    """Import what “module:attribute” names."""
    module, _, attribute = target.partition(":")
    if module not in sys.modules:
        # Importing makes many objects that live as long as the process: looking through them for garbage
        # again and again takes a third of the start.
        gc.disable()
        try:
            importlib.import_module(module)
            gc.freeze()
        finally:
            gc.enable()
    return getattr(sys.modules[module], attribute)


class LazyGroup(click.Group):
    """Commands from a table of names, so that `--help` imports none of them."""

    def __init__(self, *, commands_table: Mapping[str, Entry], **settings: Any) -> None:
        """Keep the table; everything else is click's."""
        super().__init__(**settings)
        self.table = commands_table

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the manual."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command; None when there is no such name."""
        entry = self.table.get(cmd_name)
        return None if entry is None else _with_shared_options(load(entry.target))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does; an unknown name is answered with the nearest that exists."""
        if args and args[0] not in self.table and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.table, n=1)
            hint = f"Did you mean “offramp {near[0]}”?" if near else "“offramp --help” lists all commands."
            ctx.fail(f"There is no command {args[0]!r}. {hint}")
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the manual."""
        formatter.write(manual())

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what goes wrong becomes a sentence and an exit code."""
        _prepare_streams()
        try:
            return super().invoke(ctx)
        except AppError as problem:
            _complain(problem)
            ctx.exit(MISUSED if isinstance(problem, BadSetting) else FAILED)
        except (KeyboardInterrupt, click.Abort):
            click.echo("\nStopped. Everything saved so far is kept.", err=True)
            ctx.exit(INTERRUPTED)
        except Exception as problem:
            message = _database_message(problem)
            if message is None:
                raise
            click.echo(f"offramp: {message}", err=True)
            ctx.exit(FAILED)


def _prepare_streams() -> None:
    # A sign that the terminal cannot write must not end the command; what cannot be read is asked again.
    for stream, errors in ((sys.stdout, "replace"), (sys.stderr, "replace"), (sys.stdin, "surrogateescape")):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors=errors)


def _complain(problem: AppError) -> None:
    # `where` is a place in a file, or a field of a form, which a terminal does not have.
    place = f"{problem.where}: " if problem.where and ":" in problem.where else ""
    click.echo(f"offramp: {place}{problem.message}", err=True)


def _database_message(problem: Exception) -> str | None:
    """What to say of an error of the database itself; None for any other."""
    if "sqlalchemy" not in sys.modules:
        return None
    from sqlalchemy.exc import DBAPIError

    if not isinstance(problem, DBAPIError):
        return None
    from app.db import storage_message

    return storage_message(problem)


def _with_shared_options(command: click.Command) -> click.Command:
    """The command, which then takes --plain, --data and --course after its name too."""
    if isinstance(command, click.Group):
        for child in command.commands.values():
            _with_shared_options(child)
    elif not any(parameter.name == "plain" for parameter in command.params):
        command.params += [
            click.Option(
                ["--plain"],
                is_flag=True,
                expose_value=False,
                callback=_remember,
                help="For screen readers: no colour, no drawing, no pager.",
            ),
            click.Option(
                ["--data"],
                type=click.Path(path_type=Path, file_okay=False),
                expose_value=False,
                callback=_remember,
                help="Folder of the database; stands above OFFRAMP_DATA.",
            ),
            click.Option(
                ["--course"],
                multiple=True,
                metavar="DIR",
                expose_value=False,
                callback=_remember,
                help="Folder of a course, several times for several; stands above OFFRAMP_COURSE.",
            ),
        ]
    return command


def _remember(ctx: click.Context, option: click.Parameter, value: Any) -> None:
    options = ctx.find_object(Options)
    if options and value and option.name:
        setattr(options, option.name, value)
