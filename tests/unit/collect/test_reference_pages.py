"""The reference pages name all that the code knows, and their examples can be read."""

import re
from pathlib import Path

import pytest

from desireline.collect.mapping_file import dump_mapping, read_mapping
from desireline.collect.presets import presets
from desireline.i18n import LANGUAGES, catalogue
from desireline.model.event import IDENTIFIER_TYPES, REJECT_REASONS
from desireline.model.mapping import ChannelMapping, ChannelRule, Mapping, NumberColumn, TextSource, TimeMapping
from tests.unit.collect.files import HEADER, ROW

PAGES = Path(__file__).resolve().parents[3] / "docs" / "reference"


def page(name: str) -> str:
    return (PAGES / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("model", [Mapping, TimeMapping, TextSource, ChannelMapping, ChannelRule, NumberColumn])
def test_every_field_is_explained(model: type[Mapping]) -> None:
    words = set(re.findall(r"\w+", page("reading.md")))
    assert set(model.model_fields) <= words


def test_every_type_and_reason_is_explained() -> None:
    quoted = set(re.findall(r"`(\w+)`", page("reading.md")))
    assert set(IDENTIFIER_TYPES) <= quoted
    assert set(REJECT_REASONS) <= quoted


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_a_sentence(language: str) -> None:
    sentences = [catalogue(language)[f"reject.{reason}"] for reason in REJECT_REASONS]
    assert len(set(map(str, sentences))) == len(REJECT_REASONS)


def test_the_examples_can_be_read() -> None:
    examples = re.findall(r"```yaml\n(.*?)```", page("reading.md"), re.S)
    assert examples
    for example in examples:
        mapping = read_mapping(example)
        assert read_mapping(dump_mapping(mapping)) == mapping


def test_every_preset_and_table_is_explained() -> None:
    text = page("presets.md")
    for name, preset in presets().items():
        assert f"## `{name}`" in text
        if len(preset.tables) > 1:
            assert all(f"| `{t.name}` |" in text for t in preset.tables)


def test_the_generic_row_of_these_tests_is_generic() -> None:
    assert presets()["generic"].fits(HEADER.split(","))
    assert len(ROW.split(",")) == len(HEADER.split(","))
