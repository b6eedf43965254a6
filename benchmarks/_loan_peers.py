"""Libraries that analysts would pick for journeys and credit, each loaded with the same sorted rows.

Order of equal times: ours is the order of arrival; pm4py and retentioneering sort by case and time and keep the order
of rows that are equal in both, which comes to the same. Times: retentioneering counts the boundaries of seconds between
two moments, pm4py on Polars cuts to whole seconds; both are within a second. retentioneering counts entries and exits
as transitions, too; they are left out. The heuristics of ChannelAttribution are equal to ours; its Markov chain is a
simulation, ours is solved, so their shares are compared to one twentieth of all conversions.
"""

import importlib.util
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import synthetic

Answer = object

QUIET = {"RETENTIONEERING_NO_TRACK": "1"}
"""The library would tell its makers of each call."""

SIMULATED = 0.05
EXACT, TO_THE_SECOND = 1e-6, 1.0


def write(file: Path, made: synthetic.Events, names: list[str]) -> None:
    """The rows in order: case (text), event, time."""
    event = pa.DictionaryArray.from_arrays(pa.array(made.kind.astype("int32")), pa.array(names))
    case = pa.array(made.person).cast(pa.string())
    time = pa.array(made.time).cast(pa.timestamp("us", tz="UTC"))
    table = pa.table({"case": case, "number": made.person, "event": event.cast(pa.string()), "time": time})
    pq.write_table(table, file, compression="lz4")


class Pm4pyPandas:
    """pm4py on a pandas frame of its own columns."""

    name, module = "pm4py on pandas", "pm4py"
    KEYS = ("case:concept:name", "concept:name", "time:timestamp")

    def __init__(self, rows: Path) -> None:
        import pm4py

        self.pm4py = pm4py
        frame = pq.read_table(rows, columns=["case", "event", "time"]).rename_columns(self.KEYS).to_pandas()
        case, event, time = self.KEYS
        self.log = self.formed(pm4py.format_dataframe(frame, case_id=case, activity_key=event, timestamp_key=time))

    def formed(self, frame: Any) -> Any:
        """The form that questions are asked of."""
        return frame

    def counts(self) -> Answer:
        return dict(self.pm4py.discover_dfg(self.log)[0])

    def medians(self) -> Answer:
        return dict(self.pm4py.discover_performance_dfg(self.log, perf_aggregation_key="median")[0])

    def variants(self) -> Answer:
        return dict(self.pm4py.get_variants(self.log))


class Pm4pyPolars(Pm4pyPandas):
    """pm4py on a lazy Polars frame."""

    name = "pm4py on Polars"

    def formed(self, frame: Any) -> Any:
        """The same rows, lazy."""
        import polars as pl

        return pl.from_pandas(frame).lazy()


class Retentioneering:
    """Its stream of events; a funnel without a window, no variants."""

    name = module = "retentioneering"

    def __init__(self, rows: Path) -> None:
        from retentioneering import Eventstream

        table = pq.read_table(rows, columns=["number", "event", "time"])
        frame = table.rename_columns(["user_id", "event", "timestamp"]).to_pandas()
        frame["timestamp"] = frame["timestamp"].dt.tz_localize(None)
        self.stream = Eventstream(frame)

    def counts(self) -> Answer:
        matrix = self._inner("count")
        return {pair: int(n) for pair, n in matrix.stack().items() if n}

    def medians(self) -> Answer:
        matrix = self._inner("time_median")
        return {pair: wait.total_seconds() for pair, wait in matrix.stack().dropna().items()}

    def funnel(self, steps: list[str]) -> Answer:
        return [step["unique_paths"] for step in self.stream.funnel_data(steps=steps)["steps"]]

    def _inner(self, values: str) -> Any:
        matrix = self.stream.transition_graph_data(edge_weight=values)
        return matrix.drop(index=["path_start", "path_end"], columns=["path_start", "path_end"], errors="ignore")


class OurCredit:
    """Credit by `attribution_of_paths`."""

    def heuristics(self, file: Path) -> Answer:
        from desireline.service.path_tables import attribution_of_paths

        asked = {"models": ["first", "last", "linear"], "intervals": False}
        found = {c: attribution_of_paths(file, {**asked, "credit": c}).models for c in ("conversions", "value")}
        return {(c, model): dict(credit) for c, models in found.items() for model, credit in models.items()}

    def markov(self, file: Path) -> Answer:
        from desireline.service.path_tables import attribution_of_paths

        return _shares(attribution_of_paths(file, {"models": ["markov"], "intervals": False}).models["markov"])


class TheirCredit:
    """Credit by ChannelAttribution."""

    def heuristics(self, file: Path) -> Answer:
        import ChannelAttribution as library  # noqa: N813
        import pandas as pd

        found = library.heuristic_models(
            pd.read_csv(file, sep=";"), "path", "total_conversions", var_value="total_conversion_value", flg_pro=False
        ).set_index("channel_name")
        columns = {"conversions": "conversions", "value": "value"}
        return {
            (credit, model): found[f"{model}_touch_{column}"].to_dict()
            for credit, column in columns.items()
            for model in ("first", "last", "linear")
        }

    def markov(self, file: Path) -> Answer:
        import ChannelAttribution as library  # noqa: N813
        import pandas as pd

        found = library.markov_model(
            pd.read_csv(file, sep=";"), "path", "total_conversions", var_null="total_null", seed=1, verbose=False,
            flg_pro=False,
        )  # fmt: skip
        return _shares(found.set_index("channel_name")["total_conversions"].to_dict())


def _shares(credit: dict[str, float]) -> dict[str, float]:
    whole = sum(credit.values())
    return {channel: float(part) / whole for channel, part in credit.items()}


def near(engine: str, question: str) -> float:
    """How far a time or a share may be from ours (see above)."""
    if question.endswith("Markov"):
        return SIMULATED
    return TO_THE_SECOND if question.endswith("medians") and engine != Pm4pyPandas.name else EXACT


def installed() -> dict[str, type]:
    """The libraries that can be asked here, by name."""
    known = {Pm4pyPandas: ("pm4py",), Pm4pyPolars: ("pm4py", "polars"), Retentioneering: ("retentioneering",)}
    return {peer.name: peer for peer, needed in known.items() if all(importlib.util.find_spec(m) for m in needed)}


def has_channel_attribution() -> bool:
    """Whether it is installed."""
    return importlib.util.find_spec("ChannelAttribution") is not None


def modules() -> list[str]:
    """What can be imported of the libraries."""
    return [m for m in ("pm4py", "retentioneering", "ChannelAttribution") if importlib.util.find_spec(m)]
