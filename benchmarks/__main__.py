"""Run the benchmarks and print their figures: all by ``make bench``, or some by ``python -m benchmarks NAME``."""

from __future__ import annotations

import argparse
import asyncio
import inspect

from benchmarks import (
    blocking,
    burst,
    cards,
    crowd,
    engines,
    library,
    meanwhile,
    memory,
    pauses,
    popular,
    quoting,
    reading,
    searching,
    servers,
    shapes,
    sizes,
    standin,
    starting,
    tallies,
    voting,
    waiting,
)

BENCHMARKS = {
    standin: "Presses on the bot in its own process, beside the least that discord.py can do",
    pauses: "Turns beside emoji on others' messages, and full collections under load",
    waiting: "A look into the database beside long searches of others",
    meanwhile: "Page turns and votes while a folder of 2,000 stories is loaded",
    memory: "The memory of the bot while twenty readers press on and on",
    burst: "Two thousand readers who turn a page in one second",
    crowd: "Readers who answer one question, in real time",
    popular: "Fifty who vote on one story, beside fifty on fifty, on PostgreSQL",
    engines: "The same acts on SQLite and on PostgreSQL, with durable commits",
    library: "A library of 10,000 stories, beside one of 100",
    searching: "A search of 10,000 stories of 2,000 words, beside one of 100",
    quoting: "A quote by chance of a million, beside one of a thousand",
    sizes: "Bytes of a row, in the tables that grow with readers",
    tallies: "A million reactions, beside ten thousand",
    voting: "A vote of a million readers, beside one of a hundred",
    reading: "Reading files with `check`, beside a bare loop that reads and splits them",
    shapes: "Reading 5 MB of each shape of text, beside 5 MB of prose",
    servers: "Three thousand servers, on three shards in three processes",
    starting: "A restart with a thousand stories, none of them changed, beside one with one story",
    cards: "A quote as a picture, beside the least that Pillow can do with its words",
    blocking: "How long the loop is held up at most (least, median, most of 3 rounds), and peak memory: bot + reader",
}
"""Each module, and what it measures."""


async def main() -> None:
    names = {module.__name__.rpartition(".")[2]: module for module in BENCHMARKS}
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(names)} (default: all)")
    chosen = parser.parse_args().names or list(names)
    if unknown := [name for name in chosen if name not in names]:
        parser.error(f"there is no benchmark {unknown[0]}; there are {', '.join(names)}")
    for name in chosen:
        print(BENCHMARKS[names[name]], flush=True)
        measured = names[name].measure()
        if inspect.isawaitable(measured):
            await measured
        print()


if __name__ == "__main__":
    asyncio.run(main())
