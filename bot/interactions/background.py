"""Limits on the bot's background requests to Discord: an even rate, and pauses in channels that refused one.

Discord allows a bot fifty requests a second, not counting answers to interactions, and bans it for an hour after ten
thousand refused requests in ten minutes. `Background` limits only the requests inside `asks_by_itself`.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Final, Literal

import aiohttp
import discord
from discord.http import HTTPClient, Route

from bot.domain.host import BANNED_AT
from bot.errors import ReaderError
from bot.store import Store

log = logging.getLogger(__name__)

Whom = Literal["server", "reader"]

Sleep = Callable[[float], Awaitable[None]]
"""Coroutine function that waits for a number of seconds."""

ALL: Final = 0
READERS: Final = 1
"""Buckets of the store's `sending_times`: all requests, and direct messages, which count in both."""

BETWEEN_SECONDS = {ALL: 0.034, READERS: 0.1}
"""Minimum seconds between two requests across all processes: thirty a second, at most a third of them direct
messages, so that a server's post does not wait for thousands of readers."""

MOST_AHEAD_SECONDS = 10.0
"""Maximum seconds from now to the time that a process reserves for its next request."""

UNCOORDINATED_SECONDS = 1.0
"""Seconds between two requests of a process while the database is unavailable and cannot coordinate them."""

INVALID = frozenset({401, 403, 404, 429})
"""HTTP statuses of refused requests; too many of them lead to a ban."""

INVALID_SECONDS = 10 * 60
"""Seconds for which a refused request counts towards a ban."""

MOST_INVALID = 5_000
"""Number of refused requests in ten minutes from which on background work waits: half of Discord's limit."""

PAUSE_SECONDS = (60 * 60, 6 * 60 * 60, 24 * 60 * 60)
"""Seconds before a request to a channel is repeated, after its first refusal there, the second, and each later one."""

REFUSING = frozenset({10003, 10004, 50001, 50008, 50013, 50024, 60003})
"""Discord's codes for: unknown channel or server, no access, wrong channel type, no permission, no second factor. Other
codes concern a single message; the channel may accept the next one."""

_whom: ContextVar[Whom | None] = ContextVar("whom", default=None)


@contextmanager
def asks_by_itself(whom: Whom = "server") -> Generator[None]:
    """Within this context, treat the task's requests to Discord as background work, for servers or for readers."""
    token = _whom.set(whom)
    try:
        yield
    finally:
        _whom.reset(token)


class InvalidRequests:
    """Times of this process's refused requests in the last ten minutes, in seconds since 1970."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._at: deque[float] = deque(maxlen=BANNED_AT)

    def note(self, status: int) -> None:
        """Record a response with the HTTP *status*, if it is a refusal."""
        if status in INVALID:
            self._at.append(self._clock())

    def count(self) -> int:
        """Return the number of refused requests in the last ten minutes."""
        since = self._clock() - INVALID_SECONDS
        while self._at and self._at[0] <= since:
            self._at.popleft()
        return len(self._at)

    def seconds_until_fewer(self, most: int) -> float:
        """Return the seconds until fewer than *most* refusals count towards a ban; 0 if fewer do already."""
        over = self.count() - most
        return self._at[over] + INVALID_SECONDS - self._clock() if over >= 0 else 0

    def trace(self) -> aiohttp.TraceConfig:
        """Return a trace configuration that records all responses of an HTTP session."""
        trace = aiohttp.TraceConfig()
        trace.on_request_end.append(self._ended)
        return trace

    async def _ended(
        self, _session: aiohttp.ClientSession, _context: SimpleNamespace, ended: aiohttp.TraceRequestEndParams
    ) -> None:
        self.note(ended.response.status)


class Pace:
    """Rate limiter for the background requests of this process, coordinated with all processes."""

    def __init__(self, store: Store, invalid: InvalidRequests, sleep: Sleep = asyncio.sleep) -> None:
        self._store = store
        self._invalid = invalid
        self._most_invalid = MOST_INVALID * len(store.shards.own) // store.shards.count
        """This process's share of `MOST_INVALID`."""
        self._sleep = sleep
        self._turns = {bucket: asyncio.Lock() for bucket in BETWEEN_SECONDS}
        self._last = dict.fromkeys(BETWEEN_SECONDS, 0.0)

    async def wait(self, whom: Whom) -> None:
        """Wait until the next background request may be sent. The requests of this process take turns.

        After too many refusals, first wait until fewer count towards a ban.
        """
        if seconds := self._invalid.seconds_until_fewer(self._most_invalid):
            log.warning("Discord refused %d requests in ten minutes: background work waits", self._invalid.count())
            await self._sleep(seconds)
        for bucket in (READERS, ALL) if whom == "reader" else (ALL,):
            async with self._turns[bucket]:
                await self._sleep(await self._pause(bucket))

    async def _pause(self, bucket: int) -> float:
        """Reserve the next time for a request of *bucket*; return the seconds until then."""
        if self._store.shards.are_all:
            return self._pause_alone(bucket)
        between = BETWEEN_SECONDS[bucket]
        while True:
            try:
                pause = await self._store.sending_times.take(bucket, between, MOST_AHEAD_SECONDS)
            except ReaderError:
                return UNCOORDINATED_SECONDS
            if pause is not None:
                return pause
            await self._sleep(between)

    def _pause_alone(self, bucket: int) -> float:
        now, last = self._store.clock(), self._last[bucket]
        after = last + BETWEEN_SECONDS[bucket]
        self._last[bucket] = (
            after if now < after < now + MOST_AHEAD_SECONDS else now
        )  # a later time means that the clock was set back
        return self._last[bucket] - now


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal by Discord in a channel. Times are in seconds since 1970."""

    error: discord.HTTPException
    at: float
    tries: int
    """Number of earlier refusals in a row."""
    again_at: float
    """End of the pause; a change of the bot's permissions in the channel ends it earlier."""
    allowed: int
    """The bot's permissions in the channel at the time of the refusal, as a bit field."""


