"""The built front end: a fixed list of files, so no path can lead out of it; every other address is the page itself."""

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import cached_property
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from desireline.errors import UnknownAddress
from desireline.http.language import spoken
from desireline.i18n import translate

BROTLI: Final = ".br"
HASHED: Final = re.compile(r"[-.][A-Za-z0-9_-]{8,}\.\w+$")
TEXTUAL: Final = ("text/", "application/json", "application/javascript", "application/manifest", "image/svg")


@dataclass(frozen=True)
class Asset:
    """One file of the front end, kept in memory in the forms in which it is sent."""

    path: Path
    immutable: bool

    @cached_property
    def body(self) -> bytes:
        """The bytes as they are."""
        return self.path.read_bytes()

    @cached_property
    def packed(self) -> bytes | None:
        """Gzip of a text, None for what is packed already."""
        return gzip.compress(self.body, 9, mtime=0) if self.kind.startswith(TEXTUAL) else None

    @cached_property
    def brotli(self) -> bytes | None:
        """Brotli of a text, where the build made it."""
        made = self.path.with_name(f"{self.path.name}{BROTLI}")
        return made.read_bytes() if made.is_file() else None

    def sent_as(self, accepted: str) -> tuple[bytes, str | None]:
        """The smallest form that is accepted, and the name of its encoding."""
        forms = {"br": self.brotli, "gzip": self.packed}
        return next(((form, name) for name, form in forms.items() if form and name in accepted), (self.body, None))

    @cached_property
    def kind(self) -> str:
        """Media type."""
        guessed = mimetypes.guess_type(self.path.name)[0] or "application/octet-stream"
        return f"{guessed}; charset=utf-8" if guessed.startswith("text/") else guessed

    @cached_property
    def etag(self) -> str:
        """Changes with the content."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


def built() -> Path:
    """Where the package's build hook puts the front end."""
    return Path(str(files("desireline"))) / "web"


def listed(folder: Path) -> dict[str, Asset]:
    """All files below a folder by address; names that carry a hash never change."""
    found = (p for p in folder.rglob("*") if p.is_file() and p.suffix != BROTLI) if folder.is_dir() else ()
    return {p.relative_to(folder).as_posix(): Asset(p, bool(HASHED.search(p.name))) for p in found}


def route(folder: Path) -> Route:
    """Serves the front end of a folder at every address; has to be the last route."""
    assets = listed(folder)
    page = assets.get("index.html")

    def serve(request: Request) -> Response:
        path: str = request.path_params["path"]
        if path.startswith("api/") or path == "api":
            raise UnknownAddress(path=f"/{path}")
        if page is None:
            return _not_built(spoken(request))
        asset = assets.get(path)
        if asset is None and path.startswith("assets/"):
            raise UnknownAddress(path=f"/{path}")
        return _sent(asset or page, request)

    return Route("/{path:path}", serve, methods=["GET", "HEAD"], include_in_schema=False)


def _sent(asset: Asset, request: Request) -> Response:
    headers = {
        "ETag": asset.etag,
        "Vary": "Accept-Encoding",
        "Cache-Control": "public, max-age=31536000, immutable" if asset.immutable else "no-cache",
    }
    if asset.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    body, encoding = asset.sent_as(request.headers.get("accept-encoding", ""))
    if encoding:
        headers["Content-Encoding"] = encoding
    return Response(body, media_type=asset.kind, headers=headers)


def _not_built(language: str) -> HTMLResponse:
    title, text = (escape(translate(language, f"http.not_built.{part}")) for part in ("title", "text"))
    return HTMLResponse(
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        f"<title>{title}</title><h1>{title}</h1><p>{text}</p>",
        503,
        headers={"Cache-Control": "no-store"},
    )
