"""What may go wrong with a request, on demand: it is late, refused, or its connection breaks."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiohttp import web

from tests.standin.world import Json

UNKNOWN_INTERACTION: Json = {"code": 10062, "message": "Unknown interaction"}


@dataclass(eq=False, slots=True)
class Trouble:
    """Meets requests whose method and path, as ``POST /channels/1/messages``, match *pattern*."""

    pattern: re.Pattern[str]
    times: int | None = None
    """How many it meets; None: all."""
    delay: float = 0.0
    """Seconds by which a request comes late."""
    gate: asyncio.Event | None = None
    """Until it is set, requests wait: before they take effect, or with their answer *after* it."""
    after: bool = False
    status: int | None = None
    """The answer of a request that does nothing."""
    body: Json = field(default_factory=dict)
    cut: str | None = None
    """Whether the connection breaks ``before`` the request takes effect, or ``after`` it, without an answer."""
    met: int = 0
    """How many it has met."""

    async def before(self, request: web.Request) -> web.Response | None:
        """Hold a request up; return what answers it in its place."""
        if self.gate is not None and not self.after:
            await self.gate.wait()
        if self.delay:
            await asyncio.sleep(self.delay)
        if self.cut == "before":
            reset(request)
        if self.status is None:
            return None
        headers = {"Via": "1.1 stand-in"} if self.status == 429 else None  # without it, discord.py takes it for a ban
        return answer(self.body, self.status, headers)

    async def behind(self, request: web.Request) -> None:
        """Hold an answer up, or lose it."""
        if self.gate is not None and self.after:
            await self.gate.wait()
        if self.cut == "after":
            reset(request)


class Troubles:
    """Those that are set, the first that fits meets a request."""

    def __init__(self) -> None:
        self._set: list[Trouble] = []

    @contextmanager
    def of(
        self,
        pattern: str,
        *,
        times: int | None = None,
        delay: float = 0.0,
        status: int | None = None,
        body: Json | None = None,
        cut: str | None = None,
    ) -> Iterator[Trouble]:
        """Trouble requests while the block runs."""
        trouble = Trouble(re.compile(pattern), times, delay, status=status, body=body or {}, cut=cut)
        self._set.append(trouble)
        try:
            yield trouble
        finally:
            self._set.remove(trouble)

    @contextmanager
    def rate_limited(self, pattern: str, retry_after: float, *, times: int | None = 1) -> Iterator[Trouble]:
        """Tell requests to come again after so many seconds."""
        body = {"message": "You are being rate limited.", "retry_after": retry_after, "global": False}
        with self.of(pattern, times=times, status=429, body=body) as trouble:
            yield trouble

    @contextmanager
    def held(self, pattern: str, *, times: int | None = None, after: bool = False) -> Iterator[Trouble]:
        """Hold requests, or their answers *after* they took effect, until the block ends or the gate is set."""
        with self.of(pattern, times=times) as trouble:
            trouble.gate, trouble.after = asyncio.Event(), after
            try:
                yield trouble
            finally:
                trouble.gate.set()

    def meeting(self, method: str, path: str) -> Trouble | None:
        for trouble in self._set:
            if (trouble.times is None or trouble.met < trouble.times) and trouble.pattern.search(f"{method} {path}"):
                trouble.met += 1
                return trouble
        return None


def answer(body: object, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """A response as Discord writes it: discord.py reads no JSON where a charset is named."""
    return web.Response(body=json.dumps(body).encode(), status=status, headers=headers, content_type="application/json")


def reset(request: web.Request) -> None:
    """Break the connection of a request, so that its sender reads “connection reset”."""
    transport = request.transport
    if transport is None:
        return
    connection = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
