"""A server, its readers, and what they see: all that the promises are told in.

This file alone may know the bot from inside. The promises beside it import nothing of ours but `World`, `Reader` and
`Screen`, so that they hold for any bot that looks and answers as this one does.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.actors import MemberActor
from simcord.backend import serializers
from simcord.builders import ChannelHandle, GuildHandle
from simcord.components import walk_components
from simcord.enums import InteractionType
from simcord.env import Env
from simcord.interactions import base_payload
from simcord.results import InteractionResult, ResponseMessage

from bot.errors import AlreadyDone, ReaderError
from bot.importing.loading import load_folder
from bot.importing.worker import read_here
from bot.interactions.client import Oneshot
from bot.store import Store
from bot.ui.ids import KINDS
from tests.clock import Clock
from tests.databases import copied, database_at, dump
from tests.discord_limits import assert_nothing_kept_in_memory, assert_sent_within_limits
from tests.postgresql import on_postgresql
from tests.seen import text_of
from tests.standin import driver
from tests.standin.interactions import Answer, Interaction, Kind
from tests.standin.process import Process, bot
from tests.standin.server import StandIn
from tests.standin.world import LOADING, Description, Message

STORIES = Path(__file__).with_name("stories")
SEEDS = Path(__file__).parents[2] / "seeds"

FAULT = "Something went wrong"
"""How the answer to an unexpected error begins."""

Payload = dict[str, Any]


# -- what is seen ----------------------------------------------------------------


@dataclass(frozen=True)
class Seen:
    """A message as it is now."""

    message: Any
    text: str
    embeds: list[discord.Embed]
    parts: list[Payload]
    """Its buttons and selects."""
    private: bool
    files: list[discord.Attachment]


@dataclass(frozen=True)
class Screen:
    """What a reader sees after an act: the messages that it was answered with or drew again, as they are now."""

    act: Any
    look: Callable[[], list[Seen]]
    form: Payload | None = None
    """The form that was opened."""

    @property
    def main(self) -> Seen:
        """The message whose buttons are pressed: the newest that has any, else the newest."""
        found = self.look()
        assert found, "not answered: “This interaction failed”"
        return next((each for each in reversed(found) if each.parts), found[-1])

    @property
    def answered(self) -> bool:
        return self.form is not None or bool(self.look())

    @property
    def text(self) -> str:
        """All words, in reading order; of a form its labels and what is filled in."""
        return "\n".join([*(each.text for each in self.look()), *_form_texts(self.form)])

    @property
    def everything(self) -> str:
        """All that is told on it: also on buttons, among options, by the names of files, on its other messages."""
        seen = self.look()
        parts = [part for each in seen for part in each.parts]
        names = [name for part in parts for each in (part, *part.get("options", ())) for name in _names(each)]
        told = [each.get("description") or "" for part in parts for each in part.get("options", ())]
        return "\n".join([self.text, *names, *told, *(file.filename for each in seen for file in each.files)])

    @property
    def rendered(self) -> str:
        """All words in which Discord reads marks: no footers, no names above a box, no labels."""
        texts = [each.message.content for each in self.look()]
        for embed in (embed for each in self.look() for embed in each.embeds):
            fields = [part for each in embed.fields for part in (each.name, each.value)]
            texts += [text for text in (embed.title, embed.description, *fields) if text]
        return "\n".join(texts)

    def tells(self, *words: str) -> list[str]:
        """Those of *words* that somebody who sees it learns."""
        return [word for word in words if word.casefold() in self.everything.casefold()]

    @property
    def page(self) -> str:
        """The words of the story on a page, without its title, its notes and what the bot says."""
        [page] = [embed.description for embed in self.main.embeds if embed.footer.text and embed.description]
        return "\n".join(line for line in page.split("\n") if not line.startswith("-# "))

    @property
    def footer(self) -> str:
        return "\n".join(embed.footer.text for embed in self.main.embeds if embed.footer.text)

    @property
    def private(self) -> bool:
        """Whether nobody else sees it."""
        return all(each.private for each in self.look())

    @property
    def files(self) -> list[discord.Attachment]:
        return [file for each in self.look() for file in each.files]

    @property
    def labels(self) -> list[str]:
        """What can be pressed, by label or emoji."""
        return [name for each in self.main.parts for name in _names(each)]

    @property
    def ids(self) -> list[str]:
        """The custom ids of what can be pressed or picked."""
        return [each["custom_id"] for each in self.main.parts]

    @property
    def options(self) -> list[tuple[str, str, str]]:
        """What can be picked: its label, the id of its select, its value."""
        selects = [each for each in self.main.parts if each["type"] == 3]
        return [(each["label"], select["custom_id"], each["value"]) for select in selects for each in select["options"]]

    @property
    def chosen(self) -> list[str]:
        """Labels of the options that show as chosen."""
        selects = [each for each in self.main.parts if each["type"] == 3]
        return [each["label"] for select in selects for each in select["options"] if each.get("default")]

    def id_of(self, label: str) -> str:
        """The custom id of the one button with a label, or an emoji."""
        found = [each["custom_id"] for each in self.main.parts if label in _names(each)]
        assert len(found) == 1, f"{label!r} is there {len(found)} times: {self.labels}\n{self.text}"
        return found[0]


def _names(part: Mapping[str, Any]) -> list[str]:
    emoji = (part.get("emoji") or {}).get("name") or ""
    return [name for name in (part.get("label"), emoji.replace("\ufe0f", "")) if name]


def _form_texts(form: Payload | None) -> Iterator[str]:
    if form is not None:
        yield form["title"]
        for each in form["components"]:
            yield from filter(None, (each["label"], each.get("description"), each["component"].get("value")))


# -- who reads -------------------------------------------------------------------


@dataclass(frozen=True)
class Reader(ABC):
    """Somebody in a place. What they do is answered when it returns."""

    @abstractmethod
    async def types(self, command: str, **options: Any) -> Screen:
        """Send a command."""

    @abstractmethod
    async def press_id(self, screen: Screen, custom_id: str, *values: str) -> Screen:
        """Press a button, or pick *values*, by a custom id, which need not be on the message."""

    @abstractmethod
    async def fill(self, form: Screen, **values: Any) -> Screen:
        """Fill in a form that was opened, and send it."""

    async def press(self, screen: Screen, *labels: str) -> Screen:
        """Press a button, then one on what that shows, and so on."""
        for label in labels:
            screen = await self.press_id(screen, screen.id_of(label))
        return screen

    async def pick(self, screen: Screen, words: str) -> Screen:
        """Pick the one option whose label has these words."""
        found = [where for label, *where in screen.options if words.casefold() in label.casefold()]
        assert len(found) == 1, f"{words!r} is offered {len(found)} times: {screen.options}\n{screen.text}"
        return await self.press_id(screen, *found[0])


@dataclass(frozen=True)
class Member(Reader):
    """A member of a server of `World`."""

    world: World
    member: MemberActor
    channel: ChannelHandle | None
    """None: alone with the bot."""

    @property
    def id(self) -> int:
        return self.member.id

    @property
    def told(self) -> str:
        """All that the bot wrote to them."""
        return "\n".join(map(text_of, self.member.user.dm_channel.history()))

    def at(self, channel: ChannelHandle) -> Member:
        return replace(self, channel=channel)

    def alone(self) -> Member:
        """In direct messages with the bot."""
        return replace(self, channel=None)

    async def types(self, command: str, **options: Any) -> Screen:
        picked = {name: value.member if isinstance(value, Member) else value for name, value in options.items()}
        if self.channel is None:
            return self.world.seen(await self.member.user.slash(command, **picked))
        return self.world.seen(await self.member.slash(self.channel, command, **picked))

    async def offered(self, command: str, option: str, typed: str) -> str:
        """What is offered for an option while it is typed."""
        if self.channel is None:
            found = await self.member.user.autocomplete(command, option, typed)
        else:
            found = await self.member.autocomplete(self.channel, command, option, typed)
        return "\n".join(each["name"] for each in found)

    async def fill(self, form: Screen, **values: Any) -> Screen:
        assert form.form is not None, f"no form: {form.text}"
        actor = self.member.user if self.channel is None else self.member
        return self.world.seen(await actor.submit_modal(form.act, values))

    async def menu(self, screen: Screen, entry: str) -> Screen:
        """Use the menu of a message."""
        assert self.channel is not None
        return self.world.seen(await self.member.context_menu(self.channel, entry, screen.main.message))

    async def press_id(self, screen: Screen, custom_id: str, *values: str) -> Screen:
        [shown] = await self.world.answered([self.send_press(screen, custom_id, *values)])
        return shown

    def send_form(self, screen: Screen, custom_id: str, values: Mapping[str, str]) -> InteractionResult:
        """Send a form by its custom id, which the bot need not have opened, and wait for nothing."""
        fields = [{"type": 4, "custom_id": name, "value": value} for name, value in values.items()]
        rows = [{"type": 18, "component": each} for each in fields]
        return self._send(screen, InteractionType.MODAL_SUBMIT, {"custom_id": custom_id, "components": rows})

    def send_press(self, screen: Screen, custom_id: str, *values: str) -> InteractionResult:
        """Press or pick, and wait for nothing."""
        data = {"custom_id": custom_id, "component_type": 3 if values else 2, "values": list(values)}
        return self._send(screen, InteractionType.MESSAGE_COMPONENT, data)

    def _send(self, screen: Screen, kind: InteractionType, data: Payload) -> InteractionResult:
        env, message = self.world.env, screen.main.message
        there = message.channel_id if isinstance(message, ResponseMessage) else message.channel.id
        stored = env.backend.get_message(there, message.id)
        guild = None if self.channel is None else self.member.guild.id
        record, payload = base_payload(
            env.backend, type=kind, channel_id=there, guild_id=guild, user_id=self.id, data=data
        )
        record.source_message_id = stored.id
        payload["message"] = dict(serializers.message_payload(env.backend, stored))
        env.backend.emit("INTERACTION_CREATE", payload)
        return InteractionResult(env, record)


# -- where it happens --------------------------------------------------------------


@dataclass
class Opened:
    """The database that the bot works with."""

    path: Path
    clock: Clock
    closing: AsyncExitStack = field(init=False)
    store: Store = field(init=False)
    copies: int = 0

    async def open(self) -> None:
        self.closing = AsyncExitStack()
        self.store = await self.closing.enter_async_context(Store.open(database_at(self.path), self.clock))

    @property
    def files(self) -> list[Path]:
        return [path for path in (self.path, self.path.with_name(self.path.name + "-wal")) if path.exists()]

    def leave(self) -> None:
        """Go on with a copy of what is on the disk at this moment."""
        self.copies += 1
        before, self.path = self.path, self.path.with_name(f"copy-{self.copies}.db")
        for end in ("", "-wal"):
            left = before.with_name(before.name + end)
            if left.exists():
                shutil.copy(left, self.path.with_name(self.path.name + end))


@dataclass
class World:
    """A server with its readers, another server, and the bot, over restarts and kills."""

    env: Env
    folder: Path
    """The stories folder."""
    database: Opened
    clock: Clock
    home: GuildHandle
    room: ChannelHandle
    """A channel of the server, for all ages."""
    cellar: ChannelHandle
    """An age-restricted one."""
    ann: Member = field(init=False)
    ben: Member = field(init=False)
    cleo: Member = field(init=False)
    mira: Member = field(init=False)
    """Who manages the server."""
    otto: Member = field(init=False)
    """Who manages the other server, in it."""
    last: tuple[Any, ...] = ()
    """The last interaction, as it was delivered."""

    def seen(self, result: InteractionResult) -> Screen:
        """What was answered; that is never a fault of the bot's own."""

        def look() -> list[Seen]:
            answers = [each for each in (result.response, *result.followups) if each is not None]
            return [_seen(each) for each in answers]

        screen = Screen(result, look, result.modal)
        assert FAULT not in screen.text, f"{screen.text}\n{self.env.errors}"
        return screen

    def posts(self, channel: ChannelHandle) -> list[Screen]:
        """The messages of a channel, the newest first."""
        found = sorted(channel.history(), key=lambda message: message.id, reverse=True)
        return [Screen(None, lambda message=message: [_seen(message)]) for message in found]

    def join(self, name: str, *, guild: GuildHandle | None = None, manages: bool = False) -> Member:
        """One more member of the server, or of another."""
        guild = guild or self.home
        roles = [guild.create_role("Mods", permissions=discord.Permissions(manage_guild=True))] if manages else []
        member = guild.add_member(self.env.create_user(name), roles=roles)
        channels = list(guild.channels.values())
        return Member(self, member, channels[0] if guild is not self.home else self.room)

    # -- what happens to the bot ------------------------------------------------

    async def restart(self) -> None:
        """Stop the bot and start it again."""
        nobody = discord.AutoShardedClient(intents=discord.Intents.none(), shard_count=1)
        await self.env.restart_bot(nobody)
        await self.database.closing.aclose()
        await self._start()

    async def kill(self) -> None:
        """Start the bot with what is on the disk at this moment: what it had in memory only is lost."""
        if not on_postgresql():
            self.database.leave()
        closing = self.database.closing
        await self._start()
        await closing.aclose()

    async def _start(self) -> None:
        await self.database.open()
        await self.env.restart_bot(Oneshot(self.database.store))

    async def again(self, act: tuple[Any, ...]) -> None:
        """Discord delivers an interaction once more, to the bot that runs now."""
        self.env.backend.emit(*act)
        await self.env.settle()

    async def at_once(self, *presses: tuple[Member, Screen, str]) -> list[Screen]:
        """Presses that are all on their way before the first is answered: who, on what, and which label."""
        return await self.answered([who.send_press(screen, screen.id_of(label)) for who, screen, label in presses])

    async def answered(self, sent: Sequence[InteractionResult]) -> list[Screen]:
        """What was answered to presses that are on their way."""
        await self.env.settle()
        return [self.seen(result) for result in sent]

    @contextmanager
    def twice(self) -> Iterator[None]:
        """Discord delivers each interaction twice."""
        emit = self.env.backend.emit

        def emit_twice(event: str, *data: Any, **options: Any) -> None:
            for _ in range(2 if event == "INTERACTION_CREATE" else 1):
                emit(event, *data, **options)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(self.env.backend, "emit", emit_twice)
            yield

    async def passes(self, seconds: float) -> None:
        """Time goes by, while the bot runs."""
        self.clock.forward(seconds)
        await self.env.advance_time(seconds)

    async def write(self, name: str, text: str) -> list[str]:
        """Put a file into the stories folder, and have the folder read."""
        path = self.folder / name
        later = path.stat().st_mtime_ns + 1_000_000_000 if path.exists() else None
        path.write_text(text, "utf-8")
        if later:  # as an edit by hand is, never within the same tick of the file system's clock
            os.utime(path, ns=(later, later))
        return await self.read_folder()

    async def remove(self, name: str) -> None:
        """Take a file out of the stories folder, and have the folder read."""
        (self.folder / name).unlink()
        await self.read_folder()

    async def read_folder(self) -> list[str]:
        """Read the stories folder again; what was done with each file that changed."""
        return [str(each) for each in await load_folder(self.database.store, self.folder, read_here)]

    @property
    def pinged(self) -> list[Any]:
        """Whom messages of the bot could ping so far."""
        bodies = [each.json for each in self.env.http_requests if each.method == "POST" and isinstance(each.json, dict)]
        sent = [each.get("data") or each for each in bodies]
        allowed = [each["allowed_mentions"] for each in sent if isinstance(each, dict) and "allowed_mentions" in each]
        return [each for each in allowed if each.get("parse") or each.get("users") or each.get("roles")]

    def bytes(self) -> bytes:
        """All that is on the disk of the database; of PostgreSQL, all that its tables hold."""
        if on_postgresql():
            return "\n".join(dump(self.database.path)).encode()
        return b"".join(path.read_bytes() for path in self.database.files)


