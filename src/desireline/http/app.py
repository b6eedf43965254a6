"""The application: the API under `/api`, the front end everywhere else, the guard around both."""

import os
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Depends, FastAPI
from starlette.middleware.gzip import GZipMiddleware

from desireline.http import failures, spa
from desireline.http.bodies import writable
from desireline.http.desk import Desk
from desireline.http.guard import Guard
from desireline.http.routers import (
    actions,
    alerts,
    annotations,
    before_after,
    clv,
    compare,
    dashboards,
    definition,
    deliveries,
    experiments,
    faq,
    feedback,
    forms,
    hosted,
    imports,
    kpis,
    library,
    map_files,
    map_live,
    map_team,
    maps,
    opportunities,
    people,
    personas,
    promises,
    questions,
    rejects,
    reports,
    saved,
    segments,
    sentiment,
    status,
    studies,
    subscriptions,
    topics,
)
from desireline.http.scheduler import Scheduler

DESCRIPTION = """The same questions and answers as the command line's `--json` and Python.

Refusals have the shape `{"error": {"code", "message", "details"}}`; the message is in the language of `?lang=`
or of the `Accept-Language` header (en, pl, hr)."""

PACKED_FROM: Final = 2_000
"""Bytes from which an answer is compressed; a map with its figures shrinks to a fifth."""


def create_app(workspace: Path | str, web: Path | None = None) -> FastAPI:
    """The application over one workspace.

    Args:
        workspace: its folder; opened at the first request.
        web: folder of the built front end, by default the package's own.
    """
    app = FastAPI(
        title="Desireline",
        version=_version(),
        description=DESCRIPTION,
        openapi_url="/api/openapi.json",
        docs_url=None,  # its scripts come from another site
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: f"{route.tags[0]}_{route.name}" if route.tags else route.name,
    )
    app.state.desk = Desk(Path(workspace))
    api = APIRouter(prefix="/api", responses=failures.REFUSALS, dependencies=[Depends(writable)])
    for noun in _NOUNS:
        api.include_router(noun.router)
    app.include_router(api)
    app.include_router(hosted.router)
    app.router.routes.append(spa.route(web or spa.built()))
    failures.install(app)
    app.add_middleware(GZipMiddleware, minimum_size=PACKED_FROM, compresslevel=4)
    app.add_middleware(Guard, folder=Path(workspace))
    return app


_NOUNS = (
    status, questions, compare, segments, saved, people, personas, map_files, map_live, map_team, maps, library,
    opportunities, feedback, kpis, clv, experiments, before_after, actions, annotations, definition, imports,
    rejects, forms, studies, sentiment, topics, promises, faq,
    dashboards, alerts, deliveries, reports, subscriptions,
)  # fmt: skip
"""In the order in which addresses are tried: `/maps/formats` before `/maps/{map_id}`."""


def from_environment() -> FastAPI:
    """The application over the workspace that `DESIRELINE_WORKSPACE` names: what `desireline serve` starts."""
    app = create_app(os.environ.get("DESIRELINE_WORKSPACE", "desireline-data"))
    desk: Desk = app.state.desk
    Scheduler(lambda: desk.workspace, desk.folder).start()
    return app


def _version() -> str:
    try:
        return version("desireline")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "0"
