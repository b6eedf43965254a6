"""People whose troubles are known: what detectors that forecast something are held against.

Six touchpoints on two channels, chosen by chance; waits of an hour or so. A person's own pace scatters, and so does how
much they do, so that "many waits" and "slow" are no sign of trouble by themselves.
"""

import numpy as np

from tests.scopes import make_scope

HOUR = 3_600_000_000
DAY = 24 * HOUR
NAMES = [f"{name} {channel}" for name in ("home", "product", "basket") for channel in ("web", "app")]
CHANNEL = {name: name.split()[1] for name in NAMES}
TOUCHPOINT = {name: name.split()[0] for name in NAMES}


def everyday(seed, people=1_500, days=140, *, slow=None, factor=6.0, share=0.3, collapse=None, again=None):
    """A scope, and the persons (numbers) that something was planted on.

    Args:
        seed: the same number gives the same people.
        people: how many.
        days: how long they come, evenly.
        slow: an event name after which a `share` of waits is `factor` times as long.
        factor: see `slow`.
        share: of what is planted, where it can be.
        collapse: an event name after which, in the days 90 to 97, a `share` of people leave for good.
        again: an event name that a `share` of people with the same touchpoint on the other channel before go to next.
    """
    random = np.random.default_rng(seed)
    events, planted = [], set()
    for person in range(people):
        now = random.uniform(0, days) * DAY
        pace = np.exp(random.normal(0, 0.5))
        name = random.choice(NAMES)
        for _ in range(random.geometric(1 / 7)):
            events.append((person, int(now), name))
            left = collapse == name and 90 <= now / DAY < 97 and random.random() < share
            wait = random.exponential(HOUR) * pace
            if slow == name and random.random() < share:
                wait *= factor
                planted.add(person)
            other = again is not None and name != again and TOUCHPOINT[name] == TOUCHPOINT[again]
            if left:
                planted.add(person)
                break
            name = again if other and random.random() < share else random.choice(NAMES)
            now += wait + 61_000_000
    return make_scope(events, TOUCHPOINT, channels=CHANNEL, gap_days=14, until=int((days + 20) * DAY)), planted
