"""Run every benchmark and print its figures: ``make bench``."""

from __future__ import annotations

import asyncio

from benchmarks import library, reading, turning


async def main() -> None:
    print("A page turn, beside the least that discord.py can do")
    await turning.measure()
    print("\nA library of 10,000 stories, beside one of 100")
    await library.measure()
    print("\nReading files with `check`, beside a bare loop that reads and splits them")
    await reading.measure()


if __name__ == "__main__":
    asyncio.run(main())
