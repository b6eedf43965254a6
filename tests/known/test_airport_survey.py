"""Known answers of the SFO customer survey 2010 to 2017, read with the mappings in `examples/`."""

import json
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pytest

from desireline.collect.importing import parse
from desireline.collect.mapping_file import load_mapping
from desireline.model.scales import BUCKETS

MAPPINGS = Path(__file__).resolve().parents[2] / "examples" / "sfo_customer_survey"


def read(data: Path, year: int, question: str | None = None) -> tuple[pa.Table, pa.Table]:
    """The survey of a year, or its answers to one question, which is read in a fraction of the time."""
    file = next((data / "sfo_customer_survey").glob(f"{year}_*.csv"))
    mapping = load_mapping(MAPPINGS / f"{year}.yaml")
    if question is not None:
        assert mapping.feedback is not None
        chosen = [answer for answer in mapping.feedback.answers if answer.question == question]
        feedback = mapping.feedback.model_copy(update={"answers": chosen})
        mapping = mapping.model_copy(update={"feedback": feedback, "properties": []})
    parts = list(parse([file], source=f"sfo-{year}", mapping=mapping))
    return pa.concat_tables([p.events for p in parts]), pa.concat_tables([p.rejects for p in parts])


def scores(events: pa.Table, question: str) -> list[float]:
    asked = [json.loads(p)["question"] for p in events["properties"].to_pylist()]
    return [s for q, s in zip(asked, events["score"].to_pylist(), strict=True) if q == question]


def test_2017_net_promoter_score_and_satisfaction(data: Path) -> None:
    events, rejects = read(data, 2017)
    nps = scores(events, "nps")
    detractors, promoters = (sum(s <= 6 for s in nps), sum(s >= 9 for s in nps))
    assert (detractors, len(nps) - detractors - promoters, promoters) == (342, 968, 1_436)
    assert round(100 * (promoters - detractors) / len(nps), 2) == 39.84
    whole = scores(events, "airport")
    assert len(whole) == 2_688
    assert round(sum(whole) / len(whole), 3) == 4.064
    assert round(100 * sum(s >= BUCKETS["csat_5"].good_from for s in whole) / len(whole), 2) == 82.07
    assert Counter(rejects["reason"].to_pylist()) == {"no_answer": 3}


@pytest.mark.parametrize(
    ("year", "counted"),
    [
        (2010, [5, 50, 705, 1_744, 589]), (2011, [16, 66, 827, 1_978, 807]), (2012, [7, 64, 639, 1_856, 782]),
        (2013, [6, 69, 616, 1_931, 712]), (2014, [6, 38, 522, 1_506, 605]), (2015, [7, 29, 526, 1_508, 740]),
        (2016, [7, 51, 497, 1_633, 731]),
    ],
)  # fmt: skip
def test_the_airport_as_a_whole_by_year(data: Path, year: int, counted: list[int]) -> None:
    """The counts of the codes 1 to 5 in the file's own column, by a plain `GROUP BY`."""
    events, rejects = read(data, year, "airport")
    found = Counter(scores(events, "airport"))
    missing = 10 if year == 2011 else 0  # rows without a respondent's number
    assert sum(counted) - sum(found[k] for k in range(1, 6)) <= missing
    assert all(0 <= n - found[k] <= missing for k, n in enumerate(counted, 1))
    assert set(rejects["reason"].to_pylist()) <= {"no_answer", "no_person"}
    assert {json.loads(p)["survey"] for p in events["properties"].to_pylist()[:50]} == {f"SFO Customer Survey {year}"}