def _seen(message: ResponseMessage | discord.Message) -> Seen:
    is_answer = isinstance(message, ResponseMessage)
    rows = message.components if is_answer else [row.to_dict() for row in message.components]
    parts = [each for each in walk_components(rows) if each.get("custom_id")]
    private = message.ephemeral if is_answer else message.flags.ephemeral
    return Seen(message, text_of(message), message.embeds, parts, private, message.attachments)


@pytest.fixture
def on_the_shelf() -> Sequence[str] | None:
    """Names of the files in the stories folder; None: those of this folder and of `seeds`. A test may say others."""
    return None


async def _load(database: Path, folder: Path) -> None:
    async with Store.open(database_at(database)) as opened:
        await load_folder(opened, folder, read_here)


@pytest.fixture(scope="session")
def all_stories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all stories were loaded once; each world has copies of its own."""
    path = tmp_path_factory.mktemp("promises")
    shutil.copytree(STORIES, path / "stories")
    shutil.copytree(SEEDS, path / "stories", dirs_exist_ok=True)
    asyncio.run(_load(path / "oneshot.db", path / "stories"))
    return path


@pytest.fixture
async def loaded_here(tmp_path: Path, all_stories: Path, on_the_shelf: Sequence[str] | None) -> Path:
    """A stories folder and its database, in a folder of their own."""
    shutil.copytree(all_stories / "stories", tmp_path / "stories")
    if on_the_shelf is None:
        copied(all_stories / "oneshot.db", tmp_path / "oneshot.db")
        return tmp_path
    for path in (tmp_path / "stories").iterdir():
        if path.name not in on_the_shelf:
            path.unlink()
    await _load(tmp_path / "oneshot.db", tmp_path / "stories")
    return tmp_path


@pytest.fixture
async def opened(loaded_here: Path, clock: Clock) -> AsyncIterator[Opened]:
    opened = Opened(loaded_here / "oneshot.db", clock)
    await opened.open()
    yield opened
    await opened.closing.aclose()


@pytest.fixture
def simcord_bot(opened: Opened) -> Oneshot:
    return Oneshot(opened.store)


@pytest.fixture
async def world(
    simcord_env: Env, opened: Opened, loaded_here: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[World]:
    home, elsewhere = (simcord_env.create_guild(name) for name in ("The Reading Room", "The Other Place"))
    room, cellar = home.create_text_channel("reading"), home.create_text_channel("cellar")
    elsewhere.create_text_channel("elsewhere")
    await _restrict(simcord_env, cellar, monkeypatch)
    world = World(simcord_env, loaded_here / "stories", opened, clock, home, room, cellar)
    world.ann, world.ben, world.cleo = (world.join(name) for name in ("ann", "ben", "cleo"))
    world.mira, world.otto = world.join("mira", manages=True), world.join("otto", guild=elsewhere, manages=True)
    emit = simcord_env.backend.emit

    def noted(*event: Any, **options: Any) -> None:
        if event[0] == "INTERACTION_CREATE":
            world.last = event
        emit(*event, **options)

    monkeypatch.setattr(simcord_env.backend, "emit", noted)
    yield world
    assert_sent_within_limits(simcord_env)
    assert_nothing_kept_in_memory(simcord_env)
    expected = (ReaderError, AlreadyDone)
    assert [each for each in simcord_env.errors if not isinstance(each.__cause__ or each, expected)] == []
    simcord_env.errors.clear()


async def _restrict(env: Env, channel: ChannelHandle, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have Discord say that a channel is age-restricted, also to a bot that starts again. SimCord has none."""
    say = serializers.channel_payload

    def said(backend: Any, told: Any) -> Any:
        return {**say(backend, told), "nsfw": told.id == channel.id}

    monkeypatch.setattr(serializers, "channel_payload", said)
    env.backend.emit("CHANNEL_UPDATE", dict(said(env.backend, env.backend.get_channel(channel.id))))
    await env.settle()


