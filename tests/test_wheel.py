"""The wheel as somebody installs it: built here, installed into an empty environment elsewhere, used there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request
import venv
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from socket import socket
from urllib.error import URLError

import pytest

from app import __version__
from app.library.folders import course_digest
from app.paths import content_folder

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = "Scripts" if os.name == "nt" else "bin"
PATIENCE = 60  # seconds
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def pip(*arguments: str, python: str = sys.executable) -> None:
    """Run pip; what it says is shown when it fails."""
    command = [python, "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
    (found,) = folder.glob("offramp-*.whl")
    return found


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and what it needs, and nothing else."""
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder, with_pip=True)
    pip("install", "--quiet", str(wheel), python=str(folder / PROGRAMS / "python"))
    return folder


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the installed program is told: a data folder of its own, and nothing of this checkout."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("OFFRAMP_", "PYTHON"))}
    kept.pop("DATABASE_URL", None)
    return kept | {"OFFRAMP_DATA": str(tmp_path_factory.mktemp("data") / "new"), "PYTHONUTF8": "1"}


@pytest.fixture
def offramp(environment: Path, settings: dict[str, str], tmp_path: Path) -> Run:
    """Run the installed command, from a folder that is not the checkout."""

    def run(*arguments: str, input: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(environment / PROGRAMS / "offramp"), *arguments],
            input=input,
            env=settings,
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )

    return run


def test_wheel_puts_only_the_package_at_the_top(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {"app", f"offramp-{__version__}.dist-info"}


@pytest.mark.parametrize(
    "name",
    [
        "app/_content/lessons/course.yaml",
        "app/_content/questions/quizzes.yaml",
        "app/_content/static/css/base.css",
        "app/_content/static/vendor/README.md",
        "app/web/templates/base.html",
        "app/cli/starter/course/lessons/course.yaml",
        "app/cli/starter/kinds/single_choice.yaml",
        "app/migrations/versions/0001_first_tables.py",
    ],
)
def test_wheel_carries_course_pages_and_tables(wheel: Path, name: str) -> None:
    assert name in zipfile.ZipFile(wheel).namelist()


def test_wheel_carries_the_whole_course(wheel: Path) -> None:
    prefix = "app/_content/"
    carried = {name.removeprefix(prefix) for name in zipfile.ZipFile(wheel).namelist() if name.startswith(prefix)}
    files = {
        file.relative_to(ROOT).as_posix()
        for part in ("lessons", "questions")
        for file in (ROOT / part).rglob("*")
        if file.is_file() and not file.name.startswith(".")
    }
    assert files <= carried


def test_installed_command_says_its_version(offramp: Run) -> None:
    assert offramp("--version").stdout.strip() == f"offramp {__version__}"


def test_installed_package_is_not_the_checkout(environment: Path, settings: dict[str, str], tmp_path: Path) -> None:
    command = [str(environment / PROGRAMS / "python"), "-c", "import app; print(app.__file__)"]
    said = subprocess.run(command, env=settings, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert Path(said.strip()).is_relative_to(environment)


def test_installed_course_is_that_of_the_checkout(environment: Path, settings: dict[str, str], tmp_path: Path) -> None:
    ask = "from app.library.folders import course_digest; from app.paths import content_folder as folder; "
    command = [str(environment / PROGRAMS / "python"), "-c", f"{ask}print(course_digest(folder()))"]
    said = subprocess.run(command, env=settings, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert said.strip() == course_digest(content_folder())


def test_installed_command_makes_a_course_and_adds_a_question_to_it(offramp: Run) -> None:
    assert offramp("new", "course", "weather").returncode == 0
    added = offramp("new", "question", "1", "matching", "--course", "weather")
    assert added.returncode == 0, added.stderr


def test_installed_course_is_not_changed(offramp: Run) -> None:
    done = offramp("new", "question", "1", "matching")
    assert done.returncode == 1
    assert "offramp new course DIR" in done.stderr


def test_installed_quiz_saves_an_answer_and_goes_on_later(offramp: Run) -> None:
    # Which kind of question comes first is drawn; “I don't know” is an answer to any.
    first = offramp("--plain", "quiz", input=":d\n:q\n")
    assert first.returncode == 0, first.stderr
    assert "Saved." in first.stdout
    again = offramp("--plain", "quiz", input="q\n")
    assert re.search(r"You go on with an attempt: [1-9]\d* of \d+", again.stdout), again.stdout


@contextmanager
def serving(program: Path, settings: dict[str, str], folder: Path) -> Iterator[str]:
    """The installed server; gives its address once it is ready."""
    with closing(socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(program), "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=settings, cwd=folder, stdout=subprocess.PIPE, encoding="utf-8")
    address = f"http://127.0.0.1:{port}"
    assert process.stdout is not None
    try:
        # It says where to open it once it listens.
        said = next((line for line in process.stdout if address in line), None)
        assert said is not None, "the server ended"
        yield address
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


def fetch(address: str) -> tuple[int, str, str]:
    """Status, content type and text of an address of this computer."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=PATIENCE) as reply:
            return reply.status, reply.headers["Content-Type"], reply.read().decode()
    except URLError as problem:
        pytest.fail(f"{address}: {problem}")


def test_installed_server_gives_page_style_and_readiness(
    environment: Path, settings: dict[str, str], tmp_path: Path
) -> None:
    with serving(environment / PROGRAMS / "offramp", settings, tmp_path) as address:
        status, _, page = fetch(f"{address}/")
        style = re.search(r'href="(/static/css/base[^"]+)"', page)
        assert status == 200
        assert style, page
        assert fetch(address + style[1])[1].startswith("text/css")
        assert json.loads(fetch(f"{address}/readyz")[2]) == {"status": "ready"}
