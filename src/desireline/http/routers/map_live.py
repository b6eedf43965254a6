"""What tells an open map that somebody else has changed something."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Final

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from desireline.http.desk import InWorkspace
from desireline.service.workspace import Workspace

router = APIRouter(prefix="/maps/{map_id}", tags=["maps"])

BEAT: Final = 0.3
"""Seconds between two looks. The records are asked, not this process: the command line changes maps too."""

LASTS: Final = 300
"""Seconds until a stream ends; the browser opens the next one by itself."""

QUIET: Final = 15
"""Seconds after which a silent stream says something, so that nothing between cuts it."""


@router.get("/live", response_class=StreamingResponse, responses={200: {"content": {"text/event-stream": {}}}})
def live(request: Request, workspace: InWorkspace, map_id: str) -> StreamingResponse:
    """Server-sent events `version`, `comments` and `library`, each with its counter, now and at every change."""
    first = workspace.maps.pulse(map_id)  # an unknown map is refused before the stream begins
    return StreamingResponse(_beats(request, workspace, map_id, first), media_type="text/event-stream")


async def _beats(request: Request, workspace: Workspace, map_id: str, pulse: dict[str, int]) -> AsyncIterator[str]:
    yield "retry: 500\n\n" + _told(pulse)
    silent = 0.0
    for _ in range(int(LASTS / BEAT)):
        await asyncio.sleep(BEAT)
        if await request.is_disconnected():
            return
        now = await run_in_threadpool(workspace.maps.pulse, map_id)
        changed = {name: n for name, n in now.items() if n != pulse[name]}
        pulse, silent = now, 0.0 if changed else silent + BEAT
        if changed:
            yield _told(changed)
        elif silent >= QUIET:
            silent = 0.0
            yield ":\n\n"


def _told(counters: dict[str, int]) -> str:
    return "".join(f"event: {name}\ndata: {json.dumps({name: n})}\n\n" for name, n in counters.items())