@pytest.fixture(scope="session")
def kinds() -> frozenset[str]:
    """How each custom id begins that the bot writes now, up to its first colon."""
    return frozenset(kind.PREFIX for kind in KINDS)


# -- the bot as a process of its own ----------------------------------------------------


@dataclass(frozen=True)
class Stranger(Reader):
    """A reader of a bot that runs as a process of its own."""

    reader: driver.Reader

    async def types(self, command: str, **options: Any) -> Screen:
        return await self._shown(await self.reader.command(command, **options))

    async def press_id(self, screen: Screen, custom_id: str, *values: str) -> Screen:
        data = {"custom_id": custom_id, "component_type": 3 if values else 2, "values": list(values)}
        message: Message = screen.main.message
        before = message.edits
        act = await self.reader.send(Kind.COMPONENT, data, message)
        if act.answer is Answer.DEFER_UPDATE:
            await self.reader.discord.until(lambda: message.edits > before or act.followups)
        return await self._shown(act)

    async def fill(self, form: Screen, **values: Any) -> Screen:
        return await self._shown(await self.reader.submit(form.act, **values))

    async def _shown(self, act: Interaction) -> Screen:
        """Wait for the answer itself where it was deferred."""
        await self.reader.discord.until(lambda: act.original is None or not act.original.flags & LOADING)

        def look() -> list[Seen]:
            return [_told(each) for each in (act.original, *act.followups) if each is not None]

        return Screen(act, look, act.modal)


