"""What a page complains of in its console."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, ConsoleMessage

# A page cannot silence these: the browser says them of every request that fails, also of those that we expect.
_EXPECTED = ("Failed to load resource",)
_POLICY = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`))"""


class Complaints:
    """Errors and warnings of all pages of the contexts that are watched."""

    def __init__(self) -> None:
        """None yet."""
        self.list: list[str] = []

    def watch(self, context: BrowserContext) -> None:
        """Listen to every page of a context."""
        context.add_init_script(_POLICY)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.list.append(f"error: {error.error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(_EXPECTED):
            self.list.append(f"{message.type}: {message.text}")
