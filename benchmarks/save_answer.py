"""How fast is an answer saved? Offramp against a bare Flask + Flask-SQLAlchemy program on the same journey.

Both run under waitress with the same threads, pragmas and password hash on one core; the learners run on
another. Rounds are taken in turns, on SQLite (synchronous=FULL) and on PostgreSQL (on the servers' core too).

    python benchmarks/save_answer.py [--rounds 3] [--seconds 10] [--users 16] [--keep]
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from anatomy import anatomy
from common import (
    BIN,
    HERE,
    arguments,
    cores,
    free_port,
    machine,
    memory_mib,
    middle,
    pinned,
    server,
    shown,
    write,
)
from stores import QUIZ, Store, bare_store, offramp_store, postgresql, prepare_course, sqlite

THREADS = 8
NAMES_EACH = 20
FIGURES = (
    "saves_per_second",
    "p50_ms",
    "p99_ms",
    "slowest_ms",
    "requests_per_journey",
    "generator_busy",
    "memory_mib",
)


def offramp_command(port: int, store: Store) -> list[str]:
    """Offramp as everybody starts it."""
    return [str(BIN / "offramp"), "serve", "--port", str(port), "--threads", str(THREADS)]


def bare_command(port: int, store: Store) -> list[str]:
    """The bare program under waitress."""
    return [sys.executable, str(HERE / "bare.py"), str(port), store.address, "--threads", str(THREADS)]


def loaded(command: Sequence[str], port: int, store: Store, options: Any) -> dict[str, Any]:
    """One round: start the server, let the learners loose, and give what they saw and the server's memory."""
    with server(command, port, store.environment) as (process, _):
        load = [sys.executable, str(HERE / "load.py"), str(port), QUIZ, "--users", str(options.users)]
        load += ["--seconds", str(options.seconds), "--names", str(NAMES_EACH)]
        load += getattr(options, "more", [])
        memory: list[float] = []
        over = threading.Event()
        watch = threading.Thread(target=_watch, args=(process.pid, memory, over))
        watch.start()
        try:
            done = subprocess.run(
                load, capture_output=True, check=True, preexec_fn=pinned(cores()[1]), text=True
            )
        finally:
            over.set()
            watch.join()
    found: dict[str, Any] = json.loads(done.stdout)
    return found | {"memory_mib": max(memory, default=None)}


def _watch(pid: int, memory: list[float], over: threading.Event) -> None:
    while not over.wait(2):
        found = memory_mib(pid)
        if found:
            memory.append(found)


def measure(make: Callable[[], Any], course: Path, options: Any) -> dict[str, Any]:
    """All rounds on one kind of database, Offramp and the bare program in turns."""
    learners = options.users * NAMES_EACH
    rounds: dict[str, list[dict[str, Any]]] = {"offramp": [], "bare": []}
    size = None
    for turn in range(options.rounds):
        for name in ("offramp", "bare") if turn % 2 == 0 else ("bare", "offramp"):
            is_ours = name == "offramp"
            store = offramp_store(make, course, learners) if is_ours else bare_store(make, learners)
            port = free_port()
            command = (offramp_command if is_ours else bare_command)(port, store)
            found = loaded(command, port, store, options)
            rounds[name].append(found | {"load": machine()["load"]})
            print(
                f"  {name:8} {found['saves_per_second']:6.1f} a second, p50 {found['p50_ms']:.0f} ms,"
                f" p99 {found['p99_ms']:.0f} ms {found['errors'] or ''}",
                flush=True,
            )
            if is_ours:
                size = store.bytes_of("answer") or size
    return summary(rounds, size)


def summary(rounds: dict[str, list[dict[str, Any]]], size: tuple[int, int] | None) -> dict[str, Any]:
    """Medians of the rounds, ratios round by round, and the bytes of an answer."""
    figures = {
        name: {key: middle([one[key] for one in found]) for key in FIGURES if found[0][key] is not None}
        for name, found in rounds.items()
    }
    pairs = list(zip(rounds["offramp"], rounds["bare"], strict=True))
    return {
        **figures,
        "ratio": middle([ours["saves_per_second"] / theirs["saves_per_second"] for ours, theirs in pairs]),
        "tail": middle([one["p99_ms"] / one["p50_ms"] for one in rounds["offramp"]]),
        "bytes_per_answer": round(size[1] / size[0]) if size and size[0] else None,
        "errors": [one["errors"] for one in rounds["offramp"] if one["errors"]],
        "bare_errors": [one["errors"] for one in rounds["bare"] if one["errors"]],
        "loads": [one["load"] for found in rounds.values() for one in found],
    }


def tell(name: str, found: dict[str, Any]) -> None:
    """The figures of one kind of database, for people."""
    ours, theirs = found["offramp"], found["bare"]
    print(f"{name}: median of the rounds (lowest–highest)")
    print(
        f"  saved answers a second   {shown(ours['saves_per_second'], digits=1)}, bare {shown(theirs['saves_per_second'], digits=1)}"
    )
    print(f"  ratio                    {shown(found['ratio'])}   target 0.6 or more")
    print(f"  save p50 / p99, ms       {shown(ours['p50_ms'], digits=0)} / {shown(ours['p99_ms'], digits=0)}")
    print(f"  p99 / p50                {shown(found['tail'], digits=1)}   target 5 or less")
    if "memory_mib" in ours:
        print(
            f"  memory under load, MiB   {shown(ours['memory_mib'], digits=0)}, bare {shown(theirs['memory_mib'], digits=0)}   target 110 or less"
        )
    print(f"  bytes of an answer       {found['bytes_per_answer']}   target 600 or less")
    print(f"  errors                   {found['errors'] or 'none'}")


def main() -> None:
    """Measure both kinds of database."""
    parser = arguments(__doc__, rounds=3, seconds=10, users=16)
    parser.add_argument("--only", choices=("sqlite", "postgresql"), help="one kind of database")
    options = parser.parse_args()
    result: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="offramp-course-") as folder:
        course = prepare_course(Path(folder))
        for name, kind in (("sqlite", sqlite), ("postgresql", postgresql)):
            if options.only in (None, name):
                print(
                    f"{name}: {options.rounds} rounds of {options.seconds} s, {options.users} learners",
                    flush=True,
                )
                with kind() as make:
                    result[name] = measure(make, course, options)
        with sqlite() as make:
            result["anatomy"] = anatomy(offramp_store(make, course, 1))
    for name in ("sqlite", "postgresql"):
        if name in result:
            tell(name, result[name])
    for name, value in result["anatomy"].items():
        print(f"  {name:40} {value}")
    write("save_answer", result, keep=options.keep)


if __name__ == "__main__":
    main()
