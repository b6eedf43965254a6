"""What is said of an obstacle, in words: counts, and no word of why."""

from desireline import i18n
from desireline.analyze.detectors.counting import Counted
from desireline.analyze.detectors.model import Kind, NotMeasurable, Reason
from desireline.model.question import Grain

Values = dict[str, int | float | str]


def values_of(counted: Counted, touchpoint: str, channel: str | None, other: str | None) -> Values:
    """The figures and names of a sentence; shares in 0..1."""
    known: dict[str, int | float | str | None] = {
        "n": counted.people, "of": counted.of, "share": counted.people / counted.of, "touchpoint": touchpoint,
        "channel": channel, "other": other, "expected": counted.expected,
    }  # fmt: skip
    return {name: value for name, value in known.items() if value is not None}


def sentence(language: str, grain: Grain, key: str, values: Values) -> str:
    """The sentence of these values.

    Args:
        language: en, pl or hr.
        grain: what the units are that it counts.
        key: `obstacles.sentence.KIND`.
        values: as `values_of` gives them.
    """
    shown = {k: i18n.percent(language, v, 1) if isinstance(v, float) else v for k, v in values.items()}
    extent = i18n.translate(language, f"obstacles.extent.{grain}", **shown)
    if "expected" in values:
        extent = i18n.translate(language, "obstacles.extent.expected", extent=extent, expected=shown["expected"])
    where = i18n.translate(language, "obstacles.where_on" if "channel" in values else "obstacles.where", **shown)
    return i18n.translate(language, key, where=where, extent=extent, other=shown.get("other", ""))


def not_measurable(language: str, kind: Kind, reason: Reason) -> NotMeasurable:
    """Why a kind cannot be measured, and what would help."""
    return NotMeasurable(kind=kind, reason=reason, sentence=i18n.translate(language, f"obstacles.reason.{reason}"))
