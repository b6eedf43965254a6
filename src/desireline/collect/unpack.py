"""Bytes of a file, unpacked if it is gzip, within limits."""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from desireline.collect.table import Limits
from desireline.errors import BrokenFile, FileTooLarge

GZIP: Final = b"\x1f\x8b"
CHUNK: Final = 1 << 20


class Bytes:
    """The unpacked bytes of a file in chunks of at most 1 MiB (packed) each.

    Attributes:
        share: of the packed file consumed so far, 0..1.
    """

    def __init__(self, path: Path, limits: Limits) -> None:
        self.path = path
        self.limits = limits
        self.size = max(path.stat().st_size, 1)
        self.packed = 0
        self.unpacked = 0

    @property
    def share(self) -> float:
        """Of the packed file consumed so far."""
        return min(1.0, self.packed / self.size)

    def __iter__(self) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            gzipped = file.read(2) == GZIP
            file.seek(0)
            yield from self._gunzipped(file) if gzipped else self._plain(file)

    def _plain(self, file: BinaryIO) -> Iterator[bytes]:
        while chunk := file.read(CHUNK):
            self.packed += len(chunk)
            self._count(len(chunk))
            yield chunk

    def _gunzipped(self, file: BinaryIO) -> Iterator[bytes]:
        unpacker = zlib.decompressobj(wbits=31)
        try:
            while chunk := file.read(CHUNK // 4):
                self.packed += len(chunk)
                while chunk:
                    if unpacker.eof:
                        if not chunk.startswith(GZIP):
                            return
                        unpacker = zlib.decompressobj(wbits=31)
                    out = unpacker.decompress(chunk, CHUNK)
                    self._count(len(out))
                    yield out
                    chunk = unpacker.unconsumed_tail or unpacker.unused_data
        except zlib.error as error:
            raise BrokenFile(self.path.name, f"gzip: {error}") from error
        if not unpacker.eof:
            raise BrokenFile(self.path.name, "gzip: the file ends before its content does")

    def _count(self, size: int) -> None:
        self.unpacked += size
        limits = self.limits
        if self.unpacked > limits.unpacked_bytes:
            raise FileTooLarge(self.path.name, limits.unpacked_bytes >> 20)
        if self.unpacked > limits.ratio_from and self.unpacked > self.packed * limits.ratio:
            raise FileTooLarge(self.path.name, max(limits.ratio_from, self.packed * limits.ratio) >> 20)


def head(path: Path, size: int, limits: Limits) -> bytes:
    """The first `size` unpacked bytes; whatever there is if the file is shorter.

    Raises:
        BrokenFile: the gzip content ends early or is damaged within these bytes.
    """
    got = b""
    for chunk in Bytes(path, limits):
        got += chunk
        if len(got) >= size:
            break
    return got[:size]


def whole(source: Bytes) -> bytes:
    """All unpacked bytes, at most `limits.document_bytes`.

    Raises:
        FileTooLarge: there are more.
    """
    parts = []
    total = 0
    for chunk in source:
        parts.append(chunk)
        total += len(chunk)
        if total > source.limits.document_bytes:
            raise FileTooLarge(source.path.name, source.limits.document_bytes >> 20)
    return b"".join(parts)
