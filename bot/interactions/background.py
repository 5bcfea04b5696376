"""What the bot asks of Discord by itself, while nobody waits: at an even pace, and not where it was refused just now.

Discord takes fifty requests a second from a bot, answers to presses not counted, and bans one for an hour whose
requests it refuses ten thousand times in ten minutes. Whatever a background task asks passes here
(`asks_by_itself`, `Background`); what somebody pressed for passes at once.
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
"""Returns after a number of seconds."""

ALL: Final = 0
READERS: Final = 1
"""The buckets of the store's `sending_times`: all requests, and those of direct messages among them."""

BETWEEN_SECONDS = {ALL: 0.034, READERS: 0.1}
"""Seconds between two requests of all processes: thirty a second, of which direct messages have a third at most, so
that a server's post waits for no thousand readers."""

MOST_SECONDS = 10.0
"""Seconds for which a bucket may be taken: each process takes one time and waits for it."""

UNTOLD_SECONDS = 1.0
"""Seconds between two requests of a process while the database is away and cannot give out times."""

INVALID = frozenset({401, 403, 404, 429})
"""The statuses with which Discord refuses, and for which it bans."""

INVALID_SECONDS = 10 * 60
"""Seconds for which it counts them."""

MOST_INVALID = 5_000
"""Requests that Discord may refuse in ten minutes before background work waits: half of what it bans for."""

LEFT_ALONE_SECONDS = (60 * 60, 6 * 60 * 60, 24 * 60 * 60)
"""Seconds for which a channel that refused is left alone; the last of them again and again."""

REFUSING = frozenset({10003, 10004, 50001, 50008, 50013, 50024, 60003})
"""Discord's codes for: no such channel or server, no access, no such thing here, no permission, no second factor. Other
refusals are of one message, and another one may pass."""

_whom: ContextVar[Whom | None] = ContextVar("whom", default=None)


@contextmanager
def asks_by_itself(whom: Whom = "server") -> Generator[None]:
    """Have what is asked of Discord in this task be background work, for servers or for readers, until this is left."""
    token = _whom.set(whom)
    try:
        yield
    finally:
        _whom.reset(token)


class InvalidRequests:
    """When Discord refused a request of this process in the last ten minutes, in seconds since 1970."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._at: deque[float] = deque(maxlen=BANNED_AT)

    def note(self, status: int) -> None:
        """Count an answer, if it is a refusal."""
        if status in INVALID:
            self._at.append(self._clock())

    def count(self) -> int:
        """Return how many there were in the last ten minutes."""
        since = self._clock() - INVALID_SECONDS
        while self._at and self._at[0] <= since:
            self._at.popleft()
        return len(self._at)

    def seconds_until_fewer(self, most: int) -> float:
        """Return in how many seconds fewer than *most* will count; 0 where they do."""
        over = self.count() - most
        return self._at[over] + INVALID_SECONDS - self._clock() if over >= 0 else 0

    def trace(self) -> aiohttp.TraceConfig:
        """Return what has a session count all its answers."""
        trace = aiohttp.TraceConfig()
        trace.on_request_end.append(self._ended)
        return trace

    async def _ended(
        self, _session: aiohttp.ClientSession, _context: SimpleNamespace, ended: aiohttp.TraceRequestEndParams
    ) -> None:
        self.note(ended.response.status)


class Pace:
    """The times at which the background work of this process may ask something, among that of all processes."""

    def __init__(self, store: Store, invalid: InvalidRequests, sleep: Sleep = asyncio.sleep) -> None:
        self._store = store
        self._invalid = invalid
        self._most_invalid = MOST_INVALID * len(store.shards.own) // store.shards.count
        """This process's part of them."""
        self._sleep = sleep
        self._turns = {bucket: asyncio.Lock() for bucket in BETWEEN_SECONDS}
        self._last = dict.fromkeys(BETWEEN_SECONDS, 0.0)

    async def wait(self, whom: Whom) -> None:
        """Wait for the next time. One of this process waits for it, and the others wait for that one.

        Where Discord refuses so much that it may ban the bot, it is a time when fewer refusals count.
        """
        if seconds := self._invalid.seconds_until_fewer(self._most_invalid):
            log.warning("Discord refused %d requests in ten minutes: background work waits", self._invalid.count())
            await self._sleep(seconds)
        for bucket in (READERS, ALL) if whom == "reader" else (ALL,):
            async with self._turns[bucket]:
                await self._sleep(await self._pause(bucket))

    async def _pause(self, bucket: int) -> float:
        """Return the seconds until the next time of *bucket*."""
        if self._store.shards.are_all:
            return self._own(bucket)
        between = BETWEEN_SECONDS[bucket]
        while True:
            try:
                pause = await self._store.sending_times.take(bucket, between, MOST_SECONDS)
            except ReaderError:
                return UNTOLD_SECONDS
            if pause is not None:
                return pause
            await self._sleep(between)

    def _own(self, bucket: int) -> float:
        now, last = self._store.clock(), self._last[bucket]
        after = last + BETWEEN_SECONDS[bucket]
        self._last[bucket] = after if now < after < now + MOST_SECONDS else now  # else the clock was set
        return self._last[bucket] - now


