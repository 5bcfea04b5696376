"""The stand-in itself: what discord.py and a bare connection get from it."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import discord
import pytest
from discord import app_commands, ui
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from discord.state import ConnectionState

from tests.standin.driver import Reader, owner, readers
from tests.standin.gateway import IDENTIFY, INVALID_SESSION, RESUME, Limits
from tests.standin.interactions import ANSWER_SECONDS, TOKEN_SECONDS, Answer, Interactions, Kind
from tests.standin.launch import point_at
from tests.standin.server import StandIn
from tests.standin.world import Description, Json, Refused, World


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    async with StandIn(Description(servers=4), Limits(concurrency=2, sessions=5, identify_seconds=60.0)) as served:
        yield served


class Wire:
    """A bare connection to the gateway."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket

    async def send(self, op: int, **data: Any) -> None:
        await self._socket.send_json({"op": op, "d": data})

    async def next(self) -> Json:
        return json.loads(await self._socket.receive_str())

    async def closed_with(self) -> int | None:
        await self._socket.receive()
        return self._socket.close_code

    async def identify(self, standin: StandIn, shard: int = 0, shards: int = 4) -> list[Json]:
        """What comes of it, until the servers of the shard have been told."""
        await self.send(IDENTIFY, token=standin.world.token, intents=1, shard=[shard, shards])
        first = await self.next()
        if first["op"] == INVALID_SESSION:
            return [first]
        return [first, *[await self.next() for _ in first["d"]["guilds"]]]


@pytest.fixture
async def connect(standin: StandIn) -> AsyncIterator[Any]:
    async with aiohttp.ClientSession() as session:

        async def connect() -> Wire:
            wire = Wire(await session.ws_connect(standin.gateway.url))
            await wire.next()  # HELLO
            return wire

        yield connect


async def test_each_shard_hears_of_its_own_servers(standin: StandIn, connect: Any) -> None:
    standin.gateway.limits = Limits()
    heard = [await (await connect()).identify(standin, shard) for shard in range(4)]
    ids = [[int(event["d"]["id"]) for event in told[1:]] for told in heard]
    assert [[(guild >> 22) % 4 for guild in each] for each in ids] == [[0], [1], [2], [3]]
    assert {guild for each in ids for guild in each} == standin.world.guilds.keys()


async def test_two_shards_of_a_bucket_may_not_identify_at_once(standin: StandIn, connect: Any) -> None:
    first, second, third = [await connect() for _ in range(3)]
    assert (await first.identify(standin, 0))[0]["t"] == "READY"
    assert (await second.identify(standin, 1))[0]["t"] == "READY"
    assert await third.identify(standin, 2) == [{"op": INVALID_SESSION, "d": False}]


async def test_session_starts_are_counted_and_end(standin: StandIn, connect: Any) -> None:
    standin.gateway.limits = Limits(sessions=2)
    assert (await (await connect()).identify(standin))[0]["t"] == "READY"
    assert standin.gateway.info()["session_start_limit"]["remaining"] == 1
    await (await connect()).identify(standin)
    third = await connect()
    await third.send(IDENTIFY, token=standin.world.token, intents=1)
    assert await third.closed_with() == 4004


async def test_a_resumed_session_hears_what_it_missed(standin: StandIn, connect: Any) -> None:
    ann, _ = readers(standin)
    shard = (standin.world.guild.id >> 22) % 4
    ready, *_ = told = await (await connect()).identify(standin, shard)
    await standin.gateway.drop()
    missed = await ann.send(Kind.COMPONENT, {"custom_id": "a", "component_type": 2}, wait=False)
    again = await connect()
    await again.send(
        RESUME, token=standin.world.token, session_id=ready["d"]["session_id"], seq=max(each["s"] for each in told)
    )
    assert (await again.next())["d"]["id"] == str(missed.id)
    assert (await again.next())["t"] == "RESUMED"
    await again.send(RESUME, token=standin.world.token, session_id="nobody's", seq=1)
    assert await again.next() == {"op": INVALID_SESSION, "d": False}


# -- the rules of answering -------------------------------------------------------


class Moment:
    def __init__(self) -> None:
        self.at = 1_800_000_000.0

    def __call__(self) -> float:
        return self.at


