"""Every page in every state, in light and dark: no rule of WCAG 2.0 to 2.2 A and AA is broken, as far as axe can see.

No rule is switched off, and nothing is left out of what it looks at.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.scenes_modes import SCENES
from tests.browser.server import LiveServer
from tests.browser.sitting import attempt_path, start_quiz

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The narrowest window that is promised, that of a phone; and a desk at 200 %, which has half as many CSS pixels.
NARROW = {"320 px": 320, "390 px": 390, "200 %": 640}


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it is."""
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
    )
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def wider_than_the_window(page: Page) -> list[str]:
    """Elements that make the page scroll sideways."""
    if page.evaluate("() => document.scrollingElement.scrollWidth <= innerWidth"):
        return []
    found = page.evaluate(
        """() => [...document.querySelectorAll("body *")]
          .filter((it) => !it.closest("svg, .table-scroll, .figure-scroll"))
          .filter((it) => it.getBoundingClientRect().right > innerWidth + 1)
          .map((it) => it.outerHTML.slice(0, 100))"""
    )
    return found or ["something"]


def check(page: Page, *schemes: str) -> None:
    """Assert it of the page as it is, in both themes unless one is named, and in narrow windows."""
    page.wait_for_load_state()
    page.evaluate(AXE)
    for scheme in schemes or ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        assert violations(page) == [], scheme
    for how, width in NARROW.items():
        page.set_viewport_size({"width": width, "height": 700})
        assert wider_than_the_window(page) == [], how
    page.set_viewport_size({"width": 1280, "height": 900})


# The teachers' pages are in test_access_teach.py, so that two processes share the work.
LEARNERS = [name for name in SCENES if not name.startswith("teach")]


@pytest.mark.parametrize("name", LEARNERS)
def test_a_page_is_within_reach_of_everybody(stage: Page, server: LiveServer, name: str) -> None:
    SCENES[name](stage, server)
    check(stage, *in_turn(LEARNERS.index(name)))


def in_turn(number: int) -> tuple[str, ...]:
    """Every fourth page in both themes, the others in one of them: they are made of the same parts."""
    return () if number % 4 == 0 else (("light", "dark")[number % 2],)


def test_the_shipped_lessons_are(device: Callable[..., BrowserContext], real: LiveServer) -> None:
    page = device(base_url=real.url).new_page()
    page.goto("/")
    lessons = page.locator(".lesson-list li > a").evaluate_all("links => links.map((it) => it.pathname)")
    assert lessons
    for number, path in enumerate(lessons):
        page.goto(path)
        # One of each strand in all ways; of the others each in one theme and in both narrow windows.
        check(page, *(("light", "dark") if number % 4 == 0 else (("light", "dark")[number % 2],)))


@pytest.mark.parametrize(
    "path",
    [
        # The other pages are among the scenes of the small course; these are long or drawn.
        *("/article?as_of=2020-03-02", "/article/timeline", "/sources"),
    ],
)
def test_the_shipped_dossier_is(device: Callable[..., BrowserContext], real: LiveServer, path: str) -> None:
    page = device(base_url=real.url).new_page()
    page.goto(path)
    check(page)


def test_the_shipped_questions_and_their_explanations_are(
    device: Callable[..., BrowserContext], real: LiveServer
) -> None:
    page = device(base_url=real.url).new_page()
    start_quiz(page, "check-11")
    path = attempt_path(page)
    for position in range(1, page.locator("[data-step]").count() + 1):
        page.goto(f"{path}/questions/{position}")
        check(page, *in_turn(position))
    page.goto(f"{path}/review")
    page.wait_for_load_state()
    page.get_by_role("button", name="Hand in").click()
    expect(page).to_have_title(re.compile("Your result"))
    check(page)


def test_this_check_sees_what_is_wrong(page: Page) -> None:
    page.goto("/about")
    page.evaluate("() => document.querySelector('h1').replaceChildren(document.createElement('img'))")
    page.evaluate(AXE)
    assert [found for found in violations(page) if found.startswith("image-alt")]
    page.evaluate("() => { document.querySelector('h1').style.width = '2000px' }")
    assert wider_than_the_window(page)


SEEN = """() => {
  const it = document.activeElement;
  if (it === document.body) return "";
  const shown = [it, it.closest("label"), it.nextElementSibling].filter(Boolean).map((el) => getComputedStyle(el));
  const has = shown.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
  return has ? "seen" : it.outerHTML.slice(0, 120);
}"""


@pytest.mark.parametrize(
    "name", ["home", "lesson", "lesson_with_every_block", "question_empty", "question_of_order", "register", "device"]
)
def test_the_focus_can_be_seen(stage: Page, server: LiveServer, name: str) -> None:
    SCENES[name](stage, server)
    stage.wait_for_load_state()
    stage.evaluate("() => document.body.focus()")
    stops = []
    for _ in range(80):
        stage.keyboard.press("Tab")
        stops.append(stage.evaluate(SEEN))
        if not stops[-1]:
            break
    assert len(stops) > 5
    assert {stop for stop in stops if stop} == {"seen"}
