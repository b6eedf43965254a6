"""Waits for what another process does. The browser's own `wait_for_function` takes a promise for a yes."""

import time
from collections.abc import Callable


def until(holds: Callable[[], object], seconds: float = 30) -> None:
    """Asks again and again until it holds.

    Raises:
        AssertionError: it did not hold in all that time.
    """
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"did not come true in {seconds} seconds"
        time.sleep(0.05)
