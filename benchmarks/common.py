"""What the benchmarks share: the machine in words, medians with their spread, servers on one core, results."""

from __future__ import annotations

import argparse
import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results"
BIN = Path(sys.executable).parent
WAIT_SECONDS = 30


def arguments(description: str | None, **defaults: int) -> argparse.ArgumentParser:
    """A parser with the options that every benchmark has, and a whole number for each of `defaults`."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--keep", action="store_true", help="write the result to a file that git keeps")
    for name, value in defaults.items():
        parser.add_argument(f"--{name}", type=int, default=value, help=f"(default: {value})")
    return parser


def machine() -> dict[str, Any]:
    """The machine in words that name no host: processor, cores, memory, system, and how busy it is."""
    return {
        "processor": _first_line("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "memory_gib": _memory_gib(),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "python": platform.python_version(),
        "load": [round(value, 2) for value in os.getloadavg()] if hasattr(os, "getloadavg") else None,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _first_line(file: str, name: str) -> str:
    try:
        lines = Path(file).read_text().splitlines()
    except OSError:
        return ""
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(name)), "")


def _memory_gib() -> float | None:
    found = _first_line("/proc/meminfo", "MemTotal")
    return round(int(found.split()[0]) / 2**20, 1) if found else None


def cores() -> tuple[set[int], set[int]]:
    """The core for servers, and those for everything else; empty sets where cores cannot be chosen."""
    if not hasattr(os, "sched_getaffinity"):
        return set(), set()
    mine = sorted(os.sched_getaffinity(0))
    return ({mine[0]}, set(mine[1:])) if len(mine) > 1 else (set(), set())


def pinned(wanted: set[int]) -> Callable[[], None] | None:
    """For Popen's preexec_fn: the child runs on these cores only."""
    return (lambda: os.sched_setaffinity(0, wanted)) if wanted else None


def middle(values: Sequence[float]) -> dict[str, Any]:
    """The median, the lowest and the highest, and every value, in the order measured."""
    return {
        "median": round(statistics.median(values), 3),
        "low": round(min(values), 3),
        "high": round(max(values), 3),
        "values": [round(value, 3) for value in values],
    }


def shown(found: Mapping[str, Any], unit: str = "", digits: int = 2) -> str:
    """A median with its spread, for people."""
    return f"{found['median']:.{digits}f}{unit} ({found['low']:.{digits}f}–{found['high']:.{digits}f})"


def percentile(values: Sequence[float], part: float) -> float:
    """The value that `part` (0..1) of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def free_port() -> int:
    """A port of this computer that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def clean_environment(**extra: str) -> dict[str, str]:
    """The environment without any setting of Offramp's, and with `extra`."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("OFFRAMP_") and k != "DATABASE_URL"}
    return kept | extra


def answers(port: int, path: str = "/") -> bool:
    """Whether a server gives a 200 on `path` of this computer."""
    request = f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n".encode()
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
            line.sendall(request)
            return line.recv(64).startswith((b"HTTP/1.0 200", b"HTTP/1.1 200"))
    except OSError:
        return False


@contextmanager
def server(
    command: Sequence[str], port: int, environment: Mapping[str, str], *, path: str = "/"
) -> Iterator[tuple[subprocess.Popen[bytes], float]]:
    """A server on its core: the process, and the seconds from its start to its first 200.

    It is stopped at the end.
    """
    began = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, preexec_fn=pinned(cores()[0]), cwd=HERE
    )
    try:
        while not answers(port, path):
            if process.poll() is not None or time.perf_counter() - began > WAIT_SECONDS:
                raise SystemExit(f"{command[0]} did not start.")
            time.sleep(0.005)
        yield process, time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(timeout=WAIT_SECONDS)


def memory_mib(pid: int) -> float | None:
    """The proportional set size of a process and its children; None where the system does not tell."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return None
    own = next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024
    return own + sum(memory_mib(child) or 0 for child in _children(pid))


def computed_seconds(pid: int) -> float | None:
    """The seconds that a process and its children have computed; None where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return None
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(computed_seconds(child) or 0 for child in _children(pid))


def _children(pid: int) -> list[int]:
    try:
        # A child belongs to the thread that started it.
        lists = [task / "children" for task in Path(f"/proc/{pid}/task").iterdir()]
        return [int(child) for one in lists for child in one.read_text().split()]
    except OSError:
        return []


def write(name: str, result: Mapping[str, Any], *, keep: bool) -> None:
    """Write a result as JSON: to results/, which git ignores, or with `keep` to results/kept/."""
    folder = RESULTS / "kept" if keep else RESULTS
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.json"
    file.write_text(json.dumps({"machine": machine(), **result}, indent=1) + "\n")
    print(f"Written to {file.relative_to(HERE.parent)}")
