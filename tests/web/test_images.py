"""Images that questions show: their addresses, their size, and the files behind them."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image as Picture
from sqlalchemy.orm import Session

from app.config import Settings
from app.db import db, transaction
from app.library.models import Image
from app.library.queries import image_size
from app.markdown import IMAGE_NAME
from app.web.shell import inline, marked
from tests.factories import NOON
from tests.support.course import copy_course
from tests.web.visiting import Browser


def drawn(kind: str = "PNG", size: tuple[int, int] = (640, 20)) -> bytes:
    """The bytes of an image."""
    file = io.BytesIO()
    Picture.new("RGB", size).save(file, kind)
    return file.getvalue()


@pytest.fixture
def app_with_images(make_app: Callable[..., Flask], empty_settings: Settings, tmp_path: Path) -> Flask:
    """The small course with two images, of which its first question shows one, and a third one that was stored."""
    folder = copy_course(tmp_path)
    images = folder / "questions" / "images"
    images.mkdir()
    (images / "ladder.png").write_bytes(drawn())
    (images / "photo.jpg").write_bytes(drawn("JPEG"))
    (images / "broken.png").write_bytes(b"not an image")
    (folder / "questions" / "secret.txt").write_text("secret")
    bank = folder / "questions" / "01-a-costly-word.yaml"
    text = bank.read_text(encoding="utf-8").replace("stem: ", 'stem: "![A ladder](ladder.png) Which?" #', 1)
    bank.write_text(text, encoding="utf-8")
    app = make_app(replace(empty_settings, course=(folder,)))
    with app.app_context(), transaction() as session:
        stored = Image(name="abc.webp", media_type="image/webp", width=30, height=10, data=drawn("WEBP"))
        stored.by_name, stored.at = "Kim", NOON
        session.add(stored)
    return app


def test_images_are_given_out_by_name_and_nothing_else_is(app_with_images: Flask) -> None:
    client = Browser(app_with_images).client
    for name, media_type in (("ladder.png", "png"), ("photo.jpg", "jpeg"), ("abc.webp", "webp")):
        response = client.get(f"/images/{name}")
        assert (response.status_code, response.mimetype) == (200, f"image/{media_type}")
        assert "max-age=31536000" in response.headers["Cache-Control"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    for name in ("nothing.png", "broken.png", "LADDER.PNG", "..%2Fsecret.txt", "../secret.txt", "%00.png"):
        assert client.get(f"/images/{name}").status_code == 404, name


def test_an_image_in_a_text_has_its_address_its_words_and_its_size(app_with_images: Flask) -> None:
    with app_with_images.test_request_context("/", base_url="http://x/school/"):
        html = inline("![A ladder](ladder.png) and ![Stored](abc.webp) and ![Gone](gone.png)")
    ladder, stored, gone = html.split(" and ")
    assert 'src="/school/images/ladder.png?v=' in ladder
    assert 'alt="A ladder"' in ladder
    assert 'width="640" height="20"' in ladder
    assert 'src="/school/images/abc.webp" width="30" height="10"' in stored
    assert 'src="/school/images/gone.png" alt="Gone" loading="lazy"' in gone


def test_marking_words_leaves_the_words_of_an_image_alone(app_with_images: Flask) -> None:
    with app_with_images.test_request_context("/"):
        html = marked("The ladder ![ladder](ladder.png)", ("ladder",))
    assert html.count("<mark>ladder</mark>") == 1
    assert 'alt="ladder"' in html


def test_only_what_is_stored_has_a_size(session: Session) -> None:
    assert image_size(session, "nothing.png") is None
    assert db.session.get(Image, "nothing.png") is None


@pytest.mark.parametrize("name", ["a.png", "A-1_b.webp", "x" * 80 + ".jpg"])
def test_a_plain_file_name_is_one(name: str) -> None:
    assert IMAGE_NAME.fullmatch(name)


@pytest.mark.parametrize("name", ["../a.png", "a.svg", ".png", "a.png.exe", "a b.png", "é.png", "x" * 81 + ".jpg"])
def test_what_is_no_plain_file_name_is_none(name: str) -> None:
    assert not IMAGE_NAME.fullmatch(name)
