"""The forms that a notebook wants an answer in."""

from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self

from pydantic import BaseModel, PrivateAttr

from desireline.errors import BadDrilldown, MissingExtra
from desireline.model.summary import PeoplePage
from desireline.model.tabular import Cell, rows

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa
    from matplotlib.figure import Figure

ROWS_SHOWN = 30


class Shown(BaseModel):
    """The base of results: the answer as a table, a data frame, a picture, or the people behind a number.

    Attributes:
        table: the name of the main list, which is the answer as a table.
    """

    table: ClassVar[str] = ""

    _workspace: "Answering | None" = PrivateAttr(None)

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        """Two answers are equal if they say the same, whichever workspace was asked."""
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def asked_of(self, workspace: "Answering") -> Self:
        """The same answer, which knows now where to ask further."""
        self._workspace = workspace
        return self

    def to_rows(self) -> list[dict[str, Cell]]:
        """The answer as a table: the rows of its main list."""
        return rows(getattr(self, self.table))

    def to_arrow(self) -> "pa.Table":
        """The rows as an Arrow table."""
        import pyarrow as pa

        return pa.Table.from_pylist(self.to_rows())

    def to_pandas(self) -> "pd.DataFrame":
        """The rows as a pandas data frame.

        Raises:
            MissingExtra: pandas is not installed.
        """
        _needs("pandas")
        return self.to_arrow().to_pandas()

    def to_polars(self) -> "pl.DataFrame":
        """The rows as a Polars data frame.

        Raises:
            MissingExtra: Polars is not installed.
        """
        frame: pl.DataFrame = _needs("polars").from_arrow(self.to_arrow())
        return frame

    def people(self, cell: str, limit: int = 50, offset: int = 0) -> PeoplePage:
        """The very people counted in a cell; which cells there are is said in each question's result."""
        return self._answering().drill(self._token(), cell, limit=limit, offset=offset)

    def plot(self) -> "Figure":
        """The answer as a Matplotlib figure, which a notebook shows.

        Raises:
            MissingExtra: Matplotlib is not installed.
        """
        _needs("matplotlib")
        return self._answering().plot(self)

    def _repr_html_(self) -> str:
        listed = self.to_rows()
        head = "".join(f"<th>{escape(name)}</th>" for name in (listed[0] if listed else ()))
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(_shown(cell))}</td>" for cell in row.values()) + "</tr>"
            for row in listed[:ROWS_SHOWN]
        )
        more = f" · {len(listed) - ROWS_SHOWN:,} more rows" if len(listed) > ROWS_SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{escape(self.told() + more)}</p>"

    def told(self) -> str:
        """What the answer is of, in a line."""
        return type(self).__name__

    def _token(self) -> str:
        return str(getattr(self, "drilldown", ""))

    def _answering(self) -> "Answering":
        if self._workspace is None:
            raise BadDrilldown(given=self._token()[:40])
        return self._workspace


class Answering(Protocol):
    """What a result needs of the workspace that gave it."""

    def drill(self, token: str, cell: str, limit: int, offset: int) -> PeoplePage:
        """The people in a cell."""

    def plot(self, result: Shown) -> "Figure":
        """The picture of a result."""


def _needs(package: str) -> Any:
    try:
        return import_module(package)
    except ImportError:
        raise MissingExtra(package=package, extra="notebook") from None


def _shown(cell: Cell) -> str:
    if cell is None:
        return "–"
    return f"{cell:,.4g}" if isinstance(cell, float) else f"{cell:,}" if type(cell) is int else str(cell)
