"""`offramp user`: accounts for the browser."""

from __future__ import annotations

import json
import sys

import click
from sqlalchemy import func, select

from app.accounts import service
from app.accounts.models import User
from app.accounts.passwords import clean_name, name_key
from app.accounts.permissions import Role
from app.cli.addresses import web_address
from app.cli.course import opened, reading, settings_of
from app.cli.group import Options
from app.cli.screen import Screen
from app.clock import utc_now
from app.db import transaction
from app.errors import Invalid

ROLES = [Role.LEARNER.value, Role.TEACHER.value, Role.ADMIN.value]
from_stdin = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")


@click.group()
def user() -> None:
    """Accounts: list them, add one, set a password, give more time.

    People can also register in the browser; this is for operators, and for passwords that were forgotten.
    """


@user.command("list")
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
@click.pass_obj
def list_users(options: Options, as_json: bool) -> None:
    """List accounts by name, with their role."""
    with opened(options), reading() as session:
        named = select(User).where(User.name.is_not(None)).order_by(User.name_key)
        people = [
            {"name": one.name, "role": one.role, "seen_at": one.seen_at.isoformat()} for one in session.scalars(named)
        ]
        guests = session.scalar(select(func.count()).select_from(User).where(User.role == Role.GUEST)) or 0
    if as_json:
        click.echo(json.dumps({"accounts": people, "guests": guests}, ensure_ascii=False, indent=2))
        return
    width = max((len(str(one["name"])) for one in people), default=0)
    lines = [
        f"{one['name']}: {one['role']}" if options.plain else f"{str(one['name']).ljust(width)}  {one['role']}"
        for one in people
    ]
    none = ["There are no accounts yet. Add one with: offramp user add NAME"]
    Screen.of(options).show([*(lines or none), *([f"Guests without a name: {guests}"] if guests else [])])


@user.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default=ROLES[0], show_default=True)
@from_stdin
@click.pass_obj
def add(options: Options, name: str, role: str, password_stdin: bool) -> None:
    """Add an account. The password is asked for twice and not shown."""
    with opened(options):
        cleaned = clean_name(name)
        with reading() as session:
            # Asked before the password, which would else be typed for nothing.
            if session.scalar(select(User.id).where(User.name_key == name_key(cleaned))):
                raise Invalid(f"The name {cleaned!r} is taken; choose another.", where="name")
        password = _password(password_stdin)
        with transaction() as session:
            made = service.register(session, name, password, now=utc_now(), role=Role(role))
            said = f"Added {made.name} as {made.role}."
    click.echo(said)


@user.command("invite")
@click.option("--role", type=click.Choice(ROLES), default=ROLES[1], show_default=True)
@click.option("--note", default="", help="For whom it is, for your own list.")
@click.pass_obj
def invite(options: Options, role: str, note: str) -> None:
    """Print a link that makes one account with this role, within a week.

    The link begins with the address that OFFRAMP_HOST and OFFRAMP_PORT say; behind a proxy, put the name of your
    site in its place.
    """
    settings = settings_of(options)
    with opened(options), transaction() as session:
        token = service.invite(session, None, role=Role(role), note=note, now=utc_now())
    click.echo(f"{web_address(settings.host, settings.port)}/join/{token}")


@user.command("password")
@click.argument("name")
@from_stdin
@click.pass_obj
def set_password(options: Options, name: str, password_stdin: bool) -> None:
    """Set a new password. Everywhere else, that account is signed out."""
    with opened(options):
        with reading() as session:
            service.user_by_name(session, name)
        password = _password(password_stdin)
        with transaction() as session:
            found = service.user_by_name(session, name)
            service.change_password(session, found, old=None, new=password)
            service.forget_failures(session, name)
            said = f"The password of {found.name} is set; other sessions are signed out."
    click.echo(said)


@user.command("time")
@click.argument("name")
@click.argument("percent", type=int)
@click.pass_obj
def set_time(options: Options, name: str, percent: int) -> None:
    """Give an account PERCENT more time in every quiz with a time limit; 0 takes it back.

    It counts from the next attempt on: what is open keeps its deadline.
    """
    with opened(options), transaction() as session:
        found = service.user_by_name(session, name)
        service.set_extra_time(found, percent)
        said = f"{found.name} has {percent} % more time in quizzes with a time limit."
    click.echo(said)


def _password(from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt="Once more"))
