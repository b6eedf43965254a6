"""Several cards in one cell of a table: a line each; where a line could be misread, a bullet each."""

import re
from typing import Final

from desireline.maps.notation import MEASURED

_BULLET: Final = "• "
_INDENT: Final = "  "
_MISREAD: Final = re.compile(r"\s|[•▸'’*–·]|-\s|\d+[.)]\s|$")
_MARK: Final = re.compile(r"^(?:[-*–·‣◦▪●]|\d{1,3}[.)])\s+")


def joined(entries: list[tuple[str, str]]) -> str:
    """The text of a cell.

    Args:
        entries: each card's text and its measured figure in words, empty without one.
    """
    bullets = any("\n" in text or (text and _MISREAD.match(text)) for text, _ in entries)
    lines = []
    for text, figure in entries:
        if bullets and text:
            text = _BULLET + text.replace("\n", "\n" + _INDENT)  # noqa: PLW2901
        lines += [text] if text else []
        lines += [MEASURED + figure] if figure else []
    return "\n".join(lines)


def split(cell: str) -> tuple[list[str], int]:
    """The texts of a cell's cards, and how many measured figures were left out.

    Bulleted lines of other tools are cards too, and so is every line of a cell without bullets.
    """
    lines = re.split(r"\r\n|\r|\n", cell)
    typed = [line for line in lines if not line.startswith(MEASURED.rstrip())]
    left_out = len(lines) - len(typed)
    if not any(line.startswith(_BULLET) for line in typed):
        return [text for line in typed if (text := _MARK.sub("", line.strip(), count=1).strip())], left_out
    cards: list[list[str]] = []
    for line in typed:
        if line.startswith(_BULLET) or not cards:
            cards.append([line.removeprefix(_BULLET)])
        else:
            cards[-1].append(line.removeprefix(_INDENT))
    return [text for card in cards if (text := "\n".join(card)).strip()], left_out
