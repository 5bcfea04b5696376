"""What exists on the stand-in, and how Discord writes each thing."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import discord

Json = dict[str, Any]

EPOCH_MS = 1_420_070_400_000
"""When Discord's ids begin to count, in milliseconds since 1970."""

EPHEMERAL, LOADING = 1 << 6, 1 << 7
TEXT, DIRECT, PUBLIC_THREAD = 0, 1, 11
ADMINISTRATOR = 1 << 3
ALL = discord.Permissions.all().value & ~ADMINISTRATOR
MEMBER = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
    add_reactions=True,
    use_application_commands=True,
).value


class Refused(Exception):
    """What Discord answers to a request that it does not fulfil."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


@dataclass(frozen=True, slots=True)
class Description:
    """How large a world is; each server has so many of each."""

    servers: int = 1
    channels: int = 1
    roles: int = 0
    emoji: int = 0
    readers: int = 2


@dataclass(eq=False, slots=True)
class User:
    id: int
    name: str
    bot: bool = False

    def payload(self) -> Json:
        return {
            "id": str(self.id),
            "username": self.name,
            "discriminator": "0",
            "global_name": self.name,
            "avatar": None,
            "bot": self.bot,
            "public_flags": 0,
        }


@dataclass(eq=False, slots=True)
class Role:
    id: int
    name: str
    permissions: int
    position: int

    def payload(self) -> Json:
        return {
            "id": str(self.id),
            "name": self.name,
            "permissions": str(self.permissions),
            "position": self.position,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "managed": False,
            "mentionable": True,
            "flags": 0,
        }


@dataclass(eq=False, slots=True)
class Channel:
    id: int
    name: str
    guild: Guild | None = None
    type: int = TEXT
    parent: Channel | None = None
    recipient: User | None = None
    """Whom a direct message is with."""
    nsfw: bool = False
    messages: dict[int, Message] = field(default_factory=dict)

    def payload(self) -> Json:
        if self.recipient is not None:
            return {"id": str(self.id), "type": DIRECT, "recipients": [self.recipient.payload()]}
        common: Json = {"id": str(self.id), "type": self.type, "name": self.name, "last_message_id": None}
        common |= {"guild_id": str(self.guild.id)} if self.guild else {}
        if self.parent is None:
            return common | {
                "position": 0,
                "permission_overwrites": [],
                "parent_id": None,
                "topic": None,
                "rate_limit_per_user": 0,
                "nsfw": self.nsfw,
            }
        return common | {
            "parent_id": str(self.parent.id),
            "owner_id": "0",
            "rate_limit_per_user": 0,
            "message_count": len(self.messages),
            "member_count": 1,
            "flags": 0,
            "thread_metadata": {
                "archived": False,
                "auto_archive_duration": 1440,
                "archive_timestamp": written(self.id),
                "locked": False,
            },
        }


@dataclass(eq=False, slots=True)
class Guild:
    id: int
    name: str
    owner: User
    channels: dict[int, Channel] = field(default_factory=dict)
    threads: dict[int, Channel] = field(default_factory=dict)
    roles: dict[int, Role] = field(default_factory=dict)
    emoji: dict[int, str] = field(default_factory=dict)
    members: dict[int, tuple[User, list[Role]]] = field(default_factory=dict)

    def permissions_of(self, user: User) -> int:
        """The member's permissions; channels change none of them here."""
        if user is self.owner:
            return ALL | ADMINISTRATOR
        value = self.roles[self.id].permissions
        for role in self.members[user.id][1]:
            value |= role.permissions
        return ALL | ADMINISTRATOR if value & ADMINISTRATOR else value

    def member_payload(self, user: User) -> Json:
        return {
            "user": user.payload(),
            "roles": [str(role.id) for role in self.members[user.id][1]],
            "nick": None,
            "avatar": None,
            "joined_at": written(self.id),
            "deaf": False,
            "mute": False,
            "flags": 0,
        }

    def emoji_payload(self, emoji: int) -> Json:
        return {"id": str(emoji), "name": self.emoji[emoji], "roles": [], "available": True, "require_colons": True}

    def payload(self) -> Json:
        return {
            "id": str(self.id),
            "name": self.name,
            "owner_id": str(self.owner.id),
            "icon": None,
            "afk_timeout": 300,
            "verification_level": 0,
            "default_message_notifications": 1,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "nsfw_level": 0,
            "premium_tier": 0,
            "preferred_locale": "en-US",
            "features": [],
            "roles": [role.payload() for role in self.roles.values()],
            "emojis": [self.emoji_payload(emoji) for emoji in self.emoji],
            "stickers": [],
            "system_channel_id": None,
            "rules_channel_id": None,
            "public_updates_channel_id": None,
            "afk_channel_id": None,
        }

    def create_payload(self, me: User) -> Json:
        """A server as the gateway tells of it to a bot that asked for no members: its own membership only."""
        return self.payload() | {
            "joined_at": written(self.id),
            "large": len(self.members) > 250,
            "unavailable": False,
            "member_count": len(self.members),
            "members": [self.member_payload(me)],
            "channels": [channel.payload() for channel in self.channels.values()],
            "threads": [thread.payload() for thread in self.threads.values()],
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }


