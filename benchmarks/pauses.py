"""What a reader who turns pages waits for that is not theirs: emoji on others' messages, and full collections.

The bot runs in its own process, against the stand-in of Discord, and readers press at an even rate that leaves it time.
"""

from __future__ import annotations

import asyncio
import re
import signal
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from statistics import median

from benchmarks.standin import MANY, ROUNDS, TURN, Rival, p99
from tests.standin.driver import readers
from tests.standin.process import BOT

RATE = 50.0
"""Turns in a second."""

SECONDS = 10.0
EMOJI = 500.0
"""Given and taken off in a second, on messages that are not the bot's."""


@asynccontextmanager
async def foreign_emoji(bot: Rival) -> AsyncGenerator[None]:
    """Let people react to each other's messages while the block runs; what is taken off does not say whose it was."""
    people = readers(bot.discord)
    messages = [bot.discord.world.post(each.channel, each.user, {"content": "hello"}) for each in people]

    async def react() -> None:
        began = time.perf_counter()
        for pair in range(1_000_000):
            await asyncio.sleep(began + 2 * pair / EMOJI - time.perf_counter())
            giver, message = people[pair % len(people)], messages[pair * 7 % len(people)]
            await giver.react(message, "🔥")
            await giver.unreact(message, "🔥")

    reacting = asyncio.create_task(react())
    try:
        yield
    finally:
        reacting.cancel()
        await asyncio.wait({reacting})
        if not reacting.cancelled():
            reacting.result()  # raises what ended it


async def beside_emoji(bot: Rival) -> None:
    """Print the p99 of turns, alone and beside emoji, in turn."""
    alone, beside, spent = list[float](), list[float](), list[float]()
    for _ in range(ROUNDS):
        began = bot.seconds
        alone.append(p99(await bot.press_evenly(TURN, RATE, SECONDS)))
        quiet = bot.seconds - began
        async with foreign_emoji(bot):
            began = bot.seconds
            beside.append(p99(await bot.press_evenly(TURN, RATE, SECONDS)))
            spent.append(1e6 * (bot.seconds - began - quiet) / (EMOJI * SECONDS))
    more = sorted(one - other for one, other in zip(beside, alone, strict=True))
    print(
        f"  p99 of a turn: {median(alone):.1f} ms, beside {EMOJI:.0f} emoji a second {median(beside):.1f} ms:"
        f" {median(more):+.1f} ms ({more[0]:+.1f} to {more[-1]:+.1f}), {median(spent):.0f} µs of processor an emoji"
    )


async def collections(bot: Rival) -> None:
    """Print how long full collections take, one made each second, while all readers turn pages as fast as they can."""
    pressing = asyncio.create_task(bot.press(TURN, 10**9, MANY))
    before = len(_collected(bot))
    for _ in range(int(2 * SECONDS)):
        await asyncio.sleep(1)
        bot.process.signal(signal.SIGUSR1)
    pressing.cancel()
    await asyncio.wait({pressing})
    took = _collected(bot)[before:]
    print(f"  {len(took)} full collections: median {median(took):.1f} ms, longest {max(took):.1f} ms")


def _collected(bot: Rival) -> list[float]:
    return [float(found) for found in re.findall(r"^collected ([\d.]+)$", bot.process.log, re.MULTILINE)]


async def measure() -> None:
    """Print both."""
    async with AsyncExitStack() as stack:
        made = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        bot = await Rival.start(stack, "the bot", made / "bot", BOT)
        await bot.sit(TURN)
        await beside_emoji(bot)
        watched = await Rival.start(stack, "the bot", made / "watched", ("benchmarks.collected",))
        await watched.sit(TURN)
        await collections(watched)
