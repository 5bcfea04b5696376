"""The memory of the bot while readers press for a long time: ``python -m benchmarks.memory [PRESSES]``.

Half a million is the measure that counts. `make bench` presses thirty thousand times, which shows whether it grows.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

from benchmarks.standin import ACTIONS, MANY, Rival
from tests.standin.process import BOT

PRESSES = 30_000
TENTHS = 10
MOST = 1.10
"""How the memory after the last tenth may stand to that after the second."""


async def measure(presses: int = PRESSES) -> bool:
    """Print the memory after each tenth, of all kinds of presses; return whether the last is no more than it may be."""
    async with AsyncExitStack() as stack:
        made = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        bot = await Rival.start(stack, "the bot", made / "bot", BOT)
        seen = list[float]()
        print(f"  idle: {bot.megabytes:.1f} MB")
        for _ in range(TENTHS):
            for action in ACTIONS:
                await bot.sit(action)
                await bot.press(action, presses // TENTHS // len(ACTIONS) - 2 * MANY, MANY)
            seen.append(bot.megabytes)
            print(f"  after tenth {len(seen)}: {seen[-1]:.1f} MB", flush=True)
        grown = seen[-1] / seen[1]
        print(
            f"  {presses:,} presses of {len(ACTIONS)} kinds: at the end {grown:.2f} times that after the second tenth"
        )
        return grown <= MOST


if __name__ == "__main__":
    sys.exit(0 if asyncio.run(measure(*map(int, sys.argv[1:2]))) else 1)
