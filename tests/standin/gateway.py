"""The gateway: sessions by shard, which are identified, hear events, beat, are cut off and resumed."""

from __future__ import annotations

import json
import secrets
import time
import zlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from tests.standin.world import Guild, Json, World

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID_SESSION, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11

UNKNOWN_TOKEN, INVALID_SHARD, SESSION_TIMED_OUT = 4004, 4010, 4009

INTENTS = {"GUILD_CREATE": (0, 0), "MESSAGE_REACTION_ADD": (10, 13), "MESSAGE_REACTION_REMOVE": (10, 13)}
"""Of an event that only those hear who asked for it: the bit of its intent in a server, and in a direct message."""

KEPT = 10_000
"""Events of a session that are kept for a resume."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How Discord lets sessions begin."""

    sessions: int = 1000
    """How many may be identified until Discord resets the count."""
    concurrency: int = 1
    """How many shards may identify at once: those of different ``shard % concurrency``."""
    identify_seconds: float = 0.0
    """Seconds between two IDENTIFY of one bucket: Discord has five, tests none unless they are about it."""
    shards: int = 1
    """How many shards Discord recommends."""
    heartbeat_seconds: float = 41.25


@dataclass(eq=False, slots=True)
class Session:
    """A session that was identified; *socket* is None while it is cut off."""

    id: str
    shard: int
    shards: int
    intents: int
    socket: Socket | None
    sent: int = 0
    kept: deque[tuple[int, Json]] = field(default_factory=lambda: deque(maxlen=KEPT))

    def hears(self, event: str, guild: int | None) -> bool:
        if (guild >> 22) % self.shards != self.shard if guild is not None else self.shard != 0:
            return False
        bits = INTENTS.get(event)
        return bits is None or bool(self.intents & 1 << bits[guild is None])

    async def dispatch(self, event: str, data: Json) -> None:
        self.sent += 1
        payload: Json = {"op": DISPATCH, "t": event, "s": self.sent, "d": data}
        self.kept.append((self.sent, payload))
        if self.socket is not None:
            await self.socket.send(payload)


class Socket:
    """One connection; zlib-stream is what discord.py asks for without extras."""

    def __init__(self, websocket: web.WebSocketResponse, request: web.Request) -> None:
        self.websocket, self.request = websocket, request
        self._zlib = zlib.compressobj() if request.query.get("compress") == "zlib-stream" else None
        self.session: Session | None = None

    async def send(self, payload: Json) -> None:
        if self.websocket.closed:
            return
        text = json.dumps(payload)
        try:
            if self._zlib is None:
                await self.websocket.send_str(text)
            else:
                data = self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
                await self.websocket.send_bytes(data)
        except ConnectionError:  # the bot has gone; what it missed is kept for a resume
            pass


