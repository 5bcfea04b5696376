"""What a command asks of the database, with ten thousand stories and with a hundred."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

from benchmarks.timing import Act, compare
from bot.domain.rights import Audience
from bot.domain.stories import StoryFilter
from bot.errors import NoQuotes
from bot.store import Store
from bot.store.me import MOST_MUTED
from bot.store.publishing import Source
from bot.stories import PARSER_VERSION, read_story
from bot.ui.stories import STORIES_A_PAGE
from tests.store.publishing import put_on_shelf

NO_QUOTE = "no quote, for all is muted"
MUTES, MUTES_ALL = 1, 2
"""Readers who have muted as many tags as can be, and the one that all stories have."""

ADJECTIVES = ("Quiet", "Salt", "Borrowed", "Winter", "Paper", "Hollow", "Second", "Blue", "Last", "Crooked")
NOUNS = ("House", "Tide", "Letter", "Orchard", "Engine", "Ferry", "Mirror", "Bridge", "Clock", "Garden")

QUOTE = (
    "love is not the lamp in the window but the hand that lights it every night, long after everyone has stopped"
    " believing that anyone will come."
)
"""One sentence in each story that the rules deal as a quote."""


@asynccontextmanager
async def _library(stories: int) -> AsyncGenerator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        async with Store.open(Path(folder) / "bench.db") as store:
            for number in range(stories):
                title = f"The {ADJECTIVES[number % 10]} {NOUNS[number // 10 % 10]} {number}"
                prose = f'"Number {number}," said the porter, and put it down with both hands. It ticked. ' * 30
                quote = f"On day {number} she understood that {QUOTE}"
                tags = f"Common, {'Half, ' * (number % 2)}Rare {number // 10}"
                text = f"Title: {title}\nAuthor: Writer {number % 500}\nTags: {tags}\n\n{prose}\n\n{quote}\n\n{prose}\n"
                story = read_story(text.encode(), f"{number}.txt")
                await put_on_shelf(store, str(number), story, Source(str(number), 0, 0, "", PARSER_VERSION))
            await store.mutes.add(MUTES, "tag", [f"Rare {number}" for number in range(MOST_MUTED)])
            await store.mutes.add(MUTES_ALL, "tag", ["Common"])
            yield store


def _acts(store: Store) -> dict[str, Act]:
    muted = store.for_audience(Audience(reader=MUTES))

    async def no_quote() -> None:
        with suppress(NoQuotes):
            await store.for_audience(Audience(reader=MUTES_ALL)).quotes.draw("user:2")

    def listed(store: Store, **asked: object) -> Act:
        return lambda: store.story_lists.page(StoryFilter(**asked), 0, STORIES_A_PAGE)  # type: ignore[arg-type]

    async def turn() -> None:
        story = await store.stories.find("The Salt Tide 11")
        chapter = await store.stories.chapter(story, 1)
        await store.pages.open(await store.pages.spot(chapter, 2))

    return {
        "autocomplete, one letter": lambda: store.stories.search("t", 25),
        "autocomplete, two words": lambda: store.stories.search("salt tide", 25),
        "autocomplete, an author": lambda: store.stories.search("writer 42", 25),
        "autocomplete, nothing typed": lambda: store.stories.search("", 25),
        "find a story and open a page": turn,
        "the library, by title": listed(store),
        "the same, most loved first": listed(store, sort="loved"),
        "with a tag that ten have": listed(store, tags=("Rare 3",)),
        "with a tag that half have": listed(store, tags=("Half",), sort="newest"),
        "with one that all have": listed(store, tags=("Common",), sort="longest"),
        "with all, without half": listed(store, tags=("Common",), without=("Half",)),
        "with a tag that none has": listed(store, tags=("Nowhere",)),
        "by title, 25 tags muted": listed(muted),
        NO_QUOTE: no_quote,
        "a story by chance": lambda: store.story_lists.by_chance(StoryFilter()),
        "by chance, of half": lambda: store.story_lists.by_chance(StoryFilter(tags=("Half",))),
        "a tag as it is typed": lambda: store.facets.offered(["tag"], "ra", 25),
        "count the library": store.stories.count,
        "draw a quote from all": lambda: store.quotes.draw("guild:1"),
    }


async def measure() -> None:
    """Print each question's time in the large library and in the small one."""
    async with AsyncExitStack() as stack:
        large = _acts(await stack.enter_async_context(_library(10_000)))
        small = _acts(await stack.enter_async_context(_library(100)))
        for name, act in large.items():
            await compare(name, act, small[name], times=2 if name == NO_QUOTE else 50)
