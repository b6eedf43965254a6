"""The notebook runs from top to bottom on the demo's data, and says the known figures."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from desireline.service.workspace import Workspace
from tests.commands import PACKAGE

BOOK = Path(__file__).resolve().parents[2] / "examples" / "journeys.ipynb"


@pytest.fixture(scope="module")
def ran(households: Workspace) -> nbformat.NotebookNode:
    book = nbformat.read(BOOK, as_version=4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DESIRELINE_WORKSPACE", str(households.places.root))
        patch.setenv("PYTHONPATH", str(PACKAGE))
        NotebookClient(book, timeout=300, kernel_name="python3").execute()
    return book


def shown(book: nbformat.NotebookNode, source: str, kind: str = "text/plain") -> str:
    """What the cell that holds `source` printed, in one of its forms."""
    cell = next(c for c in book.cells if c.cell_type == "code" and source in c.source)
    return "".join(o["data"].get(kind, "") for o in cell.outputs if "data" in o)


def test_figures_are_the_known_ones(ran: nbformat.NotebookNode) -> None:
    table = shown(ran, "funnel = ws.funnel", "text/html")
    assert "<td>1,559</td>" in table
    assert "<td>410</td>" in table
    assert shown(ran, "funnel.people").startswith("(1149,")


def test_pictures_are_pictures(ran: nbformat.NotebookNode) -> None:
    for source in ("funnel.plot()", "times.plot()", "retention.plot()"):
        assert len(shown(ran, source, "image/png")) > 5_000


def test_it_is_kept_without_outputs() -> None:
    assert all(not c.get("outputs") for c in nbformat.read(BOOK, as_version=4).cells)
