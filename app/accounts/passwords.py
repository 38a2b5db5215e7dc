"""Passwords: Argon2id with 19 MiB, t=2, p=1, so that a class can sign in together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.errors import Invalid

T = TypeVar("T")
MIN_PASSWORD = 8
MAX_PASSWORD = 200
MAX_NAME = 40


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@lru_cache(maxsize=1)
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="password")


def _apart(work: Callable[..., T], *arguments: str) -> T:
    """Do the work in a thread kept for it, one password after the other.

    A hash takes 19 MiB, and the allocator keeps them for the thread that had them: with every thread of the
    server hashing, a class that signs in together would leave the server twice its size. One thread checks some
    fifty passwords a second.
    """
    return _thread().submit(work, *arguments).result()


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A hash to compare with when there is no such account, so that both cases take the same time."""
    return _apart(_hasher().hash, "there is no such account")


def hash_password(password: str) -> str:
    """The hash to store. Raises Invalid when the password breaks a rule."""
    check_password_rules(password)
    return _apart(_hasher().hash, unicodedata.normalize("NFKC", password))


def password_fits(stored: str | None, password: str) -> bool:
    """Whether `password` is the one behind `stored`; takes as long when `stored` is None."""
    try:
        _apart(_hasher().verify, stored or _nobody(), unicodedata.normalize("NFKC", password[:MAX_PASSWORD]))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def check_password_rules(password: str) -> None:
    """Raise Invalid unless the password is long enough and not absurdly long."""
    if len(password) < MIN_PASSWORD:
        raise Invalid(f"A password has at least {MIN_PASSWORD} characters.", where="password")
    if len(password) > MAX_PASSWORD:
        raise Invalid(f"A password has at most {MAX_PASSWORD} characters.", where="password")


def clean_name(name: str) -> str:
    """The name as it is kept. Raises Invalid for one that cannot be shown or typed again."""
    cleaned = " ".join(unicodedata.normalize("NFKC", name).split())
    if not cleaned:
        raise Invalid("Choose a name; a nickname is enough.", where="name")
    # Folding makes some letters two (ß → ss), and the folded name is stored too.
    if max(len(cleaned), len(name_key(cleaned))) > MAX_NAME:
        raise Invalid(f"A name has at most {MAX_NAME} characters.", where="name")
    if not re.fullmatch(r"[\w .'’-]+", cleaned):
        raise Invalid("A name has letters, digits, spaces and . ' - _ only.", where="name")
    return cleaned


def name_key(name: str) -> str:
    """What two spellings of one name share: “Mina” and “mina” are the same account."""
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()
