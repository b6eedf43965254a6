"""Maps as Markdown: an outline that people can read comes back as the map, and outlines of all kinds are understood."""

from pathlib import Path

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from desireline.errors import MapUnreadable
from desireline.maps import into
from desireline.maps.out import Request
from desireline.maps.out import markdown as markdown_out
from tests.unit.maps.sheets import sheet
from tests.unit.maps.strategies import readable_maps, shape
from tests.unit.maps.test_tables import drawn, stages


def outline(told, language="en", **more) -> str:
    return markdown_out.write(Request(told, language, **more)).decode()


def read(text: str, name: str = "x.md"):
    return into.read(name, text.encode())


@given(readable_maps())
def test_an_outline_comes_back(told):
    assert shape(read(outline(told, "pl")).map) == shape(told)


def test_a_whole_map_comes_back_but_for_its_figures():
    found = read(outline(sheet()))
    assert stages(found.map) == stages(sheet())
    assert found.map.stages[0].description == "They learn that **we exist**."
    assert drawn(found.map)["touchpoints"][5] == ["Payment *with* <card>"]
    assert drawn(found.map)["actions"][4] == ["I put it in the basket:\n\n- the gift\n- a card\n- paper"]
    assert [note.code for note in found.notes] == ["figures_left_out"]
    assert not any("▸" in card.text for card in found.map.cards())


def test_readers_of_markdown_see_headings_labels_and_lists():
    html = MarkdownIt("commonmark").render(outline(sheet()))
    assert "<h1>First purchase (fictitious figures)</h1>" in html
    assert "<h3>Fills the basket</h3>" in html
    assert "<p><strong>Touchpoints</strong></p>" in html
    assert "<li>Payment *with* &lt;card&gt; — Three of four cards\n<ul>\n<li>▸ 6,610 people</li>" in html
    assert '<a href="https://example.org/study?a=1&amp;b=2">the study</a>' in html


def test_small_cells_are_hidden_from_outsiders():
    assert "31 people" in outline(sheet())
    assert "31 people" not in outline(sheet(), threshold=50)


@pytest.mark.parametrize(
    ("text", "name", "expected", "cards"),
    [
        (  # a numbered list of two levels
            "1. Discover\n   1. See an ad\n   2. Click\n2. Buy\n   1. Pay\n",
            "x", [("Discover", ["See an ad", "Click"]), ("Buy", ["Pay"])], {},
        ),
        (  # three levels, tabs, checked items, lanes before the text
            "# Prezent\n\n- Przed\n\t- Szuka\n\t\t- [ ] szukam\n\t\t- **Ból:** drogo\n\t- Pyta\n- Po\n\t* Używa\n",
            "Prezent", [("Przed", ["Szuka", "Pyta"]), ("Po", ["Używa"])],
            {"actions": [["szukam"], [], []], "Ból": [["drogo"], [], []]},
        ),
        (  # headings with lists below
            "# Trip\n## Plan ##\nWhat comes first.\n- Dream\n  - I look\n    at maps\n- Book\n## Go\n1) Fly\n",
            "Trip", [("Plan", ["Dream", "Book"]), ("Go", ["Fly"])], {"actions": [["I look\nat maps"], [], []]},
        ),
        (  # headings to the cell
            "## A\n### B\nEmotions:\n- +1 fine\n\n**Pain points**\n\n* slow\n* dear\n\n### C\n__Misli__:\n- hm\n",
            "x", [("A", ["B", "C"])],
            {"Emotions": [["fine"], []], "pain_points": [["slow", "dear"], []], "Misli": [[], ["hm"]]},
        ),
        (  # fourth-level headings are lanes
            "## A\n### B\n#### Opportunities\n- sell *more*\n",
            "x", [("A", ["B"])], {"opportunities": [["sell *more*"]]},
        ),
        (  # what stands in a fence is no heading
            "## A\n### B\n- see\n  ```\n  # no heading\n  ```\n",
            "x", [("A", ["B"])], {"actions": [["see\n```\n# no heading\n```"]]},
        ),
    ],
)  # fmt: skip
def test_outlines_of_other_people(text, name, expected, cards):
    found = read(text).map
    assert found.name == name
    assert stages(found) == expected
    assert drawn(found) == cards


def test_a_paragraph_describes_what_it_stands_below():
    found = read("## A\n\nFirst\nline.\n\n> quoted\n\n### B\n\nAbout B\n- card\n").map
    assert found.stages[0].description == "First\n\nline.\n\nquoted"
    assert found.stages[0].steps[0].description == "About B"


@pytest.mark.parametrize("text", ["# Only a title\n", "Some prose.\n", "```\n- a\n"])
def test_what_has_no_stage_is_no_map(text):
    with pytest.raises(MapUnreadable) as refused:
        read(text)
    assert refused.value.reason == "no_stages"


def test_a_name_is_taken_from_the_file_without_a_title():
    assert read("- a\n  - b\n", str(Path("maps") / "first_purchase.v2.md")).map.name == "first purchase"


def test_a_stage_without_steps_has_one_without_a_name():
    assert stages(read("## A\n## B\n### C\n").map) == [("A", [""]), ("B", ["C"])]
