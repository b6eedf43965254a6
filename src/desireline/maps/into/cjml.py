"""A map from CJML 2.0, read leniently: producers leave texts unescaped, and one writes a dialect without quotes.

A phase becomes a stage, a touchpoint a step; touchpoints that our export numbered as one step become one again.
Experience of an actual journey becomes a point of emotion set by hand: rating - 3.
"""

import re
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from lxml import etree

from desireline.errors import MapUnreadable
from desireline.maps.into.build import MapBuilder
from desireline.maps.into.reading import MOST_CARDS, Read, decoded
from desireline.maps.out.cjml import CUSTOMER, ORGANISATION

FORM: Final = "cjml"
_AMPERSAND: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_BRACKET: Final = re.compile(r"<(?![A-Za-z/!?])")
_NAMES: Final = "id|name|role|initiatorId|senderId|receiverId|riskCategory|time"
_UNQUOTED: Final = re.compile(
    rf"\b({_NAMES})\s*=\s*(?![\s\"'])" + r"([^<>=\"]{0,300}?)" + rf"(?=\s+(?:{_NAMES})\s*=|\s*/?>)"
)
_OURS: Final = re.compile(r"T(\d+)\.\d+")


@dataclass(frozen=True)
class _Point:
    """A touchpoint as it was read; `group`: of the same step are neighbours of one group in one phase."""

    group: str
    phase: str
    action: bool
    label: str
    by_customer: bool
    provider: str
    channel: str
    comment: str
    rating: float | None
    feeling: str
    deviation: bool


def read(file: str, data: bytes, name: str) -> Read:
    """The map of the first journey in the file. `name`: of the map, unless the journey has a title.

    Raises:
        MapUnreadable: no XML that can be made sense of; no phase and no touchpoint.
    """
    root = _root(file, decoded(file, FORM, data))
    journeys = [e for e in root.iter() if _tag(e) in {"actualjourney", "plannedjourney"}]
    journey = journeys[0] if journeys else root
    planned = _tag(journey) == "plannedjourney"
    title = _text(journey, "journeytitle")
    builder = MapBuilder(file, FORM, title or name, "ideal" if planned else "current_assumed")
    builder.note("further_journeys", max(0, len(journeys) - 1))
    builder.note("times", sum(1 for e in journey.iter() if _tag(e).startswith("time") and (e.text or "").strip()))
    summary = _text(journey, "journeyshortsummary")
    if summary:
        builder.document["goal"] = {"text": builder.text(summary)}
    points, phases = _points(file, journey), _phases(journey)
    if not points and not phases:
        raise MapUnreadable(file, FORM, "no_stages", "CJML")
    _write(builder, points, phases)
    return builder.read()


