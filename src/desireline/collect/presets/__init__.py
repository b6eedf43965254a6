"""Mappings that ship with the package, one YAML file each, proposed where a header matches.

Only these may carry SQL: a preset of several tables reads its files by it. A user's mapping never can.
"""

from collections.abc import Mapping as Dict
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import Field

from desireline.collect.fields import named_columns
from desireline.collect.table import Table
from desireline.errors import NoMapping, UnknownPreset
from desireline.model.definition import Strict
from desireline.model.feedback_mapping import FeedbackMapping
from desireline.model.mapping import Mapping


class PresetTable(Strict):
    """One table of events.

    Attributes:
        needs: roles of the files that its SQL reads; the first is the table's own: without it there is no table.
        sql: reads the files, which it finds as views named by role; None means the one file as it is.
        precision: what the source knew, where the SQL's own arithmetic would hide it.
    """

    name: str
    needs: list[str] = Field(default_factory=list)
    sql: str | None = None
    precision: Literal["us", "s", "day"] | None = None
    mapping: Mapping


class Step(Strict):
    """SQL that tables share, run once, where all files that it needs are there."""

    needs: list[str]
    sql: str


class Preset(Strict):
    """A shipped mapping.

    Attributes:
        required: the columns that a header must have (one file).
        unasked_with: further columns, one of which a header must have for the preset to be proposed unasked.
        questions_besides: columns that are no answers, where all others are (surveys whose questions bear any names).
        roles: the columns by which each of several files is told (several files).
        prepare: what runs before the tables, in order.
    """

    name: str
    title: str
    required: list[str] = Field(default_factory=list)
    unasked_with: list[str] = Field(default_factory=list)
    questions_besides: list[str] | None = None
    roles: dict[str, list[str]] = Field(default_factory=dict)
    prepare: list[Step] = Field(default_factory=list)
    tables: list[PresetTable]

    @property
    def recognises(self) -> list[str]:
        """The columns by which it is recognised."""
        return self.required or list(dict.fromkeys(c for columns in self.roles.values() for c in columns))

    def fits(self, columns: Sequence[str]) -> bool:
        """Whether a single file's header says by itself that it is one of these."""
        telling = not self.unasked_with or set(self.unasked_with) & set(columns)
        return bool(self.required and telling) and set(self.required) <= set(columns)

    def role_of(self, columns: Sequence[str]) -> str | None:
        """The role of a file among several: the one whose columns it has, the most telling first."""
        fitting = [role for role, wanted in self.roles.items() if set(wanted) <= set(columns)]
        return max(fitting, key=lambda role: len(self.roles[role]), default=None)

    def reading(self, table: Table) -> Mapping:
        """The mapping of a one-file preset for a file: of a survey, with its questions.

        Raises:
            NoMapping: a survey's file that holds no answer.
        """
        from desireline.collect.asked import answers_of

        mapping = self.tables[0].mapping
        if self.questions_besides is None or mapping.feedback is None:
            return mapping
        found = answers_of(table, self.questions_besides, table.questions)
        if not found:
            raise NoMapping(table.file, table.columns, [self.name])
        return mapping.model_copy(update={"feedback": mapping.feedback.model_copy(update={"answers": found})})

    def fitted(self, table: Table) -> Mapping:
        """The same without the optional columns that a file lacks."""
        return without_missing(self.reading(table), table.columns)


def without_missing(mapping: Mapping, columns: Sequence[str]) -> Mapping:
    """The mapping with every optional part left out that names a column which is not there."""
    gone = {c for c in named_columns(mapping) if c not in columns}
    changes: dict[str, object] = {
        field: None for field in ("case", "event_id", "text") if getattr(mapping, field) in gone
    }
    changes |= {f: None for f in ("value", "score") if (n := getattr(mapping, f)) is not None and n.column in gone}
    channels = [c for c in mapping.channel.columns if c not in gone]
    changes["channel"] = mapping.channel.model_copy(update={"columns": channels})
    named = [p for p in mapping.person if p.column not in gone]
    changes["person"] = named if named or mapping.anonymous == "case" else mapping.person
    if isinstance(mapping.properties, list):
        changes["properties"] = [c for c in mapping.properties if c not in gone]
    if mapping.feedback is not None:
        changes["feedback"] = _without_missing(mapping.feedback, gone)
    return mapping.model_copy(update=changes)


def _without_missing(feedback: FeedbackMapping, gone: set[str]) -> FeedbackMapping:
    """The section without columns that are not there."""
    answers = [
        a.model_copy(update={"text_column": None}) if a.text_column in gone else a
        for a in feedback.answers
        if a.column not in gone
    ]
    invitation = feedback.invitation
    lost = invitation is not None and {invitation.column, invitation.status_column} & gone
    return feedback.model_copy(
        update={
            "answers": answers or feedback.answers,
            "survey_column": None if feedback.survey_column in gone else feedback.survey_column,
            "language_column": None if feedback.language_column in gone else feedback.language_column,
            "invitation": None if lost else invitation,
        }
    )


@cache
def presets() -> Dict[str, Preset]:
    """All shipped presets by name."""
    folder = files("desireline.collect").joinpath("presets")
    found = [
        Preset.model_validate(yaml.safe_load(entry.read_text(encoding="utf-8")))
        for entry in folder.iterdir()
        if entry.name.endswith(".yaml")
    ]
    return {p.name: p for p in sorted(found, key=lambda p: p.name)}


def preset(name: str) -> Preset:
    """The preset of that name.

    Raises:
        UnknownPreset: there is none.
    """
    known = presets()
    if name not in known:
        raise UnknownPreset(name, list(known))
    return known[name]


def recognise(columns: Sequence[str]) -> Preset | None:
    """The preset whose required columns one file's header has; the most demanding one first."""
    fitting = [p for p in presets().values() if p.fits(columns)]
    return max(fitting, key=lambda p: len(p.required), default=None)


def recognise_together(headers: Sequence[Sequence[str]]) -> Preset | None:
    """The preset of several files that these headers make up: some table has all it needs, and no file is foreign."""
    for candidate in presets().values():
        roles = [candidate.role_of(h) for h in headers]
        if candidate.roles and None not in roles and any(set(t.needs) <= set(roles) for t in candidate.tables):
            return candidate
    return None
