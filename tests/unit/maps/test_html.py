"""The page for those outside: nothing runs, nothing is fetched, small groups stay hidden, the table can be heard."""

import re

import pytest
from lxml import html as parser

from desireline.maps.out import export
from desireline.maps.prose import plain
from tests.unit.maps.exports import file_of, grid_of, solid
from tests.unit.maps.sheets import AS_OF, picture, sheet

FETCHING = {"src", "srcset", "data", "poster", "background", "formaction", "action", "code", "xlink:href"}


def page(data=None):
    return parser.document_fromstring(file_of("sheet", "html") if data is None else data)


def columns(table):
    """How many columns each row fills, with those that cells above reach down into."""
    found = []
    for section in table.iter("thead", "tbody"):
        open_cells: list[tuple[int, int]] = []
        for row in section.iter("tr"):
            above = sum(wide for wide, left in open_cells if left > 0)
            own = [(int(c.get("colspan", 1)), int(c.get("rowspan", 1))) for c in row if c.tag in {"td", "th"}]
            found.append(above + sum(wide for wide, _ in own))
            open_cells = [(wide, left - 1) for wide, left in open_cells] + [(w, d - 1) for w, d in own]
    return found


def test_nothing_runs_and_nothing_is_fetched():
    root = page()
    assert not list(root.iter("script", "iframe", "object", "embed", "link", "form", "base"))
    for element in root.iter():
        names = [n for n in element.attrib if n.startswith("on")]
        assert names == []
        for name in FETCHING & set(element.attrib):
            assert element.get(name).startswith("data:image/")
    policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'")
    assert "script" not in policy
    style = root.xpath("string(//style)")
    assert not re.search(r"@import|url\(", style)


def test_every_card_is_there():
    told = solid(page().text_content())
    shown = grid_of(threshold=50)
    for item in (i for lane in shown.lanes for i in lane.items()):
        for part in (item.name, plain(item.text).split("•")[0], item.measured, item.value):
            assert solid(part or "") in told
    images = page().xpath("//img/@alt")
    assert images == ["A shop window at dusk"]


def test_small_groups_are_hidden_and_it_is_said():
    told = re.sub(r"\s+", " ", page().text_content())
    for few in ("31 people", "12 people", "17 people", "41 people", "n 24"):
        assert not re.search(rf"(?<![\d,]){few}", told)
    assert "Figures of fewer than 50 people are hidden: 3 here." in told
    assert (
        told.count("too few people to show") == 2
    )  # card b2 and the emotion of p5; the people of step p7 are left out
    everyone = re.sub(r"\s+", " ", grid_of().lanes[6].items()[1].measured or "")
    assert everyone == "31 people"


def test_the_table_can_be_heard():
    root = page()
    assert root.get("lang") == "en"
    (table,) = root.iter("table")
    assert table.find("caption").text.startswith("Journey map, 1 Aug 2026")
    assert set(columns(table)) == {8}  # the names of lanes and seven steps
    assert all(th.get("scope") for th in table.iter("th"))
    drawings = [svg for svg in table.iter("svg") if svg.get("aria-hidden") != "true"]
    assert len(drawings) == 2
    assert all(svg.get("role") == "img" and svg.get("aria-label") for svg in drawings)


def test_typed_and_measured_never_look_alike():
    root = page()
    typed = {e.text for e in root.xpath("//*[@class='typed']")}
    assert {"12.5 zł", "−1.5", "+1.8", "5/5"} <= typed
    measured = {e.text for e in root.xpath("//*[@class='ground']/strong")}
    assert "29,880 people" in measured
    assert typed.isdisjoint(measured)


def test_both_colour_schemes_and_print_are_styled():
    style = page().xpath("string(//style)")
    assert "color-scheme: light dark" in style
    assert "@media (prefers-color-scheme: dark)" in style
    assert "@media print" in style
    assert "@page { size: A3 landscape" in style


@pytest.mark.parametrize("language", ["pl", "hr"])
def test_it_speaks_the_language(language):
    root = page(file_of("sheet", "html", "A3", language))
    assert root.get("lang") == language
    note = {"pl": "Liczby dotyczące mniej niż 50 osób są ukryte", "hr": "Brojke iza kojih stoji manje od 50 ljudi"}
    assert note[language] in root.text_content()


def test_markup_in_names_is_text():
    bad = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    lane = {"id": "l", "kind": "text", "title": bad, "cells": {"p1": [{"id": "c", "text": bad, "tags": [bad[:60]]}]}}
    root = page(export(sheet(name=bad, owner=bad, lanes=[lane], measured=None), "html"))
    assert not list(root.iter("script"))
    assert not root.xpath("//img")
    assert root.find(".//title").text == bad
    assert root.find(".//h1").text == bad


def test_a_link_to_a_script_is_words():
    text = "[a](javascript:alert(1)) [b](data:text/html,x) [c](https://example.org/)"
    lane = {"id": "l", "kind": "text", "cells": {"p1": [{"id": "c", "text": text}]}}
    root = page(export(sheet(lanes=[lane], measured=None), "html"))
    assert root.xpath("//a/@href") == ["https://example.org/"]


def test_an_unreadable_picture_leaves_its_words():
    data = export(sheet(), "html", images=lambda _: b"not a picture")
    assert not page(data).xpath("//img")
    assert "A shop window at dusk" in page(data).text_content()


def test_only_the_chosen_lanes_are_there():
    root = page(export(sheet(), "html", lanes=["l-touch", "l-opp"], images=picture))
    assert [th.text for th in root.xpath("//tbody/tr[1]/th")] == ["Touchpoints", "Opportunities"]


def test_the_day_of_the_figures_is_said():
    assert AS_OF.startswith("2026-11-02")
    assert "counted on 2 Nov 2026" in page().text_content()
