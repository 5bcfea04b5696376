"""The last unexpected errors that readers met, by the reference that each was given."""

import time
from collections import deque
from collections.abc import Callable

from bot.domain.heartbeats import Fault

KEPT = 10


class Faults:
    """The last few, the newest first."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._last: deque[Fault] = deque(maxlen=KEPT)
        self._clock = clock

    def note(self, reference: str, what: str) -> None:
        """Remember an error that somebody met in a command or a kind of button."""
        self._last.appendleft(Fault(reference, int(self._clock()), what))

    def last(self) -> tuple[Fault, ...]:
        return tuple(self._last)
