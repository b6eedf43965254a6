"""A simulation: tables with what was observed, tables with what is true, and how they are written."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from desireline.model.definition import Definition

TABLES = ("events", "events_truth", "people", "identities", "assignments")


@dataclass(frozen=True)
class Simulation:
    """Invented people and what they did; nothing of it is real.

    Attributes:
        events: as an analyst gets them, readable by the preset `generic`.
        events_truth: stage and true time of each event, and what is wrong with it.
        people: latent persona, type and intent, and outcomes with and without friction.
        identities: identifiers as they were observed.
        assignments: who was in which arm of an experiment.
        definition: the planted stages, touchpoints and goal.
        truth: what `truth.json` holds.
    """

    events: pa.Table
    events_truth: pa.Table
    people: pa.Table
    identities: pa.Table
    assignments: pa.Table
    definition: Definition
    truth: dict[str, Any]

    def write(self, folder: Path | str) -> list[Path]:
        """Writes everything into a folder, which is made; files of the same names are replaced.

        Raises:
            OSError: the system does not let us.
        """
        target = Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        for name in TABLES:
            pq.write_table(getattr(self, name), target / f"{name}.parquet")
        shown = self.definition.model_dump(mode="json", exclude_defaults=True)
        body = yaml.safe_dump(shown, sort_keys=False, allow_unicode=True)
        (target / "definition.yaml").write_text(f"# simulated\n{body}", encoding="utf-8")
        truth = json.dumps(self.truth, ensure_ascii=False, indent=1)
        (target / "truth.json").write_text(truth + "\n", encoding="utf-8")
        return sorted(
            [*(target / f"{name}.parquet" for name in TABLES), target / "definition.yaml", target / "truth.json"]
        )
