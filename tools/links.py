"""Checks the links of all Markdown files: their files and headings exist, and every page of docs is linked to."""

import re
from collections.abc import Iterator
from pathlib import Path

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^#{1,6} +(.*?)\s*#*$", re.MULTILINE)


def anchor(heading: str) -> str:
    """The anchor of a heading as GitHub makes it.

    >>> anchor("What it is *not*, `really`")
    'what-it-is-not-really'
    """
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    return re.sub(r"[^\w\- ]", "", plain.lower()).strip().replace(" ", "-")


def anchors(text: str) -> set[str]:
    """All anchors of a page; a heading that repeats gets a number."""
    found: set[str] = set()
    for heading in HEADING.findall(FENCE.sub("", text)):
        name = base = anchor(heading)
        count = 0
        while name in found:
            count += 1
            name = f"{base}-{count}"
        found.add(name)
    return found


def dead(root: Path, pages: list[Path]) -> Iterator[str]:
    """One line for each link inside the repository that leads nowhere, and for each page of docs that none leads to."""
    reached: set[Path] = set()
    for page in pages:
        for target in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, fragment = target.partition("#")
            file = (page.parent / path).resolve() if path else page
            reached.add(file)
            if not file.exists():
                yield f"{page.relative_to(root)}: no file {target}"
            elif fragment and file.suffix == ".md" and fragment not in anchors(file.read_text(encoding="utf-8")):
                yield f"{page.relative_to(root)}: no heading {target}"
    for page in pages:
        if page not in reached and root / "docs" in page.parents:
            yield f"{page.relative_to(root)}: no page links to it"
