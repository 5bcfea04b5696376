"""Counts what Discord refused in the last ten minutes: it bans whoever is refused ten thousand times."""

from collections import deque
from collections.abc import Callable
from types import SimpleNamespace

import aiohttp

from bot.domain.heartbeats import BANNED_AT

COUNTED = frozenset({401, 403, 404, 429})
SECONDS = 10 * 60


class InvalidRequests:
    """The times of those of this process, in seconds since 1970."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._at: deque[float] = deque(maxlen=BANNED_AT)

    def note(self, status: int) -> None:
        """Count an answer, if it is a refusal."""
        if status in COUNTED:
            self._at.append(self._clock())

    def count(self) -> int:
        """Return how many there were in the last ten minutes."""
        since = self._clock() - SECONDS
        while self._at and self._at[0] <= since:
            self._at.popleft()
        return len(self._at)

    def seconds_until_fewer(self, most: int) -> float:
        """Return in how many seconds fewer than *most* will count; 0 where they do."""
        over = self.count() - most
        return self._at[over] + SECONDS - self._clock() if over >= 0 else 0

    def trace(self) -> aiohttp.TraceConfig:
        """Return what has a session count all its answers."""
        trace = aiohttp.TraceConfig()
        trace.on_request_end.append(self._ended)
        return trace

    async def _ended(
        self, _session: aiohttp.ClientSession, _context: SimpleNamespace, ended: aiohttp.TraceRequestEndParams
    ) -> None:
        self.note(ended.response.status)
