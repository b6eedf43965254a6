"""What the endpoints share: the workspace, the uploads and the background jobs of one server."""

import threading
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from desireline.http.hosted.floods import Floods
from desireline.http.hosted.flusher import Flusher
from desireline.http.jobs import Jobs
from desireline.http.uploads import Uploads
from desireline.model.summary import ImportSummary
from desireline.service.workspace import Workspace
from desireline.store.paths import Paths


class Desk:
    """One for each application.

    Attributes:
        folder: the workspace's folder.
        uploads: files on their way in.
        jobs: imports in the background.
        floods: how many answers come in.
        flusher: brings them into the lake.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.uploads = Uploads(Paths(folder).uploads)
        self.jobs: Jobs[ImportSummary] = Jobs(folder)
        self.floods = Floods()
        self.flusher = Flusher(self._flush, folder)
        self._lock = threading.Lock()
        self._workspace: Workspace | None = None

    def _flush(self) -> None:
        self.workspace.forms.flush()

    @property
    def workspace(self) -> Workspace:
        """Opened at the first request."""
        with self._lock:
            if self._workspace is None:
                self._workspace = Workspace.open(self.folder)
            return self._workspace


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def _workspace(request: Request) -> Workspace:
    return _desk(request).workspace


AtDesk = Annotated[Desk, Depends(_desk)]
"""Parameter type of an endpoint that needs uploads or jobs."""

InWorkspace = Annotated[Workspace, Depends(_workspace)]
"""Parameter type of an endpoint that needs the workspace."""
