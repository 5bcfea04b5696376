"""Many readers answer a question: what is counted, how often the message is drawn, how long each waits for an answer.

Through SimCord, in real time, so that the figures hold all that it does for a press, too.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

import simcord
from simcord.actors import MemberActor
from simcord.backend import serializers
from simcord.builders import ChannelHandle
from simcord.enums import InteractionType
from simcord.env import Env
from simcord.interactions import base_payload
from simcord.types import HttpLogEntry

from bot.importing.loading import load_folder
from bot.importing.worker import read_here
from bot.interactions.client import Oneshot
from bot.store import Store
from tests.linking import linked
from tests.screens import ask_question, to_last
from tests.seen import Message, ids_by_label, text_of

STORY = "low water"
SEEDS = Path(__file__).parents[1] / "seeds"
MINUTE = 60.0
WINDOW = 5.0
"""Seconds in which Discord takes some five edits of a message."""

QUIET_SECONDS = 3.0
"""Until the last drawing has come."""

Ask = Callable[[Store, MemberActor, ChannelHandle], Awaitable[Message]]
"""Shows all who see a channel a question."""


@dataclass
class Wire(list[HttpLogEntry]):
    """What the bot sends, with when."""

    acknowledged: dict[str, float] = field(default_factory=dict)
    """By interaction."""
    drawn: list[float] = field(default_factory=list)
    last: float = field(default_factory=time.perf_counter)
    """When anything was sent last."""
    spent: float = 0.0
    """Seconds of the processor's time until the last answer, over all threads."""

    def append(self, entry: HttpLogEntry, /) -> None:
        self.last = now = time.perf_counter()
        answers = entry.path.endswith("/callback")
        if answers:
            self.acknowledged[entry.path.split("/")[2]] = now
            self.spent = time.process_time()
        if entry.method == "PATCH" or (answers and isinstance(entry.json, dict) and entry.json["type"] == 7):
            self.drawn.append(now)
        super().append(entry)

    def most_drawings(self) -> int:
        """Of all stretches of `WINDOW` seconds, the drawings in the busiest."""
        return max((sum(begin <= at < begin + WINDOW for at in self.drawn) for begin in self.drawn), default=0)


def _press(env: Env, channel: ChannelHandle, reader: MemberActor, message: int, custom_id: str) -> str:
    """A press as Discord delivers it, without waiting for what comes of it; the interaction's id."""
    stored = env.backend.get_message(channel.id, message)
    record, payload = base_payload(
        env.backend,
        type=InteractionType.MESSAGE_COMPONENT,
        channel_id=channel.id,
        guild_id=reader.guild.id,
        user_id=reader.id,
        data={"custom_id": custom_id, "component_type": 2},
    )
    record.source_message_id = stored.id
    env.backend.emit(
        "INTERACTION_CREATE", payload | {"message": dict(serializers.message_payload(env.backend, stored))}
    )
    return str(record.id)


async def _default(store: Store, opener: MemberActor, channel: ChannelHandle) -> Message:
    """A last page that all see, with the default question."""
    opened = await opener.slash(channel, "read", story=STORY, share=True)
    assert opened.response is not None
    return await to_last(opener, opened.response)


async def _own(store: Store, opener: MemberActor, channel: ChannelHandle) -> Message:
    """A question of the author's own, posted."""
    [story] = await store.stories.search(STORY, 1)
    await linked(store, story.id, opener.id)
    await ask_question(opener, channel, answers="Row on|Row back", story=STORY, post=channel)
    return channel.history()[-1]


async def _storm(ask: Ask, label: str, readers: int, seconds: float) -> None:
    """Let *readers* press in *seconds* the answer of that *label*, and print what comes of it."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        store = await stack.enter_async_context(Store.open(Path(folder) / "bench.db"))
        await load_folder(store, SEEDS, read_here)
        env = await stack.enter_async_context(simcord.run(Oneshot(store), shard_count=1))
        guild = env.create_guild("The Reading Room")
        channel = guild.create_text_channel("reading")
        opener = guild.add_member(env.create_user("mira"))
        members = [guild.add_member(env.create_user(f"reader{number}")) for number in range(readers)]
        posted = await ask(store, opener, channel)
        custom_id = ids_by_label(posted)[label]
        env.settle_timeout = MINUTE / 2  # else SimCord lets no time pass while the bot is busy
        env.backend.http_requests = wire = Wire()
        pressed: dict[str, float] = {}
        began, began_to_spend = time.perf_counter(), time.process_time()
        for number, reader in enumerate(members):
            await asyncio.sleep(began + seconds * number / readers - time.perf_counter())
            pressed[_press(env, channel, reader, posted.id, custom_id)] = time.perf_counter()
        while time.perf_counter() < wire.last + QUIET_SECONDS:  # noqa: ASYNC110  # nothing tells that nothing comes
            await asyncio.sleep(QUIET_SECONDS / 10)
        waits = [1000 * (wire.acknowledged[each] - at) for each, at in pressed.items() if each in wire.acknowledged]
        spent = 1000 * (wire.spent - began_to_spend) / readers
        [drawn] = [each for each in channel.history() if each.id == posted.id]
        _show(f"{readers} readers, {ask.__name__[1:]}", text_of(drawn), readers, wire, waits, spent)


def _show(name: str, said: str, readers: int, wire: Wire, waits: Sequence[float], each: float) -> None:
    slow = quantiles(waits, n=20)[-1]
    print(
        f"  {name:24} {len(waits)} answered, after {median(waits):.1f} ms, 95 % within {slow:.1f} ms, the last"
        f" after {max(waits):.1f} ms; {each:.1f} ms of processor time each"
    )
    is_true = f"{readers} of {readers} want more" in said or f"{readers} · Row on" in said
    shows = "shows every answer" if is_true else "IS WRONG"
    print(
        f"  {'':24} {len(wire.drawn)} drawings, {wire.most_drawings()} at most in {WINDOW:.0f} s; the message {shows}"
    )


async def measure() -> None:
    """Fifty and five hundred readers in a minute, on the default and on an own question; five hundred at once."""
    for readers, seconds in ((50, MINUTE), (500, MINUTE), (500, 0)):
        print(f"  in {seconds:.0f} s:")
        await _storm(_default, "I want more", readers, seconds)
        await _storm(_own, "1", readers, seconds)
