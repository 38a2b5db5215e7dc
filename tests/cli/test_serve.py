"""`offramp serve` and `offramp open`, in processes of their own."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.support.databases import COURSE

Start = Callable[..., Any]


def browser() -> urllib.request.OpenerDirector:
    """A browser that keeps cookies and asks no proxy."""
    return urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor())


def get(address: str) -> str:
    """What a browser without cookies gets there."""
    with browser().open(address, timeout=10) as reply:
        return str(reply.read().decode())


def test_serve_says_where_and_stops_at_control_c(terminal: Start, free_port: int, environment: dict[str, str]) -> None:
    screen = terminal("serve", "--port", str(free_port))
    said = screen.says("Ctrl+C")
    assert f"http://127.0.0.1:{free_port}" in said
    assert environment["OFFRAMP_DATA"] in said
    assert "A costly word" in get(f"http://127.0.0.1:{free_port}/")
    screen.interrupt()
    screen.says("Stopped.")
    assert screen.ends() == 0


def test_a_fresh_data_folder_gets_a_link_for_the_first_teacher(terminal: Start, free_port: int) -> None:
    screen = terminal("serve", "--port", str(free_port))
    assert "Nobody teaches here yet." in screen.says(f"http://127.0.0.1:{free_port}/join/")
    token = screen.says("\n").strip()
    assert "Set up the first teacher" in get(f"http://127.0.0.1:{free_port}/join/{token}")


def test_serve_stops_in_order_when_a_service_manager_asks(terminal: Start, free_port: int) -> None:
    screen = terminal("serve", "--port", str(free_port))
    screen.says("Ctrl+C")
    screen.process.send_signal(signal.SIGTERM)
    screen.says("Stopped.")
    assert screen.ends() == 0


def test_port_in_use_is_told_with_another(offramp: Start) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = offramp("serve", "--port", str(port))
    assert result.returncode == 2
    assert f"Port {port} is in use by another program" in result.stderr
    assert "offramp serve --port" in result.stderr


def test_host_that_is_not_here_is_told(offramp: Start, free_port: int) -> None:
    result = offramp("serve", "--host", "192.0.2.1", "--port", str(free_port))
    assert result.returncode == 2
    assert f"Offramp cannot listen on 192.0.2.1, port {free_port}" in result.stderr


@pytest.mark.parametrize("arguments", [("--port", "0"), ("--port", "many"), ("--threads", "65")])
def test_impossible_number_is_refused(offramp: Start, arguments: tuple[str, str]) -> None:
    result = offramp("serve", *arguments)
    assert result.returncode == 2
    assert arguments[0] in result.stderr


def test_what_is_left_out_of_the_course_is_named(
    terminal: Start, free_port: int, tmp_path: Path, environment: dict[str, str]
) -> None:
    course = tmp_path / "course"
    shutil.copytree(COURSE, course)
    bank = course / "questions" / "01-a-costly-word.yaml"
    bank.write_text(bank.read_text().replace("id: shrug,", "id: shrug, colour: red,"))
    screen = terminal("serve", "--port", str(free_port), OFFRAMP_COURSE=str(course))
    said = screen.says("Ctrl+C") + screen.says("questions/01-a-costly-word.yaml:")
    assert "Left out of the course until it is mended" in said
    assert "A costly word" in get(f"http://127.0.0.1:{free_port}/")


def test_a_file_far_too_large_gets_a_page_and_no_broken_connection(terminal: Start, free_port: int) -> None:
    screen = terminal("serve", "--port", str(free_port))
    screen.says("Ctrl+C")
    head = {"Content-Type": "multipart/form-data; boundary=edge"}
    asked = urllib.request.Request(f"http://127.0.0.1:{free_port}/teach/import", b"x" * 50_000_000, head)
    with pytest.raises(urllib.error.HTTPError) as refused:
        browser().open(asked, timeout=20)
    with refused.value as reply:
        assert reply.code == 413
        assert "A file has at most 10 MB here." in reply.read().decode()


def test_everywhere_prints_no_address_that_others_cannot_open(terminal: Start, free_port: int) -> None:
    screen = terminal("--plain", "serve", "--host", "0.0.0.0", "--port", str(free_port))
    said = screen.says("Stop: Ctrl+C")
    assert f"Open: http://127.0.0.1:{free_port}" in said
    others = re.findall(r"On this network: http://(\S+):", said)
    assert not [address for address in others if address.startswith(("127.", "0."))]


def test_open_starts_a_server_and_signs_in_as_the_local_learner(
    terminal: Start, offramp: Start, free_port: int
) -> None:
    offramp("quiz", "mixed", input="1\nq\n")
    screen = terminal("open", "--no-browser", OFFRAMP_PORT=str(free_port))
    screen.says("This link signs you in once, within five minutes:")
    link = (screen.says("\n") + screen.says("\n")).strip()
    assert link.startswith(f"http://127.0.0.1:{free_port}/sign-in/link/")
    ours = browser()
    with ours.open(link, timeout=10) as reply:
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', reply.read().decode())
    assert token
    with ours.open(link, data=urlencode({"csrf_token": token[1]}).encode(), timeout=10) as reply:
        reply.read()
    with ours.open(f"http://127.0.0.1:{free_port}/", timeout=10) as reply:
        assert "1 of 4 questions answered" in reply.read().decode()


def test_open_uses_the_server_that_runs(terminal: Start, offramp: Start, free_port: int) -> None:
    screen = terminal("serve", "--port", str(free_port))
    screen.says("Ctrl+C")
    result = offramp("open", "--no-browser", OFFRAMP_PORT=str(free_port))
    assert result.returncode == 0
    assert "Offramp is ready." not in result.stdout
    assert f"http://127.0.0.1:{free_port}/sign-in/link/" in result.stdout


def test_open_gives_the_link_to_the_browser(terminal: Start, offramp: Start, free_port: int, tmp_path: Path) -> None:
    screen = terminal("serve", "--port", str(free_port))
    screen.says("Ctrl+C")
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n')
    browser.chmod(0o755)
    result = offramp("open", OFFRAMP_PORT=str(free_port), BROWSER=f"{browser} %s")
    assert (tmp_path / "opened").read_text().strip() in result.stdout
    assert "/sign-in/link/" in (tmp_path / "opened").read_text()
