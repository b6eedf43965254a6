"""The reference page of the map document names every field that there is."""

import re
from pathlib import Path
from typing import get_args

import pytest

from desireline.i18n import LANGUAGES, catalogue
from desireline.model import map as model

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "map.md"


@pytest.mark.parametrize("part", [model.MapDocument, model.MapStage, model.MapTouchpoint, model.Evidence])
def test_every_field_is_described_in_its_section(part):
    section = PAGE.read_text(encoding="utf-8").split(f"## {part.__name__}\n")[1].split("\n## ")[0]
    named = {name for line in section.splitlines() for name in re.findall(r"`(\w+)`", line.split(" | ")[0])}
    assert set(part.model_fields) - named == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_need_grade_and_lane_has_words(language):
    codes = [f"map.needs.{code}" for code in get_args(model.Need)]
    codes += [f"map.evidence.{grade}" for grade in get_args(model.Grade)]
    codes += [f"map.lane.{kind}" for kind in (*get_args(model.Waiting), "path", "touchpoints")]
    assert [code for code in codes if code not in catalogue(language)] == []
    page = PAGE.read_text(encoding="utf-8")
    assert all(f"`{code}`" in page for code in get_args(model.Need))
