"""The documentation holds: its commands run in the order in which a reader types them, its tables are complete."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from desireline.model.event import REJECT_REASONS
from desireline.store import lake
from tests.commands import copied_command

ROOT = Path(__file__).resolve().parents[2]
TUTORIAL = "docs/tutorial/first-map.md"
FIRST = "README.md"
"""Typed with the command as it is installed; the other pages with copies of a process that has begun."""
HOW_TO = ("import-data", "edit-the-definition", "ask-from-python", "map-as-code", "run-and-back-up", "ask-for-feedback",
          "read-what-customers-say", "steer-by-kpis", "prove-that-a-fix-worked")  # fmt: skip
PAGES = (FIRST, *(f"docs/how-to/{name}.md" for name in HOW_TO))
BLOCK = re.compile(
    r"(?:<!-- file: (?P<file>\S+) -->\n)?^```(?P<kind>\w+)(?P<skip> skip)?\n(?P<body>.*?)^```$", re.M | re.S
)


def commands(page: Path, folder: Path) -> list[list[str]]:
    """Writes the files that a page shows and returns what it asks the reader to run, in order."""
    found = []
    for block in BLOCK.finditer(page.read_text(encoding="utf-8")):
        if block["file"]:
            (folder / block["file"]).write_text(block["body"], encoding="utf-8")
        elif not block["skip"] and block["kind"] == "sh":
            found.append(["sh", "-eu", "-c", block["body"]])
        elif not block["skip"] and block["kind"] == "python":
            found.append([sys.executable, "-c", block["body"]])
    return found


def installed(page: str, folder: Path) -> Path:
    """The folder with the `desireline` that a page's reader runs."""
    if page == FIRST:
        return Path(sys.executable).parent
    command = folder / "desireline"
    command.write_text(f'#!/bin/sh\nexec {shlex.join(copied_command())} "$@"\n')
    command.chmod(0o755)
    return folder


def typed(page: str, folder: Path) -> str:
    """Runs everything a page asks for, each command ending well, and returns what was printed."""
    places = [installed(page, folder.parent), Path(sys.executable).parent, os.environ.get("PATH", "")]
    kept = {k: v for k, v in os.environ.items() if not k.startswith("DESIRELINE_")}
    env = kept | {"PATH": os.pathsep.join(map(str, places)), "LC_ALL": "C.UTF-8"}
    printed = []
    for command in commands(ROOT / page, folder):
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, f"{page}: {command[-1]}\n{done.stdout}\n{done.stderr}"
        printed.append(done.stdout)
    assert printed, f"{page} shows nothing to run"
    return "\n".join(printed)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a reader sits: beside the examples of a clone."""
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / "examples").symlink_to(ROOT / "examples")
    return desk


@pytest.mark.parametrize("page", PAGES)
def test_a_reader_can_type_the_whole_page(page: str, folder: Path) -> None:
    assert typed(page, folder)


def test_the_tutorial_says_what_its_reader_sees(folder: Path) -> None:
    printed = typed(TUTORIAL, folder)
    assert "Fault reported (web)" in printed, "a name that several channels share becomes several touchpoints"
    assert "not known" in printed, "the row without a time is listed"
    assert (folder / "repair.pdf").read_bytes().startswith(b"%PDF")


def columns_named(page: str, heading: str) -> set[str]:
    text = (ROOT / page).read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return {name for row in re.findall(r"^\| (`[^|]*) \|", text, re.M) for name in re.findall(r"`(\w+)`", row)}


def test_the_lake_page_names_every_column() -> None:
    assert columns_named("docs/reference/events.md", "Events") == set(lake.EVENT.names)
    assert columns_named("docs/reference/events.md", "Rejects") == set(lake.REJECTED.names)


def test_the_lake_page_names_every_reason() -> None:
    text = (ROOT / "docs/reference/events.md").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("| `reason`"))
    assert set(re.findall(r"`(\w+)`", row)) - {"reason"} == set(REJECT_REASONS)


def test_every_decision_is_listed_and_has_its_three_parts() -> None:
    listed = (ROOT / "docs/README.md").read_text(encoding="utf-8")
    decisions = sorted((ROOT / "docs/adr").glob("*.md"))
    assert [d.name[:3] for d in decisions] == [f"{n:03}" for n in range(1, len(decisions) + 1)]
    for decision in decisions:
        text = decision.read_text(encoding="utf-8")
        assert f"adr/{decision.name}" in listed
        assert all(f"**{part}.**" in text for part in ("Context", "Decision", "Consequences")), decision.name
