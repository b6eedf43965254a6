"""What no body may hold, whichever endpoint it is for: texts that UTF-8 cannot write."""

import json
import re
from typing import Final

from starlette.requests import Request

from desireline.errors import BadRequest
from desireline.http.guard import UPLOADS

_HALF: Final = re.compile(rb"\\u[dD][89a-fA-F]")
"""Where half of a pair of UTF-16 may stand; whole pairs are looked at too."""


async def writable(request: Request) -> None:
    """Refuses JSON with half of a pair of UTF-16, of which nothing could be stored or answered.

    Raises:
        BadRequest: there is one.
    """
    if request.url.path == UPLOADS or "json" not in request.headers.get("content-type", ""):
        return
    body = await request.body()
    if _HALF.search(body) and not _writable(body):
        raise BadRequest(problems=["body: half of a pair of UTF-16, which UTF-8 cannot hold"])


def _writable(body: bytes) -> bool:
    try:
        json.dumps(json.loads(body), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    except (ValueError, RecursionError):
        return True  # no JSON at all: whoever reads it says so
    return True
