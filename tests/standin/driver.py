"""What readers do: commands, presses, picks, modals and emoji, as Discord tells the bot of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.standin.interactions import Interaction, Kind
from tests.standin.server import StandIn
from tests.standin.world import Channel, Guild, Json, Message, Role, User, emoji_payload

SUBCOMMAND, GROUP = 1, 2

Value = str | int | float | bool | User | Channel | Role | tuple[str, bytes]
"""Of an option: a file is its name and its bytes."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A user where they are. What they do is answered when it returns; with ``wait=False`` it is on its way only."""

    discord: StandIn
    user: User
    channel: Channel

    async def command(self, path: str, *, wait: bool = True, **options: Value) -> Interaction:
        """Type a command, as ``manage uploads``. Raises `KeyError` where it is not synced or has no such option."""
        data, resolved = self._command(path, options), Resolved(self)
        resolved.fill(data)
        return await self.send(Kind.COMMAND, data, wait=wait)

    async def complete(self, path: str, option: str, typed: str) -> list[str]:
        """What is offered for an option while it is typed."""
        data = self._command(path, {option: typed})
        _leaf(data)["options"][0]["focused"] = True
        return [choice["name"] for choice in (await self.send(Kind.AUTOCOMPLETE, data)).choices or ()]

    async def press(self, message: Message, label: str, *, wait: bool = True) -> Interaction:
        """Press the button with this label or emoji."""
        data: Json = {"component_type": 2, "custom_id": message.custom_id(label)}
        return await self.send(Kind.COMPONENT, data, message, wait=wait)

    async def press_id(self, message: Message, custom_id: str, *, wait: bool = True) -> Interaction:
        return await self.send(Kind.COMPONENT, {"component_type": 2, "custom_id": custom_id}, message, wait=wait)

    async def pick(self, message: Message, prefix: str, label: str, *, wait: bool = True) -> Interaction:
        """Pick the option whose label has these words, in the select whose id begins with *prefix*."""
        select = message.select(prefix)
        [value] = [option["value"] for option in select["options"] if label in option["label"]]
        data: Json = {"component_type": select["type"], "custom_id": select["custom_id"], "values": [value]}
        return await self.send(Kind.COMPONENT, data, message, wait=wait)

    async def submit(self, asked: Interaction, *, wait: bool = True, **values: Value | list[str]) -> Interaction:
        """Fill in the modal that *asked*, and send it. A field that is not named stays as it was."""
        assert asked.modal is not None, "it was not answered with a modal"
        resolved = Resolved(self)
        rows = [_filled(label, values, resolved) for label in asked.modal["components"]]
        data: Json = {"custom_id": asked.modal["custom_id"], "components": rows, "resolved": resolved.found}
        return await self.send(Kind.MODAL, data, asked.message, wait=wait)

    async def react(self, message: Message, emoji: str) -> None:
        """Put an emoji on a message that everybody sees."""
        message.reactions.setdefault(emoji, []).append(self.user)
        await self._emoji("MESSAGE_REACTION_ADD", message, emoji, {"message_author_id": str(message.author.id)})

    async def unreact(self, message: Message, emoji: str) -> None:
        """Take it off; Discord does not say whose message it was."""
        message.reactions[emoji].remove(self.user)
        if not message.reactions[emoji]:
            del message.reactions[emoji]
        await self._emoji("MESSAGE_REACTION_REMOVE", message, emoji, {})

    async def send(self, kind: Kind, data: Json, message: Message | None = None, *, wait: bool = True) -> Interaction:
        """Tell the bot of an interaction."""
        made = self.discord.interactions.new(kind, self.user, self.channel, data, message)
        await self.deliver(made)
        return await made.done() if wait else made

    async def deliver(self, interaction: Interaction) -> None:
        """Tell the bot of it, or tell it once more, as Discord sometimes does."""
        event = self.discord.interactions.event(interaction)
        await self.discord.gateway.send("INTERACTION_CREATE", event, self.channel.guild)

    async def _emoji(self, event: str, message: Message, emoji: str, more: Json) -> None:
        guild = message.channel.guild
        data: Json = {"user_id": str(self.user.id), "channel_id": str(message.channel.id), "type": 0, "burst": False}
        data |= {"message_id": str(message.id), "emoji": emoji_payload(emoji)} | more
        if guild is not None:
            data["guild_id"] = str(guild.id)
            if event == "MESSAGE_REACTION_ADD":
                data["member"] = guild.member_payload(self.user)
        await self.discord.gateway.send(event, data, guild)

    def _command(self, path: str, values: dict[str, Value]) -> Json:
        """A command with its options, in the types that the bot has synced."""
        name, *below = path.split()
        guild = self.channel.guild.id if self.channel.guild else 0
        synced = [each for scope in (0, guild) for each in self.discord.world.commands.get(scope, ())]
        command = {each["name"]: each for each in synced}[name]
        data: Json = {"id": command["id"], "name": name, "type": command.get("type", 1)}
        here, spec = data, command
        for step in below:
            spec = {each["name"]: each for each in spec["options"]}[step]
            here["options"] = [{"name": step, "type": spec["type"]}]
            here = here["options"][0]
        kinds = {each["name"]: each["type"] for each in spec.get("options", ())}
        here["options"] = [{"name": each, "type": kinds[each], "value": value} for each, value in values.items()]
        return data


