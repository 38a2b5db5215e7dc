"""Where a server can be reached: on this computer, on its network, and whether it answers."""

from __future__ import annotations

import json
import socket
import urllib.request
from contextlib import suppress

EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104  compared with, not listened on


def web_address(host: str, port: int) -> str:
    """The address to open on this computer for a server that listens on host and port."""
    if host in EVERYWHERE:
        host = "127.0.0.1"
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def network_addresses(port: int) -> list[str]:
    """Addresses that others on the same network can open."""
    found: list[str] = []
    # No network, or a computer whose own name is not known: then there is nothing to print.
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        # Connecting a UDP socket sends nothing; it only asks which address would be used. 192.0.2.1 is nobody.
        probe.connect(("192.0.2.1", 9))
        found.append(str(probe.getsockname()[0]))
    with suppress(OSError):
        found += [str(entry[4][0]) for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    outside = [address for address in dict.fromkeys(found) if not address.startswith(("127.", "0."))]
    return [web_address(address, port) for address in outside]


def is_answering(address: str) -> bool:
    """Whether an Offramp server answers there."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{address}/healthz", timeout=2) as reply:
            return bool(json.load(reply).get("status") == "ok")
    except (OSError, ValueError, AttributeError):
        return False
