"""How long until it is there? The first page, the manual, the first question in the terminal, the disk.

Each is measured beside something that everybody knows: the bare Flask + Flask-SQLAlchemy program, an empty
interpreter, the import of flask_sqlalchemy. In turns, on one core, on data that exists.

    python benchmarks/start.py [--rounds 9] [--skip-size] [--keep]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from common import (
    BIN,
    HERE,
    arguments,
    clean_environment,
    cores,
    free_port,
    middle,
    pinned,
    server,
    shown,
    write,
)
from save_answer import bare_command, offramp_command
from stores import Store, bare_store, offramp_store, sqlite

ROOT = HERE.parent
OFFRAMP = str(BIN / "offramp")


def first_page(command: Callable[[int, Store, int], list[str]], store: Store) -> float:
    """Seconds from the start of a server to its first 200."""
    port = free_port()
    with server(command(port, store, 8), port, store.environment) as (_, seconds):
        return seconds


def whole_run(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Seconds of a command from start to end."""
    began = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, preexec_fn=pinned(cores()[0]))
    return time.perf_counter() - began


def until(words: bytes, command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Seconds from the start of a command until it has written `words`; it is ended then."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        preexec_fn=pinned(cores()[0]),
        bufsize=0,
    )
    assert process.stdout is not None
    said = b""
    while words not in said:
        part = process.stdout.read(4096)
        if not part:
            raise SystemExit(f"{command} ended before it said {words.decode()}")
        said += part
    seconds = time.perf_counter() - began
    process.kill()
    process.communicate()
    return seconds


def in_turns(rounds: int, **measures: Callable[[], float]) -> dict[str, Any]:
    """Each measure once a round, the first of which does not count; medians and spread in milliseconds."""
    found: dict[str, list[float]] = {name: [] for name in measures}
    for turn in range(rounds + 1):
        for name, measure in measures.items():
            seconds = measure()
            if turn:
                found[name].append(seconds * 1000)
    return {name: middle(values) for name, values in found.items()}


def imports_sqlalchemy(environment: Mapping[str, str]) -> bool:
    """Whether `offramp --help` imports SQLAlchemy."""
    code = (
        "import sys\nfrom app.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\nsys.exit('sqlalchemy' in sys.modules)"
    )
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode != 0


def installed_megabytes() -> float:
    """What the wheel and all that it needs add to an empty environment, compiled files included."""
    with tempfile.TemporaryDirectory(prefix="offramp-size-") as folder:
        pip = ["-m", "pip", "--quiet", "--disable-pip-version-check"]
        wheel = [sys.executable, *pip, "wheel", "--no-deps", "--wheel-dir", folder, str(ROOT)]
        subprocess.run(wheel, check=True)
        place = Path(folder) / "venv"
        venv.create(place, with_pip=True)
        before = _size(place)
        wheels = [str(file) for file in Path(folder).glob("offramp-*.whl")]
        python = next(file for file in (place / "bin/python", place / "Scripts/python.exe") if file.exists())
        subprocess.run([str(python), *pip, "install", *wheels], check=True)
        return (_size(place) - before) / 1e6


def _size(folder: Path) -> int:
    return sum(file.lstat().st_size for file in folder.rglob("*") if file.is_file())


def main() -> None:
    """Measure all and print each beside its target."""
    parser = arguments(__doc__, rounds=9)
    parser.add_argument("--skip-size", action="store_true", help="leave out the installed size")
    options = parser.parse_args()
    with sqlite() as make:
        ours, theirs = offramp_store(make, ROOT, 1), bare_store(make, 1)
        here, empty = dict(ours.environment), clean_environment()
        until(b"Answer:", [OFFRAMP, "quiz"], here)
        times = in_turns(
            options.rounds,
            first_page=lambda: first_page(offramp_command, ours),
            first_page_bare=lambda: first_page(bare_command, theirs),
            manual=lambda: whole_run([OFFRAMP, "--help"], empty),
            interpreter=lambda: whole_run([sys.executable, "-c", "pass"], empty),
            prompt=lambda: until(b"Answer:", [OFFRAMP, "quiz"], here),
            imports=lambda: whole_run([sys.executable, "-c", "import flask_sqlalchemy"], empty),
        )
    result: dict[str, Any] = {"rounds": options.rounds, "ms": times}
    for name, (ours_is, theirs_is, label, target) in {
        "first page": ("first_page", "first_page_bare", "first 200, against the bare program", 2.5),
        "manual": ("manual", "interpreter", "offramp --help, against an empty interpreter", 5),
        "prompt": ("prompt", "imports", "first prompt of a quiz, against import flask_sqlalchemy", 1.6),
    }.items():
        ratio = times[ours_is]["median"] / times[theirs_is]["median"]
        result[f"{name} ratio"] = round(ratio, 2)
        print(f"{label}: {shown(times[ours_is], ' ms', 0)} to {shown(times[theirs_is], ' ms', 0)},")
        print(f"  {ratio:.2f} times; target {target} or less")
    result["help_imports_sqlalchemy"] = imports_sqlalchemy(empty)
    print(f"offramp --help imports SQLAlchemy: {'yes' if result['help_imports_sqlalchemy'] else 'no'}; target no")
    if not options.skip_size:
        result["installed_mb"] = round(installed_megabytes(), 1)
        print(f"installed without extras: {result['installed_mb']} MB; target 160 or less")
    write("start", result, keep=options.keep)


if __name__ == "__main__":
    main()
