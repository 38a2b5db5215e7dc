"""Every setting once: its name, type, default and help. A bad value stops the start."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from app import paths
from app.errors import BadSetting, StorageTrouble

PREFIX = "OFFRAMP_"
BUNDLED = "bundled"


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            raise ValueError(f"a whole number from {low} to {high}") from None
        if not low <= number <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return number

    return read


def _folder(text: str) -> Path:
    return Path(text).expanduser().resolve()


def course_folders(names: Iterable[str]) -> tuple[Path, ...]:
    """The folders of these courses, each once; the word “bundled” is the course that comes with Offramp."""
    found = (paths.content_folder() if name == BUNDLED else _folder(name) for name in names if name)
    return tuple(dict.fromkeys(found))


def _courses(text: str) -> tuple[Path, ...]:
    return course_folders(text.split(os.pathsep))


def _yes_no(text: str) -> bool:
    answers = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if text.lower() not in answers:
        raise ValueError("yes or no")
    return answers[text.lower()]


def _setting(default: Any, read: Callable[[str], Any], help: str) -> Any:
    factory = default if callable(default) else None
    options: dict[str, Any] = {"metadata": {"read": read, "help": help}}
    return field(default_factory=factory, **options) if factory else field(default=default, **options)


@dataclass(frozen=True)
class Settings:
    """All settings. Each is read from the environment as OFFRAMP_<NAME>, but for DATABASE_URL."""

    data: Path = _setting(paths.default_data_folder, _folder, "folder for the database and the secret key")
    course: tuple[Path, ...] = _setting(
        lambda: (paths.content_folder(),),
        _courses,
        f"folders of courses of one's own, with “{os.pathsep}” between them; “{BUNDLED}” is Offramp's",
    )
    database_url: str = _setting("", str, "SQLAlchemy address of a PostgreSQL database; empty means SQLite")
    secret_key: str = _setting("", str, "signs cookies; made and kept in the data folder when SQLite is used")
    host: str = _setting("127.0.0.1", str, "address to listen on; 0.0.0.0 lets others on the network in")
    port: int = _setting(8000, _whole(1, 65535), "port to listen on")
    threads: int = _setting(8, _whole(1, 64), "threads of the server")
    pool_size: int = _setting(10, _whole(1, 100), "PostgreSQL connections that each process keeps")
    trusted_proxies: int = _setting(0, _whole(0, 5), "reverse proxies in front whose X-Forwarded headers count")
    secure_cookies: bool = _setting(False, _yes_no, "send cookies over TLS only; set it behind an HTTPS proxy")
    max_body_kb: int = _setting(256, _whole(16, 20480), "largest request that is read, in KiB")
    max_upload_mb: int = _setting(10, _whole(1, 200), "largest file that a teacher can bring in, in MB")

    @property
    def largest_request(self) -> int:
        """The largest request that any page reads, in bytes: a file, and the form around it."""
        return max(self.max_body_kb * 1024, self.max_upload_mb * 1024 * 1024 + 64 * 1024)

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is the SQLite file in the data folder."""
        return self.database_address.startswith("sqlite")

    @property
    def database_address(self) -> str:
        """The SQLAlchemy address, with the driver that Offramp uses filled in."""
        if not self.database_url:
            return f"sqlite:///{self.data / 'offramp.db'}"
        for short in ("postgres://", "postgresql://"):
            if self.database_url.startswith(short):
                return "postgresql+psycopg://" + self.database_url[len(short) :]
        return self.database_url


def read_settings(environment: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
    """Settings from `environment` (default: os.environ); keyword arguments that are not None win.

    Raises BadSetting for a value that cannot be used and for an OFFRAMP_ name that does not exist.
    """
    environment = os.environ if environment is None else environment
    known = {PREFIX + f.name.upper(): f for f in fields(Settings)}
    for name in environment:
        if name.startswith(PREFIX) and name not in known:
            raise BadSetting(f"There is no setting {name}. Known are {', '.join(sorted(known))}.")
    values: dict[str, Any] = {}
    for name, f in known.items():
        text = environment.get(name) or (environment.get("DATABASE_URL") if f.name == "database_url" else None)
        if text:
            try:
                values[f.name] = f.metadata["read"](text)
            except ValueError as problem:
                raise BadSetting(f"{name} is {text!r}; it must be {problem}.") from None
    values |= {name: value for name, value in overrides.items() if value is not None}
    settings = Settings(**values)
    if not settings.database_address.startswith(("sqlite:", "postgresql+psycopg:")):
        raise BadSetting("DATABASE_URL must begin with postgresql:// (or be empty, for SQLite).")
    return settings


def secret_key(settings: Settings) -> str:
    """The key that signs cookies: the setting, or one made at the first start, readable by its owner only.

    Raises BadSetting on PostgreSQL without the setting, for several hosts must share one key, and
    StorageTrouble when the data folder cannot be written.
    """
    if settings.secret_key:
        return settings.secret_key
    if not settings.is_sqlite:
        raise BadSetting(
            "Set OFFRAMP_SECRET_KEY when DATABASE_URL is set: every host must sign with the same key. "
            "One can be made with: python3 -c 'import secrets; print(secrets.token_hex(32))'"
        )
    try:
        return _kept_key(settings.data)
    except OSError as problem:
        raise StorageTrouble(
            f"The data folder {settings.data} cannot be written ({problem.strerror}). "
            "Set OFFRAMP_DATA to a folder that you may write to."
        ) from problem


def _kept_key(folder: Path) -> str:
    """The key in the data folder, made when there is none. Raises OSError, and BadSetting for an empty file."""
    import secrets  # only a first start needs it

    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "secret-key"
    if not file.exists():
        draft = folder / f".secret-key-{secrets.token_hex(8)}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(secrets.token_hex(32))
        try:
            # A link appears whole and only once: of two processes that start together, one key wins.
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    key = file.read_text().strip()
    if not key:
        raise BadSetting(f"{file} is empty. Delete it, and a new key is made; everybody then signs in again.")
    return key
