"""The memory of the bot while readers turn pages for a long time: ``python -m benchmarks.memory [MINUTES]``.

An hour is the measure that counts. `make bench` takes three minutes, which shows whether it grows.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

from benchmarks.standin import MANY, TURN, Rival
from tests.standin.process import BOT

MINUTES = 3.0
LOOKS = 12
"""How often memory is looked at."""


async def measure(minutes: float = MINUTES) -> None:
    """Print the memory at even times, and how the end stands to the second sixth."""
    async with AsyncExitStack() as stack:
        made = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        bot = await Rival.start(stack, "the bot", made / "bot", BOT)
        idle = bot.megabytes
        await bot.sit(TURN)
        turned, seen, end = 0, list[float](), time.monotonic()
        for _ in range(LOOKS):
            end += 60 * minutes / LOOKS
            while time.monotonic() < end:
                turned += len(await bot.press(TURN, 500, MANY))
            seen.append(bot.megabytes)
        print(
            f"  idle {idle:.0f} MB, then each {60 * minutes / LOOKS:.0f} s: {' '.join(f'{each:.0f}' for each in seen)}"
        )
        early = seen[LOOKS // 6 - 1]
        print(f"  {turned:,} turns in {minutes:g} minutes: at the end {seen[-1] / early:.2f} times that after a sixth")


if __name__ == "__main__":
    asyncio.run(measure(*map(float, sys.argv[1:2])))
