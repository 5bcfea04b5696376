"""Run every benchmark and print its figures: ``make bench``."""

from __future__ import annotations

import asyncio

from benchmarks import (
    blocking,
    cards,
    crowd,
    library,
    quoting,
    reading,
    searching,
    shapes,
    starting,
    tallies,
    turning,
    voting,
)


async def main() -> None:
    print("A page turn, beside the least that discord.py can do")
    await turning.measure()
    print("\nReaders who vote on one story, in real time")
    await crowd.measure()
    print("\nA library of 10,000 stories, beside one of 100")
    await library.measure()
    print("\nA search of 10,000 stories of 2,000 words, beside one of 100")
    await searching.measure()
    print("\nA quote by chance of a million, beside one of a thousand")
    await quoting.measure()
    print("\nA million reactions, beside ten thousand")
    await tallies.measure()
    print("\nA vote of a million readers, beside one of a hundred")
    await voting.measure()
    print("\nReading files with `check`, beside a bare loop that reads and splits them")
    reading.measure()
    print("\nReading 5 MB of each shape of text, beside 5 MB of prose")
    shapes.measure()
    print("\nA restart with a thousand stories, none of them changed, beside one with one story")
    await starting.measure()
    print("\nA quote as a picture, beside the least that Pillow can do with its words")
    await cards.measure()
    print("\nHow long the loop is held up at most (least, median, most of 3 rounds), and peak memory: bot + reader")
    blocking.measure()


if __name__ == "__main__":
    asyncio.run(main())
