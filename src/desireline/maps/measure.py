"""Measuring: a map and what was counted for it become its figures. Pure: the same input gives the same figures."""

import datetime as dt

from desireline.maps.bindings import Bindings, Placed
from desireline.maps.curves import curves
from desireline.maps.evidence import NEEDS, coverage, proof
from desireline.maps.findings import Findings
from desireline.maps.wanted import people
from desireline.model.counted import Bound, Counted, Crossing, Feeling
from desireline.model.journey_map import Binding
from desireline.model.measured import (
    CardMeasured,
    CardNeed,
    EmotionCurve,
    Figure,
    HandOffMeasured,
    Measured,
    OnwardFlow,
    StageMeasured,
    UnplacedTouchpoint,
)
from desireline.model.measurements import Grade

RATED_AS_3 = 3
"""A rating of 1 to 5 is an emotion of -2 to +2 and three more."""


def measured(bindings: Bindings, findings: Findings, now: dt.datetime) -> Measured:
    """The figures of a map.

    Args:
        bindings: the map, its library and the definition that was counted.
        findings: what `wanted` asked for, counted.
        now: the moment of counting, with zone.
    """
    reading = Reading(bindings, findings)
    counts = findings.measurements
    inherited = {
        "grain",
        "filters",
        "people_in_scope",
        "events",
        "outside_definition",
        "goal_people",
        "cut",
        "drilldown",
    }
    stages = reading.stages()
    drawn = curves(bindings, findings)
    cards = {placed.card.id: reading.card(placed, drawn) for placed in bindings.placed}
    return Measured(
        as_of=now,
        data_since=counts.first,
        data_until=counts.last,
        definition=findings.definition.name,
        definition_version=findings.definition.version,
        coherence=findings.definition.coherence,
        segment=findings.segment,
        goal_share=None if counts.goal_people is None else _share(counts.goal_people, counts.people_in_scope),
        stages=stages,
        cards=cards,
        steps=reading.steps(),
        hand_offs=reading.hand_offs(),
        emotion=drawn,
        unplaced=reading.unplaced(),
        coverage=coverage(reading.grades(stages, cards, drawn)),
        **{name: getattr(counts, name) for name in inherited},
    )


