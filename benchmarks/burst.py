"""Two thousand readers press in one second: who is answered in time, and whether just those are counted.

The bot runs in its own process, against the stand-in of Discord, which refuses what comes three seconds late.
"""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from contextlib import AsyncExitStack, closing
from pathlib import Path
from statistics import median

from benchmarks.standin import MANY, PRESSES, TURN, Desk, Rival
from tests.standin.interactions import ANSWER_SECONDS, Answer, Interaction
from tests.standin.process import BOT

READERS = 2000
AIM = 0.8
"""Of the turns that three seconds have room for, those that should be answered."""

LATER_SECONDS = 5.0


async def _storm(bot: Rival) -> list[tuple[Desk, Interaction]]:
    """Let each reader turn a page in the same second; what came of it when nothing more comes."""
    pressed: list[tuple[Desk, Interaction]] = []
    began = time.perf_counter()
    for number, desk in enumerate(bot.desks):
        await asyncio.sleep(began + number / len(bot.desks) - time.perf_counter())
        label = desk.other("Next", "Back")
        pressed.append((desk, await desk.reader.press(desk.open, label, wait=False)))
    await asyncio.sleep(ANSWER_SECONDS + LATER_SECONDS)
    for desk, press in pressed:
        if not press.answered.is_set():  # they see the page that they saw
            desk.other("", "")
    return pressed


def _places(folder: Path) -> dict[int, tuple[int, int]]:
    """Where each reader is."""
    with closing(sqlite3.connect(folder / "oneshot.db")) as db:
        return {
            user: (chapter, start)
            for user, chapter, start in db.execute("SELECT user_id, chapter_id, start FROM places")
        }


async def _alone(bot: Rival) -> float:
    """What a press takes when nobody else presses."""
    return median(await bot.press(TURN, 50, 1))


async def measure() -> None:
    """Print how many were answered, beside how many there was time for, and what others see of it."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "bot"
        bot = await Rival.start(stack, "the bot", folder, BOT, readers=READERS)
        await bot.sit(TURN)
        began = time.perf_counter()
        await bot.press(TURN, PRESSES, MANY)
        rate = PRESSES / (time.perf_counter() - began)
        before, places = await _alone(bot), _places(folder)
        pressed = await _storm(bot)
        moved = {user for user, place in _places(folder).items() if places[user] != place}
        answered = {desk.reader.user.id for desk, press in pressed if press.answered.is_set()}
        at_once = sum(press.answer is Answer.UPDATE for _, press in pressed)
        after = await _alone(bot)
    room = min(READERS, ANSWER_SECONDS * rate)
    print(
        f"  {at_once:,} of {READERS:,} saw their page in time, {at_once / room:.2f} of the {room:,.0f} that"
        f" {rate:.0f} turns a second leave room for (aim {AIM}); {len(answered) - at_once:,} were deferred"
    )
    print(f"  counted without an answer {len(moved - answered)}, answered and not counted {len(answered - moved)}")
    print(f"  a press alone: {before:.1f} ms before, {after:.1f} ms {LATER_SECONDS:.0f} s after")
