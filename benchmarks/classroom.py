"""Does it stand a school? 200 learners open the same quiz within ten seconds, then answer for two minutes.

The server has one core and the learners another. Each thinks for some eight seconds before an answer.

    python benchmarks/classroom.py [--users 200] [--seconds 120] [--think 8] [--threads 8] [--keep]
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from common import arguments, free_port, write
from save_answer import NAMES_EACH, loaded, offramp_command
from stores import offramp_store, postgresql, prepare_course, sqlite

ARRIVE_SECONDS = 10


def main() -> None:
    """Once on SQLite, once on PostgreSQL."""
    options = arguments(__doc__, users=200, seconds=120, think=8, threads=8).parse_args()
    load = ["--users", str(options.users), "--seconds", str(options.seconds), "--think", str(options.think)]
    load += ["--spread", str(ARRIVE_SECONDS), "--warm", "0"]
    result = {}
    with tempfile.TemporaryDirectory(prefix="offramp-course-") as folder:
        course = prepare_course(Path(folder))
        for name, kind in (("sqlite", sqlite), ("postgresql", postgresql)):
            with kind() as make:
                store = offramp_store(make, course, options.users * NAMES_EACH)
                port = free_port()
                found = loaded(offramp_command(port, store, options.threads), port, store, load)
            result[name] = found
            print(
                f"{name}: {options.users} learners saved {found['saves']} answers; p50 {found['p50_ms']:.0f} ms,"
                f" p99 {found['p99_ms']:.0f} ms (target 500 or less), slowest {found['slowest_ms']:.0f} ms;"
                f" errors: {found['errors'] or 'none'}; {found['memory_mib'] or 0:.0f} MiB",
                flush=True,
            )
    write("classroom", result, keep=options.keep)


if __name__ == "__main__":
    main()
