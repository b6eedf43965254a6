"""Scales that were declared at import win over what scores and names let guess."""

from pathlib import Path

import pytest

from desireline.analyze.feelings import feelings, scales
from desireline.collect.mapping_file import read_mapping
from desireline.model.counted import Voices
from desireline.model.question import Asked
from desireline.service.workspace import Workspace


def test_a_declared_scale_wins_over_the_guess(tmp_path: Path) -> None:
    """Answers of 1, 4 and 7 look like effort, and 1 to 4 on a scale of ten like satisfaction of 1 to 5."""
    rows = [("seven", s) for s in (1, 4, 7)] * 4 + [("ten", s) for s in (1, 2, 3, 4)] * 4
    file = tmp_path / "s.csv"
    lines = [f"p{i},2026-05-01,{name},{score}" for i, (name, score) in enumerate(rows)]
    file.write_text("\n".join(["who,at,question,answer", *lines]))
    answer = {"column": "answer", "question_column": "question", "scales": {"seven": "csat_7", "ten": "csat_10"}}
    mapping = read_mapping({
        "person": [{"column": "who"}], "time": {"column": "at"}, "event": {"template": "At {question}"},
        "feedback": {"answers": [answer]},
    })  # fmt: skip
    ws = Workspace(tmp_path / "ws")
    ws.import_files([file], "s", mapping=mapping)
    scope = ws.scope(Asked())
    assert scales(scope) == {"At seven": "csat", "At ten": "csat"}
    said = feelings(scope, {n: Voices(weights=((n, 1.0),)) for n in ("At seven", "At ten")})
    assert said["At seven"].value == pytest.approx(0)  # -2, 0 and +2 in equal numbers
    assert said["At ten"].value == pytest.approx(1 + 1.5 * 4 / 9 - 3)  # a mean of 2.5 out of 1 to 10, on 1 to 5
    raw = feelings(scope, {"it": Voices(weights=(("At seven", 1.0),), raw=True)})["it"]
    assert (raw.value, raw.n) == (None, 0)  # a mean of 1 to 7 is none of 1 to 5