def refusal(act: Any, *arguments: Any) -> tuple[int, int]:
    with pytest.raises(Refused) as caught:
        act(*arguments)
    return caught.value.status, caught.value.code


def test_an_interaction_is_answered_once_within_three_seconds_and_its_token_lives_for_fifteen_minutes() -> None:
    clock = Moment()
    world = World(clock=clock)
    known = Interactions(world)
    asked, late = (known.new(Kind.COMMAND, world.owner, world.channel, {}, None) for _ in range(2))
    said: Json = {"type": Answer.MESSAGE, "data": {"content": "hello", "flags": 64}}
    assert refusal(known.follow_up, asked.token, {}, []) == (404, 10015)
    known.take(asked.id, asked.token, said, [])
    assert refusal(known.take, asked.id, asked.token, said, []) == (400, 40060)
    assert asked.shown.text == "hello" and asked.shown.ephemeral
    assert refusal(world.find_message, world.channel.id, asked.shown.id) == (404, 10008)
    clock.at += ANSWER_SECONDS + 0.1
    assert refusal(known.take, late.id, late.token, said, []) == (404, 10062)
    known.edit(asked.token, "@original", {"content": "changed"}, [])
    clock.at += TOKEN_SECONDS
    assert refusal(known.edit, asked.token, "@original", {}, []) == (401, 50027)
    assert asked.texts == ["changed"]


def test_the_first_follow_up_takes_the_place_of_a_deferred_answer() -> None:
    world = World()
    known = Interactions(world)
    asked = known.new(Kind.COMMAND, world.owner, world.channel, {}, None)
    known.take(asked.id, asked.token, {"type": Answer.DEFER}, [])
    known.follow_up(asked.token, {"content": "first"}, [])
    known.follow_up(asked.token, {"content": "second"}, [])
    assert asked.texts == ["first", "second"]


# -- troubles -----------------------------------------------------------------------


