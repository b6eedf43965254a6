"""How many answers a form takes in a minute from people without an invitation."""

import math
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final

from desireline.errors import TooManyAnswers

WINDOW_SECONDS: Final = 60


class Floods:
    """Sliding windows of one server, one for each form.

    Args:
        clock: seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: dict[str, deque[float]] = {}

    def admit(self, form: str, most: int) -> None:
        """Let one more through.

        Raises:
            TooManyAnswers: `most` came within the last minute; says when there is room again.
        """
        with self._lock:
            now, seen = self._clock(), self._seen.setdefault(form, deque())
            while seen and seen[0] <= now - WINDOW_SECONDS:
                seen.popleft()
            if len(seen) >= most:
                raise TooManyAnswers(seconds=math.ceil(seen[-most] + WINDOW_SECONDS - now))
            seen.append(now)
