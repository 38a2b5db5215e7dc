"""Images that teachers bring in: what is kept of them, what is refused, and what the page says."""

from __future__ import annotations

import io
import re
import struct
import zlib
from typing import Any

import pytest
from PIL import Image as Pillow
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.library.models import Image
from tests.web.teach.writing import begin, save
from tests.web.visiting import JSON, Browser

ALT = "A gauge that points to four"


def drawn(form: str, *, size: tuple[int, int] = (30, 20), mode: str = "RGB", **options: Any) -> bytes:
    out = io.BytesIO()
    Pillow.new(mode, size, "teal" if mode != "P" else 3).save(out, form, **options)
    return out.getvalue()


def moving() -> bytes:
    """A GIF of two pictures, a red one and a blue one."""
    out = io.BytesIO()
    first, second = (Pillow.new("RGB", (8, 8), colour) for colour in ("red", "blue"))
    first.save(out, "GIF", save_all=True, append_images=[second], duration=50, loop=0)
    return out.getvalue()


def bomb(side: int) -> bytes:
    """A PNG of a few hundred bytes that says it is huge."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 200)) + chunk(b"IEND", b"")
    )


def send(browser: Browser, data: bytes, *, alt: str = ALT, name: str = "x.png", json: bool = True) -> Any:
    """Send the form with a file; the response."""
    form = {"csrf_token": browser.token(), "alt": alt, "file": (io.BytesIO(data), name)}
    headers = JSON if json else {}
    return browser.client.post("/teach/images", data=form, content_type="multipart/form-data", headers=headers)


def stored(session: Session) -> list[Image]:
    session.rollback()
    return list(session.scalars(select(Image)))


@pytest.mark.parametrize(("form", "suffix"), [("PNG", "png"), ("JPEG", "jpg"), ("WEBP", "webp"), ("GIF", "png")])
def test_an_image_is_kept_under_a_name_made_from_its_content(
    tess_at: Browser, session: Session, form: str, suffix: str
) -> None:
    reply = send(tess_at, drawn(form), name="whatever.exe")
    assert reply.status_code == 200
    kept = stored(session)[0]
    assert re.fullmatch(rf"[0-9a-f]{{16}}\.{suffix}", kept.name)
    assert reply.get_json()["markdown"] == f"![{ALT}]({kept.name})"
    assert (kept.width, kept.height, kept.by_name) == (30, 20, "Tess")
    with Pillow.open(io.BytesIO(kept.data)) as again:
        assert again.size == (30, 20)
    shown = tess_at.client.get(reply.get_json()["address"])
    assert shown.status_code == 200
    assert shown.mimetype == kept.media_type


def test_the_same_image_twice_is_kept_once(tess_at: Browser, session: Session) -> None:
    for _ in range(2):
        assert send(tess_at, drawn("PNG")).status_code == 200
    assert len(stored(session)) == 1


def test_of_a_moving_image_the_first_picture_stays(tess_at: Browser, session: Session) -> None:
    send(tess_at, moving(), name="x.gif")
    with Pillow.open(io.BytesIO(stored(session)[0].data)) as kept:
        assert (kept.format, getattr(kept, "n_frames", 1)) == ("PNG", 1)
        assert kept.convert("RGB").getpixel((4, 4)) == (255, 0, 0)


def test_nothing_of_the_file_is_kept_but_what_can_be_seen(tess_at: Browser, session: Session) -> None:
    exif = Pillow.Exif()
    exif[0x010E] = "taken at home"
    exif[0x0112] = 6  # held sideways
    send(tess_at, drawn("JPEG", exif=exif) + b"<script>alert(1)</script>")
    kept = stored(session)[0]
    assert b"taken at home" not in kept.data
    assert b"<script>" not in kept.data
    assert (kept.width, kept.height) == (20, 30)


def test_a_large_image_is_made_smaller_and_what_can_be_seen_through_stays_so(
    tess_at: Browser, session: Session
) -> None:
    send(tess_at, drawn("PNG", size=(4000, 1000), mode="RGBA"))
    kept = stored(session)[0]
    assert (kept.width, kept.height) == (1600, 400)
    with Pillow.open(io.BytesIO(kept.data)) as again:
        assert again.mode == "RGBA"


HOSTILE = {
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "html": b"<!doctype html><script>alert(1)</script>",
    "a page that begins as a GIF": b"GIF89a/*<script>alert(1)</script>*/",
    "cut off": drawn("PNG")[:60],
    "a bitmap": drawn("BMP"),
    "a TIFF that says it is a PNG": b"\x89PNG\r\n\x1a\n" + drawn("TIFF"),
    "a bomb": bomb(50_000),
    "a smaller bomb": bomb(8_000),
    "noise": bytes(range(256)) * 20,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_image_or_too_large_is_refused_at_its_field(tess_at: Browser, session: Session, name: str) -> None:
    reply = send(tess_at, HOSTILE[name])
    assert reply.status_code == 422
    assert reply.get_json()["where"] == "file"
    assert reply.get_json()["message"].endswith(".")
    assert stored(session) == []


def test_without_a_file_or_without_words_nothing_is_kept(tess_at: Browser, session: Session) -> None:
    assert send(tess_at, drawn("PNG"), alt="  ").get_json()["where"] == "alt"
    assert tess_at.send("/teach/images", {"alt": ALT}).get_json()["where"] == "file"
    assert stored(session) == []


def test_words_with_brackets_still_make_an_image(tess_at: Browser) -> None:
    reply = send(tess_at, drawn("PNG"), alt="The dial [left]\nof two")
    assert reply.get_json()["markdown"].startswith("![The dial (left) of two](")


def test_the_page_says_the_limits_and_gives_the_line_to_paste(tess_at: Browser) -> None:
    page = tess_at.open("/teach/images")
    assert "at most 10 MB" in page.words
    response = send(tess_at, drawn("PNG"), json=False)
    assert "Paste this line into the text" in response.text
    assert f'value="![{ALT}](' in response.text


def test_a_problem_stands_at_its_field_and_the_words_stay(tess_at: Browser) -> None:
    response = send(tess_at, HOSTILE["svg"], json=False)
    assert response.status_code == 422
    assert 'id="file-error"' in response.text
    assert f'value="{ALT}"' in response.text


def test_the_line_shows_the_image_in_a_question(tess_at: Browser) -> None:
    line = send(tess_at, drawn("PNG")).get_json()["markdown"]
    slug = begin(tess_at)
    fields = {
        "options__0__text": "One",
        "options__0__key": "yes",
        "options__1__text": "Two",
        "options__2__text": "Three",
    }
    save(tess_at, stem=f"What does this gauge show? {line}", **fields)
    page = tess_at.open(f"/teach/questions/{slug}")
    assert [it.attrs["alt"] for it in page.tree.all("img")] == [ALT]


def raw(token: str, data: bytes) -> bytes:
    """A form with a file, as a browser writes it down."""
    file = 'Content-Disposition: form-data; name="file"; filename="x.png"\r\nContent-Type: image/png'
    parts = [
        f'--edge\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'.encode(),
        f'--edge\r\nContent-Disposition: form-data; name="alt"\r\n\r\n{ALT}\r\n'.encode(),
        f"--edge\r\n{file}\r\n\r\n".encode() + data,
        b"\r\n--edge--\r\n",
    ]
    return b"".join(parts)


@pytest.mark.parametrize(("megabytes", "status"), [(10, 422), (11, 413)])
def test_a_file_larger_than_the_limit_is_refused(
    tess_at: Browser, session: Session, megabytes: int, status: int
) -> None:
    body = raw(tess_at.token(), b"\x89PNG\r\n\x1a\n" + bytes(megabytes * 1024 * 1024))
    sort = "multipart/form-data; boundary=edge"
    reply = tess_at.client.post("/teach/images", data=body, content_type=sort, headers=JSON)
    assert reply.status_code == status
    assert reply.get_json()["message"]
    assert stored(session) == []


def test_other_forms_keep_their_smaller_limit(tess_at: Browser) -> None:
    slug = begin(tess_at)
    assert tess_at.post(f"/teach/questions/{slug}/edit", {"f-stem": "x" * 300_000}).status_code == 413
