"""`offramp open`: the browser, signed in as the local learner by a link that works once."""

from __future__ import annotations

import os
import sys
import webbrowser

import click

from app.accounts.models import User
from app.accounts.service import make_link
from app.cli.addresses import is_answering, web_address
from app.cli.course import learner, opened, settings_of
from app.cli.group import Options
from app.cli.screen import Screen
from app.clock import utc_now
from app.config import Settings
from app.db import transaction


@click.command("open")
@click.option("--browser/--no-browser", default=True, help="Open a browser, or only print the link.")
@click.pass_obj
def open_browser(options: Options, browser: bool) -> None:
    """Go on in the browser as the same learner.

    Prints a link that signs you in once, within five minutes, and opens it. If no server answers at
    OFFRAMP_HOST and OFFRAMP_PORT, one is started here and runs until Ctrl+C.
    """
    settings = settings_of(options)
    screen = Screen.of(options)
    if is_answering(web_address(settings.host, settings.port)):
        with opened(options):
            _go(screen, settings, browser=browser)
        return
    from app.cli.serve import run_server

    run_server(screen, settings, when_listening=lambda: _go(screen, settings, browser=browser))


def _go(screen: Screen, settings: Settings, *, browser: bool) -> None:
    user_id = learner()
    with transaction() as session:
        token = make_link(session, session.get_one(User, user_id), now=utc_now())
    link = f"{web_address(settings.host, settings.port)}/sign-in/link/{token}"
    screen.show(["This link signs you in once, within five minutes:", f"  {link}"])
    if browser and _has_display():
        webbrowser.open(link)


def _has_display() -> bool:
    # Without a display, a text browser would take over this terminal.
    if sys.platform in ("win32", "darwin") or os.environ.get("BROWSER"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
