"""The map as CJML 2.0: a planned journey, or an actual one where the map is measured.

Elements as CJML's producers write them; everything is escaped, which theirs is not. CJML has no steps: the touchpoints
of a step share the number before the point of their `touchpointID`, and the first one's comment is the step's name.
Experience stands on actual journeys only, and is only ever a measured one: score = round(e) + 3 of an emotion -2..+2.
"""

import re
from typing import Final

from lxml import etree

from desireline.i18n import number, translate
from desireline.maps import prose
from desireline.maps.out import Request
from desireline.maps.out.kept import kept
from desireline.model.journey_map import Card, Lane, Step
from desireline.model.measured import EmotionPoint, Sheet

LOSES: Final = ("ids", "map_fields", "lanes_but_touchpoints", "markup", "typed_emotion", "paths", "one_journey")
ORGANISATION: Final = "organisation"
CUSTOMER: Final = "customer"


def write(request: Request) -> bytes:
    """UTF-8 XML. Measured maps are actual journeys, all others planned ones."""
    sheet = kept(request)
    actual = sheet.kind == "current_measured" and sheet.measured is not None
    root = etree.Element("CJML", version="2.0")
    journey = etree.SubElement(root, "actualJourney" if actual else "plannedJourney")
    _add(journey, "journeyID", f"{'AJ' if actual else 'PJ'}-{sheet.id}")
    _add(journey, "journeyTitle", sheet.name)
    phases = etree.SubElement(journey, "journeyPhases")
    for k, stage in enumerate(sheet.stages, 1):
        phase = etree.SubElement(phases, "journeyPhase", phaseID=f"P{k}")
        _add(phase, "phaseName", stage.name)
        _add(phase, "phaseDescription", prose.plain(stage.description))
    if sheet.goal.text:
        _add(journey, "journeyShortSummary", prose.plain(sheet.goal.text))
    _add(journey, "journeyLongSummary", " · ".join((request.grid.subtitle, *request.grid.lines)))
    _add(journey, "journeyStatus", translate(request.language, f"map.status.{sheet.status}"))
    _Touchpoints(request, sheet, journey, actual=actual).write()
    etree.indent(root, " ")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


class _Touchpoints:
    """The actors and touchpoints of a journey."""

    def __init__(self, request: Request, sheet: Sheet, journey: etree._Element, *, actual: bool) -> None:
        self.request, self.sheet, self.journey = request, sheet, journey
        self.kind = "actual" if actual else "planned"
        self.library = {item.id: item for item in sheet.library}
        self.customer = self._persona()
        self.providers: dict[str, None] = {}
        self.feelings = self._feelings() if actual else {}

    def write(self) -> None:
        """Steps in order; the actors that they name stand before them."""
        actors = etree.SubElement(self.journey, "actors")
        points = etree.SubElement(self.journey, "touchpoints")
        number_of_step = 0
        for k, stage in enumerate(self.sheet.stages, 1):
            for step in stage.steps:
                number_of_step += 1
                self._step(points, f"P{k}", number_of_step, step)
        etree.SubElement(actors, "endUser", actorID=self.customer)
        for provider in self.providers:
            etree.SubElement(actors, "serviceProvider", actorID=provider)

    def _step(self, points: etree._Element, phase: str, place: int, step: Step) -> None:
        """A step without a card is an action of its own, so that it is not lost."""
        provider = next((self._name(card) for _, card in self._cards("departments", step)), "") or ORGANISATION
        told: list[tuple[str, str, str | None, bool]] = []
        for kind, by_customer in (("actions", True), ("touchpoints", True), ("backstage", False)):
            for lane, card in self._cards(kind, step):
                channel = self._channel(lane, card) if kind == "touchpoints" else None
                told.append((kind, self._name(card), channel, by_customer))
        for k, (kind, label, channel, by_customer) in enumerate(told or [("actions", step.name, None, True)], 1):
            point = self._point(
                points, "CommunicationPoint" if kind == "touchpoints" else "Action", f"T{place}.{k}", phase
            )
            self._party(point, "initiator", self.customer if by_customer else provider, label)
            if kind == "touchpoints":
                self._party(point, "receiver", provider, label)
                if channel:
                    _add(etree.SubElement(point, "channel"), "channelName", channel)
            _add(point, "comment", step.name if k == 1 else "")
            if k == 1 and (feeling := self.feelings.get(step.id)):
                self._experience(point, feeling)

    def _point(self, points: etree._Element, kind: str, identifier: str, phase: str) -> etree._Element:
        point = etree.SubElement(points, f"{self.kind}{kind}")
        _add(point, "touchpointID", identifier)
        etree.SubElement(point, "belongsTo", phaseIDref=phase)
        return point

    def _party(self, point: etree._Element, role: str, actor: str, label: str) -> None:
        if actor != self.customer:
            self.providers[actor] = None
        party = etree.SubElement(point, role)
        etree.SubElement(party, "refersTo", actorIDref=actor)
        _add(party, f"{role}Label", label)

    def _experience(self, point: etree._Element, feeling: EmotionPoint) -> None:
        value = feeling.value or 0.0
        told = etree.SubElement(point, "touchpointExperience")
        words = translate(
            self.request.language, "map.cjml.experience", value=number(self.request.language, value, 1), n=feeling.n
        )
        _add(told, "experienceDescription", words)
        _add(told, "experienceRating", str(max(1, min(5, round(value) + 3))))

    def _feelings(self) -> dict[str, EmotionPoint]:
        """The measured curve of everyone, or the first one there is."""
        curves = [c for c in (self.sheet.measured.emotion if self.sheet.measured else ()) if c.of == "scores"]
        chosen = next((c for c in curves if c.segment is None), curves[0] if curves else None)
        return {p.step: p for p in chosen.points if p.value is not None} if chosen else {}

    def _persona(self) -> str:
        persona = self.library.get(self.sheet.scope.persona or "")
        return _legal(persona.name) if persona else CUSTOMER

    def _cards(self, kind: str, step: Step) -> list[tuple[Lane, Card]]:
        return [(lane, c) for lane in self.sheet.lanes if lane.kind == kind for c in lane.cells.get(step.id, [])]

    def _name(self, card: Card) -> str:
        item = self.library.get(card.ref or "")
        return _legal(item.name if item else prose.plain(card.text))

    def _channel(self, lane: Lane, card: Card) -> str | None:
        item = self.library.get(card.ref or "")
        channel = self.library.get((item.channel if item else None) or lane.channel or "")
        return channel.name if channel else None


def _add(parent: etree._Element, tag: str, text: str) -> None:
    etree.SubElement(parent, tag).text = _legal(text)


def _legal(text: str) -> str:
    """Without what XML 1.0 cannot hold, on one line."""
    return re.sub(r"\s+", " ", prose.printable(text)).strip()
