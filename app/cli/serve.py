"""`offramp serve`: the course for browsers, by waitress, in one process with threads."""

from __future__ import annotations

import errno
import gc
import logging
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import click
from flask import Flask

from app.accounts.service import first_teacher_token, purge_guests
from app.boot import course_problems
from app.cli.addresses import EVERYWHERE, network_addresses, web_address
from app.cli.course import settings_of
from app.cli.group import Options, load
from app.cli.screen import Screen
from app.clock import utc_now
from app.config import Settings
from app.db import transaction
from app.errors import BadSetting, StorageTrouble
from app.paths import content_folder

# The web door is named and not imported: doors do not lean on each other.
WEB_APP = "app:create_app"


@click.command()
@click.option("--host", help="Address to listen on; 0.0.0.0 lets others on the network in.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--threads", type=click.IntRange(1, 64), help="Threads that answer requests.")
@click.pass_obj
def serve(options: Options, host: str | None, port: int | None, threads: int | None) -> None:
    """Serve the course to browsers, until Ctrl+C.

    The database is made or upgraded first, and the course is read if it changed. What the options leave open
    comes from OFFRAMP_HOST, OFFRAMP_PORT and OFFRAMP_THREADS.

    With --course the course in that folder is served instead of the one that comes with Offramp; given several
    times, all of them as one. The word “bundled” stands for Offramp's own: --course bundled --course DIR.
    """
    settings = settings_of(options, host=host, port=port, threads=threads)
    run_server(Screen.of(options), settings)


def run_server(screen: Screen, settings: Settings, *, when_listening: Callable[[], None] | None = None) -> None:
    """Serve until stopped; `when_listening` is called inside the application once browsers can connect.

    Raises BadSetting when the address cannot be listened on.
    """
    app = web_app(settings)
    server = _listen(app, settings)
    # A service manager's stop is as good as Ctrl+C: requests that run are answered first.
    signal.signal(signal.SIGTERM, _stop)
    with suppress(KeyboardInterrupt, SystemExit):
        with app.app_context():
            with transaction() as session:
                purge_guests(session, now=utc_now())
                token = first_teacher_token(session, now=utc_now())
            screen.show(welcome(screen, settings, first_teacher=token))
            if when_listening:
                when_listening()
        tune()
        server.run()
    server.close()
    screen.show(["", "Stopped."])


def tune() -> None:
    """Set the interpreter up for many threads and a long life (measured in docs/decisions/002-server.md)."""
    # A thread that holds the write lock gives the interpreter up at every statement. By default it waits 5 ms
    # for each turn while others compute, and everybody who wants to save waits with it.
    sys.setswitchinterval(0.0005)
    # The course and the modules stay for ever; looking through them again and again finds no garbage.
    gc.collect()
    gc.freeze()


def web_app(settings: Settings) -> Flask:
    """The web application, its database and course up to date. Raises BadSetting and StorageTrouble."""
    try:
        made: Flask = load(WEB_APP)(settings=settings)
    except OSError as problem:
        raise StorageTrouble(
            f"{problem.filename or settings.data} cannot be used ({problem.strerror}). "
            "Use --data or OFFRAMP_DATA to name a folder that you may write to."
        ) from problem
    return made


def _listen(app: Flask, settings: Settings) -> Any:
    from waitress.server import create_server

    # Its warning about waiting requests is for whoever tunes it, not for a teacher's terminal.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        return create_server(
            app,
            host=settings.host,
            port=settings.port,
            threads=settings.threads,
            ident="Offramp",
            # Browsers keep several connections open; two classes must not lock each other out.
            connection_limit=1000,
            asyncore_use_poll=True,
            # A file that is too large is read to its end, so that a page can say so: cut off in the middle, the
            # browser would show a broken connection. Beyond ten times the limit it is cut off.
            max_request_body_size=10 * settings.largest_request,
            # With a proxy in front the application reads these headers itself; without one nobody may set them.
            clear_untrusted_proxy_headers=settings.trusted_proxies == 0,
        )
    except (OSError, ValueError) as problem:
        raise BadSetting(_why_not(problem, settings)) from problem


def _why_not(problem: Exception, settings: Settings) -> str:
    number = problem.errno if isinstance(problem, OSError) else None
    if number == errno.EADDRINUSE:
        return (
            f"Port {settings.port} is in use by another program, perhaps by another Offramp. "
            f"Stop that one, or choose another port: offramp serve --port {settings.port % 65535 + 1}"
        )
    if number == errno.EACCES:
        return f"Port {settings.port} may not be used by you; choose one above 1023, such as 8000."
    return f"Offramp cannot listen on {settings.host}, port {settings.port}: {problem}."


def _stop(number: int, frame: object) -> None:
    raise SystemExit(0)


def welcome(screen: Screen, settings: Settings, *, first_teacher: str | None = None) -> list[str]:
    """Where to open it, where the data lies, what was left out, how to stop; a link for the first teacher."""
    address = web_address(settings.host, settings.port)
    rows = [("Open", address)]
    if settings.host in EVERYWHERE:
        rows += [("On this network", address) for address in network_addresses(settings.port)]
    elif settings.host in ("127.0.0.1", "localhost", "::1"):
        rows.append(("Others", "cannot open it; --host 0.0.0.0 lets your network in"))
    if settings.course != (content_folder(),):
        rows += [("Course", str(folder)) for folder in settings.course]
    rows += [("Data", data_place(settings)), ("Stop", "Ctrl+C")]
    lines = [screen.bold("Offramp is ready."), ""]
    lines += [f"{name}: {value}" if screen.plain else f"  {name + ':':17}{value}" for name, value in rows]
    if first_teacher:
        lines += [
            "",
            *screen.wrap(
                "Nobody teaches here yet. Whoever opens this link makes the teacher’s account; it works once:"
            ),
        ]
        lines += [f"  {address}/join/{first_teacher}"]
    errors = [problem for problem in course_problems() if problem.severity == "error"]
    if errors:
        lines += ["", *screen.wrap("Left out of the course until it is mended (“offramp check” shows all):")]
        for problem in errors:
            lines += screen.wrap(f"{problem.file}:{problem.line}: {problem.message}", "  ")
    return [*lines, ""]


def data_place(settings: Settings) -> str:
    """The folder, or the PostgreSQL address without its password."""
    if settings.is_sqlite:
        return str(settings.data)
    from sqlalchemy.engine import make_url

    return make_url(settings.database_address).render_as_string(hide_password=True)
