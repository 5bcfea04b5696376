"""What a command asks of the database, with ten thousand stories and with a hundred."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from benchmarks.timing import Act, compare
from bot.store import Store
from bot.store.shelving import FOLDER, Source
from bot.stories import PARSER_VERSION, read_story

ADJECTIVES = ("Quiet", "Salt", "Borrowed", "Winter", "Paper", "Hollow", "Second", "Blue", "Last", "Crooked")
NOUNS = ("House", "Tide", "Letter", "Orchard", "Engine", "Ferry", "Mirror", "Bridge", "Clock", "Garden")


@asynccontextmanager
async def _library(stories: int) -> AsyncGenerator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        async with Store.open(Path(folder) / "bench.db") as store:
            for number in range(stories):
                title = f"The {ADJECTIVES[number % 10]} {NOUNS[number // 10 % 10]} {number}"
                prose = f'"Number {number}," said the porter, and put it down with both hands. It ticked. ' * 30
                text = f"Title: {title}\n\nAuthor: Writer {number % 500}\n\n{prose}\n\n{prose}\n"
                story = read_story(text.encode(), f"{number}.txt")
                await store.shelving.put(FOLDER, str(number), story, Source(str(number), 0, 0, "", PARSER_VERSION))
            yield store


def _acts(store: Store) -> dict[str, Act]:
    async def turn() -> None:
        story = await store.library.find("The Salt Tide 11")
        chapter = await store.library.chapter(story, 1)
        await store.pages.open(await store.pages.spot(chapter, 2))

    return {
        "autocomplete, one letter": lambda: store.library.search("t", 25),
        "autocomplete, two words": lambda: store.library.search("salt tide", 25),
        "autocomplete, an author": lambda: store.library.search("writer 42", 25),
        "autocomplete, nothing typed": lambda: store.library.search("", 25),
        "find a story and open a page": turn,
        "the first page of the list": lambda: store.library.list(8),
        "count the library": store.library.count,
        "draw a quote from all": lambda: store.quotes.draw("guild:1"),
    }


async def measure() -> None:
    """Print each question's time in the large library and in the small one."""
    async with AsyncExitStack() as stack:
        large = _acts(await stack.enter_async_context(_library(10_000)))
        small = _acts(await stack.enter_async_context(_library(100)))
        for name, act in large.items():
            await compare(name, act, small[name])