@dataclass(eq=False, slots=True)
class Message:
    id: int
    channel: Channel
    author: User
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    flags: int = 0
    reactions: dict[str, list[User]] = field(default_factory=dict)
    """Who gave which emoji, as its path in a request names it."""
    by: Json | None = None
    """The interaction that it answers."""
    reference: Json | None = None
    """The message that it replies to."""
    edits: int = 0
    deleted: bool = False

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & EPHEMERAL)

    @property
    def text(self) -> str:
        """All words that a reader sees, buttons aside."""
        parts = [self.content]
        for embed in self.embeds:
            named = [embed.get("author", {}).get("name"), embed.get("title"), embed.get("description")]
            fields = [part for each in embed.get("fields", ()) for part in (each["name"], each["value"])]
            parts += [part for part in (*named, *fields, embed.get("footer", {}).get("text")) if part]
        return "\n".join(parts)

    def items(self) -> Iterator[Json]:
        """Its buttons and selects."""
        return (each for row in self.components for each in row.get("components", ()))

    def custom_id(self, label: str) -> str:
        """Of the button with this label, marked as one's own or not, or this emoji. Raises `KeyError` for none."""
        for each in self.items():
            named = (each.get("label"), (each.get("emoji") or {}).get("name"))
            if (label in named or f"{label} ✓" in named) and "custom_id" in each:
                return str(each["custom_id"])
        raise KeyError(f"no {label!r} among {self.labels}")

    def select(self, prefix: str) -> Json:
        """The select whose id begins with *prefix*. Raises `KeyError` that says which there are."""
        found = [each for each in self.items() if each["type"] != 2]
        for each in found:
            if each["custom_id"].startswith(prefix):
                return each
        raise KeyError(f"no {prefix!r} among {[each['custom_id'] for each in found]}")

    @property
    def labels(self) -> list[str]:
        return [str(each.get("label") or (each.get("emoji") or {}).get("name")) for each in self.items()]

    def edit(self, data: Json) -> None:
        """Change what *data* names."""
        self.edits += 1
        self.content = data["content"] or "" if "content" in data else self.content
        self.embeds = data["embeds"] or [] if "embeds" in data else self.embeds
        self.components = data["components"] or [] if "components" in data else self.components
        self.flags &= ~LOADING
        if "attachments" in data:
            kept = {str(each["id"]) for each in data["attachments"]}
            self.attachments = [each for each in self.attachments if each["id"] in kept]

    def payload(self, me: User | None = None) -> Json:
        about = {"message_reference": self.reference} if self.reference else {}
        return (
            about
            | {
                "id": str(self.id),
                "channel_id": str(self.channel.id),
                "type": 0,
                "author": self.author.payload(),
                "content": self.content,
                "timestamp": written(self.id),
                "edited_timestamp": None,
                "tts": False,
                "mention_everyone": False,
                "mentions": [],
                "mention_roles": [],
                "attachments": self.attachments,
                "embeds": self.embeds,
                "components": self.components,
                "pinned": False,
                "flags": self.flags,
                "reactions": [
                    {
                        "emoji": emoji_payload(emoji),
                        "count": len(givers),
                        "count_details": {"normal": len(givers), "burst": 0},
                        "me": me in givers,
                        "me_burst": False,
                        "burst_colors": [],
                    }
                    for emoji, givers in self.reactions.items()
                ],
            }
            | ({"interaction_metadata": self.by, "webhook_id": str(self.author.id)} if self.by else {})
        )


def emoji_payload(emoji: str) -> Json:
    """Of an emoji as a request's path names it: itself, or ``name:id``."""
    name, _, number = emoji.partition(":")
    return {"id": number or None, "name": name}


def written(snowflake: int) -> str:
    """When the thing with this id was made."""
    return datetime.fromtimestamp(((snowflake >> 22) + EPOCH_MS) / 1000, UTC).isoformat()


