"""A report of 20 pages and more as PDF and PPTX: the first time, and again.

Usage: python benchmarks/reports.py [--people 10000] [--workspace DIR] [--json FILE]

Title, four dashboards of six KPIs, the map, 40 obstacles, opportunities and verdicts over simulated journeys. The bar
is 10 seconds each on 2 cores. A workspace that is named is copied before.
"""

import argparse
import io
import json
import shutil
import tempfile
import time
from pathlib import Path

from pptx import Presentation

from desireline.service.workspace import Workspace

BAR_SECONDS = 10.0
PAIRS = (("Home page", "Order"), ("Search ad", "Order"), ("Product page", "Basket"), ("Basket", "Order"),
         ("Checkout", "Payment"), ("Newsletter", "Order"))  # fmt: skip


def prepared(ws: Workspace) -> None:
    """KPIs, dashboards and the report."""
    kinds = ("conversion", "cart_abandonment", "time_to_value", "reaching_value")
    parts: list[dict[str, object]] = [{"part": "text", "title": "Summary", "text": "What the journeys show."}]
    for kind in kinds:
        ids = []
        for start, goal in PAIRS:
            source = {"origin": "events", "start": [start], "goal": [goal], "within": "30d"}
            ids.append(ws.kpis.create({"name": f"{kind} {start} – {goal}", "kind": kind, "source": source}).id)
        tiles = [
            {"id": f"t{k}", "kpi": one, "column": k % 3 * 4, "width": 4, "row": k // 3 * 2} for k, one in enumerate(ids)
        ]
        board = ws.dashboards.create({"name": f"{kind} by start", "tiles": tiles, "window": {"by": "week", "last": 16}})
        parts.append({"part": "dashboard", "dashboard": board.id})
    for title in ("Say when the parcel comes", "Show the way back", "Answer before they ask"):
        ws.opportunities.create(
            {"title": title, "effort": 2, "description": "An idea.", "money_per_year": {"value": 1}}
        )
    parts += [{"part": "map", "map": ws.maps.all()[0].id}, {"part": "obstacles", "most": 40}, {"part": "kpis"}]
    parts += [{"part": "opportunities"}, {"part": "verdicts"}]
    ws.reports.create({"name": "Monthly", "parts": parts})


def main() -> None:
    """Prints pages, bytes and seconds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "workspace"
        if asked.workspace:
            shutil.copytree(asked.workspace, place)
        else:
            from desireline.service import demo_simulated

            demo_simulated.run(Workspace(place), people=asked.people)
        ws = Workspace(place)
        prepared(ws)
        rows = [timed(place, form, cold=cold, ws=ws) for form in ("pdf", "pptx") for cold in (True, False)]
    if asked.json:
        asked.json.write_text(json.dumps({"benchmark": "reports", "results": rows}, indent=1))


def timed(place: Path, form: str, *, cold: bool, ws: Workspace) -> dict[str, object]:
    """One report; `cold` in a workspace that was just opened."""
    begun, busy = time.perf_counter(), time.process_time()
    body = (Workspace(place) if cold else ws).reports.make("Monthly", form).body  # type: ignore[arg-type]
    seconds, cores = time.perf_counter() - begun, time.process_time() - busy
    pages = len(Presentation(io.BytesIO(body)).slides) if form == "pptx" else _pages(body)
    row = {"what": form, "cold": cold, "pages": pages, "bytes": len(body), "seconds": round(seconds, 2),
           "core_seconds": round(cores, 2), "bar": BAR_SECONDS}  # fmt: skip
    print(row)
    return row


def _pages(body: bytes) -> int:
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(body)).pages)


if __name__ == "__main__":
    main()
