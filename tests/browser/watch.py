"""Listens to what pages complain about."""

import re
import time
from dataclasses import dataclass, field
from typing import ClassVar, Final
from weakref import WeakKeyDictionary

from playwright.sync_api import ConsoleMessage, Page, Request

QUIET_SECONDS: Final = 0.15
PATIENCE_SECONDS: Final = 60
STANDS: Final = """() => document.querySelector('main h1') !== null
  && document.querySelector('main .skeleton, main [aria-busy="true"], dialog .skeleton') === null"""


class Traffic:
    """What a page has asked for and not yet got."""

    of: ClassVar["WeakKeyDictionary[Page, Traffic]"] = WeakKeyDictionary()

    def __init__(self, page: Page) -> None:
        self.pending: set[Request] = set()
        self.changed = time.monotonic()
        page.on("request", self._begun)
        page.on("requestfinished", self._over)
        page.on("requestfailed", self._over)
        self.of[page] = self

    @property
    def quiet(self) -> bool:
        """Nothing is on its way, and has not been for a moment."""
        return not self.pending and time.monotonic() - self.changed > QUIET_SECONDS

    def _begun(self, request: Request) -> None:
        if request.resource_type == "eventsource":  # stays open as long as its page
            return
        self.pending.add(request)
        self.changed = time.monotonic()

    def _over(self, request: Request) -> None:
        self.pending.discard(request)
        self.changed = time.monotonic()


def settled(page: Page) -> None:
    """Waits until the screen shows what it asked for: nothing on its way, nothing dimmed."""
    traffic = Traffic.of[page]
    last = time.monotonic() + PATIENCE_SECONDS
    while not (traffic.quiet and page.evaluate(STANDS)):
        assert time.monotonic() < last, f"{page.url} does not settle; it waits for {[r.url for r in traffic.pending]}"
        page.wait_for_timeout(30)


TURN = """async (path) => {
  history.pushState(null, "", path);
  dispatchEvent(new PopStateEvent("popstate"));
  for (let frame = 0; frame < 3; frame++) {
    await Promise.race([new Promise(requestAnimationFrame), new Promise((done) => setTimeout(done, 100))]);
  }
}"""


def turn(page: Page, path: str) -> None:
    """Leads the page to another address as a link of ours does, without loading it anew."""
    page.evaluate(TURN, path)


def turned(page: Page, path: str) -> None:
    """Turns the page and waits until it stands."""
    turn(page, path)
    settled(page)


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
        Traffic(page)
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