class World:
    """Servers, people and messages, made from a description."""

    def __init__(self, description: Description | None = None, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        """Seconds since 1970."""
        self.token = "stand-in-of-a-bot-token.made-up.nobody-could-log-in-with-it"  # in the shape of one
        self.url = ""
        """Where the stand-in serves."""
        self._last = 0
        self._users = (User(self.snowflake(), f"reader{number}") for number in itertools.count())
        self.me = User(self.snowflake(), "Oneshot", bot=True)
        self.owner = User(self.snowflake(), "owner")
        """Who owns the application and every server."""
        self.users: dict[int, User] = {user.id: user for user in (self.me, self.owner)}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.commands: dict[int, list[Json]] = {}
        """Synced commands by server; 0 is everywhere."""
        self.files: dict[int, bytes] = {}
        description = description or Description()
        self.readers = [self._user() for _ in range(description.readers)]
        # Servers are as far apart in time as real ones, so that shards get equal parts of them.
        first = (int(clock() * 1000) - EPOCH_MS - 10_000_000) << 22
        for number in range(description.servers):
            self._guild(first + (number << 22), f"Server {number}", description)

    def snowflake(self) -> int:
        """A new id, which tells when it was made; greater than all before."""
        self._last = max(self._last + 1, (int(self.clock() * 1000) - EPOCH_MS) << 22)
        return self._last

    @property
    def guild(self) -> Guild:
        """The first server."""
        return next(iter(self.guilds.values()))

    @property
    def channel(self) -> Channel:
        """The first channel."""
        return next(iter(self.guild.channels.values()))

    def _user(self) -> User:
        user = next(self._users)
        self.users[user.id] = user
        return user

    def _guild(self, number: int, name: str, description: Description) -> Guild:
        guild = self.guilds[number] = Guild(number, name, self.owner)
        guild.roles[number] = Role(number, "@everyone", MEMBER, 0)
        mine = Role(self.snowflake(), "Oneshot", ALL, description.roles + 1)
        guild.roles[mine.id] = mine
        for position in range(description.roles):
            role = Role(self.snowflake(), f"role {position}", 0, position + 1)
            guild.roles[role.id] = role
        for emoji in range(description.emoji):
            guild.emoji[self.snowflake()] = f"emoji{emoji}"
        for channel in range(description.channels):
            self.add_channel(guild, f"channel-{channel}")
        for user in (self.owner, *self.readers):
            guild.members[user.id] = user, []
        guild.members[self.me.id] = self.me, [mine]
        return guild

    def add_channel(self, guild: Guild, name: str, *, nsfw: bool = False) -> Channel:
        channel = Channel(self.snowflake(), name, guild, nsfw=nsfw)
        self.channels[channel.id] = guild.channels[channel.id] = channel
        return channel

    def add_thread(self, parent: Channel, name: str, number: int | None = None) -> Channel:
        """A public thread; one that begins at a message has the message's id."""
        thread = Channel(number or self.snowflake(), name, parent.guild, PUBLIC_THREAD, parent)
        self.channels[thread.id] = thread
        if parent.guild is not None:
            parent.guild.threads[thread.id] = thread
        return thread

    def direct(self, user: User) -> Channel:
        """The channel of direct messages with *user*."""
        for channel in self.channels.values():
            if channel.recipient is user:
                return channel
        channel = self.channels[number] = Channel(number := self.snowflake(), user.name, type=DIRECT, recipient=user)
        return channel

    def post(self, channel: Channel, author: User, data: Json, by: Json | None = None) -> Message:
        """Put a message into *channel*; an ephemeral one is known by its interaction only."""
        message = Message(self.snowflake(), channel, author, by=by)
        message.edit(data)
        message.flags, message.edits, message.reference = data.get("flags", 0), 0, data.get("message_reference")
        if not message.ephemeral:
            channel.messages[message.id] = message
        return message

    def delete(self, message: Message) -> None:
        message.deleted = True
        message.channel.messages.pop(message.id, None)

    def attach(self, name: str, data: bytes) -> Json:
        """Keep a file, and return how a message names it."""
        number = self.snowflake()
        self.files[number] = data
        url = f"{self.url}/attachments/{number}/{name}"
        return {"id": str(number), "filename": name, "size": len(data), "url": url, "proxy_url": url}

    def find_message(self, channel: int, message: int) -> Message:
        """Raises `Refused` where there is none that the bot may fetch."""
        if channel not in self.channels:
            raise Refused(404, 10003, "Unknown Channel")
        if message not in self.channels[channel].messages:
            raise Refused(404, 10008, "Unknown Message")
        return self.channels[channel].messages[message]

    def shown(self, channels: Sequence[Channel] | None = None) -> list[Message]:
        """All messages that everybody sees, oldest first."""
        found = [each for channel in channels or self.channels.values() for each in channel.messages.values()]
        return sorted(found, key=lambda message: message.id)
