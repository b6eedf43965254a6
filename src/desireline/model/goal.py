"""A goal that an organisation steers towards, and the tree of goals and KPIs under it."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from desireline.model.definition import Strict
from desireline.model.journey_map import Id
from desireline.model.kept import Kept, Line
from desireline.model.kpi import Kpi


class NewGoal(Strict):
    """What can be said of a goal.

    Attributes:
        under: id of the goal that it is a part of; None at the top.
        by: when it is to be reached.
    """

    name: Line
    description: Annotated[str, Field(max_length=2000)] = ""
    owner: Line | None = None
    under: Id | None = None
    by: dt.date | None = None


class Goal(Kept, NewGoal):
    """A goal as it is kept."""


class GoalChange(Strict):
    """What to change; what is absent stays."""

    revision: Annotated[int, Field(ge=1)]
    name: Line = ""
    description: Annotated[str, Field(max_length=2000)] = ""
    owner: Line | None = None
    under: Id | None = None
    by: dt.date | None = None


class KpiNode(Strict):
    """A KPI with those that serve it."""

    kpi: Kpi
    kpis: list["KpiNode"]


class GoalNode(Strict):
    """A goal with the goals that are parts of it and the KPIs that serve it."""

    goal: Goal
    goals: list["GoalNode"]
    kpis: list[KpiNode]


class GoalTree(Strict):
    """All goals from the top; `loose` are KPIs that serve none."""

    goals: list[GoalNode]
    loose: list[KpiNode]
