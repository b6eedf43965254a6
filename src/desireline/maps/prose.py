"""Simple Markdown as data: a card's words become runs, so that no exporter ever sees or makes markup.

Emphasis, links, code, lists and line breaks are kept; everything else that Markdown knows is read as its words.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_BEFORE_PUNCTUATION: Final = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&])")


@dataclass(frozen=True)
class Run:
    """Words that look alike. `href`: where they lead, an http address."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    href: str | None = None


@dataclass(frozen=True)
class Block:
    """A paragraph. `mark`: the bullet or number of a list item, else empty; `level`: how deep the list is."""

    runs: tuple[Run, ...]
    mark: str = ""
    level: int = 0


def printable(text: str) -> str:
    """Without control characters and halves of characters, which neither XML nor PDF can hold; they become spaces.

    >>> printable("a" + chr(0) + "b")
    'a b'
    """
    return _CONTROL.sub(" ", text)


def escaped(name: str) -> str:
    r"""Markdown that says exactly `name`.

    >>> escaped("*Basket*")
    '\\*Basket\\*'
    """
    return _BEFORE_PUNCTUATION.sub(r"\\\1", name)


def plain(text: str) -> str:
    """The words of a Markdown text, blocks joined by spaces.

    >>> plain("**Back** and _forth_:" + chr(10) * 2 + "- basket")
    'Back and forth: • basket'
    """
    told = (" ".join(filter(None, (b.mark, "".join(r.text for r in b.runs)))) for b in blocks(text))
    return re.sub(r"\s+", " ", " ".join(told)).strip()


def breakable(text: str) -> str:
    """Lets long names break: after signs that join words, and every 16 characters of a word that never ends.

    >>> breakable("W_Nabellen").split(chr(0x200B))
    ['W_', 'Nabellen']
    """
    text = re.sub(r"([_/.\-:])(?=\w)(?<!\d[.:])", "\\1\u200b", text)
    return re.sub(r"([^\s\u200b]{16})(?=[^\s\u200b]{4})", "\\1\u200b", text)


def blocks(text: str) -> list[Block]:
    """The paragraphs and list items of a Markdown text, in order. HTML in it is text."""
    found: list[Block] = []
    lists: list[int | None] = []
    mark = ""
    for token in _parser().parse(printable(text)):
        match token.type:
            case "bullet_list_open":
                lists.append(None)
            case "ordered_list_open":
                lists.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                mark = _next_mark(lists)
            case "inline":
                found.append(Block(_runs(token.children or []), mark, len(lists)))
                mark = ""
            case "code_block" | "fence" | "html_block":
                found.append(Block((Run(token.content.rstrip("\n"), code=True),), mark, len(lists)))
                mark = ""
    return found


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "linkify": False}).disable(["image", "hr", "heading", "lheading"])


def _next_mark(lists: list[int | None]) -> str:
    number = lists[-1]
    if number is None:
        return "•"
    lists[-1] = number + 1
    return f"{number}."


def _runs(tokens: list[Token]) -> tuple[Run, ...]:
    found: list[Run] = []
    bold = italic = 0
    href: str | None = None
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "link_open":
                target = str(token.attrGet("href") or "")
                href = target if re.match(r"https?://", target) else None
            case "link_close":
                href = None
            case _:
                told = "\n" if token.type == "hardbreak" else " " if token.type == "softbreak" else token.content
                found.append(Run(told, bold > 0, italic > 0, token.type == "code_inline", href))
    return _joined(found)


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    """Neighbours that look alike become one."""
    found: list[Run] = []
    for run in runs:
        last = found[-1] if found else None
        if last and (last.bold, last.italic, last.code, last.href) == (run.bold, run.italic, run.code, run.href):
            found[-1] = Run(last.text + run.text, run.bold, run.italic, run.code, run.href)
        elif run.text:
            found.append(run)
    return tuple(found)