class Resolved:
    """What an interaction tells beside the ids that were picked."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.found: dict[str, dict[str, Json]] = {}

    def fill(self, data: Json) -> None:
        """Put ids in the place of things, in the options of a command."""
        for option in _leaf(data)["options"]:
            option["value"] = self.write(option["value"])
        data["resolved"] = self.found

    def write(self, value: Value) -> str | int | float | bool:
        """The id of a thing, which is told beside; anything else as it is."""
        world, guild = self._reader.discord.world, self._reader.channel.guild
        if isinstance(value, tuple):
            attached = world.attach(*value)
            return self._tell("attachments", int(attached["id"]), attached)
        if isinstance(value, Role):
            return self._tell("roles", value.id, value.payload())
        if isinstance(value, Channel):
            allowed = value.guild.permissions_of(self._reader.user) if value.guild else 0
            return self._tell("channels", value.id, value.payload() | {"permissions": str(allowed)})
        if isinstance(value, User):
            if guild is not None and value.id in guild.members:
                member = {key: each for key, each in guild.member_payload(value).items() if key != "user"}
                permissions = str(guild.permissions_of(value))
                self._tell("members", value.id, member | {"permissions": permissions})
            return self._tell("users", value.id, value.payload())
        return value

    def _tell(self, kind: str, number: int, payload: Json) -> str:
        self.found.setdefault(kind, {})[str(number)] = payload
        return str(number)


def _leaf(data: Json) -> Json:
    """The innermost subcommand of a command."""
    while data.get("options") and data["options"][0].get("type") in (SUBCOMMAND, GROUP):
        data = data["options"][0]
    return data


def _filled(label: Json, values: dict[str, Value | list[str]], resolved: Resolved) -> Json:
    """A field of a modal, as it is sent."""
    asked = label["component"]
    name = asked["custom_id"]
    field: Json = {"type": asked["type"], "custom_id": name}
    if asked["type"] == 4:
        field["value"] = values.get(name, asked.get("value") or "")
    elif asked["type"] == 19:
        value = values.get(name)
        field["values"] = [resolved.write(value)] if isinstance(value, tuple) else []
    else:
        picked = [each["value"] for each in asked.get("options", ()) if each.get("default")]
        value = values.get(name, picked)
        field["values"] = [resolved.write(value)] if isinstance(value, Channel) else value
    return {"type": 18, "component": field}


def readers(discord: StandIn, guild: Guild | None = None, channel: Channel | None = None) -> Sequence[Reader]:
    """Each reader of a server in its first channel, or in *channel*."""
    guild = guild or discord.world.guild
    channel = channel or next(iter(guild.channels.values()))
    return [Reader(discord, user, channel) for user in discord.world.readers]


def owner(discord: StandIn, channel: Channel | None = None) -> Reader:
    """Who owns the servers."""
    return Reader(discord, discord.world.owner, channel or discord.world.channel)
