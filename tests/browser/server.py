"""A server that tests can stop and start again at the same address: stopped, it refuses every connection."""

from __future__ import annotations

from threading import Event, Thread
from typing import Any

from flask import Flask
from waitress import create_server, wasyncore

from app.config import Settings
from app.web.factory import create_app


class LiveServer:
    """The web application behind waitress, as `offramp serve` runs it, in a thread."""

    def __init__(self, settings: Settings) -> None:
        """Make the application; nothing listens yet."""
        self.app: Flask = create_app(settings=settings)
        self.port = 0
        self._thread: Thread | None = None
        self._stop = Event()

    @property
    def url(self) -> str:
        """Its address."""
        return self.url_on("127.0.0.1")

    def url_on(self, host: str) -> str:
        """Its address by another name."""
        return f"http://{host}:{self.port}"

    def start(self) -> None:
        """Listen; does nothing when it does already."""
        if self._thread:
            return
        sockets: dict[int, Any] = {}
        server = create_server(self.app, host="127.0.0.1", port=self.port, threads=4, map=sockets)
        self.port = server.effective_port
        self._stop.clear()
        self._thread = Thread(target=self._run, args=(server, sockets), daemon=True)
        self._thread.start()

    def _run(self, server: Any, sockets: dict[int, Any]) -> None:
        while not self._stop.is_set():
            wasyncore.loop(timeout=0.02, map=sockets, count=1)
        server.task_dispatcher.shutdown()
        # Connections that the browser keeps open would go on being served.
        wasyncore.close_all(sockets, ignore_all=True)

    def stop(self) -> None:
        """Refuse connections, as a server that has gone away does."""
        if self._thread:
            self._stop.set()
            self._thread.join()
            self._thread = None
