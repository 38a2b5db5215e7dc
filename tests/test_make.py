"""The Makefile says what it can do, and the set-up names the one command that mends what is missing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FIND_PYTHON = ROOT / ".ci" / "find-python.sh"
# Programs of any system that the script may use; what else is found is up to each test.
TOOLS = ("sh", "id", "cat")

TOO_OLD = '#!/bin/sh\ncase "$2" in *sys.exit*) exit 1 ;; *print*) echo 3.10 ;; esac\n'
WITHOUT_VENV = '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1 ;; *print*) echo python3.12-venv ;; esac\n'
GOOD = "#!/bin/sh\nexit 0\n"
# apt-cache knows python3.11-venv and nothing newer, as on Ubuntu 22.04.
APT_CACHE = '#!/bin/sh\ntest "$2" = python3.11-venv\n'

Find = Callable[..., "subprocess.CompletedProcess[str]"]


def make(*arguments: str) -> str:
    """What make prints, as if it were typed: a make that runs these tests passes nothing on."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "OFFRAMP"))}
    command = ["make", "--no-print-directory", *arguments]
    return subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def find(tmp_path: Path) -> Find:
    """Look for a Python on a system that has only the programs given, by name and content."""
    for tool in TOOLS:
        (tmp_path / tool).symlink_to(str(shutil.which(tool)))

    def run(*arguments: str, system: str = "Linux", **programs: str) -> subprocess.CompletedProcess[str]:
        programs["uname"] = f"#!/bin/sh\necho {system}\n"
        for name, content in programs.items():
            file = tmp_path / name.replace("_", "-")
            file.write_text(content)
            file.chmod(0o755)
        command = [str(shutil.which("sh")), str(FIND_PYTHON), *arguments]
        return subprocess.run(command, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False)

    return run


def test_make_alone_is_the_help() -> None:
    assert make() == make("help")


def test_help_lists_every_target_that_one_types() -> None:
    named = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert named is not None
    listed = re.findall(r"^  make ([\w-]+)", make("help"), re.MULTILINE)
    assert set(listed) == set(named[1].split()) - {"lint"}


def test_serve_passes_host_and_port_on() -> None:
    command = make("--dry-run", "serve", "HOST=0.0.0.0", "PORT=8123").splitlines()[-1]
    assert command.split() == ["OFFRAMP_HOST='0.0.0.0'", "OFFRAMP_PORT='8123'", ".venv/bin/offramp", "serve"]


def test_python_that_is_new_enough_is_taken(find: Find, tmp_path: Path) -> None:
    done = find(python3=GOOD)
    assert (done.returncode, done.stdout.strip()) == (0, str(tmp_path / "python3"))


def test_old_python_is_named_with_the_package_of_this_release(find: Find) -> None:
    done = find(python3=TOO_OLD, apt_cache=APT_CACHE, apt_get=GOOD)
    assert done.returncode == 1
    assert "3.11 or newer; found is 3.10" in done.stderr
    assert "sudo apt install python3.11-venv" in done.stderr


def test_missing_venv_module_is_named_with_its_package(find: Find) -> None:
    done = find(python3=WITHOUT_VENV, apt_cache=APT_CACHE, apt_get=GOOD)
    assert done.returncode == 1
    assert "cannot make a virtual environment" in done.stderr
    assert "sudo apt install python3.12-venv" in done.stderr


def test_macos_is_told_of_homebrew(find: Find) -> None:
    done = find(python3=TOO_OLD, system="Darwin")
    assert done.returncode == 1
    assert "brew install python" in done.stderr


def test_nothing_is_installed_unless_ci_is_set(find: Find, tmp_path: Path) -> None:
    find(apt_cache=APT_CACHE, apt_get=f"#!/bin/sh\necho ran > {tmp_path}/ran\n")
    assert not (tmp_path / "ran").exists()


def test_named_python_that_is_not_there_is_told(find: Find) -> None:
    done = find("/nowhere/python3", python3=GOOD)
    assert done.returncode == 1
    assert "There is no program /nowhere/python3." in done.stderr
