"""A small library on a virtual Discord: a channel and two readers.

A plugin of pytest, which `tests/conftest.py` loads with the first test file that names it.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import discord
import pytest
from discord.http import HTTPClient
from simcord.actors import MemberActor
from simcord.backend import serializers
from simcord.builders import ChannelHandle
from simcord.enums import InteractionType
from simcord.env import Env
from simcord.interactions import base_payload
from simcord.results import InteractionResult

from bot.domain.reactions import Metric
from bot.errors import ReaderError
from bot.importing.loading import Loaded, load_folder
from bot.importing.worker import read_here
from bot.interactions.answering import Press, Work
from bot.interactions.background import BETWEEN_SECONDS
from bot.interactions.client import Oneshot
from bot.interactions.owners import Owners
from bot.store import Store
from bot.store.database import Change, Database
from bot.store.leaderboard import Leaderboard
from bot.stories.model import OpenPage
from tests.clock import Clock
from tests.discord_limits import assert_nothing_kept_in_memory, assert_sent_within_limits
from tests.seen import Message, ids_by_label

SETTLE_SECONDS = 20.0


def pytest_itemcollected(item: pytest.Item) -> None:
    """Give the bot time to answer where the processors have much else to do: SimCord takes it for stuck after 5 s.

    A pause of the bot's own that ends within that time is waited for, so it stays well under a minute.
    """
    item.add_marker(pytest.mark.simcord(settle_timeout=SETTLE_SECONDS, shard_count=1))


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits to spare Discord need not wait here; tests of how it waits have pauses of their own."""
    monkeypatch.setattr("bot.interactions.refresh.PAUSE_SECONDS", 0)
    monkeypatch.setattr("bot.services.reactions.PAUSE_SECONDS", 0.0)
    monkeypatch.setattr("bot.interactions.background.BETWEEN_SECONDS", dict.fromkeys(BETWEEN_SECONDS, 0.0))


@pytest.fixture(autouse=True)
def lookups_store_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is declared a lookup or a form fails where it stores something: it has no turn among its reader's acts."""
    looks_up = ContextVar("looks_up", default=False)
    init, write, tell = Press.__init__, Database.write, Leaderboard._publish

    def begun(press: Press, interaction: discord.Interaction, task: asyncio.Task[Any], work: Work, age: float) -> None:
        looks_up.set(work in ("lookup", "form"))
        init(press, interaction, task, work, age)

    async def written(db: Database, change: Change[Any]) -> Any:
        assert not looks_up.get(), "a lookup stores nothing: who stores must be declared an act"
        return await write(db, change)

    async def told(leaderboard: Leaderboard, by: Metric) -> None:  # the store's own doing, once a day
        token = looks_up.set(False)
        await tell(leaderboard, by)
        looks_up.reset(token)

    monkeypatch.setattr(Press, "__init__", begun)
    monkeypatch.setattr(Database, "write", written)
    monkeypatch.setattr(Leaderboard, "_publish", told)


@pytest.fixture(autouse=True)
def _patient_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot that starts again has as long as any other: SimCord gives it 5 s, whatever the marker says."""
    settle = Env._settle_internal  # pyright: ignore[reportPrivateUsage]

    async def patient(env: Env, **options: Any) -> None:
        options["timeout"] = max(options.get("timeout") or 0.0, SETTLE_SECONDS)
        options["idle"] = 0.004
        await settle(env, **options)

    monkeypatch.setattr(Env, "_settle_internal", patient)


@pytest.fixture(autouse=True)
def _reactors_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who gave an emoji is listed by their ids, a page at a time, as Discord does it; SimCord lists all at once."""
    ask = HTTPClient.get_reaction_users

    async def page(
        http: HTTPClient, channel: int, message: int, emoji: str, limit: int, after: int | None = None, **_: Any
    ) -> list[Any]:
        by_id = {int(each["id"]): each for each in await ask(http, channel, message, emoji, limit)}
        return [by_id[number] for number in sorted(by_id) if number > (after or 0)][:limit]

    monkeypatch.setattr(HTTPClient, "get_reaction_users", page)


@pytest.fixture
def simcord_bot(store: Store) -> Oneshot:
    return Oneshot(store, private_reading=False)  # most tests are about what others see and press, too


