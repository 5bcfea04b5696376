"""An interaction and Discord's rules for it: one answer within three seconds, then fifteen minutes by its token."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from enum import IntEnum

from tests.standin.world import LOADING, Channel, Json, Message, Refused, User, World

ANSWER_SECONDS = 3.0
TOKEN_SECONDS = 15 * 60.0


class Kind(IntEnum):
    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Answer(IntEnum):
    MESSAGE = 4
    DEFER = 5
    DEFER_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(eq=False, slots=True)
class Interaction:
    """What a reader did, and what came of it."""

    id: int
    token: str
    kind: Kind
    user: User
    channel: Channel
    data: Json
    message: Message | None
    """The pressed one."""
    made: float
    """By the world's clock."""
    sent: float = field(default_factory=time.perf_counter)
    answer: Answer | None = None
    said: Json = field(default_factory=dict)
    """What the answer says, as it was sent."""
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    settled: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once there is more than "thinking …"."""
    waited: float = 0.0
    """Seconds from the event to its answer."""
    original: Message | None = None
    """What ``@original`` names: the answer, or the pressed message."""
    followups: list[Message] = field(default_factory=list)
    modal: Json | None = None
    choices: list[Json] | None = None

    async def done(self, seconds: float = 20.0) -> Interaction:
        """Wait until it is answered, and what was deferred is there. Raises `TimeoutError`."""
        async with asyncio.timeout(seconds):
            await self.answered.wait()
            if self.answer is Answer.DEFER:
                await self.settled.wait()
        return self

    @property
    def shown(self) -> Message:
        """The message that it was answered with, or that it drew again."""
        assert self.original is not None, "not answered by a message"
        return self.original

    @property
    def texts(self) -> list[str]:
        """What its answers say, the follow-ups last."""
        first = [self.original] if self.original is not None else []
        return [message.text for message in (*first, *self.followups)]


class Interactions:
    """All interactions of a world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._all: dict[int, Interaction] = {}
        self._by_token: dict[str, Interaction] = {}

    def new(self, kind: Kind, user: User, channel: Channel, data: Json, message: Message | None) -> Interaction:
        number = self._world.snowflake()
        token = f"token-of-{number}"
        made = Interaction(number, token, kind, user, channel, data, message, self._world.clock())
        self._all[number] = self._by_token[token] = made
        return made

    def forget(self, interaction: Interaction) -> None:
        """Keep it no longer: a benchmark makes many."""
        self._all.pop(interaction.id, None)
        self._by_token.pop(interaction.token, None)

    def event(self, interaction: Interaction) -> Json:
        """How the gateway tells of it."""
        world, channel, guild = self._world, interaction.channel, interaction.channel.guild
        told: Json = {
            "id": str(interaction.id),
            "application_id": str(world.me.id),
            "type": int(interaction.kind),
            "token": interaction.token,
            "version": 1,
            "data": interaction.data,
            "channel_id": str(channel.id),
            "channel": channel.payload(),
            "locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": {},
            "context": 0 if guild else 1,
            "attachment_size_limit": 26_214_400,
        }
        if interaction.message is not None:
            told["message"] = interaction.message.payload(world.me)
        if guild is None:
            return told | {"user": interaction.user.payload(), "app_permissions": "0"}
        permissions = str(guild.permissions_of(interaction.user))
        return told | {
            "guild_id": str(guild.id),
            "guild": {"id": str(guild.id), "locale": "en-US", "features": []},
            "guild_locale": "en-US",
            "member": guild.member_payload(interaction.user) | {"permissions": permissions},
            "app_permissions": str(guild.permissions_of(world.me)),
        }

    def take(self, number: int, token: str, body: Json, files: list[Json]) -> Interaction:
        """Answer an interaction. Raises `Refused` where it is unknown, too old or answered already."""
        found = self._all.get(number)
        if found is None or found.token != token or self._world.clock() > found.made + ANSWER_SECONDS:
            raise Refused(404, 10062, "Unknown interaction")
        if found.answer is not None:
            raise Refused(400, 40060, "Interaction has already been acknowledged.")
        answer, data = Answer(body["type"]), body.get("data") or {}
        match answer:
            case Answer.MESSAGE:
                found.original = self._post(found, data, files)
            case Answer.DEFER:
                found.original = self._post(found, data | {"flags": data.get("flags", 0) | LOADING}, [])
            case Answer.UPDATE | Answer.DEFER_UPDATE:
                found.original = self._pressed(found)
                if answer is Answer.UPDATE:
                    self._edit(found.original, data, files)
            case Answer.MODAL:
                found.modal = data
            case Answer.CHOICES:
                found.choices = data["choices"]
        found.said = data
        found.answer, found.waited = answer, time.perf_counter() - found.sent
        found.answered.set()
        return found

    def of_token(self, token: str) -> Interaction:
        """Raises `Refused` where the token is unknown, too old, or not answered yet."""
        found = self._by_token.get(token)
        if found is None or found.answer is None:
            raise Refused(404, 10015, "Unknown Webhook")
        if self._world.clock() > found.made + TOKEN_SECONDS:
            raise Refused(401, 50027, "Invalid Webhook Token")
        return found

    def message_of(self, token: str, name: str) -> Message:
        """The message that a webhook's path names: ``@original``, or a follow-up by its id."""
        found = self.of_token(token)
        if name == "@original":
            message = found.original
        else:
            message = next((each for each in (found.original, *found.followups) if each and str(each.id) == name), None)
        if message is None or message.deleted:
            raise Refused(404, 10008, "Unknown Message")
        return message

    def edit(self, token: str, name: str, data: Json, files: list[Json]) -> Message:
        edited = self._edit(self.message_of(token, name), data, files)
        self.of_token(token).settled.set()
        return edited

    def follow_up(self, token: str, data: Json, files: list[Json]) -> Message:
        """Send one more message; the first after a deferred answer takes its place."""
        found = self.of_token(token)
        found.settled.set()
        if found.original is not None and found.original.flags & LOADING:
            return self._edit(found.original, data, files)
        found.followups.append(message := self._post(found, data, files))
        return message

    def _pressed(self, interaction: Interaction) -> Message:
        if interaction.message is None or interaction.message.deleted:
            raise Refused(404, 10008, "Unknown Message")
        return interaction.message

    def _post(self, interaction: Interaction, data: Json, files: list[Json]) -> Message:
        by: Json = {"id": str(interaction.id), "type": int(interaction.kind), "user": interaction.user.payload()}
        by["authorizing_integration_owners"] = {}
        message = self._world.post(interaction.channel, self._world.me, data, by)
        message.attachments = files
        return message

    def _edit(self, message: Message, data: Json, files: list[Json]) -> Message:
        message.edit(data)
        message.attachments += files
        return message
