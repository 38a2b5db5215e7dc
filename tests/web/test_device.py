"""The look of this device: theme and number keys, in a cookie of the device."""

from __future__ import annotations

from app.accounts.models import User
from tests.web.visiting import Browser


def test_a_new_device_follows_the_system(browser: Browser) -> None:
    page = browser.open("/device")
    assert "data-theme" not in page.tree.one("html").attrs
    assert page.tree.one("input", checked="*", type="radio").attrs["value"] == "system"


def test_a_chosen_theme_is_kept_and_shown_on_every_page(browser: Browser) -> None:
    browser.open("/device")
    page = browser.press("Save", theme="dark")
    assert "Saved for this device." in page.words
    assert page.path == "/device?saved=1"
    assert browser.open("/").tree.one("html").attrs["data-theme"] == "dark"
    assert browser.open("/").tree.one("meta", name="color-scheme").attrs["content"] == "dark"


def test_number_keys_can_be_switched_off(browser: Browser) -> None:
    attempt = browser.start()
    where = f"/attempts/{attempt}/questions/1"
    assert browser.open(where).tree.one("form", data_answer="*").attrs["data-keys"] == "on"
    browser.open("/device")
    browser.press("Save", keys=[])
    assert browser.open(where).tree.one("form", data_answer="*").attrs["data-keys"] == "off"


def test_a_theme_that_does_not_exist_changes_nothing(browser: Browser) -> None:
    response = browser.post("/device", {"theme": "</html>"})
    assert response.status_code in {200, 422}
    assert "Set-Cookie" not in response.headers or "offramp_look" not in response.headers["Set-Cookie"]


def test_a_cookie_that_makes_no_sense_is_the_default(browser: Browser) -> None:
    browser.client.set_cookie("offramp_look", "<b>-what")
    assert "data-theme" not in browser.open("/").tree.one("html").attrs


def test_the_look_stays_when_the_person_signs_out(browser: Browser, lee: User) -> None:
    browser.sign_in("Lee").open("/device")
    browser.press("Save", theme="light")
    browser.press("Sign out")
    assert browser.open("/").tree.one("html").attrs["data-theme"] == "light"


def test_choosing_a_look_makes_no_guest(browser: Browser) -> None:
    browser.open("/device")
    page = browser.press("Save", theme="dark")
    assert not page.tree.all("aside", class_="guest-strip")
