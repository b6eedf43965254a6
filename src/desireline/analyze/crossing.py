"""Hand-offs: how long people take from one channel to the other, and who meets the same again there."""

import numpy as np

from desireline.analyze.overlay import stage_tables, switching_channels
from desireline.analyze.scope import Scope
from desireline.kernels.crossings import crossings as kernel
from desireline.kernels.stages import Events
from desireline.model.counted import Crossing
from desireline.model.measurements import Measurements

WITHIN = 72 * 3_600_000_000
"""µs within which the same again is a repeat; as for `analyze.switches`."""


def crossings(scope: Scope, measurements: Measurements) -> dict[str, list[Crossing]]:
    """The commonest channel switches of each stage, with the median time and the people who meet the same again.

    Of each person's first such switch: the time from the event in the old channel to the next one, in the new channel;
    repeated if both share their touchpoint or their event name and lie at most 72 hours apart.

    Args:
        scope: what was measured.
        measurements: of this scope; their switches are told about.
    """
    listed = [(k, s) for k, stage in enumerate(measurements.stages) for s in stage.channel_switches]
    found: dict[str, list[Crossing]] = {name: [] for name in scope.stages.names}
    if not listed or scope.definition is None:
        return found
    channels, _ = switching_channels(scope)
    pairs = np.full((len(found), len(channels.names), len(channels.names)), -1, np.int32)
    for number, (k, switch) in enumerate(listed):
        pairs[k, channels.names.index(switch.from_), channels.names.index(switch.to)] = number
    events = Events(scope.offsets, scope.time, scope.code)
    tables = stage_tables(scope, scope.definition, channels)
    waits, repeated = kernel(events, tables, scope.event_names.table, pairs, WITHIN)
    for (k, switch), of, again in zip(listed, waits, repeated.tolist(), strict=True):
        stage = scope.stages.names[k]
        median = float(np.median(of)) / 1e6
        found[stage].append(Crossing(stage, switch.from_, switch.to, len(of), median, again, switch.cell))
    return found