class Reading:
    """A map, read with what was counted for it."""

    def __init__(self, bindings: Bindings, findings: Findings) -> None:
        self.bindings = bindings
        self.findings = findings
        self.counts = findings.measurements
        self._touchpoints = dict(zip(bindings.touchpoints, self.counts.touchpoints, strict=True))
        self._stages = dict(zip(bindings.stages, self.counts.stages, strict=True))

    # --- stages --------------------------------------------------------------------------------------------

    def stages(self) -> dict[str, StageMeasured]:
        """The stages that the definition measures, by id."""
        found = {}
        for stage in self.bindings.document.stages:
            of = self.bindings.stage_of(stage.id)
            if of is not None:
                found[stage.id] = self._stage(of)
        return found

    def _stage(self, name: str) -> StageMeasured:
        m, index = self._stages[name], self.bindings.stages.index(name)
        around = self.findings.figures.get(Bound(question="goes_on", stage=name))
        on_map = {self.bindings.stage_of(s.id): s.id for s in reversed(self.bindings.document.stages)}
        onward = [(on_map.get(self.bindings.stages[j]), n) for j, n in enumerate(m.onward) if n]
        return StageMeasured(
            people=m.people,
            share=_share(m.people, self.counts.people_in_scope),
            events=m.events,
            goes_on=m.goes_on,
            goes_on_share=_share(m.goes_on, m.people),
            goes_on_interval=None if around is None or around.low is None else (around.low, around.high or 0.0),
            dropped=m.dropped,
            open=m.open,
            loops=m.loops,
            median_seconds_to_later=m.median_seconds_to_later,
            onward=[OnwardFlow(to=to, people=n) for to, n in onward if to is not None],
            channel_switches=m.channel_switches,
            proof=proof(m.people, m.last, self.counts),
            index=index + 1,
            cell=f"stage:{index + 1}",
        )

    def steps(self) -> dict[str, Figure]:
        """The people of each step that has touchpoints."""
        wanted = {step.id: people(self.bindings, step.id) for step in self.bindings.document.steps()}
        found = {step: self.figure(bound) for step, bound in wanted.items() if bound is not None}
        return {step: figure for step, figure in found.items() if figure is not None}

    def hand_offs(self) -> dict[str, list[HandOffMeasured]]:
        """What crosses from channel to channel, by stage of the map."""
        of = {stage.id: self.bindings.stage_of(stage.id) for stage in self.bindings.document.stages}
        listed = {stage: self.findings.crossings.get(name, []) for stage, name in of.items() if name is not None}
        return {stage: list(map(_hand_off, crossings)) for stage, crossings in listed.items() if crossings}

    def unplaced(self) -> list[UnplacedTouchpoint]:
        """Touchpoints of the definition that have people and no card, most people first."""
        placed = {name for step in self.bindings.document.steps() for name in self.bindings.of_step(step.id)}
        found = [
            UnplacedTouchpoint(
                name=t.name, channel=t.channel or next(iter(m.channels), None), stage=t.stage, people=m.people
            )
            for t, m in zip(self.bindings.definition.touchpoints, self.counts.touchpoints, strict=True)
            if m.people and t.name not in placed
        ]
        return sorted(found, key=lambda t: (-t.people, t.name))

    # --- cards ---------------------------------------------------------------------------------------------

    def card(self, placed: Placed, drawn: list[EmotionCurve]) -> CardMeasured:
        """A card: its figure, or what would measure it."""
        card, lane, steps = placed
        if card.bind is not None:
            return self._bound(placed, card.bind)
        if lane.kind == "touchpoints":
            return self._touchpoint(placed)
        if lane.kind == "emotion":
            said = [c for c in drawn if c.lane == lane.id and c.of == "scores" and c.segment is None]
            mine = [p for curve in said for p in curve.points if p.step in steps]
            return CardMeasured(needs=None if any(p.value is not None for p in mine) else "scores")
        if lane.kind == "hand_offs" and card.hand_off is not None:
            figure = self._handed(placed)
            return CardMeasured(figure=figure, needs=None if figure else "handoff_events")
        return CardMeasured(needs=NEEDS.get(lane.kind))

    def _bound(self, placed: Placed, binding: Binding) -> CardMeasured:
        if binding.question == "feedback":
            figure = self.answers(self.findings.feelings.get(f"card:{placed.card.id}"))
            missing: CardNeed = "scores" if self.bindings.feedback(binding) else self._lacking(binding)
        else:
            bound = self.bindings.bound(binding)
            figure = self.figure(bound) if bound is not None else None
            missing = "events" if bound is not None else self._lacking(binding)
        needs = missing if figure is None or figure.proof.grade == "assumed" else None
        names = self.bindings.met(binding.touchpoint)
        return CardMeasured(figure=figure, needs=needs, channels=self._channels(names), caveat=self._caveat(names))

    def _lacking(self, binding: Binding) -> CardNeed:
        """Why a binding cannot be counted."""
        if binding.question == "conversion" and binding.to is None:
            return "binding"
        items = [item for item in (binding.touchpoint, binding.to) if item is not None]
        if any(not self.bindings.stated(item) for item in items):
            return "touchpoint"
        stage = next((s for s in self.bindings.document.stages if s.id == binding.stage), None)
        return "binding" if stage is not None and stage.measures is None else "definition"

    def _touchpoint(self, placed: Placed) -> CardMeasured:
        card = placed.card
        bound = self.bindings.people(card)
        figure = self.figure(bound) if bound is not None else None
        if bound is None or figure is None:
            return CardMeasured(needs="definition" if self.bindings.stated(card.ref) else "touchpoint")
        return CardMeasured(
            figure=figure,
            needs="events" if figure.proof.grade == "assumed" else None,
            channels=self._channels(bound.touchpoints),
            caveat=self._caveat(bound.touchpoints),
            ratings=self._ratings(str(card.ref)),
        )

    def _ratings(self, item: str) -> dict[str, Figure]:
        """How well a touchpoint meets expectation, from what people answered there."""
        felt = self.findings.feelings.get(f"item:{item}")
        figure = self.answers(felt, RATED_AS_3)
        return {} if figure is None else {"expectation": figure}

    def _handed(self, placed: Placed) -> Figure | None:
        """The people who crossed between the two channels that a hand-off names, in the stage of its step."""
        crossing = self._crossing(placed)
        if crossing is None:
            return None
        last = self._stages[crossing.stage].last
        figure = Counted(float(crossing.people), "people", crossing.people, None, None, None, crossing.cell)
        return self._figure(figure, proof_n=crossing.people, last=last)

    def _crossing(self, placed: Placed) -> Crossing | None:
        handed = placed.card.hand_off
        stage = next(
            (s for s in self.bindings.document.stages if placed.steps[0] in {step.id for step in s.steps}), None
        )
        name = self.bindings.stage_of(stage.id) if stage is not None else None
        if handed is None or name is None:
            return None
        from_, to = self._named(handed.from_), self._named(handed.to)
        crossings = self.findings.crossings.get(name, [])
        return next((c for c in crossings if c.from_.casefold() in from_ and c.to.casefold() in to), None)

    def _named(self, channel: str) -> set[str]:
        """The channels of events that a name may mean: that of an item of the library, or itself."""
        means = [
            item.measures for item in self.bindings.items.values()
            if item.kind == "channel" and item.name.casefold() == channel.casefold()
        ]  # fmt: skip
        return {channel.casefold(), *(name.casefold() for names in means for name in names)}

    def _channels(self, names: tuple[str, ...]) -> list[str]:
        """The channels that touchpoints were met through: of each the one with the most events first."""
        return list(dict.fromkeys(c for name in names for c in self._touchpoints[name].channels))

    def _caveat(self, names: tuple[str, ...]) -> str | None:
        """What is to be said of touchpoints, if it is so of all of them."""
        found = {self.bindings.touchpoints[name].caveat for name in names}
        return found.pop() if len(found) == 1 else None

    # --- figures -------------------------------------------------------------------------------------------

    def figure(self, bound: Bound) -> Figure | None:
        """A bound figure, None if it was not counted."""
        counted = self.findings.figures.get(bound)
        if counted is None or (counted.value is None and counted.unit == "share" and counted.of):
            return None
        of = self._stages[bound.stage].last if bound.stage is not None else None
        times = [of, *(self._touchpoints[name].last for name in bound.touchpoints)]
        last = max((time for time in times if time is not None), default=None)
        behind = counted.n if counted.of is None or bound.question == "share" else counted.of
        return self._figure(counted, behind, last)

    def answers(self, felt: Feeling | None, plus: float = 0.0) -> Figure | None:
        """The figure of answers; `plus` is added, for ratings."""
        if felt is None or felt.value is None:
            return None
        low, high = (None if end is None else end + plus for end in (felt.low, felt.high))
        change = felt.change and felt.change.model_copy(update={"before": felt.change.before + plus})
        counted = Counted(felt.value + plus, "score", felt.n, None, low, high, felt.cell or "", felt.spark, change)
        return self._figure(counted, felt.n, felt.last)

    def _figure(self, counted: Counted, proof_n: int, last: dt.datetime | None) -> Figure:
        return Figure(
            value=counted.value,
            unit=counted.unit,
            n=counted.n,
            of=counted.of,
            low=counted.low,
            high=counted.high,
            proof=proof(proof_n, last, self.counts),
            cell=counted.cell,
            spark=list(counted.spark),
            change=counted.change,
        )

    def grades(
        self, stages: dict[str, StageMeasured], cards: dict[str, CardMeasured], drawn: list[EmotionCurve]
    ) -> list[Grade]:
        """The grade of whatever can carry evidence: stages, steps of emotion lanes, cards that state something."""
        assumed: Grade = "assumed"
        found = [stages[s.id].proof.grade if s.id in stages else assumed for s in self.bindings.document.stages]
        for curve in drawn:
            if curve.of == "scores" and curve.segment is None:
                found += [point.proof.grade for point in curve.points]
        for card, lane, _ in self.bindings.placed:
            figure = cards[card.id].figure
            if figure is not None:
                found.append(figure.proof.grade)
            elif lane.kind != "emotion" and (card.bind is not None or lane.kind in NEEDS):
                found.append(assumed)
        return found


def _hand_off(crossing: Crossing) -> HandOffMeasured:
    return HandOffMeasured(
        from_=crossing.from_,
        to=crossing.to,
        people=crossing.people,
        median_seconds=crossing.median_seconds,
        repeated_share=_share(crossing.repeated, crossing.people),
        cell=crossing.cell,
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
