"""The terminal door. `main` is the command `offramp`; each command is loaded when it is called."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.group import LazyGroup, Options
from app.cli.manual import COMMANDS, version

__all__ = ["main"]


def _show_version(ctx: click.Context, option: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"offramp {version()}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    commands_table=COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--plain", is_flag=True)
@click.option("--data", type=click.Path(path_type=Path, file_okay=False))
@click.option("--course", multiple=True)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version)
@click.pass_context
def main(ctx: click.Context, plain: bool, data: Path | None, course: tuple[str, ...]) -> None:
    """Lessons and quizzes in the terminal. The manual is in app/cli/manual.py."""
    ctx.obj = Options(plain=plain, data=data, course=course)
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