class Gateway:
    """All sessions, and who hears what."""

    def __init__(self, world: World, limits: Limits, changed: Callable[[], None]) -> None:
        self._world = world
        self.limits = limits
        self._changed = changed
        self.sessions: dict[str, Session] = {}
        self.identified = self.resumed = 0
        """How many sessions have begun, and how many times one was taken up again."""
        self.refuses = 0
        """How many of the next connections are refused."""
        self._identified_at: dict[int, float] = {}

    @property
    def url(self) -> str:
        return self._world.url.replace("http", "ws", 1) + "/gateway/"

    def connected(self) -> list[Session]:
        return [session for session in self.sessions.values() if session.socket is not None]

    def info(self) -> Json:
        limits = self.limits
        start = {
            "total": limits.sessions,
            "remaining": limits.sessions - self.identified,
            "reset_after": 3_600_000,
            "max_concurrency": limits.concurrency,
        }
        return {"url": self.url, "shards": limits.shards, "session_start_limit": start}

    async def send(self, event: str, data: Json, guild: Guild | None) -> None:
        """Tell all sessions of an event in *guild*, or in a direct message; those cut off hear it when they resume."""
        for session in list(self.sessions.values()):
            if session.hears(event, guild.id if guild else None):
                await session.dispatch(event, data)

    async def drop(self) -> None:
        """Cut all connections, as a network does."""
        for session in self.connected():
            assert session.socket is not None
            socket, session.socket = session.socket, None
            if socket.request.transport is not None:
                socket.request.transport.abort()

    async def close(self, code: int = 4000) -> None:
        """Close all connections."""
        for session in self.connected():
            assert session.socket is not None
            socket, session.socket = session.socket, None
            await socket.websocket.close(code=code)

    async def reconnect(self) -> None:
        """Ask all sessions to connect anew, and to resume."""
        for session in self.connected():
            assert session.socket is not None
            await session.socket.send({"op": RECONNECT, "d": None})

    async def invalidate(self) -> None:
        """End all sessions: each has to identify anew."""
        for session in self.connected():
            assert session.socket is not None
            del self.sessions[session.id]
            await session.socket.send({"op": INVALID_SESSION, "d": False})

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection, from HELLO to its end."""
        if self.refuses:
            self.refuses -= 1
            self._changed()
            raise web.HTTPServiceUnavailable
        websocket = web.WebSocketResponse(max_msg_size=0)
        await websocket.prepare(request)
        socket = Socket(websocket, request)
        await socket.send({"op": HELLO, "d": {"heartbeat_interval": int(self.limits.heartbeat_seconds * 1000)}})
        try:
            async for message in websocket:
                if message.type is not WSMsgType.TEXT:
                    break
                await self._take(socket, json.loads(message.data))
        finally:
            self._leave(socket)
            self._changed()
        return websocket

    async def _take(self, socket: Socket, payload: Json) -> None:
        if payload["op"] == HEARTBEAT:
            await socket.send({"op": ACK})
        elif payload["op"] == IDENTIFY:
            await self._identify(socket, payload["d"])
        elif payload["op"] == RESUME:
            await self._resume(socket, payload["d"])
        self._changed()

    def _leave(self, socket: Socket) -> None:
        session = socket.session
        if session is None or session.socket is not socket:
            return
        session.socket = None
        if socket.websocket.close_code in (1000, 1001):  # who closes so does not resume
            self.sessions.pop(session.id, None)

    async def _identify(self, socket: Socket, data: Json) -> None:
        shard, shards = data.get("shard") or (0, 1)
        if data["token"] != self._world.token or self.identified >= self.limits.sessions:
            await socket.websocket.close(code=UNKNOWN_TOKEN)
            return
        if not 0 <= shard < shards:
            await socket.websocket.close(code=INVALID_SHARD)
            return
        self.identified += 1
        bucket, now = shard % self.limits.concurrency, time.monotonic()
        last, self._identified_at[bucket] = self._identified_at.get(bucket, float("-inf")), now
        if now < last + self.limits.identify_seconds:
            await socket.send({"op": INVALID_SESSION, "d": False})
            return
        session = Session(secrets.token_hex(8), shard, shards, data["intents"], socket)
        socket.session = self.sessions[session.id] = session
        await self._greet(session)

    async def _greet(self, session: Session) -> None:
        """READY, then each server of the shard."""
        me = self._world.me
        guilds = [guild for guild in self._world.guilds.values() if session.hears("GUILD_CREATE", guild.id)]
        ready: Json = {
            "v": 10,
            "user": me.payload() | {"verified": True, "mfa_enabled": False, "email": None, "flags": 0},
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": [session.shard, session.shards],
            "application": {"id": str(me.id), "flags": 0},
        }
        await session.dispatch("READY", ready)
        for guild in guilds:
            await session.dispatch("GUILD_CREATE", guild.create_payload(me))
        session.kept.clear()  # a resume before this would be a new session's

    async def _resume(self, socket: Socket, data: Json) -> None:
        session = self.sessions.get(data["session_id"])
        if session is None or data["token"] != self._world.token:
            await socket.send({"op": INVALID_SESSION, "d": False})
            return
        session.socket, last = None, data["seq"]
        while missed := [each for each in session.kept if each[0] > last]:  # more may come while these are sent
            last = missed[-1][0]
            for _, payload in missed:
                await socket.send(payload)
        session.socket, socket.session = socket, session
        self.resumed += 1
        await session.dispatch("RESUMED", {})
