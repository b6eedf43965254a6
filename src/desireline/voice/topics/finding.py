"""Topics of a collection of texts of one language."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from desireline.kernels.arrays import F32, F64, I64
from desireline.model.topics import TextTopic, TextTopics
from desireline.voice.texts import Texts, fingerprint, read
from desireline.voice.topics import grouping, naming
from desireline.voice.topics.choosing import NEEDED, number_of_topics
from desireline.voice.topics.space import Space, space_of

ANCHORS = 12
"""Most typical texts of a topic that tell it again."""


@dataclass(frozen=True, eq=False)
class Found:
    """Groups of the different texts of a collection, with what edits said of them.

    Attributes:
        texts: all of them.
        space: None where there are too few.
        label: int64[different texts].
        k: groups.
        stability: float64[groups] as first found, NaN for groups that a person made.
        agreement: see `grouping.agreement`.
        titles: of groups that a person named.
        hidden: groups that a person left out.
    """

    texts: Texts
    space: Space | None
    label: I64
    k: int
    language: str
    stability: F64
    agreement: float | None
    titles: dict[int, str] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()

    def regrouped(self, label: I64, titles: dict[int, str], hidden: frozenset[int], changed: frozenset[int]) -> "Found":
        """Other labels of the different texts; groups without a text go, the largest comes first."""
        size = np.bincount(label, self._weight())
        order = sorted((int(group) for group in np.unique(label)), key=lambda group: (-size[group], group))
        rank = {group: place for place, group in enumerate(order)}
        known = [
            self.stability[group] if group < len(self.stability) and group not in changed else np.nan for group in order
        ]
        return replace(
            self, label=np.array([rank[int(group)] for group in label], np.int64), k=len(order),
            stability=np.array(known), titles={rank[g]: title for g, title in titles.items() if g in rank},
            hidden=frozenset(rank[g] for g in hidden if g in rank),
        )  # fmt: skip

    def sizes(self) -> I64:
        """int64[groups]: texts, repeated ones too."""
        return np.bincount(self.label, self._weight(), self.k).astype(np.int64)

    def centres(self) -> F32:
        """float32[groups, dimensions]."""
        return grouping.centres(self.points(), self.label, self.k)

    def points(self) -> F32:
        """float32[different texts, dimensions]."""
        return self.space.points if self.space is not None else np.zeros((len(self.label), 1), np.float32)

    def of_texts(self) -> I64:
        """int64[texts]: the group of each text, -1 for one without a word."""
        return (
            np.where(self.texts.of >= 0, self.label[self.texts.of], -1) if self.k else np.full(len(self.texts.of), -1)
        )

    def anchors(self, group: int, most: int = ANCHORS) -> list[str]:
        """The texts nearest to the centre of a group."""
        rows = np.flatnonzero(self.label == group)
        near = self.points()[rows] @ self.centres()[group]
        return [self.texts.words[row] for row in rows[np.argsort(-near, kind="stable")[:most]].tolist()]

    def id_of(self, group: int) -> str:
        """Stands for a group as long as the same texts are asked about."""
        said = fingerprint(self.anchors(group, 1)[0])
        return "t-" + hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:12]

    def _weight(self) -> I64:
        return np.bincount(self.texts.of[self.texts.of >= 0], minlength=len(self.texts.words))


def find(texts: Sequence[str | None], language: str, k: int | None = None, seed: int = 0) -> Found:
    """Groups of texts about the same.

    Args:
        texts: as they were written, of one language.
        language: whose words tell nothing.
        k: how many groups; `choosing.number_of_topics` says it for None.
        seed: of everything that is drawn at random.
    """
    said = read(texts)
    if len(said.words) < NEEDED:
        return Found(said, None, np.zeros(len(said.words), np.int64), 0, language, np.zeros(0), None)
    space = space_of(said.words, seed)
    groups = grouping.grouped(space, k or number_of_topics(len(said.words)), seed)
    found = Found(
        said, space, groups.label, groups.k, language, grouping.stability(space, groups),
        grouping.agreement(space, groups),
    )  # fmt: skip
    return found.regrouped(groups.label, {}, frozenset(), frozenset())  # the largest first, repeated texts counted


def described(found: Found, *, asked: bool) -> TextTopics:
    """The topics with their words and quotes.

    Args:
        found: the groups.
        asked: whether somebody said how many.
    """
    total = int((found.texts.of >= 0).sum())
    shown = topics(found)
    return TextTopics(
        topics=[topic for group, topic in enumerate(shown) if group not in found.hidden], texts=total,
        empty=found.texts.empty, cut=found.texts.cut, repeated=found.texts.repeated,
        refused=None if found.k else "too_few_texts", agreement=found.agreement,
        chosen_by="asked" if asked else "rule",
    )  # fmt: skip


def topics(found: Found) -> list[TextTopic]:
    """All groups, in the order of their numbers."""
    if not found.k:
        return []
    words = naming.telling(found.texts.words, found.label, found.k, found.language)
    sizes, centres = found.sizes(), found.centres()
    total = max(1, int(sizes.sum()))
    return [
        TextTopic(
            id=found.id_of(group), name=found.titles.get(group) or naming.name_of(words[group]),
            named=group in found.titles, words=words[group], size=int(sizes[group]), share=int(sizes[group]) / total,
            stability=None if np.isnan(found.stability[group]) else round(float(found.stability[group]), 4),
            quotes=_quotes(found, group, centres[group]),
        )
        for group in range(found.k)
    ]  # fmt: skip


def _quotes(found: Found, group: int, centre: F32) -> list[str]:
    rows = np.flatnonzero(found.label == group)
    return [found.texts.words[row] for row in naming.typical(found.texts.words, found.points(), centre, rows)]
