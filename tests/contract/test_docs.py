"""The documentation holds: its commands run in the order in which a reader types them, its tables are complete."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from desireline.model.event import REJECT_REASONS
from desireline.store import lake

ROOT = Path(__file__).resolve().parents[2]
TUTORIAL = "docs/tutorial/first-map.md"
PAGES = ("README.md", TUTORIAL, "docs/how-to/import-data.md", "docs/how-to/edit-the-definition.md",
         "docs/how-to/ask-from-python.md", "docs/how-to/map-as-code.md",
         "docs/how-to/run-and-back-up.md")  # fmt: skip
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


def typed(page: str, folder: Path) -> str:
    """Runs everything a page asks for, each command ending well, and returns what was printed."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    kept = {k: v for k, v in os.environ.items() if not k.startswith("DESIRELINE_")}
    printed = []
    for command in commands(ROOT / page, folder):
        done = subprocess.run(
            command, cwd=folder, env=kept | {"PATH": path, "LC_ALL": "C.UTF-8"}, capture_output=True, text=True,
            timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{page}: {command[-1]}\n{done.stdout}\n{done.stderr}"
        printed.append(done.stdout)
    assert printed, f"{page} shows nothing to run"
    return "\n".join(printed)


@pytest.mark.parametrize("page", [p for p in PAGES if p != TUTORIAL])
def test_a_reader_can_type_the_whole_page(page: str, tmp_path: Path) -> None:
    assert typed(page, tmp_path)


def test_the_tutorial_says_what_its_reader_sees(tmp_path: Path) -> None:
    printed = typed(TUTORIAL, tmp_path)
    assert "Fault reported (web)" in printed, "a name that several channels share becomes several touchpoints"
    assert "not known" in printed, "the row without a time is listed"
    assert (tmp_path / "repair.pdf").read_bytes().startswith(b"%PDF")


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
