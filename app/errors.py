"""What can go wrong, in words for people. Each door turns these into a page or a message once."""

from __future__ import annotations


class AppError(Exception):
    """Something a person can be told about. `message` is a whole sentence that says what to do."""

    def __init__(self, message: str, *, where: str | None = None) -> None:
        """Keep `message` and, for bad input, `where` it stands (file:line, field or row)."""
        super().__init__(message)
        self.message = message
        self.where = where

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class NotFound(AppError):
    """There is no such thing, or it is somebody else's and its existence is not told."""


class NotAllowed(AppError):
    """This person may not do that."""


class NeedsSignIn(AppError):
    """Nobody is signed in, or the sign-in has ended."""


class Invalid(AppError):
    """The input breaks a rule; nothing was stored."""


class Unreadable(Invalid):
    """A response that cannot be read. It is not a wrong answer: it is asked again and costs nothing."""


class Conflict(AppError):
    """The request was right once, but something happened in between."""


class TooMany(AppError):
    """Too many tries; `message` says how long to wait."""


class StorageTrouble(AppError):
    """The database cannot be written or read: locked, full, read-only or gone."""


class BadSetting(AppError):
    """A setting has a value that the program cannot start with."""
