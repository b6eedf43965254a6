"""Writes the table of docs/explanation/scorecard.md from what the scorecard printed.

Usage: desireline scorecard --quick --json | python tools/scorecard_table.py
"""

import sys

from rules import ROOT

from desireline.i18n import translate
from desireline.scorecard import Row, Scorecard

PAGE = ROOT / "docs" / "explanation" / "scorecard.md"
BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"
HEADINGS = ("method", "world", "people", "seeds", "measure", "value", "interval", "bar", "baseline")


def text(key: str) -> str:
    """An English text of the scorecard."""
    return translate("en", f"cli.scorecard.{key}")


def figure(value: float | None) -> str:
    """Two decimals, or a dash."""
    return "–" if value is None else f"{value:.2f}"


def bar(row: Row) -> str:
    """What is asked for, and whether it is met."""
    if row.bar is None:
        return "–"
    sign = {"at_least": "≥ ", "at_most": "≤ ", "between": ""}[row.holds]
    most = "" if row.bar_most is None else f" – {row.bar_most:.2f}"
    met = "" if row.meets is None else " " + (text("meets") if row.meets else f"**{text('misses')}**")
    return f"{sign}{row.bar:.2f}{most}{met}"


def line(row: Row) -> str:
    """A row in Markdown."""
    usual = "–" if row.baseline is None else f"{figure(row.baseline_value)} {text(f'baseline.{row.baseline}')}"
    cells = [
        text(f"method.{row.method}"), text(f"world.{row.world}"), f"{row.people:,}", str(row.seeds),
        text(f"measure.{row.measure}"), figure(row.value),
        "–" if row.low is None else f"{figure(row.low)} – {figure(row.high)}", bar(row), usual,
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Replaces what stands between the marks."""
    made = Scorecard.model_validate_json(sys.stdin.read())
    head = [f"| {' | '.join(text(f'column.{h}') for h in HEADINGS)} |", "|" + "---|" * len(HEADINGS)]
    page = PAGE.read_text(encoding="utf-8")
    before, after = page.split(BEGIN)[0], page.split(END)[1]
    table = "\n".join([*head, *map(line, made.rows)])
    PAGE.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
