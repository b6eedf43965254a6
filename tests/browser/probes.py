"""Questions to a page that only its own JavaScript can answer; the probes are in probes.js."""

from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page

from tests.conftest import ROOT

AXE: Final = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
PROBES: Final = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


def _ask(page: Page, probe: str) -> Any:
    return page.evaluate(f"() => {{ {PROBES}\n return {probe}(); }}")


def texts(page: Page) -> list[str]:
    """Every text that is shown or said: text nodes, labels, titles, placeholders, the title of the page."""
    return [str(text) for text in _ask(page, "texts")]


def cut_off(page: Page) -> list[str]:
    """Texts that leave their button or the box that clips them, unless a title or opening the place says the rest."""
    return [str(text) for text in _ask(page, "cutOff")]


def overlapping(page: Page) -> list[str]:
    """Texts that lie on one another."""
    return [str(text) for text in _ask(page, "overlapping")]


def sideways(page: Page) -> int:
    """By how many pixels the page as a whole is wider than the window."""
    return int(_ask(page, "sideways"))


def dark(page: Page) -> None:
    """Changes to the dark theme and waits until all colours have followed."""
    page.emulate_media(color_scheme="dark")
    still(page)


def light(page: Page) -> None:
    """Changes to the light theme and waits until all colours have followed."""
    page.emulate_media(color_scheme="light")
    still(page)


def drawn(page: Page) -> None:
    """Waits until the page is drawn as large as its window is now."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def still(page: Page) -> None:
    """Waits until nothing moves or fades: an inherited colour fades again at every child.

    The state of animations is looked at, as those inside closed details end without saying so.
    """
    page.evaluate(
        """async () => {
          for (let frame = 0; frame < 120; frame++) {
            if (!document.getAnimations().some((one) => one.playState === "running")) return;
            await new Promise(requestAnimationFrame);
          }
        }"""
    )


def axe(page: Page, *, only: list[str] | None = None, within: str | None = None) -> list[str]:
    """What axe-core finds, one line per element; `only` names single rules, `within` the part that is looked at."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    options: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
    if only:
        options["runOnly"] = {"type": "rule", "values": only}
    run = "async ([part, options]) => (await axe.run(part ?? document, options)).violations"
    found = page.evaluate(run, [within, options])
    return [
        f"{violation['id']}: {violation['help']}: {node['target']} {node['html'][:120]} {node['any'][:1]}"
        for violation in found
        for node in violation["nodes"]
    ]
