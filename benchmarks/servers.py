"""Which server program? Offramp under each, on SQLite (synchronous=FULL), on the journey of save_answer.py.

waitress comes with Offramp. The others are measured when they can be imported; to have them without installing
them: pip install --target FOLDER granian gunicorn, then PYTHONPATH=FOLDER.

    python benchmarks/servers.py [--rounds 3] [--seconds 10] [--users 16] [--keep]
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from common import BIN, HERE, arguments, free_port, middle, shown, write
from save_answer import NAMES_EACH, loaded, told
from stores import offramp_store, prepare_course, sqlite

UNTUNED = "waitress, untuned"


def commands(port: int) -> dict[str, Sequence[str]]:
    """Name → how it is started: one process, and threads as given."""
    python = [sys.executable, "-m"]
    target = "serve_app:app"
    found: dict[str, Sequence[str]] = {
        f"waitress, {threads} threads": [
            str(BIN / "offramp"),
            "serve",
            "--port",
            str(port),
            "--threads",
            str(threads),
        ]
        for threads in (4, 8)
    }
    # With the interpreter as it comes, to see what setting it up is worth.
    listen = ["--listen", f"127.0.0.1:{port}", "--threads", "8"]
    found[UNTUNED] = [*python, "waitress", *listen, target]
    for threads in (4, 8):
        if importlib.util.find_spec("granian"):
            options = ["--interface", "wsgi", "--port", str(port), "--no-log", "--log-level", "error"]
            threaded = ["--workers", "1", "--blocking-threads", str(threads)]
            found[f"granian, {threads} threads"] = [*python, "granian", *options, *threaded, target]
        if importlib.util.find_spec("gunicorn"):
            options = ["--worker-class", "gthread", "--workers", "1", "--bind", f"127.0.0.1:{port}"]
            quiet = ["--log-level", "error", "--threads", str(threads)]
            found[f"gunicorn, {threads} threads"] = [*python, "gunicorn", *options, *quiet, target]
    return found


def main() -> None:
    """Measure all that are there, in turns."""
    options = arguments(__doc__, rounds=3, seconds=10, users=16).parse_args()
    load = ["--users", str(options.users), "--seconds", str(options.seconds)]
    rounds: dict[str, list[dict[str, Any]]] = {}
    with tempfile.TemporaryDirectory(prefix="offramp-course-") as folder, sqlite() as make:
        course = prepare_course(Path(folder))
        for _ in range(options.rounds):
            for name in commands(0):
                store = offramp_store(make, course, options.users * NAMES_EACH)
                port = free_port()
                if name == UNTUNED:
                    store.environment = {**store.environment, "UNTUNED": "yes"}
                found = loaded(commands(port)[name], port, store, load)
                rounds.setdefault(name, []).append(found)
                print(f"  {name:20} {told(found)}", flush=True)
    result = {
        name: {
            key: middle([one[key] for one in found])
            for key in ("saves_per_second", "p50_ms", "p99_ms", "computed_ms_per_answer", "memory_mib")
            if found[0].get(key) is not None
        }
        for name, found in rounds.items()
    }
    print(f"{'':20} {'a second':20} {'p99, ms':20} {'computed, ms':20} memory, MiB")
    for name, figures in result.items():
        cells = [
            shown(figures[key], digits=1) if key in figures else "–"
            for key in ("saves_per_second", "p99_ms", "computed_ms_per_answer", "memory_mib")
        ]
        print(f"{name:20} " + " ".join(f"{cell:20}" for cell in cells))
    write("servers", {"rounds": options.rounds, "servers": result}, keep=options.keep)


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    main()
