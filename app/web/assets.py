"""Static files under names that carry a hash of their content, compressed once and cached for a year."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import posixpath
import re
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from flask import Flask, Response, current_app, request, url_for
from werkzeug.exceptions import NotFound as NoSuchFile

from app import paths

# Files that a browser asks for; nothing else in static/ is served.
SERVED = {".css", ".js", ".svg", ".woff2"}
_COMPRESSED = {".css", ".js", ".svg"}
_REFERENCE = re.compile(r"""((?:\bfrom\s+|\bimport\s*\(?\s*|url\()["']?)(\.{1,2}/[\w./-]+\.(?:js|css|svg|woff2))""")


@dataclass(frozen=True)
class Asset:
    """A file as served: its name with the hash, its bytes, and the compressed ones if they are fewer."""

    name: str
    body: bytes
    packed: bytes | None
    mimetype: str


class Assets:
    """The files of one static folder, each read, rewritten and compressed when it is first named."""

    def __init__(self, folder: Path) -> None:
        """Serve below `folder`."""
        self._folder = folder.resolve()
        self._by_path: dict[str, Asset] = {}
        self._by_name: dict[str, Asset] = {}
        self._lock = Lock()

    def named(self, path: str) -> Asset:
        """The asset at `path` (“css/base.css”). Raises FileNotFoundError."""
        with self._lock:
            return self._make(path)

    def served(self, name: str) -> Asset | None:
        """The asset with the hashed name, None when there is none."""
        with self._lock:
            if name not in self._by_name:
                plain = re.sub(r"\.[0-9a-f]{10}(\.\w+)$", r"\1", name)
                try:
                    self._make(plain)
                except FileNotFoundError:
                    return None
            return self._by_name.get(name)

    def _make(self, path: str) -> Asset:
        if path in self._by_path:
            return self._by_path[path]
        if "\0" in path:
            raise FileNotFoundError(path)
        file = (self._folder / path).resolve()
        if not file.is_relative_to(self._folder) or file.suffix not in SERVED or not file.is_file():
            raise FileNotFoundError(path)
        body = file.read_bytes()
        if file.suffix in {".css", ".js"}:
            # What a file refers to has a hashed name too, or the year in the cache would be a lie.
            body = _REFERENCE.sub(lambda match: match[1] + self._relative(path, match[2]), body.decode()).encode()
        digest = hashlib.sha256(body).hexdigest()[:10]
        stem, ending = posixpath.splitext(path)
        packed = gzip.compress(body, 9, mtime=0) if ending in _COMPRESSED else None
        mimetype = "text/javascript" if ending == ".js" else mimetypes.guess_type(path)[0] or "font/woff2"
        asset = Asset(f"{stem}.{digest}{ending}", body, packed, mimetype)
        self._by_path[path] = asset
        self._by_name[asset.name] = asset
        return asset

    def _relative(self, path: str, reference: str) -> str:
        folder = posixpath.dirname(path)
        target = posixpath.normpath(posixpath.join(folder, reference))
        name = posixpath.relpath(self._make(target).name, folder)
        return name if name.startswith(".") else f"./{name}"


def install(app: Flask) -> None:
    """Keep the assets on the application and give templates `asset(path)`."""
    assets = Assets(paths.content_folder() / "static")
    app.extensions["assets"] = assets
    addresses: dict[str, str] = {}

    def address(path: str) -> str:
        # A page names some twenty icons: building each address anew would take longer than all else on it.
        if path not in addresses:
            full = url_for("system.static", name=assets.named(path).name)
            addresses[path] = full.removeprefix(request.script_root)
        return request.script_root + addresses[path]

    app.jinja_env.globals["asset"] = address


def respond(name: str) -> Response:
    """The response for a hashed name. Raises 404."""
    assets: Assets = current_app.extensions["assets"]
    asset = assets.served(name)
    if asset is None:
        raise NoSuchFile
    packed = asset.packed if "gzip" in request.headers.get("Accept-Encoding", "") else None
    response = Response(packed or asset.body, mimetype=asset.mimetype)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    if asset.packed:
        response.headers["Vary"] = "Accept-Encoding"
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    return response


def current_name(path: str) -> str:
    """The hashed name of the file at `path`."""
    assets: Assets = current_app.extensions["assets"]
    return assets.named(path).name
