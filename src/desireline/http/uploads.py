"""Uploaded files: streamed to the workspace under a random name, limited in size, swept away after a day."""

import errno
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from desireline.errors import BadRequest, DiskFull, FileTooLarge, UnknownUpload

LIMIT_MB: Final = 512
KEEP_SECONDS: Final = 24 * 3600


def clean_name(given: str) -> str:
    r"""The last part of a path, safe as a file name; its ending stays, since it tells the format.

    >>> clean_name("../../etc/orders 2024.csv"), clean_name("C:\\x\\..\\zażółć.xlsx"), clean_name("..")
    ('orders_2024.csv', 'zażółć.xlsx', 'upload')
    """
    last = re.split(r"[/\\]", given)[-1]
    safe = re.sub(r"[^\w.-]+", "_", last).strip("._")
    while len(safe.encode()) > 120:
        safe = safe[1:]
    return safe or "upload"


class Uploads:
    """The uploads of one workspace.

    Attributes:
        folder: holds one folder for each upload, named by its id.
        limit_mb: refused above this.
    """

    def __init__(self, folder: Path, limit_mb: int = LIMIT_MB) -> None:
        self.folder = folder
        self.limit_mb = limit_mb

    def path(self, upload: str) -> Path:
        """The file of an upload.

        Raises:
            UnknownUpload: never made, or swept away.
        """
        if re.fullmatch(r"[0-9a-f]{32}", upload):
            for path in (self.folder / upload).glob("*"):
                return path
        raise UnknownUpload(upload=upload[:64])

    def discard(self, upload: str) -> None:
        """Forgets an upload; not an error if it is gone."""
        if re.fullmatch(r"[0-9a-f]{32}", upload):
            shutil.rmtree(self.folder / upload, ignore_errors=True)

    def sweep(self, now: float | None = None) -> None:
        """Removes uploads older than a day."""
        oldest = (now or time.time()) - KEEP_SECONDS
        for folder in self.folder.glob("*"):
            if folder.stat().st_mtime < oldest:
                shutil.rmtree(folder, ignore_errors=True)

    async def receive(self, request: Request) -> tuple[str, Path]:
        """Streams the form field `file` to disk and returns the id and the file.

        Raises:
            BadRequest: no multipart form with one file named `file`.
            FileTooLarge: over the limit; nothing is kept.
            DiskFull: no room; nothing is kept.
        """
        self.sweep()
        upload = secrets.token_hex(16)
        place = self.folder / upload
        place.mkdir(parents=True)
        try:
            return upload, await _Form(place, self.limit_mb).read(request)
        except OSError as error:
            shutil.rmtree(place, ignore_errors=True)
            if error.errno != errno.ENOSPC:
                raise
            raise DiskFull(folder=str(self.folder), free_mb=shutil.disk_usage(self.folder).free >> 20) from None
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise


@contextmanager
def _refused_as_form() -> Iterator[None]:
    try:
        yield
    except FormParserError as error:
        raise BadRequest(problems=[f"body: {error}"]) from None


class _Form:
    """One multipart form on its way to disk. The parser calls back for each piece."""

    def __init__(self, place: Path, limit_mb: int) -> None:
        self.place = place
        self.limit_mb = limit_mb
        self.path: Path | None = None
        self.name = "?"
        self._out: IO[bytes] | None = None
        self._header = ["", ""]
        self._said: dict[str, str] = {}

    async def read(self, request: Request) -> Path:
        kind, options = parse_options_header(request.headers.get("content-type", ""))
        if kind != b"multipart/form-data" or b"boundary" not in options:
            raise BadRequest(problems=["body: a multipart form with the field 'file' is expected"])
        self._bounded(int(request.headers.get("content-length", "0") or 0) - 4096)
        with _refused_as_form():
            parser = MultipartParser(options[b"boundary"], self._callbacks())  # type: ignore[arg-type]
        size = 0
        try:
            async for chunk in request.stream():
                size += len(chunk)
                self._bounded(size - 4096)
                with _refused_as_form():
                    parser.write(chunk)
        finally:
            if self._out is not None:
                self._out.close()
        if self.path is None:
            raise BadRequest(problems=["body.file: missing"])
        return self.path

    def _bounded(self, size: int) -> None:
        if size > self.limit_mb << 20:
            raise FileTooLarge(file=self.name, limit_mb=self.limit_mb)

    def _callbacks(self) -> dict[str, object]:
        return {
            "on_part_begin": self._said.clear,
            "on_header_field": lambda data, start, end: self._grow(0, data[start:end]),
            "on_header_value": lambda data, start, end: self._grow(1, data[start:end]),
            "on_header_end": self._header_done,
            "on_headers_finished": self._open,
            "on_part_data": lambda data, start, end: self._out and self._out.write(data[start:end]),
            "on_part_end": self._close,
        }

    def _grow(self, which: int, piece: bytes) -> None:
        self._header[which] += piece.decode("utf-8", "replace")

    def _header_done(self) -> None:
        self._said[self._header[0].lower()] = self._header[1]
        self._header = ["", ""]

    def _open(self) -> None:
        _, options = parse_options_header(self._said.get("content-disposition", "").encode())
        if options.get(b"name") != b"file" or b"filename" not in options or self.path is not None:
            return
        self.name = clean_name(options[b"filename"].decode("utf-8", "replace"))
        self.path = self.place / self.name
        self._out = self.path.open("xb")

    def _close(self) -> None:
        if self._out is not None:
            self._out.close()
            self._out = None
