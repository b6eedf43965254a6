"""Listens to what pages complain about."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Page


@dataclass
class Watch:
    """Console errors, console warnings and page errors of all pages of one test.

    Attributes:
        allowed: patterns of what a test brings about itself, such as a server that is gone.
    """

    complaints: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        """Listens to one more page."""
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))

    def allow(self, pattern: str) -> None:
        """Expects complaints that match."""
        self.allowed.append(pattern)

    def unexpected(self) -> list[str]:
        """What nobody announced."""
        return [said for said in self.complaints if not any(re.search(pattern, said) for pattern in self.allowed)]

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")
