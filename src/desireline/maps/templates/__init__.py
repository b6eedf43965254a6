"""The templates that are shipped: one YAML file each, every text as `English | Polish | Croatian`."""

from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Final, Literal, get_args

import yaml
from pydantic import BeforeValidator, Field

from desireline.i18n import LANGUAGES
from desireline.model.definition import Strict
from desireline.model.journey_map import Card, Goal, HandOff, Lane, LaneKind, LifeCycle, MapFile, MapStage, Step
from desireline.model.library import LibraryItem, LibraryKind
from desireline.model.map_history import TemplateInfo


def _parted(given: object) -> object:
    return [text.strip() for text in given.split("|")] if isinstance(given, str) else given


Texts = Annotated[
    list[Annotated[str, Field(min_length=1)]], BeforeValidator(_parted), Field(min_length=3, max_length=3)
]
"""In the order of `LANGUAGES`: en, pl, hr."""

ChannelKey = Literal[
    "web", "app", "email", "sms", "phone", "chat", "store", "kiosk", "post", "ads", "search", "social", "marketplace",
    "reviews", "word_of_mouth", "branch", "messenger", "event", "parcel", "portal", "on_site",
]  # fmt: skip

_LIBRARY: Final[dict[str, LibraryKind]] = {
    "touchpoints": "touchpoint", "systems": "system", "departments": "department",
}  # fmt: skip
_FIRST: Final[tuple[LaneKind, ...]] = ("images", "actions", "touchpoints", "thoughts", "emotion")


class TemplateTouchpoint(Strict):
    """A typical touchpoint. The same name in several steps is one item of the library."""

    name: Texts
    channel: ChannelKey


class TemplateHandOff(Strict):
    """A typical crossing between channels or teams."""

    from_: Annotated[Texts, Field(alias="from")]
    to: Texts
    asked_twice: Texts | None = None


class TemplateStep(Strict):
    """A step and what its cells begin with."""

    name: Texts
    actions: list[Texts] = Field(default_factory=list)
    touchpoints: list[TemplateTouchpoint] = Field(default_factory=list)
    thoughts: list[Texts] = Field(default_factory=list)
    pain_points: list[Texts] = Field(default_factory=list)
    opportunities: list[Texts] = Field(default_factory=list)
    metrics: list[Texts] = Field(default_factory=list)
    images: list[Texts] = Field(default_factory=list)
    backstage: list[Texts] = Field(default_factory=list)
    systems: list[Texts] = Field(default_factory=list)
    departments: list[Texts] = Field(default_factory=list)
    hand_offs: list[TemplateHandOff] = Field(default_factory=list)
    questions: list[Texts] = Field(default_factory=list)
    self_service: list[Texts] = Field(default_factory=list)
    moment_of_truth: bool = False
    optional: bool = False


class TemplateStage(Strict):
    """A stage of a template."""

    name: Texts
    steps: list[TemplateStep] = Field(min_length=1)


class Template(Strict):
    """A template as its file holds it."""

    name: Texts
    description: Texts
    life_cycle: LifeCycle
    tags: list[Texts] = Field(default_factory=list)
    start: Texts
    end: Texts
    stages: list[TemplateStage] = Field(min_length=2)


def names() -> list[str]:
    """Ids of all templates, alphabetically."""
    return sorted(f.name.removesuffix(".yaml") for f in files(__name__).iterdir() if f.name.endswith(".yaml"))


@cache
def template(name: str) -> Template:
    """A template by its id."""
    return Template.model_validate(yaml.safe_load(files(__name__).joinpath(f"{name}.yaml").read_text("utf-8")))


def info(name: str, language: str) -> TemplateInfo:
    """What a list says of a template."""
    told, at = template(name), LANGUAGES.index(language)
    return TemplateInfo(
        id=name,
        name=told.name[at],
        description=told.description[at],
        own=False,
        stages=[stage.name[at] for stage in told.stages],
        steps=sum(len(stage.steps) for stage in told.stages),
        languages=list(LANGUAGES),
    )