async def test_requests_are_late_refused_and_cut_off_on_demand(standin: StandIn) -> None:
    url = f"{standin.url}/api/v10/users/@me"
    headers = {"Authorization": f"Bot {standin.world.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:

        async def status() -> int:
            async with session.get(url) as response:
                return response.status

        with standin.troubles.rate_limited("GET /users", 0.5):
            assert [await status(), await status()] == [429, 200]
        with standin.troubles.of("GET /users", status=500, times=1):
            assert [await status(), await status()] == [500, 200]
        for cut in ("before", "after"):
            with standin.troubles.of("GET /users", cut=cut), pytest.raises(aiohttp.ClientOSError):
                await status()
        with standin.troubles.held("GET /users") as held:
            waiting = asyncio.create_task(status())
            await standin.until(lambda: held.met)
            assert not waiting.done()
        assert await waiting == 200
        session.headers["Authorization"] = "Bot another"
        assert await status() == 401


# -- with discord.py ------------------------------------------------------------------


class Ask(ui.Modal, title="Ask"):
    name: ui.Label[Any] = ui.Label(text="Name", component=ui.TextInput(custom_id="name"))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        assert isinstance(self.name.component, ui.TextInput)
        await interaction.response.send_message(f"Hello {self.name.component.value}")


class Bot(commands.AutoShardedBot):
    """Uses what the stand-in offers."""

    def __init__(self) -> None:
        intents = discord.Intents.none()
        intents.guilds = intents.guild_reactions = intents.dm_reactions = True
        super().__init__("!", intents=intents, shard_count=2, guild_ready_timeout=0.0)
        self.emoji = asyncio.Queue[tuple[str, int, int | None]]()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait for nothing."""

    async def setup_hook(self) -> None:
        @self.tree.command()
        async def look(interaction: discord.Interaction, at: discord.TextChannel | None = None, how: str = "") -> None:
            """Look"""
            view = ui.View()
            for name in ("edit", "ask"):
                view.add_item(ui.Button(label=name, custom_id=name))
            view.add_item(ui.Select(custom_id="pick", options=[discord.SelectOption(label="one")]))
            await interaction.response.send_message(f"{at.mention if at else 'here'} {how}", view=view)

        @look.autocomplete("how")
        async def hows(_: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
            return [app_commands.Choice(name=f"{typed}ly", value=typed)]

        await self.tree.sync()

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        match (interaction.data or {}).get("custom_id"):
            case "edit":
                await interaction.response.edit_message(content="edited")
                await interaction.followup.send("and more", ephemeral=True)
            case "ask":
                await interaction.response.send_modal(Ask())
            case "pick":
                await interaction.response.defer(ephemeral=True, thinking=True)
                await interaction.edit_original_response(content=str(interaction.data["values"]))  # type: ignore

    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        self.emoji.put_nowait((str(event.emoji), event.user_id, event.message_author_id))

    async def on_raw_reaction_remove(self, event: discord.RawReactionActionEvent) -> None:
        self.emoji.put_nowait((str(event.emoji), event.user_id, event.message_author_id))


@pytest.fixture
async def bot(standin: StandIn, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(ConnectionState, "guild_ready_timeout", None, raising=False)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    point_at(standin.url)
    standin.gateway.limits = Limits()
    async with Bot() as made:
        running = asyncio.create_task(made.start(standin.world.token))
        await standin.until(lambda: standin.gateway.identified == 2)
        yield made
    await running


async def test_commands_presses_picks_and_modals_of_every_server_reach_the_bot(standin: StandIn, bot: Bot) -> None:
    for guild in standin.world.guilds.values():
        ann, _ = readers(standin, guild)
        asked = await ann.command("look", at=ann.channel, how="slow")
        assert asked.shown.text == f"<#{ann.channel.id}> slow"
        assert (await ann.press(asked.shown, "edit")).shown is asked.shown
        assert asked.shown.text == "edited"
        picked = await ann.pick(asked.shown, "pick", "one")
        await standin.until(lambda asked=picked: "['one']" in asked.texts)
        modal = await ann.press(asked.shown, "ask")
        assert (await ann.submit(modal, name="Ann")).shown.text == "Hello Ann"
    assert await ann.complete("look", "how", "quick") == ["quickly"]


async def test_messages_threads_emoji_and_direct_messages(standin: StandIn, bot: Bot) -> None:
    ann, _ = readers(standin)
    channel = bot.get_partial_messageable(ann.channel.id, guild_id=standin.world.guild.id)
    sent = await channel.send("one", file=discord.File(io.BytesIO(b"bytes"), "a.txt"))
    [message] = standin.world.shown()
    assert await sent.attachments[0].read() == b"bytes"
    await sent.edit(content="two")
    assert message.text == "two" and (await channel.fetch_message(sent.id)).content == "two"
    await sent.add_reaction("🔥")
    await ann.react(message, "🔥")
    assert await bot.emoji.get() == ("🔥", ann.user.id, standin.world.me.id)
    found = (await channel.fetch_message(sent.id)).reactions[0]
    assert (found.count, found.me, {user.id async for user in found.users()}) == (
        2,
        True,
        {standin.world.me.id, ann.user.id},
    )
    await ann.unreact(message, "🔥")
    assert await bot.emoji.get() == ("🔥", ann.user.id, None)
    thread = await sent.create_thread(name="a thread")
    await thread.send("within")
    assert [each.content async for each in thread.history()] == ["within"]
    await sent.delete()
    with pytest.raises(discord.NotFound):
        await channel.fetch_message(sent.id)
    direct = await bot.create_dm(discord.Object(ann.user.id))
    await direct.send("alone")
    alone = Reader(standin, ann.user, standin.world.channels[direct.id])
    assert (await alone.command("look")).shown.channel is alone.channel
    assert (await bot.application_info()).owner.id == owner(standin).user.id


async def test_a_session_that_is_cut_off_goes_on(standin: StandIn, bot: Bot) -> None:
    ann, _ = readers(standin)
    gateway = standin.gateway
    for number, cut in enumerate((gateway.drop, gateway.close, gateway.reconnect), 1):
        await cut()
        await standin.until(lambda number=number: gateway.resumed == 2 * number)
        assert (await ann.command("look")).answer is Answer.MESSAGE
    await gateway.invalidate()
    await standin.until(lambda: gateway.identified == 4)
    assert (await ann.command("look")).answer is Answer.MESSAGE
