"""Dashboards of a workspace: the one door for the command line, HTTP and notebooks."""

from typing import TYPE_CHECKING, Any

from desireline.model.dashboard import Dashboard, DashboardChange, Looked, NewDashboard, ShownDashboard, Tile
from desireline.service.shelf import Shelf, sent, valid

if TYPE_CHECKING:
    from desireline.service.workspace import Workspace


class Dashboards:
    """Every method takes a dashboard by its id or its name.

    Example:
        >>> import desireline as dl
        >>> ws = dl.open("desireline-data")  # doctest: +SKIP
        >>> nps = ws.kpis.get("NPS").id  # doctest: +SKIP
        >>> ws.dashboards.create({"name": "Service", "tiles": [{"id": "t1", "kpi": nps}]})  # doctest: +SKIP
        >>> ws.dashboards.show("Service").tiles[0].series.figure.value  # doctest: +SKIP
    """

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    @property
    def _shelf(self) -> Shelf[Dashboard]:
        return Shelf(self._workspace.records, "dashboard", Dashboard)

    def all(self) -> list[Dashboard]:
        """All of them, oldest first."""
        return self._shelf.all() if self._workspace.places.records.exists() else []

    def get(self, which: str) -> Dashboard:
        """One of them.

        Raises:
            UnknownDocument: there is none.
        """
        return self._shelf.get(which)

    def create(self, asked: NewDashboard | dict[str, Any]) -> Dashboard:
        """Keep a new one.

        Raises:
            BadQuestion: a field makes no sense, such as two tiles in one place.
            UnknownDocument: a tile's KPI does not exist.
            NameTaken: another one is called that.
        """
        new = valid(NewDashboard, asked)
        self._check(new.tiles)
        return self._shelf.add({name: getattr(new, name) for name in NewDashboard.model_fields})

    def change(self, which: str, asked: DashboardChange | dict[str, Any]) -> Dashboard:
        """Change or arrange one; what is absent stays.

        Raises:
            UnknownDocument, StaleDocument, BadQuestion, NameTaken: as `create`.
        """
        found, new = self.get(which), valid(DashboardChange, asked)
        fields = sent(new, frozenset({"revision"}))
        known = {tile.kpi for tile in found.tiles}
        self._check([tile for tile in fields.get("tiles", ()) if tile.kpi not in known])
        return self._shelf.change(found.id, new.revision, fields)

    def remove(self, which: str, revision: int | None = None) -> Dashboard:
        """Delete one; its KPIs stay.

        Raises:
            UnknownDocument: there is none.
            StaleDocument: it was changed since `revision`.
        """
        return self._shelf.remove(which, revision)

    def show(self, which: str, language: str = "en", **looked: Any) -> ShownDashboard:
        """All that it shows in one answer; a tile that cannot be measured says why, the others are shown.

        Args:
            which: the dashboard.
            language: of sentences.
            looked: another window, segment or comparison than it is kept with; see `model.dashboard.Looked`.

        Raises:
            UnknownDocument: there is none.
            BadQuestion: a field makes no sense.
        """
        from desireline.service.dashboards.showing import shown

        return shown(self._workspace, valid(Looked, looked).of(self.get(which)), language)

    def _check(self, tiles: list[Tile]) -> None:
        for tile in tiles:
            self._workspace.kpis.get(tile.kpi)