@dataclass(frozen=True, slots=True)
class Refusal:
    """That Discord refused something in a channel. Times are in seconds since 1970."""

    error: discord.HTTPException
    at: float
    tries: int
    again_at: float
    """Until then the channel is left alone, unless the bot's permissions there change."""
    allowed: int
    """The bot's permissions there when it was refused."""


class Refusals:
    """The channels that refused something, each by what it was; a restart forgets them, and each is tried once."""

    def __init__(self, client: discord.Client, store: Store) -> None:
        self._client = client
        self._clock = store.clock
        self._known: dict[tuple[str, int], Refusal] = {}
        self._left_out: set[int] = set()
        """The channels that the log names as left out."""

    def of_posts(self, channel: int) -> Refusal | None:
        """Return why the bot posts nothing in a channel for now."""
        return self._standing((_POST, channel))

    def check(self, route: Route) -> None:
        """Raise again what Discord said lately of the same request in the same channel."""
        if (key := _key(route)) is not None and (refusal := self._standing(key)) is not None:
            raise refusal.error.with_traceback(None)

    def note(self, route: Route, error: discord.HTTPException) -> None:
        """Remember that a request was refused, if others in its channel would be."""
        if (key := _key(route)) is None or error.code not in REFUSING:
            return
        now, before = self._clock(), self._known.get(key)
        tries = before.tries + 1 if before is not None else 0
        pause = LEFT_ALONE_SECONDS[min(tries, len(LEFT_ALONE_SECONDS) - 1)]
        self._known[key] = Refusal(error, now, tries, now + pause, self._allowed(key[1]))
        log.info("Channel %d refuses %s and is left alone for %d hours: %s", key[1], key[0], pause // 3600, error)

    def clear(self, route: Route) -> None:
        """Forget it: what was refused has passed."""
        if (self._known or self._left_out) and (key := _key(route)) is not None:
            self._known.pop(key, None)
            if key[0] == _POST:
                self._left_out.discard(key[1])

    def leave_out(self, channel: int, why: object) -> None:
        """Log that a channel misses a message: once, until one passes there."""
        if channel not in self._left_out:
            log.warning("Channel %d gets no messages for now: %s", channel, why)
        self._left_out.add(channel)

    def _standing(self, key: tuple[str, int]) -> Refusal | None:
        refusal = self._known.get(key)
        if refusal is None or self._clock() >= refusal.again_at or refusal.allowed != self._allowed(key[1]):
            return None
        return refusal

    def _allowed(self, number: int) -> int:
        """Return the bot's permissions in a channel; 0 for one that is not known, or has none to ask for."""
        channel = self._client.get_channel(number)
        if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
            return 0
        try:
            return channel.permissions_for(channel.guild.me).value
        except discord.ClientException:  # a thread whose channel is not known
            return 0


_POST = "POST /channels/{channel_id}/messages"


def _key(route: Route) -> tuple[str, int] | None:
    return (route.key, int(route.channel_id)) if route.channel_id is not None else None


class Background:
    """What all background work of a bot passes on its way to Discord."""

    def __init__(self, client: discord.Client, store: Store) -> None:
        self.invalid = InvalidRequests(store.clock)
        self.pace = Pace(store, self.invalid)
        self.refusals = Refusals(client, store)

    def watch(self, http: HTTPClient) -> None:
        """Have all requests of *http* pass here."""
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
