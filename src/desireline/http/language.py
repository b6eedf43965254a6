"""Which language an answer is written in: `?lang=` first, else the browser's, else English."""

from typing import Annotated

from fastapi import Depends, Query
from starlette.requests import HTTPConnection

from desireline.i18n import known_language


def spoken(connection: HTTPConnection) -> str:
    """`en`, `pl` or `hr` for a request."""
    return known_language(connection.query_params.get("lang") or connection.headers.get("accept-language"))


def _documented(
    connection: HTTPConnection,
    lang: Annotated[str | None, Query(description="en, pl or hr; otherwise the Accept-Language header decides")] = None,
) -> str:
    return known_language(lang) if lang else spoken(connection)


Language = Annotated[str, Depends(_documented)]
"""Parameter type of an endpoint whose answer depends on the language."""