def _root(file: str, text: str) -> etree._Element:
    """The tree; entities stay unresolved, nothing is fetched, and the parser's own limits hold."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    if re.search(r"<cjml[\s>]", text[:4096]):
        text = _UNQUOTED.sub(lambda m: f'{m[1]}="{m[2].strip()}"', text).replace("<actors>", "<actors/>")
    text = _BRACKET.sub("&lt;", _AMPERSAND.sub("&amp;", text))
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise MapUnreadable(file, FORM, "damaged", str(error)) from error
    if root is None or _tag(root) != "cjml":
        raise MapUnreadable(file, FORM, "not_a_map", "CJML" if root is None else _tag(root))
    return root


def _phases(journey: etree._Element) -> dict[str, tuple[str, str]]:
    """Name and description by id, in order."""
    found = {}
    for phase in (e for e in journey.iter() if _tag(e) == "journeyphase"):
        identifier = _attribute(phase, "phaseid")
        found[identifier] = (_text(phase, "phasename") or identifier, _text(phase, "phasedescription"))
    return found


def _points(file: str, journey: etree._Element) -> list[_Point]:
    people = {_attribute(e, "actorid") for e in journey.iter() if _tag(e) == "enduser"} | {CUSTOMER}
    names = {_attribute(e, "id"): _attribute(e, "name") for e in journey.iter() if _tag(e) == "actor"}
    people |= {
        _attribute(e, "name")
        for e in journey.iter()
        if _tag(e) == "actor" and "user" in _attribute(e, "role").casefold().replace(" ", "")
    }
    kinds = {"actualaction", "plannedaction", "action", "actualcommunicationpoint", "plannedcommunicationpoint"}
    found = [e for e in journey.iter() if _tag(e) in {*kinds, "communicationpoint"}]
    if len(found) > MOST_CARDS:
        raise MapUnreadable(file, FORM, "too_many_cards", f"{len(found)} > {MOST_CARDS}")
    return [_point(element, people, names) for element in found]


def _point(element: etree._Element, people: set[str], names: dict[str, str]) -> _Point:
    sender = _actor(element, ("initiator", "sender"), names)
    receiver = _actor(element, ("receiver",), names)
    identifier = _text(element, "touchpointid")
    ours = _OURS.fullmatch(identifier)
    by_customer = sender in people or not sender
    labels = (_text(element, "initiatorlabel"), _text(element, "receiverlabel"), _text(element, "sender"))
    own = re.sub(r"\s+", " ", element.text or "").strip()
    return _Point(
        group=ours[1] if ours else "",
        phase=next((_attribute(e, "phaseidref") for e in element.iter() if _tag(e) == "belongsto"), ""),
        action="action" in _tag(element),
        label=next((label for label in (*labels, own) if label), ""),
        by_customer=by_customer,
        provider=receiver if by_customer else sender,
        channel=_text(element, "channelname"),
        comment=_text(element, "comment"),
        rating=_rating(_text(element, "experiencerating")),
        feeling="" if ours else _text(element, "experiencedescription"),
        deviation=re.fullmatch(r"D\d.*", identifier) is not None,
    )


def _write(builder: MapBuilder, points: list[_Point], phases: dict[str, tuple[str, str]]) -> None:
    """Phases keep their order; a touchpoint of none stands in the phase before it."""
    order = list(phases) or [""]
    placed: dict[str, list[list[_Point]]] = {phase: [] for phase in order}
    phase = order[0]
    for point in points:
        phase = point.phase if point.phase in placed else phase
        groups = placed[phase]
        if point.group and groups and groups[-1][0].group == point.group:
            groups[-1].append(point)
        else:
            groups.append([point])
    for identifier, groups in placed.items():
        name, description = phases.get(identifier, ("", ""))
        builder.stage(name, description)
        for group in groups:
            _step(builder, group)


def _step(builder: MapBuilder, group: list[_Point]) -> None:
    """Our groups name the step in the first comment; of others the touchpoint's label names it."""
    first = group[0]
    step = builder.step(first.comment if first.group else first.label)
    for point in group:
        if point.action and point.label and not (first.group and len(group) == 1 and point.label == first.comment):
            builder.card(builder.lane("actions" if point.by_customer else "backstage"), step, text=point.label)
        elif not point.action:
            _communication(builder, step, point)
        if point.comment and not point.group:
            builder.card(builder.lane("text"), step, text=point.comment)
        if point.deviation:
            builder.note("deviations")
    for provider in dict.fromkeys(p.provider for p in group if p.provider not in {"", ORGANISATION}):
        builder.card(builder.lane("departments"), step, name=provider)
    ratings = [p.rating for p in group if p.rating is not None]
    if ratings:
        told = " ".join(filter(None, (p.feeling for p in group)))
        builder.note("ratings_cut", sum(not 1 <= r <= 5 for r in ratings))
        builder.card(builder.lane("emotion"), step, value=fmean(max(1.0, min(5.0, r)) for r in ratings) - 3, text=told)


def _communication(builder: MapBuilder, step: str, point: _Point) -> None:
    """A touchpoint of the library with its channel; what is too long for a name stays text."""
    label = point.label or point.channel
    if not label:
        return
    lane = builder.lane("touchpoints")
    if len(label) > 200:
        builder.card(lane, step, text=label)
        return
    builder.card(lane, step, name=label)
    if point.channel:
        builder.item("touchpoint", label, channel=builder.item("channel", point.channel))


def _rating(text: str) -> float | None:
    found = re.search(r"-?\d+(?:[.,]\d+)?", text)
    return float(found[0].replace(",", ".")) if found else None


def _actor(element: etree._Element, roles: tuple[str, ...], names: dict[str, str]) -> str:
    """The actor of a role: what it refers to, or in the dialect the attribute `<role>Id`."""
    for child in element:
        if _tag(child) in roles:
            for inner in child:
                if _tag(inner) == "refersto":
                    return _attribute(inner, "actoridref")
    identifier = next((_attribute(element, f"{role}id") for role in roles if _attribute(element, f"{role}id")), "")
    return names.get(identifier, identifier)


def _text(element: etree._Element, tag: str) -> str:
    """The text of the first element below with this name, in one line; empty if there is none."""
    found = next((e for e in element.iter() if _tag(e) == tag and e is not element), None)
    return "" if found is None else re.sub(r"\s+", " ", "".join(map(str, found.itertext()))).strip()


def _attribute(element: etree._Element, name: str) -> str:
    return next((str(v).strip() for k, v in element.attrib.items() if str(k).rpartition("}")[2].lower() == name), "")


def _tag(element: etree._Element) -> str:
    """The local name in lower case; empty of comments and entities."""
    return str(element.tag).rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
