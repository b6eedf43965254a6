"""Changes by hand, applied again when topics are found anew in more texts.

An edit knows its topic by anchors: the texts that were most typical of it. Each anchor votes for the group it is in now
(if its words are there again) or else for the group whose centre is nearest; the edit belongs to the group with the
most votes, if these are at least half of them. Otherwise it waits, and says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from desireline.model.topics import NewTopicEdit, TopicEdit
from desireline.voice.texts import fingerprint, readable
from desireline.voice.topics.finding import Found
from desireline.voice.topics.grouping import clustered

MAJORITY: Final = 0.5
NEAR: Final = 0.3
"""Cosine to a centre below which an anchor that is no longer there votes for nothing."""

SPLIT_STARTS: Final = 10
"""Starts of k-means where a group is cut, in points that are not moved towards their neighbours."""


@dataclass(frozen=True, eq=False)
class Edited:
    """Groups after all edits, and how many of these found their topic."""

    found: Found
    applied: int
    waiting: int


def edited(found: Found, edits: Iterable[TopicEdit]) -> Edited:
    """Groups with edits applied, the oldest first."""
    listed = sorted((edit for edit in edits if edit.language == found.language), key=lambda edit: edit.created)
    applied = 0
    for edit in listed:
        after = _applied(found, edit) if found.k else None
        if after is not None:
            found, applied = after, applied + 1
    return Edited(found, applied, len(listed) - applied)


def fields_of(found: Found, asked: NewTopicEdit, groups: list[int]) -> dict[str, object]:
    """The fields of an edit as it is remembered, of groups by their numbers."""
    return {
        "language": found.language, "kind": asked.kind, "anchors": [found.anchors(group) for group in groups],
        "title": asked.title, "parts": asked.parts, "texts": asked.texts,
    }  # fmt: skip


def group_of(found: Found, anchors: list[str]) -> int | None:
    """The group that anchors are in now, None if it cannot be told."""
    known = {fingerprint(text): row for row, text in enumerate(found.texts.words)}
    votes = np.zeros(found.k)
    centres = found.centres()
    for text in anchors:
        row = known.get(fingerprint(readable(text)))
        if row is not None:
            votes[found.label[row]] += 1
        elif found.space is not None:
            near = centres @ found.space.place([readable(text)])[0]
            if near.max() >= NEAR:
                votes[int(near.argmax())] += 1
    best = int(votes.argmax())
    return best if anchors and votes[best] >= MAJORITY * len(anchors) else None


def _applied(found: Found, edit: TopicEdit) -> Found | None:
    groups = [group for anchors in edit.anchors if (group := group_of(found, anchors)) is not None]
    if not groups:
        return None
    label, titles, hidden = found.label.copy(), dict(found.titles), found.hidden
    changed: frozenset[int] = frozenset()
    if edit.kind == "rename" and edit.title:
        titles[groups[0]] = edit.title
    elif edit.kind == "hide":
        hidden |= {groups[0]}
    elif edit.kind == "merge":
        label[np.isin(label, groups)] = groups[0]
        changed = frozenset(groups) if len(set(groups)) > 1 else changed
        if edit.title:
            titles[groups[0]] = edit.title
    elif edit.kind == "split":
        changed = _split(found, label, groups[0], edit.parts)
        titles.pop(groups[0], None)
    elif edit.kind == "move":
        moved = {fingerprint(readable(text)) for text in edit.texts}
        rows = [row for row, text in enumerate(found.texts.words) if fingerprint(text) in moved]
        changed = frozenset({groups[0], *label[rows].tolist()})
        label[rows] = groups[0]
    return found.regrouped(label, titles, hidden, changed)


def _split(found: Found, label: "np.typing.NDArray[np.int64]", group: int, parts: int) -> frozenset[int]:
    """Cuts a group in place; the first part keeps its number."""
    rows = np.flatnonzero(label == group)
    part = clustered(found.points()[rows], parts, 0, starts=SPLIT_STARTS)
    label[rows] = np.where(part == 0, group, found.k + part - 1)
    return frozenset({group, *range(found.k, found.k + parts - 1)})
