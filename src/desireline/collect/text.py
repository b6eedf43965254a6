"""Bytes to lines of text: which encoding, true line numbers, undecodable bytes kept visible."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desireline.collect.table import Limits, Problem, shown_raw
from desireline.collect.unpack import Bytes
from desireline.errors import BadMapping

_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WINDOW: Final = 4 << 20


def known_encoding(name: str) -> str:
    """The codec's own name.

    Raises:
        BadMapping: no such text encoding.
    """
    try:
        found = codecs.lookup(name)
        "".encode(found.name)
    except (LookupError, ValueError) as error:
        raise BadMapping(f"encoding: '{name}' is no text encoding; use for example utf-8 or windows-1250") from error
    return found.name


def detect_encoding(path: Path, limits: Limits) -> str:
    """BOM, else UTF-8 if the first 4 MiB with other than ASCII bytes read as such, else Windows-1250.

    A few damaged lines do not turn a UTF-8 file into another one: what counts is whether more lines hold
    well-formed UTF-8 than damaged.
    """
    first = True
    for chunk in Bytes(path, limits):
        if first:
            for bom, name in _BOMS:
                if chunk.startswith(bom):
                    return name
            if _looks_utf16(chunk):
                return "utf-16-le" if chunk[1:2] == b"\0" else "utf-16-be"
            first = False
        if not chunk.isascii():
            return _of_window(chunk[:_WINDOW])
    return "utf-8"


def _looks_utf16(chunk: bytes) -> bool:
    part = chunk[:4096]
    return len(part) >= 8 and (part[1::2].count(0) > len(part) * 0.4 or part[::2].count(0) > len(part) * 0.4)


def _of_window(window: bytes) -> str:
    good = bad = 0
    lines = window.split(b"\n")
    for line in lines[1:-1] if len(lines) > 2 else lines:  # the window may cut a character in its first or last line
        if not line.isascii():
            try:
                line.decode("utf-8")
                good += 1
            except UnicodeDecodeError:
                bad += 1
    if good == bad == 0:
        return "utf-8" if _decodes(lines[0]) or _decodes(lines[-1]) else "cp1250"
    return "utf-8" if good > bad or bad == 0 else "cp1250"


def _decodes(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not line.isascii()


@dataclass
class Lines:
    """The lines of a text file with their ends. A line over the limit is left out and noted in `problems`.

    Attributes:
        number: of the line handed out last, 1-based.
        damaged: whether the text handed out so far may hold undecodable bytes (as lone surrogates).
    """

    source: Bytes
    encoding: str

    def __post_init__(self) -> None:
        self.number = 0
        self.damaged = False
        self.problems: list[Problem] = []

    def __iter__(self) -> Iterator[str]:
        rest: list[str] = []
        size = 0
        limit = self.source.limits.line_bytes
        for text in self._decoded():
            for line in text.splitlines(keepends=True) if _only_newlines(text) else _split(text):
                ended = line[-1] == "\n"
                if not rest and ended and len(line) <= limit:
                    self.number += 1
                    yield line
                    continue
                size += len(line)
                if sum(map(len, rest)) <= limit:
                    rest.append(line)
                if ended:
                    yield from self._long("".join(rest), size)
                    rest, size = [], 0
        if rest:
            yield from self._long("".join(rest), size)

    def _long(self, line: str, size: int) -> Iterator[str]:
        """A line that came in pieces: handed out, or noted if it is over the limit."""
        self.number += 1
        if size <= self.source.limits.line_bytes:
            yield line
        else:
            self.problems.append(Problem(self.number, "too_large", f"{size} characters", shown_raw(line)))

    def _decoded(self) -> Iterator[str]:
        utf16 = self.encoding.startswith("utf-16")
        strict = codecs.getincrementaldecoder(self.encoding)("surrogatepass" if utf16 else "surrogateescape")
        last_return = False
        newline_seen = False
        for chunk in self.source:
            text = strict.decode(chunk)
            if not text:
                continue
            newline_seen = newline_seen or "\n" in text
            if not newline_seen and "\r" in text:
                text = text.replace("\r", "\n")  # a file of the old Mac kind: no line feed at all
            if last_return:
                text = "\r" + text
            last_return = text[-1] == "\r"
            text = text[:-1] if last_return else text
            self.damaged = self.damaged or _has_surrogates(text)
            if text:
                yield text
        tail = _finished(strict)
        if last_return or tail:
            self.damaged = self.damaged or bool(tail)
            yield ("\r" if last_return else "") + tail


def _finished(decoder: codecs.IncrementalDecoder) -> str:
    """What the decoder still holds: an incomplete character, as a lone surrogate."""
    try:
        return decoder.decode(b"", True)
    except UnicodeDecodeError:
        return "\udc00"


def _has_surrogates(text: str) -> bool:
    if text.isascii():
        return False
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def is_damaged(line: str) -> bool:
    """Whether a line holds bytes that its encoding does not know."""
    return _has_surrogates(line)


def _only_newlines(text: str) -> bool:
    """Whether `str.splitlines` would split at line feeds only."""
    return text.isascii() and not any(sign in text for sign in "\v\f\x1c\x1d\x1e\r")


def _split(text: str) -> list[str]:
    parts = text.split("\n")
    lines = [p + "\n" for p in parts[:-1]]
    if parts[-1]:
        lines.append(parts[-1])
    return lines
