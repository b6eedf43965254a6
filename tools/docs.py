"""Keeps the documentation true: generated reference pages equal the program, and no link is dead.

Usage: python tools/docs.py          says what differs and ends with 1
       python tools/docs.py --write  writes the generated pages first
"""

import sys

import links
import reference
from rules import ROOT, tracked


def main(arguments: list[str]) -> int:
    """Prints what is wrong and returns 1 if anything is."""
    wrong: list[str] = []
    for name, page in reference.pages().items():
        file = ROOT / "docs" / "reference" / name
        if "--write" in arguments:
            file.write_text(page, encoding="utf-8")
        elif not file.exists() or file.read_text(encoding="utf-8") != page:
            wrong.append(f"docs/reference/{name} is not what the program says; run `make docs` and commit it")
    pages = [ROOT / file for file in tracked() if file.endswith(".md") and (ROOT / file).exists()]
    wrong += links.dead(ROOT, pages)
    for line in wrong:
        print(line)
    if not wrong:
        print(f"{len(pages)} pages, no dead link, reference as generated")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