class Refusals:
    """The latest refusal of each route in each channel, in memory: after a restart the bot tries each channel again."""

    def __init__(self, client: discord.Client, store: Store) -> None:
        self._client = client
        self._clock = store.clock
        self._known: dict[tuple[str, int], Refusal] = {}
        self._left_out: set[int] = set()
        """Ids of channels for which the log already says that they get no messages."""

    def of_posts(self, channel: int) -> Refusal | None:
        """Return the refusal for which the bot currently does not post in a channel; None if there is none."""
        return self._current((_POST, channel))

    def check(self, route: Route) -> None:
        """Raise the error of a refusal of the same route in the same channel, if its pause has not ended."""
        if (key := _key(route)) is not None and (refusal := self._current(key)) is not None:
            raise refusal.error.with_traceback(None)

    def note(self, route: Route, error: discord.HTTPException) -> None:
        """Record a refusal, if it concerns the whole channel (see `REFUSING`)."""
        if (key := _key(route)) is None or error.code not in REFUSING:
            return
        now, before = self._clock(), self._known.get(key)
        tries = before.tries + 1 if before is not None else 0
        pause = PAUSE_SECONDS[min(tries, len(PAUSE_SECONDS) - 1)]
        self._known[key] = Refusal(error, now, tries, now + pause, self._permissions(key[1]))
        log.info("Channel %d refuses %s and is left alone for %d hours: %s", key[1], key[0], pause // 3600, error)

    def clear(self, route: Route) -> None:
        """Forget the refusal of a route in a channel, after a request that succeeded."""
        if (self._known or self._left_out) and (key := _key(route)) is not None:
            self._known.pop(key, None)
            if key[0] == _POST:
                self._left_out.discard(key[1])

    def leave_out(self, channel: int, why: object) -> None:
        """Log that a channel gets no messages; only once, until a post there succeeds."""
        if channel not in self._left_out:
            log.warning("Channel %d gets no messages for now: %s", channel, why)
        self._left_out.add(channel)

    def _current(self, key: tuple[str, int]) -> Refusal | None:
        refusal = self._known.get(key)
        if refusal is None or self._clock() >= refusal.again_at or refusal.allowed != self._permissions(key[1]):
            return None
        return refusal

    def _permissions(self, number: int) -> int:
        """Return the bot's permissions in a channel as a bit field; 0 for an unknown one or a direct message."""
        channel = self._client.get_channel(number)
        if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
            return 0
        try:
            return channel.permissions_for(channel.guild.me).value
        except discord.ClientException:  # a thread whose parent channel is not cached
            return 0


_POST = "POST /channels/{channel_id}/messages"


def _key(route: Route) -> tuple[str, int] | None:
    return (route.key, int(route.channel_id)) if route.channel_id is not None else None


class Background:
    """Applies the limits to all background requests of a bot."""

    def __init__(self, client: discord.Client, store: Store) -> None:
        self.invalid = InvalidRequests(store.clock)
        self.pace = Pace(store, self.invalid)
        self.refusals = Refusals(client, store)

    def watch(self, http: HTTPClient) -> None:
        """Apply the limits to all later requests of *http*."""
        ask = http.request

        async def request(route: Route, **options: Any) -> Any:
            if (whom := _whom.get()) is None:
                return await ask(route, **options)
            self.refusals.check(route)
            await self.pace.wait(whom)
            try:
                answer = await ask(route, **options)
            except discord.HTTPException as error:
                self.refusals.note(route, error)
                raise
            self.refusals.clear(route)
            return answer

        http.request = request