def _told(message: Message) -> Seen:
    embeds = [discord.Embed.from_dict(each) for each in message.embeds]  # type: ignore[arg-type]
    parts = [each for each in message.items() if each.get("custom_id")]
    return Seen(message, message.text, embeds, parts, message.ephemeral, [])


@dataclass
class Living:
    """The bot as a process, and its readers."""

    discord: StandIn
    folder: Path
    running: AsyncExitStack
    process: Process
    readers: Sequence[Stranger]
    owner: Stranger
    """Who owns the server."""

    async def kill(self) -> None:
        """kill -9, and start it again."""
        await self.process.kill()
        await self.running.aclose()
        self.process = await self.running.enter_async_context(_process(self.discord, self.folder))


def _process(discord: StandIn, folder: Path) -> Any:
    return bot(discord, folder, DATABASE=str(database_at(folder / "oneshot.db")))


@pytest.fixture
async def living(loaded_here: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Living]:
    monkeypatch.setattr("tests.standin.interactions.ANSWER_SECONDS", 20.0)  # a busy machine is slower than Discord
    async with StandIn(Description(readers=6)) as discord, AsyncExitStack() as running:
        process = await running.enter_async_context(_process(discord, loaded_here))
        readers = [Stranger(each) for each in driver.readers(discord)]
        yield Living(discord, loaded_here, running, process, readers, Stranger(driver.owner(discord)))
