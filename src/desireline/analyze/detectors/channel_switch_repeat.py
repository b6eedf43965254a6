"""Starting again in another channel: after a change of channel the same topic or touchpoint again within 72 hours.

The topic is the property `topic` where an event has one, else its touchpoint or event name. Each topic counts once in a
stay, and only changes of channel within 72 hours do. What many do everywhere comes again by coincidence: expected is
the share of the other topics' changes of channel before which the topic was there too.
"""

import numpy as np

from desireline.analyze.detectors.material import MINUTE, Material, Signs
from desireline.analyze.detectors.model import Reason
from desireline.kernels.switches import Topics

WITHIN = 72 * 60 * MINUTE


def find(material: Material) -> Signs | Reason:
    """Where people go through the same again."""
    from desireline.kernels.repeats import again_elsewhere

    scope = material.scope
    channel = np.where(material.labels.table >= 0, material.channels, np.int32(-1))
    if len(np.unique(channel[channel >= 0])) < 2:
        return "one_channel"
    topics = _topics(material)
    found = again_elsewhere(scope.offsets, scope.time, scope.code, channel, topics, WITHIN)
    others = found.chances.sum() - found.chances
    by_topic = np.minimum(np.maximum(found.met - found.hits, 0) / np.maximum(others, 1), 1.0)
    rows = np.flatnonzero(found.chance)
    of = topics.of[rows if topics.by_event else scope.code[rows]]
    cell, n = material.events.cell[scope.code[rows]], len(material.cells)
    rate = np.bincount(cell, by_topic[of], n) / np.maximum(np.bincount(cell, minlength=n), 1)
    return Signs(found.hit, found.chance, rate[None])


def _topics(material: Material) -> Topics:
    labels, names = material.labels, material.scope.event_names
    topic, code = material.property(material.request.topic), material.scope.code
    if topic is None:
        return Topics(labels.table, names.table, False, len(labels.names), len(names.names))
    known, n = topic.index >= 0, len(topic.values)
    label = labels.table[code]
    of = np.where(known, topic.index, np.where(label >= 0, label + np.int32(n), np.int32(-1)))
    also = np.where(known, np.int32(-1), names.table[code])
    return Topics(of.astype(np.int32), also.astype(np.int32), True, n + len(labels.names), len(names.names))