def make(name: str, language: str, title: str) -> MapFile:
    """A new map from a template, in one language.

    Args:
        name: id of the template.
        language: en, pl or hr.
        title: what the map is called.
    """
    return _Making(template(name), LANGUAGES.index(language), language).map(name, title)


class _Making:
    """One map in the making: its cells by lane, and the library items that they need."""

    def __init__(self, told: Template, at: int, language: str) -> None:
        self.told = told
        self.at = at
        self.language = language
        self.lanes: dict[LaneKind, dict[str, list[Card]]] = {}
        self.items: dict[tuple[LibraryKind, str], LibraryItem] = {}

    def map(self, name: str, title: str) -> MapFile:
        stages = [self._stage(k, stage) for k, stage in enumerate(self.told.stages, 1)]
        kinds = [k for k in (*_FIRST, *get_args(LaneKind)) if k in self.lanes or k == "emotion"]
        lanes = [Lane(id=kind, kind=kind, cells=self.lanes.get(kind, {})) for kind in dict.fromkeys(kinds)]
        start, end, text = (self.say(t) for t in (self.told.start, self.told.end, self.told.description))
        return MapFile(
            id=name,
            name=title,
            life_cycle=self.told.life_cycle,
            goal=Goal(text=text, start=start, end=end),
            languages=[self.language],
            tags=[self.say(tag) for tag in self.told.tags],
            template=name,
            stages=stages,
            lanes=lanes,
            library=list(self.items.values()),
        )

    def say(self, texts: Texts) -> str:
        return texts[self.at]

    def _stage(self, k: int, stage: TemplateStage) -> MapStage:
        steps = [self._step(f"step-{k}-{j}", step) for j, step in enumerate(stage.steps, 1)]
        return MapStage(id=f"stage-{k}", name=self.say(stage.name), steps=steps)

    def _step(self, step: str, told: TemplateStep) -> Step:
        for kind in get_args(LaneKind):
            for told_card in getattr(told, kind, ()):
                cell = self.lanes.setdefault(kind, {}).setdefault(step, [])
                cell.append(self._card(f"{kind}-{step.removeprefix('step-')}-{len(cell) + 1}", kind, told_card))
        if told.moment_of_truth:
            point = Card(id=f"emotion-{step.removeprefix('step-')}-1", star=True)
            self.lanes.setdefault("emotion", {})[step] = [point]
        return Step(id=step, name=self.say(told.name), optional=told.optional)

    def _card(self, card: str, kind: LaneKind, told: Any) -> Card:
        if isinstance(told, TemplateTouchpoint):
            return Card(id=card, ref=self._item("touchpoint", self.say(told.name), self._channel(told.channel)))
        if isinstance(told, TemplateHandOff):
            again = self.say(told.asked_twice) if told.asked_twice else ""
            return Card(id=card, hand_off=HandOff(from_=self.say(told.from_), to=self.say(told.to), asked_twice=again))
        if kind in _LIBRARY:
            return Card(id=card, ref=self._item(_LIBRARY[kind], self.say(told)))
        return Card(id=card, text=self.say(told))

    def _channel(self, key: ChannelKey) -> str:
        return self._item("channel", _channel_names()[key][self.at])

    def _item(self, kind: LibraryKind, name: str, channel: str | None = None) -> str:
        found = self.items.get((kind, name))
        if found is None:
            found = LibraryItem(id=f"{kind}-{len(self.items) + 1}", kind=kind, name=name, channel=channel)
            self.items[(kind, name)] = found
        return found.id


@cache
def _channel_names() -> dict[ChannelKey, list[str]]:
    body: dict[ChannelKey, str] = yaml.safe_load(files(__name__).joinpath("channels.yml").read_text("utf-8"))
    return {key: [name.strip() for name in names.split("|")] for key, names in body.items()}
