"""Our own formats hold everything: JSON to the byte, YAML in few changed lines; a hostile archive does no harm."""

import difflib
import io
import json
import zipfile

import jsonschema
import pytest
import yaml
from hypothesis import example, given, settings

from desireline.errors import FileTooLarge, MapUnreadable
from desireline.maps import into
from desireline.maps.into import json as json_in
from desireline.maps.into import yaml_folder as yaml_in
from desireline.maps.out import Request
from desireline.maps.out import json as json_out
from desireline.maps.out import yaml_folder as yaml_out
from desireline.model.journey_map import MapFile
from tests.unit.maps.sheets import sheet
from tests.unit.maps.strategies import journey_maps, sheet_of
from tools.map_schema import TARGET, schema


def zipped(members: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def files(document) -> dict[str, str]:
    return yaml_out.files(Request(sheet_of(document), "en"))


class TestJson:
    @given(journey_maps())
    def test_a_file_is_read_back_whole_and_written_to_the_same_byte(self, document):
        data = json_out.write(Request(sheet_of(document), "pl"))
        found = into.read("x.json", data)
        assert (found.map, found.notes, found.format) == (document, [], "json")
        assert json_out.write(Request(sheet_of(found.map), "hr")) == data

    @settings(max_examples=8)
    @given(journey_maps())
    def test_it_keeps_to_the_published_schema(self, document):
        told = json.loads(json_out.write(Request(sheet_of(document), "en")))
        assert jsonschema.Draft202012Validator(json.loads(schema())).is_valid(told)

    def test_the_published_schema_is_of_this_program(self):
        assert TARGET.read_text(encoding="utf-8") == schema()

    def test_the_schema_refuses_what_is_no_map(self):
        told = json.loads(json_out.write(Request(sheet(), "en")))
        told["stages"][0]["steps"] = []
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(json.loads(schema())).validate(told)

    def test_figures_stay_behind_and_chosen_lanes_take_their_library_only(self):
        told = json.loads(json_out.write(Request(sheet(), "en", lanes=("l-sys",))))
        assert "measured" not in told
        assert [lane["id"] for lane in told["lanes"]] == ["l-sys"]
        assert {item["kind"] for item in told["library"]} == {"system", "persona"}

    @pytest.mark.parametrize(
        ("text", "reason", "part"),
        [
            ('{"schema_version": 2, "id": "a"', "damaged", "delimiter"),
            ('{"id": "a", "name": "n", "lanes": [{"id": "l", "kind": "mood"}]}', "not_a_map", "lanes.0.kind"),
            ('{"schema_version": 1, "id": "a", "name": "n"}', "not_a_map", "schema_version"),
            ('{"id": "a", "name": "n", "colour": "red"}', "not_a_map", "colour"),
            ('{"id": "a", "name": NaN}', "damaged", "NaN"),
            ("[" * 100_000, "damaged", ""),
        ],
    )  # fmt: skip
    def test_what_is_no_map_is_said_with_its_place(self, text, reason, part):
        with pytest.raises(MapUnreadable) as refused:
            into.read("bad.json", text.encode())
        assert refused.value.reason == reason
        assert part in refused.value.detail
        for language in ("en", "pl", "hr"):
            assert "bad.json" in refused.value.sentence(language)

    def test_a_map_has_limits(self):
        def steps(n):
            return [{"id": f"p{k}", "name": ""} for k in range(n)]

        def document(n, cards):
            cells = {"p0": [{"id": f"c{k}"} for k in range(cards)]}
            lanes = [{"id": "l", "kind": "text", "cells": cells}]
            return json.dumps(
                {"id": "a", "name": "n", "stages": [{"id": "s", "steps": steps(n)}], "lanes": lanes}
            ).encode()

        assert len(json_in.read("a.json", document(2000, 1)).map.steps()) == 2000
        for n, cards, reason in ((2001, 1, "too_many_steps"), (1, 20_001, "too_many_cards")):
            with pytest.raises(MapUnreadable) as refused:
                json_in.read("a.json", document(n, cards))
            assert refused.value.reason == reason
        with pytest.raises(FileTooLarge):
            into.read("a.json", b" " * ((20 << 20) + 1))


class TestYaml:
    @example(MapFile.model_validate({"id": "m", "name": "a\x85b\u2028c\nd", "goal": {"text": "x\x85\ny \n"}}))
    @example(
        MapFile.model_validate({"id": "m", "name": "no", "owner": "2026-01-01", "tags": ["~", "1e3", "*a", "0x1"]})
    )
    @given(journey_maps())
    def test_a_folder_is_read_back_whole(self, document):
        data = yaml_out.write(Request(sheet_of(document), "en"))
        found = into.read("x.zip", data)
        assert (found.map, found.notes, found.format) == (document, [], "yaml")
        assert yaml_out.write(Request(sheet_of(found.map), "en")) == data

    @settings(max_examples=8)
    @given(journey_maps())
    def test_a_folder_lies_in_files_that_plain_yaml_reads(self, document):
        told = files(document)
        assert next(iter(told)) == "map.yaml"
        assert sum(name.startswith("lanes/") for name in told) == len(document.lanes)
        for lane, (name, text) in zip(
            document.lanes, ((n, t) for n, t in told.items() if n.startswith("lanes/")), strict=True
        ):
            assert name.startswith(f"lanes/{document.lanes.index(lane) + 1:02}-")
            assert yaml.safe_load(text)["id"] == lane.id

    def test_it_also_lies_below_a_folder_of_the_archive(self):
        told = {f"shop-main/maps/{name}": text for name, text in files(MapFile.model_validate(sheet_file())).items()}
        assert into.read("x.zip", zipped({**told, "shop-main/README.md": "#"})).map.name == sheet().name

    def test_one_change_is_few_lines(self):
        before = sheet_file()
        changes = []
        for name in ("text", "step", "order", "library"):
            after = json.loads(json.dumps(before))
            cards = next(lane for lane in after["lanes"] if lane["id"] == "l-actions")["cells"]
            match name:
                case "text":
                    cards["p5"][0]["text"] = cards["p5"][0]["text"].replace("a card", "two cards")
                case "step":
                    after["stages"][1]["steps"][0]["name"] = "Compares prices"
                case "order":  # cells filled in another order are the same map
                    next(lane for lane in after["lanes"] if lane["id"] == "l-actions")["cells"] = dict(
                        reversed(cards.items())
                    )
                case "library":
                    after["library"][0]["name"] = "www"
            changes.append(changed(before, after))
        assert changes == [{"lanes/03-actions.yaml": 2}, {"map.yaml": 2}, {}, {"library.yaml": 2}]

    def test_no_noise(self):
        told = files(MapFile.model_validate({"id": "m", "name": "n", "stages": [{"id": "s", "steps": [{"id": "p"}]}]}))
        assert told == {
            "map.yaml": "schema_version: 2\nid: m\nname: n\nstages:\n  - id: s\n    steps:\n      - id: p\n"
        }

    @pytest.mark.parametrize(
        ("members", "reason"),
        [
            ({"map.yaml": "id: a", "../../etc/cron.yaml": "x"}, "unsafe_archive"),
            ({"map.yaml": "id: a", "/abs.yaml": "x"}, "unsafe_archive"),
            ({"map.yaml": "id: a", "lanes\\..\\x.yaml": "x"}, "unsafe_archive"),
            ({"map.yaml": "id: a", "lanes/bomb.yaml": b" " * (21 << 20)}, "unsafe_archive"),
            ({f"{k}/map.yaml": "" for k in range(501)}, "unsafe_archive"),
            ({"map.yaml": "a: &a [1, 1]\nb: [*a, *a]"}, "not_a_map"),
            ({"map.yaml": "[" * 5000}, "not_a_map"),
            ({"map.yaml": "!!python/object/apply:os.system [ls]"}, "damaged"),
            ({"map.yaml": "id: a\nname: [unclosed"}, "damaged"),
            ({"map.yaml": "- a list"}, "not_a_map"),
            ({"map.yaml": "id: a\nname: n", "lanes/01-x.yaml": "kind: mood"}, "not_a_map"),
        ],
    )  # fmt: skip
    def test_a_hostile_archive_is_refused(self, members, reason):
        with pytest.raises(MapUnreadable) as refused:
            into.read("x.zip", zipped(members))
        assert refused.value.reason == reason

    def test_an_archive_that_lies_about_its_sizes_is_refused(self):
        data = bytearray(zipped({"map.yaml": b"a" * 1_000_000}))
        place = data.rindex(b"PK\x01\x02") + 24  # the size in the index
        data[place : place + 4] = (100).to_bytes(4, "little")
        with pytest.raises(MapUnreadable):
            yaml_in.read("x.zip", bytes(data))


def sheet_file() -> dict:
    return json.loads(json_out.write(Request(sheet(), "en")))


def changed(before: dict, after: dict) -> dict[str, int]:
    """Lines that differ, by file."""
    one, two = (files(MapFile.model_validate(told)) for told in (before, after))
    counts = {}
    for name in one.keys() | two.keys():
        lines = difflib.ndiff(one.get(name, "").splitlines(), two.get(name, "").splitlines())
        if n := sum(line[0] in "+-" for line in lines):
            counts[name] = n
    return counts
