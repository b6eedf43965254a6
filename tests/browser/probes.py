"""Questions to a page that only its own JavaScript can answer."""

from typing import Any, Final

from playwright.sync_api import Page

from tests.conftest import ROOT

AXE: Final = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"

TEXTS: Final = """() => {
  const said = new Set();
  const shown = (e) => e.checkVisibility({visibilityProperty: true, opacityProperty: true});
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const text = node.textContent.replace(/\\s+/g, ' ').trim();
    if (text && node.parentElement && shown(node.parentElement)) said.add(text);
  }
  for (const e of document.body.querySelectorAll('*')) {
    if (!shown(e)) continue;
    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description'])
      if (e.getAttribute(name)?.trim()) said.add(e.getAttribute(name).trim());
  }
  said.add(document.title);
  return [...said];
}"""

LEAVES: Final = """
  const hidden = (e) => e.closest('.visually-hidden, [hidden], dialog:not([open]), option, svg');
  const leaves = () => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode, e = node.parentElement;
      if (!node.textContent.trim() || !e || hidden(e) || !e.checkVisibility({visibilityProperty: true})) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const r of range.getClientRects()) if (r.width > 1 && r.height > 1) found.push({e, r, text: node.textContent.trim().slice(0, 60)});
    }
    return found;
  };
"""

CUT: Final = (
    """() => {"""
    + LEAVES
    + """
  const says = [];
  for (const {e, r, text} of leaves()) {
    for (let box = e; box && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.display === 'inline') continue;
      const b = box.getBoundingClientRect();
      const told = style.textOverflow === 'ellipsis' && (e.closest('[title]') || box.closest('[title]'));
      const clips = (axis) => ['hidden', 'clip'].includes(style['overflow' + axis]);
      if (clips('X') && !told && (r.right > b.right + 1.5 || r.left < b.left - 1.5)) says.push(`${text} (across, in ${box.className})`);
      if (clips('Y') && (r.bottom > b.bottom + 1.5 && r.top < b.bottom)) says.push(`${text} (down, in ${box.className})`);
      if (['auto', 'scroll'].includes(style.overflowX)) break;
      if (style.position === 'fixed') break;
    }
    if (['button', 'a', 'label'].includes(e.tagName.toLowerCase()) || e.closest('button')) {
      const b = (e.closest('button') ?? e).getBoundingClientRect();
      if (getComputedStyle(e.closest('button') ?? e).display !== 'inline' && (r.right > b.right + 1.5 || r.left < b.left - 1.5)) says.push(`${text} (out of its button)`);
    }
  }
  return [...new Set(says)];
}"""
)

OVERLAP: Final = (
    """() => {"""
    + LEAVES
    + """
  const apart = (e) => {
    for (let box = e; box; box = box.parentElement) {
      const position = getComputedStyle(box).position;
      if (position === 'fixed' || position === 'sticky') return true;
      if (box.tagName === 'DIALOG') return true;
    }
    return false;
  };
  const found = leaves().filter(({e}) => !apart(e)), says = [];
  for (let i = 0; i < found.length; i++) for (let j = i + 1; j < found.length; j++) {
    const a = found[i], b = found[j];
    if (a.e === b.e) continue;
    const across = Math.min(a.r.right, b.r.right) - Math.max(a.r.left, b.r.left);
    const down = Math.min(a.r.bottom, b.r.bottom) - Math.max(a.r.top, b.r.top);
    if (across > 3 && down > 5) says.push(`“${a.text}” over “${b.text}”`);
  }
  return says;
}"""
)

SIDEWAYS: Final = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def texts(page: Page) -> list[str]:
    """Every text that is shown or said: text nodes, labels, titles, placeholders, the title of the page."""
    return [str(text) for text in page.evaluate(TEXTS)]


def cut_off(page: Page) -> list[str]:
    """Texts that leave the box that clips them, unless an ellipsis with a title says the rest."""
    return [str(text) for text in page.evaluate(CUT)]


def overlapping(page: Page) -> list[str]:
    """Texts that lie on one another."""
    return [str(text) for text in page.evaluate(OVERLAP)]


def sideways(page: Page) -> int:
    """By how many pixels the page as a whole is wider than the window."""
    return int(page.evaluate(SIDEWAYS))


def dark(page: Page) -> None:
    """Changes to the dark theme and waits until all colours have followed."""
    page.emulate_media(color_scheme="dark")
    still(page)


def light(page: Page) -> None:
    """Changes to the light theme and waits until all colours have followed."""
    page.emulate_media(color_scheme="light")
    still(page)


def still(page: Page) -> None:
    """Waits until nothing moves or fades."""
    page.evaluate("Promise.allSettled(document.getAnimations().map((one) => one.finished))")


def axe(page: Page, *, only: list[str] | None = None) -> list[str]:
    """What axe-core finds, one line per element; `only` names single rules."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if only:
        options["runOnly"] = {"type": "rule", "values": only}
    found = page.evaluate("async (options) => (await axe.run(document, options)).violations", options)
    return [
        f"{violation['id']}: {violation['help']}: {node['target']} {node['html'][:120]} {node['any'][:1]}"
        for violation in found
        for node in violation["nodes"]
    ]
