"""How fast is an answer saved? Offramp against a bare Flask + Flask-SQLAlchemy program on the same journey.

Both run under waitress with the same threads, pragmas and password hash on one core; the learners run on
another. Rounds are taken in turns, on SQLite (synchronous=FULL) and on PostgreSQL (on the servers' core too).

    python benchmarks/save_answer.py [--rounds 3] [--seconds 10] [--users 16] [--threads 8] [--keep]
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
    computed_seconds,
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
from sizes import answer_bytes
from stores import QUIZ, Store, bare_store, offramp_store, postgresql, prepare_course, sqlite

NAMES_EACH = 20
FIGURES = (
    "saves_per_second",
    "p50_ms",
    "p99_ms",
    "slowest_ms",
    "computed_ms_per_answer",
    "requests_per_journey",
    "generator_busy",
    "memory_mib",
)


def offramp_command(port: int, store: Store, threads: int) -> list[str]:
    """Offramp as everybody starts it."""
    return [str(BIN / "offramp"), "serve", "--port", str(port), "--threads", str(threads)]


def bare_command(port: int, store: Store, threads: int) -> list[str]:
    """The bare program under waitress."""
    return [sys.executable, str(HERE / "bare.py"), str(port), store.address, "--threads", str(threads)]


def loaded(command: Sequence[str], port: int, store: Store, load: Sequence[str]) -> dict[str, Any]:
    """One round: start the server, let the learners loose; what they saw, and what the server used."""
    learners = [sys.executable, str(HERE / "load.py"), str(port), QUIZ, "--names", str(NAMES_EACH), *load]
    with server(command, port, store.environment) as (process, _):
        before = computed_seconds(process.pid)
        memory: list[float] = []
        over = threading.Event()
        watch = threading.Thread(target=_watch, args=(process.pid, memory, over))
        watch.start()
        try:
            done = subprocess.run(learners, capture_output=True, check=True, preexec_fn=pinned(cores()[1]), text=True)
        finally:
            over.set()
            watch.join()
        after = computed_seconds(process.pid)
    found: dict[str, Any] = json.loads(done.stdout)
    found["memory_mib"] = max(memory, default=None)
    if before is not None and after is not None and found["all_saves"]:
        found["computed_ms_per_answer"] = (after - before) * 1000 / found["all_saves"]
    return found | {"load": machine()["load"]}


def _watch(pid: int, memory: list[float], over: threading.Event) -> None:
    while not over.wait(2):
        found = memory_mib(pid)
        if found:
            memory.append(found)


def measure(make: Callable[[], Any], course: Path, options: Any) -> dict[str, Any]:
    """All rounds on one kind of database, Offramp and the bare program in turns."""
    learners = options.users * NAMES_EACH
    load = ["--users", str(options.users), "--seconds", str(options.seconds)]
    rounds: dict[str, list[dict[str, Any]]] = {"offramp": [], "bare": []}
    for turn in range(options.rounds):
        for name in ("offramp", "bare") if turn % 2 == 0 else ("bare", "offramp"):
            ours = name == "offramp"
            store = offramp_store(make, course, learners) if ours else bare_store(make, learners)
            port = free_port()
            command = (offramp_command if ours else bare_command)(port, store, options.threads)
            found = loaded(command, port, store, load)
            rounds[name].append(found)
            print(f"  {name:8} {told(found)}", flush=True)
    return summary(rounds) | {"bytes_per_answer": answer_bytes(make, course)}


def told(found: dict[str, Any]) -> str:
    """One round in a line."""
    computed = found.get("computed_ms_per_answer", 0)
    return (
        f"{found['saves_per_second']:6.1f} a second, p50 {found['p50_ms']:.0f} ms,"
        f" p99 {found['p99_ms']:.0f} ms, {computed:.1f} ms computed for an answer {found['errors'] or ''}"
    )


def summary(rounds: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """Medians of the rounds, and the ratios round by round."""
    figures = {
        name: {key: middle([one[key] for one in found]) for key in FIGURES if found[0].get(key) is not None}
        for name, found in rounds.items()
    }
    pairs = list(zip(rounds["offramp"], rounds["bare"], strict=True))
    return {
        **figures,
        "ratio": middle([ours["saves_per_second"] / theirs["saves_per_second"] for ours, theirs in pairs]),
        "tail": middle([one["p99_ms"] / one["p50_ms"] for one in rounds["offramp"]]),
        "errors": [one["errors"] for one in rounds["offramp"] if one["errors"]],
        "bare_errors": [one["errors"] for one in rounds["bare"] if one["errors"]],
        "loads": [one["load"] for found in rounds.values() for one in found],
    }


def tell(name: str, found: dict[str, Any]) -> None:
    """The figures of one kind of database, for people."""
    print(f"{name}: median of the rounds (lowest–highest)")
    rows = [
        ("saved answers a second", "saves_per_second", 1, ""),
        ("save p50, ms", "p50_ms", 0, ""),
        ("save p99, ms", "p99_ms", 0, ""),
        ("computed for an answer, ms", "computed_ms_per_answer", 1, ""),
        ("requests a journey", "requests_per_journey", 1, ""),
        ("memory under load, MiB", "memory_mib", 0, "   target 110 or less"),
    ]
    for label, key, digits, target in rows:
        if key in found["offramp"]:
            ours, theirs = (shown(found[who][key], digits=digits) for who in ("offramp", "bare"))
            print(f"  {label:28} {ours:22} bare {theirs:22}{target}")
    print(f"  {'ratio':28} {shown(found['ratio'])}   target 0.6 or more")
    print(f"  {'p99 / p50':28} {shown(found['tail'], digits=1)}   target 5 or less")
    print(f"  {'bytes of an answer':28} {found['bytes_per_answer']}   target 600 or less")
    print(f"  {'errors':28} {found['errors'] or 'none'}")


def main() -> None:
    """Measure both kinds of database."""
    parser = arguments(__doc__, rounds=3, seconds=10, users=16, threads=8)
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
    print("one journey:")
    for label, value in result["anatomy"].items():
        print(f"  {label:36} {value}")
    write("save_answer", result, keep=options.keep)


if __name__ == "__main__":
    main()