@dataclass
class Library:
    """Where the tests happen, and who is there."""

    env: Env
    store: Store
    folder: Path
    channel: ChannelHandle
    ann: MemberActor
    ben: MemberActor
    clock: Clock
    owner: MemberActor | None = None
    """Who owns the bot; None: nobody in the tests does."""

    async def restart(self, **options: Any) -> None:
        """The same store, the same Discord and the same owner, a new bot."""
        options.setdefault("private_reading", False)
        await self.env.restart_bot(Oneshot(self.store, **options))
        if self.owner is not None:
            self.owned_by(self.owner)

    @property
    def bot(self) -> Oneshot:
        """The bot that runs now."""
        assert isinstance(self.env.bot, Oneshot)
        return self.env.bot

    def owned_by(self, reader: MemberActor) -> None:
        """Have Discord say that *reader* owns the bot, and the bot ask it anew."""
        asked = type(self.bot.http).application_info

        async def info() -> Any:
            user = {"id": str(reader.id), "username": "host", "discriminator": "0", "avatar": None}
            return {**await asked(self.bot.http), "owner": user, "team": None}

        self.owner, self.bot.owners = reader, Owners(self.bot.application_info, self.bot.clock)
        self.bot.http.application_info = info

    @property
    def guild_id(self) -> int:
        return self.ann.guild.id

    def join(self, name: str, *, bot: bool = False) -> MemberActor:
        """One more member of the server."""
        return self.ann.guild.add_member(self.env.create_user(name, bot=bot))

    async def id_of(self, title: str) -> int:
        return (await self.store.stories.find(title)).id

    async def pages_of(self, title: str = "Lighthouse") -> list[OpenPage]:
        """All pages of a story, in their order."""
        pages = [await self.store.pages.open((await self.store.pages.ends(await self.id_of(title)))[0])]
        while pages[-1].following is not None:
            pages.append(await self.store.pages.open(pages[-1].following))
        return pages

    async def change_settings(self, **chosen: Any) -> None:
        """Change settings of the server, without a word to Discord."""
        await self.store.settings.change_server(self.guild_id, lambda before: replace(before, **chosen))

    async def load(self, files: dict[str, str]) -> list[Loaded]:
        """Write *files* and load the folder again."""
        for name, text in files.items():
            path = self.folder / name
            later = path.stat().st_mtime_ns + 1_000_000_000 if path.exists() else None
            path.write_text(text, "utf-8")
            if later:  # as an edit by hand is, never within the same tick of the file system's clock
                os.utime(path, ns=(later, later))
        return await load_folder(self.store, self.folder, read_here)

    async def take_away(self, *names: str) -> list[Loaded]:
        """Delete files and load the folder again."""
        for name in names:
            (self.folder / name).unlink()
        return await self.load({})

    def refused(self, result: InteractionResult) -> str:
        """The one private sentence for something that a reader can mend. A fault of the bot's own is none."""
        answer = result.response
        assert answer is not None, "not answered: “This interaction failed”"
        assert answer.ephemeral
        assert answer.content and not answer.embeds
        assert "Something went wrong" not in answer.content
        for error in self.env.errors:
            assert isinstance(error.__cause__, ReaderError), error
        return answer.content

    async def forge(
        self, reader: MemberActor, message: Message, custom_id: str, *, values: Sequence[str] | None = None
    ) -> InteractionResult:
        """Press a button, or pick *values* of a select, with an id that the bot did not put on *message*."""
        options = [{"label": "?", "value": value} for value in values or ()]
        forged = (
            {"type": 2, "style": 2, "label": "?", "custom_id": custom_id}
            if values is None
            else {"type": 3, "custom_id": custom_id, "options": options}
        )
        row = {"type": 1, "components": [forged]}
        self.env.backend.edit_message(self.channel.id, message.id, {"components": [row]})
        if values is None:
            return await reader.click(message, custom_id=custom_id)
        return await reader.select(message, values, custom_id=custom_id)

    async def send_modal(
        self, reader: MemberActor, message: Message, custom_id: str, values: dict[str, str]
    ) -> InteractionResult:
        """Send a modal whose id the bot did not make."""
        rows = [
            {"type": 18, "id": i, "component": {"type": 4, "id": 100 + i, "custom_id": name, "value": value}}
            for i, (name, value) in enumerate(values.items())
        ]
        [result] = await self.emit(
            message, [(reader, InteractionType.MODAL_SUBMIT, {"custom_id": custom_id, "components": rows})]
        )
        return result

    async def click_at_once(self, message: Message, *presses: tuple[MemberActor, str]) -> list[InteractionResult]:
        """Presses that are all on their way before the first is answered: (reader, label)."""
        found = ids_by_label(message)
        return await self.emit(
            message,
            [
                (reader, InteractionType.MESSAGE_COMPONENT, {"custom_id": found[label], "component_type": 2})
                for reader, label in presses
            ],
        )

    async def emit(
        self, message: Message, sent: Sequence[tuple[MemberActor, InteractionType, dict[str, Any]]]
    ) -> list[InteractionResult]:
        """Interactions as Discord delivers them, all before the first is answered: (reader, type, data)."""
        results = self.deliver(message, sent)
        await self.env.settle()
        return results

    def deliver(
        self, message: Message, sent: Sequence[tuple[MemberActor, InteractionType, dict[str, Any]]]
    ) -> list[InteractionResult]:
        """As `emit`, but they are on their way only: none is answered yet."""
        backend = self.env.backend
        stored = backend.get_message(self.channel.id, message.id)
        results: list[InteractionResult] = []
        for reader, kind, data in sent:
            record, payload = base_payload(
                backend,
                type=kind,
                channel_id=self.channel.id,
                guild_id=self.guild_id,
                user_id=reader.id,
                data=data,
            )
            record.source_message_id = stored.id
            backend.emit(
                "INTERACTION_CREATE", payload | {"message": dict(serializers.message_payload(backend, stored))}
            )
            results.append(InteractionResult(self.env, record))
        return results


@pytest.fixture
def library(simcord_env: Env, store: Store, folder: Path, clock: Clock) -> Iterator[Library]:
    """The library; whatever a test made the bot send is held against Discord's limits when the test is over."""
    guild = simcord_env.create_guild("The Reading Room")
    channel = guild.create_text_channel("reading")
    ann, ben = (guild.add_member(simcord_env.create_user(name)) for name in ("ann", "ben"))
    yield Library(simcord_env, store, folder, channel, ann, ben, clock)
    assert_sent_within_limits(simcord_env)
    assert_nothing_kept_in_memory(simcord_env)


@pytest.fixture
def mira(library: Library) -> MemberActor:
    """Who runs the server."""
    role = library.ann.guild.create_role("Manager", permissions=discord.Permissions(manage_guild=True))
    return library.ann.guild.add_member(library.env.create_user("mira"), roles=[role])
