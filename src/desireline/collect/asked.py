"""The questions of a survey whose columns bear any names: all that are none of the tool's own."""

from collections.abc import Sequence

from desireline.collect.detecting import first_values
from desireline.collect.table import Table
from desireline.collect.told_scales import labels_of, scale_of
from desireline.model.feedback_mapping import Answer


def answers_of(table: Table, besides: Sequence[str], questions: dict[str, str]) -> list[Answer]:
    """The columns of answers of a table, each with a scale as far as it is told.

    Args:
        table: its sample is looked at.
        besides: columns that are none.
        questions: what was asked, by column, where the file says it apart from the header.
    """
    found = []
    for name in table.columns:
        values = [v for v in first_values(table.sample, name).to_pylist() if v]
        if name in besides or not values:
            continue
        text = questions.get(name) or name
        scale = scale_of(f"{name} {text}", values)
        found.append(Answer(column=name, question_text=text[:1000], scale=scale, labels=labels_of(scale, values)))
    return found
