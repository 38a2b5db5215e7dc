#!/bin/sh
# Prints the Python to make .venv with: 3.11 or newer, with the venv module whole. Without one, says which
# command mends it and fails; when CI is set, runs that command first.
#   usage: find-python.sh [PYTHON]
set -eu

wanted=${1:-}
old=""       # the version of one that is too old
lacking=""   # one that is new enough, but cannot make environments

usable() {
    command -v "$1" >/dev/null 2>&1 || return 1
    if "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        # Debian and Ubuntu ship venv without ensurepip until python3-venv is installed.
        if "$1" -c 'import ensurepip, venv' 2>/dev/null; then return 0; fi
        lacking=${lacking:-$1}
    else
        old=${old:-$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true)}
    fi
    return 1
}

find_python() {
    lacking="" old=""
    for candidate in ${wanted:-python3.13 python3.12 python3.11 python3}; do
        if usable "$candidate"; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

# The Debian or Ubuntu package to install; its name depends on what this release has.
package() {
    if [ -n "$lacking" ]; then
        "$lacking" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
        return
    fi
    for version in 3.13 3.12 3.11; do
        if apt-cache show "python$version-venv" >/dev/null 2>&1; then
            echo "python$version-venv"
            return
        fi
    done
    echo python3-venv
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

if find_python; then exit 0; fi

if [ -n "${CI:-}" ] && [ -z "$wanted" ] && command -v apt-get >/dev/null 2>&1; then
    as_root apt-get update -qq >&2
    as_root apt-get install -y -qq "$(package)" >&2
    if find_python; then exit 0; fi
fi

{
    if [ -n "$lacking" ]; then
        echo "$lacking cannot make a virtual environment: its venv module is not complete."
    elif [ -n "$wanted" ] && [ -z "$old" ]; then
        echo "There is no program $wanted."
    else
        echo "Offramp needs Python 3.11 or newer${old:+; found is $old}."
    fi
    if command -v apt-get >/dev/null 2>&1; then
        echo "This mends it:  sudo apt update && sudo apt install $(package)"
    elif [ "$(uname)" = Darwin ]; then
        echo "This mends it:  brew install python"
    else
        echo "Install it with your system's packages, or from https://www.python.org/downloads/"
    fi
    echo "A Python that lies elsewhere is named like this:  make PYTHON=/path/to/python3 …"
} >&2
exit 1
