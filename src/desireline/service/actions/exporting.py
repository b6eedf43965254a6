"""Actions as CSV: our own columns, or those that Jira's importer takes.

Jira (support.atlassian.com, "Import data from a CSV file"): a header row with Summary and without punctuation; a column
that is repeated holds several values; labels have no spaces. Days are written yyyy-MM-dd, which is what to type as the
date format in Jira's wizard. External ID is the key by which the file is read back.
"""

from typing import TYPE_CHECKING, Final, Literal

from desireline.collect.exporting import csv_text
from desireline.i18n import translate
from desireline.model.action import ActionStatus, OnMap, ShownAction

if TYPE_CHECKING:
    from desireline.model.opportunity import Opportunity
    from desireline.service.workspace import Workspace

COLUMNS: Final = (
    "id", "name", "status", "owner", "start", "due", "cost", "opportunity", "tags", "key", "maps", "checklist_done",
    "checklist", "links", "metric", "expected", "expected_low", "expected_high", "unit", "evaluate", "sealed",
    "bet_changes", "verdict", "effect", "effect_low", "effect_high", "grade", "description",
)  # fmt: skip

JIRA_STATUS: Final[dict[ActionStatus, str]] = {
    "idea": "To Do", "planned": "To Do", "in_progress": "In Progress", "done": "Done", "measured": "Done",
    "dropped": "Done",
}  # fmt: skip
RESOLUTION: Final[dict[ActionStatus, str]] = {"done": "Done", "measured": "Done", "dropped": "Won't Do"}
PRIORITIES: Final = ("Lowest", "Low", "Medium", "High", "Highest")
JIRA: Final = ("External ID", "Summary", "Description", "Issue Type", "Status", "Resolution", "Priority", "Assignee",
               "Start Date", "Due Date")  # fmt: skip


def exported(workspace: "Workspace", listed: list[ShownAction], form: Literal["csv", "jira"], language: str) -> str:
    """One row for each action, oldest first."""
    if form == "csv":
        return csv_text(COLUMNS, (_row(one) for one in listed))
    about = {one.id: one for one in workspace.opportunities.all()}
    most = max((len(one.tags) for one in listed), default=0)
    rows = ([*_jira(one, about.get(one.opportunity or ""), language), *_labels(one, most)] for one in listed)
    return csv_text((*JIRA, *["Labels"] * most), rows)


def _row(one: ShownAction) -> list[object]:
    bet, verdict = one.bet, one.verdict
    expected = bet.expected if bet is not None else None
    return [
        one.id, one.name, one.status, one.owner, one.start, one.due, one.cost, one.opportunity, ", ".join(one.tags),
        one.key, " ".join(_spot(place) for place in one.places), sum(item.done for item in one.checklist),
        len(one.checklist), " ".join(link.url for link in one.links), one.metric,
        *([expected.value, expected.low, expected.high] if expected else [None] * 3), one.unit,
        bet.evaluate if bet else None, one.seal is not None and one.seal.bet is not None, len(one.changes),
        *([verdict.verdict, verdict.effect, verdict.low, verdict.high, verdict.grade] if verdict else [None] * 5),
        one.description,
    ]  # fmt: skip


def _jira(one: ShownAction, about: "Opportunity | None", language: str) -> list[object]:
    return [
        one.id, one.name, _description(one, language), "Task", JIRA_STATUS[one.status], RESOLUTION.get(one.status),
        _priority(about), one.owner, one.start, one.due,
    ]  # fmt: skip


def _description(one: ShownAction, language: str) -> str:
    """What was written, the sentences of bet and verdict, checklist and links."""
    told = [one.told[name] for name in ("bet", "detectable", "changed", "verdict") if name in one.told]
    todo = [f"* {'☑' if item.done else '☐'} {item.text}" for item in one.checklist]
    links = [f"{link.title} {link.url}".strip() for link in one.links]
    parts = [one.description, "\n".join(told), "\n".join(todo), "\n".join(links)]
    made = translate(language, "actions.jira.made", id=one.id)
    return "\n\n".join([*(part for part in parts if part), made])


def _priority(about: "Opportunity | None") -> str | None:
    """By what the opportunity is worth to customer and business, 1 to 5; none where nobody said."""
    if about is None:
        return None
    given = [value for value in (about.customer_value, about.business_value) if value is not None]
    return PRIORITIES[min(int(sum(given) / len(given) + 0.5), 5) - 1] if given else None


def _labels(one: ShownAction, most: int) -> list[object]:
    labels: list[object] = ["-".join(tag.split()) for tag in one.tags]
    return labels + [None] * (most - len(labels))


def _spot(place: OnMap) -> str:
    return "/".join(filter(None, (place.map, place.lane, place.step, place.card)))
