"""Text pairs: `input => expected`, one a line; `# key: value` lines set what holds for the pairs below them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """One pair with its place, so that a failure names the line to look at."""

    place: str
    settings: dict[str, str]
    given: str
    expected: str


def cases(name: str) -> Iterator[Case]:
    settings: dict[str, str] = {}
    for number, line in enumerate((FOLDER / name).read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("# ") and ": " in line:
            key, _, value = line[2:].partition(": ")
            settings = {**settings, key: value.strip()}
        elif " => " in line:
            given, _, expected = line.partition(" => ")
            given = ast.literal_eval(given.strip()) if given.strip()[:1] in "'\"" else given.strip()
            yield Case(f"{name}:{number}", settings, given, expected.strip())
