"""How long does an import take? Read, planned, stored and planned again: 500 questions and 5,000, in computing time.

    python benchmarks/import.py

A Moodle XML file of multiple choices with feedback, on SQLite in a temporary folder. Seconds of computing time on one
core, so that other work on the machine does not count.
"""

from __future__ import annotations

import secrets
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.authoring.incoming import plan
from app.authoring.queries.arriving import here_for
from app.authoring.service import Author
from app.authoring.service.importing import Target, import_planned
from app.boot import bare_app, library, open_course
from app.clock import utc_now
from app.config import Settings
from app.db import db, transaction
from app.formats import FORMATS
from app.formats.base import Limits

SIZES = (500, 5000)
FORMAT = FORMATS["moodle_xml"]


def file_of(count: int) -> bytes:
    """A Moodle XML file with so many questions."""
    wrong = "".join(
        f'<answer fraction="0" format="html"><text><![CDATA[<p>The answer numbered {{n}} of {word}</p>]]></text>'
        f"<feedback><text>No, {word} came later, in part {{n}}.</text></feedback></answer>"
        for word in ("spring", "summer", "autumn")
    )
    one = (
        '<question type="multichoice"><name><text>Q{n}</text></name><questiontext format="html"><text><![CDATA[<p>Which'
        " season does part <em>{n}</em> of the report on signals name first?</p>]]></text></questiontext>"
        "<single>true</single><shuffleanswers>true</shuffleanswers>"
        '<answer fraction="100"><text>Winter, as part {n} says</text></answer>' + wrong + "</question>"
    )
    return f"<quiz>{''.join(one.format(n=n) for n in range(count))}</quiz>".encode()


def timed(words: str, count: int, step: Callable[[], Any]) -> Any:
    """Do a step, and print what it took."""
    begun = time.process_time()
    found = step()
    print(f"{count:6,} questions  {words:12} {time.process_time() - begun:7.2f} s")
    return found


def measure(count: int) -> None:
    """One file, from its bytes to its second import."""
    data, author = file_of(count), Author(None, "Bench")
    found = timed("read", count, lambda: FORMAT.read(data, limits=Limits()))

    def planned() -> Any:
        here = here_for(db.session(), library(), found.entries, author_id=None, format_name=FORMAT.name)
        return plan(found.entries, here, format=FORMAT, new_slug=lambda words: f"own-{secrets.token_hex(8)}")

    first = timed("plan", count, planned)

    def store() -> None:
        with transaction() as session:
            target = Target(publish=True)
            import_planned(session, author, first, target, file_name="b.xml", format_name=FORMAT.name, now=utc_now())

    timed("store", count, store)
    again = timed("plan again", count, planned)
    assert {one.action for one in again} == {"same"}


def main() -> None:
    """Each size on a database of its own."""
    for count in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            course = Path(__file__).resolve().parents[1] / "tests" / "data" / "course"
            app = bare_app(Settings(data=Path(folder), course=(course,)))
            open_course(app)
            with app.app_context():
                measure(count)
                db.session.remove()
                db.engine.dispose()


if __name__ == "__main__":
    main()
