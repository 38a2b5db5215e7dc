"""Static files: hashed names, compressed once, kept for a year, and nothing else from the disk."""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path

import pytest

from app.paths import content_folder
from app.web.assets import SERVED, Assets
from tests.web.visiting import Browser

STATIC = content_folder() / "static"
FILES = sorted(
    file.relative_to(STATIC).as_posix()
    for file in STATIC.rglob("*")
    if file.suffix in SERVED and "vendor" not in file.parts
)


@pytest.fixture
def assets() -> Assets:
    """The assets of the project, as an application holds them."""
    return Assets(STATIC)


def test_a_name_carries_the_hash_of_its_content(browser: Browser, assets: Assets) -> None:
    for path in FILES:
        name = assets.named(path).name
        response = browser.client.get(f"/static/{name}")
        assert response.status_code == 200, path
        assert hashlib.sha256(response.data).hexdigest()[:10] == name.rsplit(".", 2)[1], path


def test_every_static_file_that_a_page_names_is_there(browser: Browser) -> None:
    named = set()
    for path in (
        "/",
        "/lessons/02-two-counts",
        "/article",
        "/progress",
        "/quizzes/mixed",
        "/device",
        "/sign-in",
    ):
        tree = browser.open(path).tree
        links = [it.attrs.get("href", it.attrs.get("src", "")) for it in tree.all("link", "script", "use")]
        named |= {link.split("#")[0] for link in links}
    assert len(named) > 8
    for link in named:
        assert re.fullmatch(r"/static/[\w./-]+\.[0-9a-f]{10}\.(css|js|svg|woff2)", link)
        assert browser.client.get(link).status_code == 200, link


def test_what_a_style_sheet_or_script_refers_to_is_there_under_its_hashed_name(
    browser: Browser, assets: Assets
) -> None:
    found = 0
    for path in [path for path in FILES if path.endswith((".css", ".js"))]:
        name = assets.named(path).name
        text = browser.client.get(f"/static/{name}").text
        for reference in re.findall(r"""["'(](\.{1,2}/[\w./-]+\.(?:js|css|svg|woff2))""", text):
            target = (Path("/static") / name).parent / reference
            response = browser.client.get(str(target), follow_redirects=True)
            resolved = Path("/").joinpath(*_normal(target))
            assert browser.client.get(str(resolved)).status_code == 200, (path, reference)
            assert response.status_code in {200, 404}
            assert re.search(r"\.[0-9a-f]{10}\.\w+$", reference), (path, reference)
            found += 1
    assert found > 3


def _normal(path: Path) -> list[str]:
    parts: list[str] = []
    for part in path.parts[1:]:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return parts


def test_every_symbol_that_a_page_uses_is_in_the_sprite(browser: Browser) -> None:
    sprite = (STATIC / "icons.svg").read_text()
    symbols = set(re.findall(r'id="([\w-]+)"', sprite))
    attempt = browser.start()
    for path in (
        "/",
        f"/attempts/{attempt}/questions/1",
        f"/attempts/{attempt}/review",
        "/lessons/02-two-counts",
    ):
        used = {it.attrs["href"].split("#")[1] for it in browser.open(path).tree.all("use")}
        assert used <= symbols, path


def test_text_is_sent_compressed_to_those_who_take_it(browser: Browser, assets: Assets) -> None:
    url = f"/static/{assets.named('css/base.css').name}"
    plain = browser.client.get(url)
    packed = browser.client.get(url, headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2


def test_types_are_told_so_that_browsers_need_not_guess(browser: Browser, assets: Assets) -> None:
    wanted = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
    for path in FILES:
        response = browser.client.get(f"/static/{assets.named(path).name}")
        assert response.mimetype == wanted[Path(path).suffix], path


@pytest.mark.parametrize(
    "name",
    ["css/base.css", "css/base.0000000000.css", "../app/db.py", "..%2f..%2fquestions/quizzes.yaml", "%2e%2e/README.md",
     "vendor/README.md", "vendor/build.py", "css", "", "css/../css/base.css", "/etc/passwd", "css/base.css%00.svg"],
)  # fmt: skip
def test_nothing_else_is_served(browser: Browser, name: str) -> None:
    assert browser.client.get(f"/static/{name}", follow_redirects=True).status_code == 404


def test_the_icon_that_browsers_ask_for_by_themselves(browser: Browser) -> None:
    response = browser.client.get("/favicon.ico")
    assert response.status_code == 200
    assert response.mimetype == "image/svg+xml"
