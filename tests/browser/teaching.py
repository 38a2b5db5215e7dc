"""What tests of a teacher's way share: a server as people start it, a keyboard, and forms sent without a script."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import APIRequestContext, FilePayload, Locator, Page, expect

from tests.support.databases import COURSE
from tests.web.markup import Element, read_html
from tests.web.visiting import filled

ROOT = Path(__file__).parents[2]
# The most stops between two controls of a page; the longest form has some eighty.
STOPS = 200
# How many stops lie between what has the focus and a control, backwards below 0; radio buttons share one.
AHEAD = """it => {
  const here = document.activeElement;
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter((one) => !one.disabled && one.tabIndex >= 0 && one.checkVisibility({visibilityProperty: true}))
    .filter((one) => one.type !== "radio" || one.checked || one === it);
  const isBefore = (one) => here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING;
  const next = all.filter((one) => isBefore(one) || one === here).length;
  const to = all.indexOf(it);
  return to >= next ? to - next + 1 : to - next + all.includes(here);
}"""


class Served:
    """`offramp serve` on a data folder, as somebody starts it: its address, and the link that it prints."""

    def __init__(self, data: Path) -> None:
        """Start it on a free port, and read what it prints up to the link."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "SYSTEMROOT") if name in os.environ}
        folders = {"OFFRAMP_DATA": str(data), "OFFRAMP_COURSE": str(COURSE), "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "app", "--plain", "serve", "--port", port],
            env=kept | folders | {"PYTHONUTF8": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        said: list[str] = []
        assert self.process.stdout is not None
        for line in self.process.stdout:
            said.append(line)
            if "/join/" in line:
                break
        found = re.search(r"(http://\S+)/join/\S+", said[-1] if said else "")
        assert found, f"no link in: {''.join(said)}"
        self.link, self.url = found[0], found[1]

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(timeout=10)
        assert self.process.stdout is not None
        self.process.stdout.close()


class Keyboard:
    """Somebody at a page who has no mouse: goes from control to control with Tab."""

    def __init__(self, page: Page) -> None:
        """Sit down at a page."""
        self.page = page
        # Whoever waits for the dialog only then may miss it: the browser is told too late to hand it over.
        page.on("filechooser", lambda chooser: None)

    def to(self, target: Locator) -> Locator:
        """Tab to a control from wherever the focus is; it can be seen that it has the focus."""
        target.wait_for()
        self.page.wait_for_load_state()
        # Looking after each of many stops would take most of the time.
        ahead = target.evaluate(AHEAD)
        for _ in range(abs(ahead)):
            self.page.keyboard.press("Tab" if ahead > 0 else "Shift+Tab")
        for _ in range(STOPS):
            if target.evaluate("it => it === document.activeElement"):
                break
            self.page.keyboard.press("Tab")
        expect(target).to_be_focused()
        seen = "it => it.closest('label')?.matches(':has(:focus-visible)') || it.matches(':focus-visible')"
        assert target.evaluate(seen), "the focus cannot be seen"
        return target

    def press(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Work the button or follow the link of this name, in the content unless told otherwise."""
        place = within or self.page.get_by_role("main")
        target = place.get_by_role("button", name=name, exact=isinstance(name, str))
        target = target.or_(place.get_by_role("link", name=name, exact=isinstance(name, str))).first
        is_link = self.to(target).evaluate("it => it.matches('a')")
        self.page.keyboard.press("Enter" if is_link else "Space")

    def type(self, label: str | re.Pattern[str], words: str) -> None:
        """Type into the field of this label."""
        self.to(self.page.get_by_label(label, exact=isinstance(label, str)).first)
        self.page.keyboard.type(words)

    def type_at(self, field: Locator, words: str) -> None:
        """Type into a field."""
        self.to(field)
        self.page.keyboard.type(words)

    def tick(self, box: Locator) -> None:
        """Tick a box."""
        self.to(box)
        self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def choose(self, select: Locator, words: str) -> None:
        """Choose from a list by typing the beginning of the words."""
        self.to(select)
        self.page.keyboard.type(words)
        assert select.evaluate("it => it.selectedOptions[0].text").startswith(words)

    def choose_radio(self, group: Locator, wanted: Locator) -> None:
        """Choose one of several with the arrows, from where Tab enters them."""
        checked = group.locator("input[type=radio]:checked")
        self.to(checked if checked.count() else group.locator("input[type=radio]").first)
        if not checked.count():
            self.page.keyboard.press("Space")
        for _ in range(group.locator("input[type=radio]").count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        expect(wanted).to_be_checked()

    def choose_file(self, field: Locator, file: FilePayload | Path) -> None:
        """Open the dialog for a file, and choose one."""
        self.to(field)
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Enter")
        chooser.value.set_files(file)


class Forms:
    """A browser without scripts that shares a device's cookies: sends the forms of pages as they stand."""

    def __init__(self, request: APIRequestContext, url: str) -> None:
        """Begin at no page."""
        self.request, self.url = request, url
        self.tree: Element

    def open(self, path: str) -> None:
        """Go to an address."""
        self._show(self.request.get(urljoin(self.url, path)))

    def press(self, words: str, fields: Mapping[str, Any] | None = None) -> None:
        """Press the button whose words begin so, with these fields typed over what the form holds."""
        button = next(it for it in self.tree.all("button", type="submit") if it.text.startswith(words))
        form = button.inside("form")
        assert form is not None
        data = filled(form) | dict(fields or {})
        if "name" in button.attrs:
            data[button.attrs["name"]] = button.attrs.get("value", "")
        action = form.attrs.get("action") or self.url
        self._show(self.request.post(urljoin(self.url, action), form=data))

    def _show(self, response: Any) -> None:
        assert response.ok, f"{response.status} {response.url}: {response.text()[:2000]}"
        self.url, self.tree = response.url, read_html(response.text())

    @property
    def heading(self) -> str:
        """The page's one h1."""
        return self.tree.one("h1").text
