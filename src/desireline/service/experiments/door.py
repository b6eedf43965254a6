"""Experiments of a workspace: the one door for the command line, HTTP and notebooks."""

import contextlib
import datetime as dt
import os
import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from filelock import FileLock

from desireline.errors import BadQuestion, DesirelineError, ExperimentState, GroupFull, NoEvents
from desireline.model.experiment import (
    Assignment,
    ChangeAfterStart,
    Experiment,
    ExperimentChange,
    ExperimentResult,
    FileAnalysis,
    NewExperiment,
    VerdictNow,
)
from desireline.model.experiment_result import LeftOut, Plan
from desireline.service.shelf import Shelf, sent, valid

if TYPE_CHECKING:
    from desireline.analyze.scope import Scope
    from desireline.service.workspace import Workspace

MOST_AT_ONCE: Final = 100_000
_LATER: Final = frozenset({"name", "hypothesis"})
"""Fields whose change after the start is no change of the bet."""


class Experiments:
    """Every method takes an experiment by its id or its name.

    Example:
        >>> import desireline as dl
        >>> ws = dl.open("desireline-data")  # doctest: +SKIP
        >>> ws.experiments.create({"name": "Short form", "arms": [{"name": "long"}, {"name": "short"}],
        ...                        "metric": {"event": "Order"}})  # doctest: +SKIP
        >>> ws.experiments.start("Short form")  # doctest: +SKIP
        >>> ws.experiments.assign("Short form", ["c1"])[0].arm  # doctest: +SKIP
        >>> ws.experiments.result("Short form").analysis.verdict  # doctest: +SKIP
    """

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    @property
    def _shelf(self) -> Shelf[Experiment]:
        return Shelf(self._workspace.records, "experiment", Experiment)

    def all(self) -> list[Experiment]:
        """All of them, oldest first."""
        return self._shelf.all() if self._workspace.places.records.exists() else []

    def get(self, which: str) -> Experiment:
        """One of them.

        Raises:
            UnknownDocument: there is none.
        """
        return self._shelf.get(which)

    def create(self, asked: NewExperiment | dict[str, Any]) -> Experiment:
        """Make one, as a draft.

        Raises:
            BadQuestion: a field makes no sense.
            NameTaken: another one is called that.
        """
        new = valid(NewExperiment, asked)
        return self._shelf.add({**new.model_dump(), "salt": secrets.token_hex(8)})

    def change(self, which: str, asked: ExperimentChange | dict[str, Any]) -> Experiment:
        """Change one; what is absent stays. What is changed after the start is kept beside every result.

        Raises:
            UnknownDocument: there is none.
            StaleDocument: it was changed since it was read.
            BadQuestion: a field makes no sense.
            ExperimentState: it runs, and its part of an exclusive group would change.
        """
        new = valid(ExperimentChange, asked)
        fields = sent(new, frozenset({"revision"}))
        found = self.get(which)
        if found.status != "draft":
            fields["changes"] = [*found.changes, *_changes(found, fields)]
        if found.status == "running" and _moves_slot(found, fields):
            raise ExperimentState(experiment=found.name, status=found.status, needed=["draft"])
        return self._shelf.change(found.id, new.revision, _plain(fields))

    def start(self, which: str) -> Experiment:
        """Begin to assign people; in an exclusive group it gets its part of them now.

        Raises:
            ExperimentState: it was started before.
            GroupFull: the group has no room for its traffic.
        """
        with FileLock(self._workspace.places.root / "start.lock"):  # two at once would get the same part
            found = self._in_state(which, "draft")
            fields = {"status": "running", "started": dt.datetime.now(dt.UTC), "slot": self._slot(found)}
            return self._shelf.change(found.id, found.revision, fields)

    def stop(self, which: str) -> Experiment:
        """End it: nobody is assigned any more, and its part of an exclusive group is free.

        Raises:
            ExperimentState: it is not running.
        """
        found = self._in_state(which, "running")
        return self._shelf.change(
            found.id, found.revision, {"status": "ended", "ended": dt.datetime.now(dt.UTC), "slot": None}
        )

    def remove(self, which: str, revision: int | None = None) -> Experiment:
        """Delete one; recorded exposures stay.

        Raises:
            UnknownDocument: there is none.
            StaleDocument: it was changed since `revision`.
        """
        return self._shelf.remove(which, revision)

    def assign(
        self, which: str, people: Sequence[str], *, record: bool = True, at: dt.datetime | None = None
    ) -> list[Assignment]:
        """The arms of people, always the same for the same person; by default also recorded as events of the lake.

        Args:
            which: the experiment.
            people: identifiers of its type; blanks at their ends do not count.
            record: whether they see their arm now.
            at: when; now for None.

        Raises:
            UnknownDocument: there is no such experiment.
            BadQuestion: an identifier is empty, or there are too many at once.
        """
        from desireline.act.experiments.assigning import assignment
        from desireline.service.experiments.exposing import record as write

        if len(people) > MOST_AT_ONCE:
            raise BadQuestion(parameter="people", given=str(len(people)), expected=f"≤ {MOST_AT_ONCE}")
        names = [person.strip() for person in people]
        if not all(names):
            raise BadQuestion(parameter="people", given="", expected="c1")
        found = self.get(which)
        assigned = [assignment(found, person) for person in names]
        if record:
            write(self._workspace, found, assigned, at or dt.datetime.now(dt.UTC))
        return assigned

    def result(self, which: str, language: str = "en") -> ExperimentResult:
        """What came of it by now: everybody with a recorded exposure, and what they did after it.

        Args:
            which: the experiment.
            language: of the sentence.

        Raises:
            UnknownDocument: there is none.
            NoExposures: nobody is recorded.
            UnknownStep: a metric names what is no goal, touchpoint or event.
            OneArm: everybody is in the same arm.
            NoEvents: the workspace holds no events.
        """
        from desireline.act.experiments.analysing import Asked, analyse
        from desireline.act.verdicts import money_told, sentence
        from desireline.model.clock import moment
        from desireline.service.experiments.exposing import exposed
        from desireline.service.experiments.measuring import sample_of
        from desireline.service.experiments.worth import judged

        found = self.get(which)
        self._take_in()
        with self._workspace.pinned():
            scope = self._everybody()
            who = exposed(scope, found)
            sample = sample_of(scope, found, who)
        waiting = int((~sample.outcome.known).sum())
        weights = {arm.name: arm.weight for arm in found.arms}
        asked = Asked(found.control, found.planned, weights, None)
        left_out = LeftOut(in_two_arms=who.in_two_arms, without_arm=who.without_arm)
        analysis = analyse(sample, asked, left_out)
        if found.window_days is None:
            analysis.not_checked.append("outcome_window")
        verdict, refused = judged(self._workspace, found, analysis, scope.until)
        return ExperimentResult(
            experiment=found, analysis=analysis, exposures=who.exposures, waiting=waiting, until=moment(scope.until),
            sentence=sentence(verdict, language), verdict=verdict,
            money_told=money_told(verdict, language), value_refused=refused,
        )  # fmt: skip

    def begun(self, which: str) -> dt.datetime | None:
        """When it began: at its start, or with the first recorded exposure where that came before; None if it has not.

        Raises:
            UnknownDocument: there is none.
        """
        from desireline.model.clock import maybe_moment
        from desireline.service.experiments.exposing import first_exposure

        found = self.get(which)
        first = None
        with contextlib.suppress(NoEvents):
            self._take_in()
            with self._workspace.pinned():
                first = maybe_moment(first_exposure(self._everybody(), found))
        return min((one for one in (found.started, first) if one is not None), default=None)

    def verdicts(self) -> list[VerdictNow]:
        """How all that have begun stand now, oldest first; why one has no verdict is said with it."""
        found = []
        for one in self.all():
            if one.status == "draft":
                continue
            try:
                found.append(VerdictNow(id=one.id, verdict=self.result(one.id).verdict, refused=None))
            except DesirelineError as error:
                found.append(VerdictNow(id=one.id, verdict=None, refused=error.code))
        return found

    def analyse(self, file: str | os.PathLike[str], *, language: str = "en", **fields: Any) -> FileAnalysis:
        """The analysis of an experiment in a file; see `service.experiments.of_file`."""
        from desireline.service.experiments.of_file import told_file

        return told_file(file, fields, language)

    def plan(self, base: float, detect: float, **fields: Any) -> Plan:
        """How many people an experiment needs; see `act.experiments.planning.plan`."""
        from desireline.act.experiments.planning import plan

        return plan(base, detect, **fields)

    def _take_in(self) -> None:
        """Exposures are written without a build; what was recorded until now is to count."""
        if self._workspace.generation().meta.lake_version < self._workspace.places.newest_commit():
            self._workspace.refresh()

    def _everybody(self) -> "Scope":
        from desireline.model.question import Asked as Question

        return self._workspace.scope(Question(), with_exposures=True)

    def _in_state(self, which: str, status: str) -> Experiment:
        found = self.get(which)
        if found.status != status:
            raise ExperimentState(experiment=found.name, status=found.status, needed=[status])
        return found

    def _slot(self, experiment: Experiment) -> tuple[float, float] | None:
        from desireline.act.experiments.assigning import free_slot, widest_gap

        group = experiment.exclusive_group
        if group is None:
            return None
        others = (one for one in self.all() if one.exclusive_group == group and one.status == "running")
        taken = [one.slot for one in others if one.slot is not None]
        slot = free_slot(taken, experiment.traffic)
        if slot is None:
            raise GroupFull(group=group, wanted=f"{experiment.traffic:.0%}", free=f"{widest_gap(taken):.0%}")
        return slot


def _moves_slot(found: Experiment, fields: dict[str, Any]) -> bool:
    return "exclusive_group" in fields or (found.slot is not None and "traffic" in fields)


def _changes(found: Experiment, fields: dict[str, Any]) -> list[ChangeAfterStart]:
    now = dt.datetime.now(dt.UTC)
    before, after = found.model_dump(mode="json"), _plain(fields)
    return [
        ChangeAfterStart(field=name, before=before[name], after=after[name], at=now)
        for name in fields
        if name not in _LATER and before[name] != after[name]
    ]


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    """Values as JSON has them."""
    from pydantic_core import to_jsonable_python

    plain: dict[str, Any] = to_jsonable_python(fields)
    return plain
