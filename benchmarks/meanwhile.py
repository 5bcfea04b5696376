"""How long readers wait for an answer while a large folder of new stories is loaded.

The bot runs in its own process, against the stand-in of Discord. Readers turn pages and vote at an even rate, alone and
while it loads; the machine has to run them and the stand-in beside the processes that read.
"""

from __future__ import annotations

import asyncio
import re
import signal
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median

from benchmarks.commits import write
from benchmarks.standin import ACTIONS, Action, Rival, p99
from tests.standin.process import BOT

STORIES, WORDS = 2_000, 2_000
RATE = 20.0
"""Presses in a second, of each kind."""

ALONE_SECONDS = 20.0
_LOADED = re.compile(r"Stories: [\d,]+ added")
_PROGRESS = re.compile(r"Stories: [\d,]+ of [\d,]+ files")


def _said(waits: list[float]) -> str:
    return f"median {median(waits):5.1f} ms, p99 {p99(waits):6.1f} ms, longest {max(waits):6.1f} ms of {len(waits):,}"


async def _while_it_loads(bot: Rival, action: Action) -> list[float]:
    """Press until the folder is loaded; milliseconds until each answer."""
    before = len(_LOADED.findall(bot.process.log))
    waits = list[float]()
    while len(_LOADED.findall(bot.process.log)) == before:
        waits += await bot.press_evenly(action, RATE, 1)
    return waits


async def measure() -> None:
    """Print the waits for a page turn and a vote, alone and meanwhile, and how long the load takes."""
    async with AsyncExitStack() as stack:
        made = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        bot = await Rival.start(stack, "the bot", made / "bot", BOT)
        for number, action in enumerate(ACTIONS[:2]):
            folder = made / "bot/stories" / str(number)
            folder.mkdir()
            await bot.sit(action)
            alone = await bot.press_evenly(action, RATE, ALONE_SECONDS)
            await asyncio.to_thread(write, folder, STORIES, WORDS)
            began, shown = time.perf_counter(), len(_PROGRESS.findall(bot.process.log))
            bot.process.signal(signal.SIGHUP)
            meanwhile = await _while_it_loads(bot, action)
            took, shown = time.perf_counter() - began, len(_PROGRESS.findall(bot.process.log)) - shown
            print(f"  {action.name}, alone:     {_said(alone)}")
            print(f"  {action.name}, meanwhile: {_said(meanwhile)}")
            print(f"    {STORIES:,} stories in {took:.0f} s, {shown} lines of progress in the log", flush=True)


if __name__ == "__main__":
    asyncio.run(measure())
