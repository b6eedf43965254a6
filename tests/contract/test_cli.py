"""The command line keeps its word: fields of the JSON, exit codes, one document on stdout, never a traceback."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.commands import COMMAND, desireline_command, environment, own_process, series
from tests.contract.conftest import CASES

FUNNEL = ("funnel", "--steps", "Visit,Basket,Order")


class TestQuestions:
    def test_funnel(self, visits: Path) -> None:
        told = desireline_command(*FUNNEL, "--json", workspace=visits).json
        assert told["question"] == "funnel"
        assert told["people_in_scope"] == 30
        assert [tuple(step) for step in told["steps"]] == [
            (
                "name", "optional", "people", "share_of_first", "low", "high", "share_of_previous",
                "median_seconds_from_first", "p90_seconds_from_first", "median_seconds_from_previous",
                "p90_seconds_from_previous",
            )
        ] * 3  # fmt: skip
        assert [s["people"] for s in told["steps"]] == [29, 20, 16]
        assert [s["median_seconds_from_first"] for s in told["steps"]] == [0, 43_500, 1800]
        assert [s["share_of_first"] for s in told["steps"]] == pytest.approx([1, 20 / 29, 16 / 29])
        assert [s["share_of_previous"] for s in told["steps"]] == pytest.approx([29 / 30, 20 / 29, 16 / 20])

    def test_funnel_within_a_window(self, visits: Path) -> None:
        told = desireline_command(*FUNNEL, "--within", "7d", "--json", workspace=visits).json
        assert [s["people"] for s in told["steps"]] == [29, 20, 10]
        assert told["within_seconds"] == 604_800

    def test_steps_one_by_one_are_the_same_question(self, visits: Path) -> None:
        single = desireline_command(
            "funnel", "--step", "Visit", "--step", "Basket", "--step", "Order", "--json", workspace=visits
        )
        assert single.json == desireline_command(*FUNNEL, "--json", workspace=visits).json

    def test_every_answer_says_what_it_rests_on(self, visits: Path) -> None:
        told = desireline_command(*FUNNEL, "--json", workspace=visits).json
        assert told["grain"] == "person"
        assert told["events"] == 75
        assert (told["first"], told["last"]) == ("2024-01-01T10:00:00Z", "2024-01-12T10:00:00Z")
        assert told["definition_version"] is None
        assert told["cut"] == []

    @pytest.mark.parametrize(
        ("options", "scope", "people"),
        [
            (("--channel", "web"), 30, [29, 10, 10]),
            (("--since", "2024-01-05"), 16, [9, 0, 0]),
            (("--until", "2024-01-01"), 10, [10, 10, 10]),
            (("--trait", "segment=gold"), 10, [10, 10, 10]),
            (("--source", "visits"), 30, [29, 20, 16]),
            (("--grain", "case"), 35, [34, 20, 16]),
        ],
    )
    def test_filters_and_grain(self, visits: Path, options: tuple[str, ...], scope: int, people: list[int]) -> None:
        told = desireline_command(*FUNNEL, *options, "--json", workspace=visits).json
        assert told["people_in_scope"] == scope
        assert [s["people"] for s in told["steps"]] == people

    def test_transitions(self, visits: Path) -> None:
        told = desireline_command("transitions", "--json", workspace=visits).json
        assert told["question"] == "transitions"
        assert [(t["from"], t["to"], t["count"], t["people"], t["median_seconds"]) for t in told["transitions"]] == [
            ("Visit", "Basket", 20, 20, 43_500),
            ("Basket", "Order", 16, 16, 1200),
            ("Visit", "Visit", 5, 5, 300),
            ("Call", "Visit", 3, 3, 14_400),
            ("Order", "Visit", 1, 1, 3600),
        ]

    def test_variants(self, visits: Path) -> None:
        told = desireline_command("variants", "--top", 4, "--json", workspace=visits).json
        assert [(v["path"], v["people"]) for v in told["variants"]] == [
            (["Visit", "Basket", "Order"], 16),
            (["Visit", "Visit"], 5),
            (["Visit", "Basket"], 4),
            (["Call", "Visit"], 3),
        ]
        assert told["distinct"] == 6

    def test_collapsed_variants_count_repeats_once(self, visits: Path) -> None:
        told = desireline_command("variants", "--collapse", "--json", workspace=visits).json
        assert {tuple(v["path"]): v["people"] for v in told["variants"]}[("Visit",)] == 5

    def test_durations(self, visits: Path) -> None:
        told = desireline_command("durations", "--from", "Visit", "--to", "Order", "--json", workspace=visits).json
        assert (told["entered"], told["n"]) == (29, 16)
        assert (told["median_seconds"], told["p90_seconds"]) == (1800, 864_000)
        assert told["share"] == pytest.approx(16 / 29)

    def test_durations_from_first_to_last_event(self, visits: Path) -> None:
        told = desireline_command("durations", "--from", "@first", "--to", "@last", "--json", workspace=visits).json
        assert (told["n"], told["median_seconds"], told["p90_seconds"]) == (30, 1800, 864_000)

    def test_durations_by_channel(self, visits: Path) -> None:
        told = desireline_command(
            "durations", "--from", "Basket", "--to", "Order", "--by", "channel", "--json", workspace=visits
        ).json
        groups = {g["name"]: (g["entered"], g["n"], g["median_seconds"]) for g in told["groups"]}
        assert groups == {"web": (11, 10, 1200), "store": (10, 6, 777_600)}

    def test_paths_lose_nobody(self, visits: Path) -> None:
        told = desireline_command("paths", "--anchor", "Visit", "--depth", 3, "--json", workspace=visits).json
        assert told["people_entered"] == 29
        assert [sum(node["people"] for node in layer) for layer in told["layers"]] == [29] * len(told["layers"])
        second = {node["name"]: node["people"] for node in told["layers"][1]}
        assert second == {"Basket": 20, "Visit": 5, "@end": 4}

    def test_the_people_behind_a_number(self, visits: Path) -> None:
        told = desireline_command(*FUNNEL, "--json", workspace=visits).json
        for step, people in enumerate([29, 20, 16], 1):
            page = desireline_command(
                "people", "list", "--drill", told["drilldown"], "--cell", f"step:{step}", "--json", workspace=visits
            ).json
            assert page["total"] == people
        names = {row["person"] for row in page["people"]}
        assert names == {f"customer_id:p{i}" for i in range(1, 17)}

    def test_touchpoints_once_there_is_a_definition(self, mapped: Path) -> None:
        by_touchpoint = desireline_command(*FUNNEL, "--json", workspace=mapped).json
        by_name = desireline_command(*FUNNEL, "--by-event-name", "--json", workspace=mapped).json
        assert (by_touchpoint["definition_version"], by_name["definition_version"]) == (1, None)
        assert by_touchpoint["steps"] == by_name["steps"]


class TestEvents:
    def test_status(self, visits: Path) -> None:
        told = desireline_command("status", "--json", workspace=visits).json
        assert (told["events"], told["people"]) == (75, 30)
        source = next(s for s in told["sources"] if s["name"] == "visits")
        assert (source["events"], source["rejected"]) == (75, 2)
        assert (told["first"], told["last"]) == ("2024-01-01T10:00:00Z", "2024-01-12T10:00:00Z")

    def test_status_of_nothing(self, tmp_path: Path) -> None:
        told = desireline_command("status", "--json", workspace=tmp_path / "none").json
        assert told["events"] == 0
        assert told["sources"] == []
        assert told["first"] is None

    def test_import_twice_adds_nothing(self, own: Path) -> None:
        told = desireline_command("import", CASES / "events.csv", "--source", "visits", "--json", workspace=own).json
        assert (told["read"], told["new"], told["known"]) == (77, 0, 75)
        assert told["rejected"] == {"no_person": 1, "unparseable_time": 1}

    def test_dry_run_writes_nothing(self, tmp_path: Path) -> None:
        workspace = tmp_path / "workspace"
        told = desireline_command(
            "import", CASES / "events.csv", "--source", "visits", "--dry-run", "--json", workspace=workspace
        ).json
        preview = told["previews"][0]
        assert preview["preset"] == "generic"
        assert {r["reason"]: r["count"] for r in preview["rejected"]} == {"no_person": 1, "unparseable_time": 1}
        assert preview["rows"][0]["identifiers"] == [{"type": "customer_id", "value": "p1"}]
        assert not (workspace / "lake").exists()

    def test_init_keeps_the_zone(self, tmp_path: Path) -> None:
        workspace = tmp_path / "workspace"
        told = desireline_command("init", "--zone", "Europe/Zagreb", "--json", workspace=workspace).json
        assert told["zone"] == "Europe/Zagreb"
        file = tmp_path / "events.csv"
        file.write_text("person_id,timestamp,event\np1,2024-07-01 12:00:00,Visit\n")
        told = desireline_command("import", file, "--source", "s", "--json", workspace=workspace).json
        assert told["first"] == "2024-07-01T10:00:00Z"

    def test_rejects_are_kept_with_their_rows(self, visits: Path) -> None:
        told = desireline_command("rejects", "list", "--json", workspace=visits).json
        assert told["total"] == 2
        found = {(r["line"], r["reason"]): json.loads(r["raw"])["person_id"] for r in told["rows"]}
        assert found == {(77, "unparseable_time"): "p31", (78, "no_person"): "NA"}

    def test_rejects_export(self, visits: Path, tmp_path: Path) -> None:
        out = tmp_path / "out.csv"
        told = desireline_command("rejects", "export", "--out", out, "--json", workspace=visits).json
        assert told == {"file": str(out), "rows": 2}
        assert "2024-02-31T10:00:00Z" in out.read_text()
        assert own_process("rejects", "export", "--out", "-", workspace=visits).out == out.read_text()

    def test_rejects_replay_under_the_same_reading_changes_nothing(self, own: Path) -> None:
        told = desireline_command("rejects", "replay", "--source", "visits", "--json", workspace=own).json
        assert told == {"replayed": 2, "accepted": 0, "still_rejected": 2}

    def test_build_prints_the_status(self, own: Path) -> None:
        before = desireline_command("status", "--json", workspace=own).json
        after = desireline_command("build", "--json", workspace=own).json
        assert {k: v for k, v in before.items() if k != "generation"} == {
            k: v for k, v in after.items() if k != "generation"
        }


class TestDefinition:
    def test_show_is_what_edit_takes(self, own: Path) -> None:
        first = desireline_command("definition", "show", workspace=own).out
        saved = desireline_command("definition", "edit", "--file", "-", "--json", workspace=own, given=first).json
        assert saved["version"] == 2
        assert saved["origin"] == "edited"
        old = desireline_command("definition", "show", "--version", 1, "--json", workspace=own).json
        assert old["stages"] == saved["stages"] == [{"name": "Look"}, {"name": "Choose"}, {"name": "Buy"}]

    def test_edit_in_an_editor(self, own: Path) -> None:
        editor = "sed -i s/Choose/Decide/"
        saved = desireline_command("definition", "edit", "--json", workspace=own, EDITOR=editor).json
        assert [s["name"] for s in saved["stages"]] == ["Look", "Decide", "Buy"]

    def test_edit_without_a_change_makes_no_version(self, own: Path) -> None:
        assert desireline_command("definition", "edit", "--json", workspace=own, EDITOR="true").json["version"] == 1

    def test_edit_keeps_the_text_that_cannot_be_read(self, own: Path) -> None:
        done = desireline_command("definition", "edit", workspace=own, EDITOR="sed -i s/stages:/stagse:/")
        assert done.code == 1
        assert "error[bad_definition]" in done.err
        assert "stagse" in Path(done.err.split("kept in ")[1].split(";")[0]).read_text()

    def test_propose_makes_a_version(self, own: Path) -> None:
        told = desireline_command("definition", "propose", "--stages", 3, "--json", workspace=own).json
        assert (told["version"], told["origin"]) == (2, "proposed")
        assert {t["name"] for t in told["touchpoints"]} >= {"Visit", "Call"}


class TestMaps:
    def test_list(self, mapped: Path) -> None:
        told = desireline_command("map", "list", "--json", workspace=mapped).json
        assert [m["name"] for m in told["maps"]] == ["Purchase"]
        assert told["maps"][0]["goal"] == "Bought"

    def test_list_of_nothing(self, visits: Path) -> None:
        assert desireline_command("map", "list", "--json", workspace=visits).json == {"maps": []}

    def test_show(self, mapped: Path) -> None:
        told = desireline_command("map", "show", "Purchase", "--json", workspace=mapped).json
        people = told["measured"]["stages"]
        counted = [(s["name"], people[s["id"]]["people"]) for s in told["stages"]]
        assert counted == [("Look", 29), ("Choose", 21), ("Buy", 17)]
        assert told["measured"]["goal_people"] == 17

    def test_show_with_filters_measures_again(self, mapped: Path) -> None:
        told = desireline_command("map", "show", "Purchase", "--channel", "store", "--json", workspace=mapped).json
        assert [s["people"] for s in told["measured"]["stages"].values()] == [0, 10, 7]

    def test_suggestions_one_by_one_make_the_map_that_is_drawn(self, own: Path) -> None:
        assert desireline_command("map", "new", "--name", "Blank", workspace=own).code == 0
        listed = desireline_command("map", "suggest", "Blank", "--json", workspace=own).json["suggestions"]
        assert {s["kind"] for s in listed} == {"stage", "lane"}
        assert desireline_command("map", "suggest", "Blank", "--accept", "s99", workspace=own).code == 1
        for _ in range(4):
            done = desireline_command("map", "suggest", "Blank", "--all", "--json", workspace=own).json
        assert done == {"suggestions": [], "accepted": []}
        sheets = [desireline_command("map", "show", n, "--json", workspace=own).json for n in ("Blank", "Purchase")]
        people = [sorted((c["figure"] or {}).get("n", 0) for c in s["measured"]["cards"].values()) for s in sheets]
        assert people[0] == people[1]

    @pytest.mark.parametrize(
        ("kind", "magic"), [("svg", b"<svg"), ("pdf", b"%PDF"), ("png", b"\x89PNG"), ("json", b"{")]
    )
    def test_export(self, mapped: Path, tmp_path: Path, kind: str, magic: bytes) -> None:
        out = tmp_path / f"map.{kind}"
        done = desireline_command(
            "map", "export", "Purchase", "--format", kind, "--out", out, "--json", workspace=mapped
        )
        assert done.code == 0, done.err
        assert magic in out.read_bytes()[:200]
        assert done.json["bytes"] == out.stat().st_size


class TestPeople:
    def test_find(self, visits: Path) -> None:
        told = desireline_command("people", "find", "p30", "--json", workspace=visits).json
        assert [p["person"] for p in told["people"]] == ["customer_id:p30"]

    def test_show(self, visits: Path) -> None:
        told = desireline_command("people", "show", "customer_id:p29", "--json", workspace=visits).json
        assert told["traits"] == {"segment": "silver"}
        assert [e["name"] for e in told["timeline"]["events"]] == ["Visit", "Order"]


COMMANDS = {
    "status": (), "build": (), "funnel": ("--steps", "Visit,Order"), "transitions": (), "variants": (),
    "paths": ("--anchor", "Visit"), "durations": ("--from", "Visit", "--to", "Order"), "init": (),
    "import": (CASES / "events.csv", "--source", "visits"), "definition show": (), "definition propose": (),
    "rejects list": (), "rejects replay": ("--source", "visits"), "map list": (), "map show": ("Purchase",),
    "map draw": ("--name", "Second"), "map templates": (), "map new": ("--name", "Third", "--template", "ecommerce"),
    "map diff": ("Second", "Third"), "map snapshot": ("Third", "--label", "Meeting"), "map versions": ("Third",),
    "map restore": ("Third", "1"), "map check": ("Second",), "map suggest": ("Third",), "map delete": ("Third",),
    "people find": ("p1",), "people show": ("customer_id:p1",),
}  # fmt: skip


class TestSurface:
    @pytest.mark.parametrize("language", ["en", "pl", "hr"])
    def test_every_command_prints_something_in_every_language(self, own: Path, language: str) -> None:
        lines = [("--language", language, *command.split(), *more) for command, more in COMMANDS.items()]
        for line, done in zip(lines, series(*lines, workspace=own), strict=True):
            assert done.code == 0, f"{line}: {done.err}"
            assert done.out.strip(), line
            assert "cli." not in done.out, line

    def test_help(self) -> None:
        lines = [(*c.split(), "--help") for c in ["", *COMMANDS, "serve", "demo", "map export", "people list"]]
        for line, done in zip(lines, series(*lines), strict=True):
            assert done.code == 0, line
            assert done.out.startswith(f"Usage: {' '.join(('desireline', *line[:-1]))} "), line

    @pytest.mark.parametrize(
        ("arguments", "left_out"),
        [
            (["--help"], {"numba", "numpy", "pyarrow", "duckdb", "pydantic", "fastapi", "sqlalchemy", "rich.table"}),
            (["status"], {"numba", "scipy", "sklearn", "fastapi", "pandas"}),
        ],
    )
    def test_a_command_is_quick_because_it_imports_nothing_that_it_does_not_use(
        self, visits: Path, arguments: list[str], left_out: set[str]
    ) -> None:
        program = (
            f"import sys; from desireline.cli.main import run; run({arguments}); print(*sys.modules, file=sys.stderr)"
        )
        done = subprocess.run(
            [COMMAND[0], "-c", program], env=environment(visits), capture_output=True, text=True, check=True
        )
        loaded = set(done.stderr.split())
        assert "desireline.cli.app" in loaded
        assert not loaded & left_out

    def test_global_options_may_stand_after_the_command(self, visits: Path) -> None:
        assert desireline_command("status", "--json", "--workspace", visits).json["events"] == 75

    def test_language_of_the_environment(self, visits: Path) -> None:
        assert "osób" in desireline_command("status", workspace=visits, LANG="pl_PL.UTF-8").out
        assert "događaj" in desireline_command("status", workspace=visits, DESIRELINE_LANGUAGE="hr", LANG="pl_PL").out

    def test_nothing_but_the_document_is_on_stdout(self, own: Path) -> None:
        lines = [(*command.split(), *more, "--json") for command, more in COMMANDS.items()]
        for line, done in zip(lines, series(*lines, workspace=own), strict=True):
            assert done.code == 0, f"{line}: {done.err}"
            assert isinstance(done.json, dict), line
