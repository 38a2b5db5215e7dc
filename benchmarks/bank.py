"""How fast is the bank with 5,000 questions? A page of it against the same page with 500, in turns, in one run.

Both banks hold questions written in the browser, half of them published, beside a small course; also measured: a
search, a filter, the first page after a change, and what is done to 500 questions at once. Pages are measured in
computing time, in which other work on the machine does not count; changes in seconds as they pass.

    python benchmarks/bank.py [--rounds 30] [--keep]
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from common import HERE, arguments, cores, middle, shown, write

ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

from app.accounts.permissions import Role  # noqa: E402  the path is set above
from app.accounts.service import make_link  # noqa: E402
from app.authoring.models import OwnQuestion  # noqa: E402
from app.authoring.service import Author  # noqa: E402
from app.authoring.service.batches import undo_batch  # noqa: E402
from app.authoring.service.changing import Change, change_many  # noqa: E402
from app.authoring.service.publishing import question_of  # noqa: E402
from app.authoring.service.writing import dumped, next_edit, touch_shelf  # noqa: E402
from app.boot import library  # noqa: E402
from app.clock import utc_now  # noqa: E402
from app.config import read_settings  # noqa: E402
from app.db import db, transaction  # noqa: E402
from app.library.service import keep_version  # noqa: E402
from app.web.factory import create_app  # noqa: E402
from tests.factories import make_user  # noqa: E402

WORDS = [word for word in (ROOT / "docs/learners.md").read_text(encoding="utf-8").casefold().split() if word.isalpha()]
WORDS += ["ferry", "cost"]
PAGES = {
    "page": "/teach/questions",
    "last page": "/teach/questions?page=9999",
    "search": "/teach/questions?q=ferry+cost",
    "filter": "/teach/questions?kind=single_choice&status=draft",
    "by asked": "/teach/questions?sort=-asked",
}


class Bank:
    """A program with so many questions written in the browser, and a teacher signed in at a browser."""

    def __init__(self, folder: Path, many: int) -> None:
        """Make all of it."""
        os.environ |= {"OFFRAMP_DATA": str(folder), "OFFRAMP_COURSE": str(ROOT / "tests/data/course")}
        self.app: Flask = create_app(settings=read_settings())
        self.slugs: list[str] = []
        self.seconds: dict[str, float] = {}
        with self.app.app_context():
            with transaction() as session:
                teacher = make_user(session, f"Tess{many}", role=Role.TEACHER)
                self.author, link = Author.of(teacher), make_link(session, teacher, now=utc_now())
            self._write(many)
        self.browser: FlaskClient = self.app.test_client()
        self.browser.post(f"/sign-in/link/{link}", data={"csrf_token": self._token()})

    def _token(self) -> str:
        return str(self.browser.get("/form-token").get_json()["token"])

    def _write(self, many: int) -> None:
        now = utc_now()
        with transaction() as session:
            owns = [_own(number, self.author, now) for number in range(many)]
            session.add_all(owns)
            for own in owns[::2]:
                own.version_id = keep_version(session, question_of(own, revision=1), now=now).id
                own.status, own.revision, own.is_served = "published", 1, True
            session.flush()
            session.add_all(next_edit(own, self.author, "created", now=now) for own in owns)
            touch_shelf(session)
            self.slugs = [own.slug for own in owns]

    def seconds_of(self, path: str) -> float:
        """Seconds that a page took to compute: other work on the machine does not count."""
        began = time.thread_time()
        response = self.browser.get(path)
        taken = time.thread_time() - began
        if response.status_code != 200 or b"bank-table" not in response.data:
            raise SystemExit(f"{path}: {response.status_code}")
        return taken

    def timed_change(self, change: Change) -> tuple[float, float]:
        """Seconds of a change to 500 questions, and of its undo."""
        with self.app.app_context():
            library()
            began = time.perf_counter()
            with transaction() as session:
                batch, _ = change_many(session, self.slugs[:500], change, self.author, library(), now=utc_now())
                batch_id = batch.id
            between = time.perf_counter()
            with transaction() as session:
                undo_batch(session, batch_id, self.author, asked=(), now=utc_now())
            db.session.remove()
        return between - began, time.perf_counter() - between


def _own(number: int, author: Author, now: datetime) -> OwnQuestion:
    """A question of ordinary length, other words in each."""
    chance = random.Random(number)

    def say(many: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(many))

    content = {
        "kind": "single_choice",
        "use": "practice",
        "objective": "sig.cost",
        "level": "apply",
        "tags": [chance.choice(WORDS)],
        "category": f"Unit {number % 20}",
        "stem": f"{say(18)} {number}?",
        "explanation": say(25),
        "options": [{"id": f"o{at}", "text": say(6), "key": at == 0, "feedback": say(8)} for at in range(4)],
    }
    return OwnQuestion(
        slug=f"own-{number}",
        owner_id=author.id,
        owner_name=author.name,
        status="draft",
        kind="single_choice",
        lesson="01-a-costly-word",
        content=dumped(content),
        edit_number=0,
        revision=0,
        is_served=False,
        findings=0,
        created_at=now,
        changed_at=now,
    )


@contextmanager
def _bank(many: int) -> Iterator[Bank]:
    with tempfile.TemporaryDirectory(prefix="offramp-bank-") as folder:
        began = time.perf_counter()
        bank = Bank(Path(folder), many)
        print(f"{many} questions are there after {time.perf_counter() - began:.1f} s")
        yield bank


def in_turns(rounds: int, small: Callable[[], float], large: Callable[[], float]) -> dict[str, Any]:
    """Both once a round, the first of which does not count; milliseconds, and the ratio of the medians."""
    pairs = [(small() * 1000, large() * 1000) for _ in range(rounds + 1)][1:]
    few, many = middle([pair[0] for pair in pairs]), middle([pair[1] for pair in pairs])
    return {"500": few, "5000": many, "ratio": round(many["median"] / few["median"], 2)}


def main() -> None:
    """Measure all and print each beside its target."""
    options = arguments(__doc__, rounds=30).parse_args()
    if cores()[0]:
        os.sched_setaffinity(0, cores()[0])
    result: dict[str, Any] = {"rounds": options.rounds, "ms": {}}
    with _bank(500) as small, _bank(5000) as large:
        result["first page after the start"] = [round(it.seconds_of(PAGES["page"]), 3) for it in (small, large)]
        for name, path in PAGES.items():
            found = in_turns(options.rounds, lambda: small.seconds_of(path), lambda: large.seconds_of(path))  # noqa: B023
            result["ms"][name] = found
            print(f"{name}: {shown(found['500'], ' ms', 1)} at 500, {shown(found['5000'], ' ms', 1)} at 5,000,")
            print(f"  {found['ratio']:.2f} times{'; target 1.5 or less' if name == 'page' else ''}")
        for change in (Change("tag", tag="measured"), Change("move", level="remember"), Change("retire")):
            done, undone = large.timed_change(change)
            after = large.seconds_of(PAGES["page"])
            result[change.what] = {"seconds": round(done, 2), "undone": round(undone, 2), "page_after": round(after, 3)}
            print(f"{change.what} 500 of 5,000: {done:.2f} s, undone in {undone:.2f} s; target 5 s or less")
            print(f"  the next page of the bank: {after * 1000:.0f} ms")
    write("bank", result, keep=options.keep)


if __name__ == "__main__":
    main()
