"""A quote by chance from a million, beside one from a thousand and beside what SQL offers; how even chance is."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from benchmarks.timing import Act, compare
from bot.domain.quotes import QuoteFilter
from bot.domain.rights import Audience
from bot.store import Store
from bot.store.database import Writing
from bot.store.publishing import Source
from bot.store.quotes import Segment, draw_card
from bot.stories import PARSER_VERSION, read_story
from tests.store.publishing import put_on_shelf

LARGE, SMALL = 1_000_000, 1_000
A_STORY = 1_000
"""Quotes of each story; one in a hundred has the word that is asked for."""

READER = Audience(guild=1)
DRAWS = 100_000
SIZE = 1_000


@asynccontextmanager
async def _library(quotes: int) -> AsyncGenerator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        async with Store.open(Path(folder) / "bench.db") as store:
            for number in range(quotes // A_STORY):
                story = read_story(f"Title: Story {number}\n\nIt is {number}.\n".encode(), f"{number}.txt")
                await put_on_shelf(store, str(number), story, Source(str(number), 0, 0, "", PARSER_VERSION))
            await store._db.write(_fill)  # pyright: ignore[reportPrivateUsage]
            yield store.for_audience(READER)


def _fill(writing: Writing) -> None:
    chapters = writing.rows("SELECT id, story_id FROM chapters")
    writing.many(
        "INSERT INTO quotes (story_id, number, chapter_id, start, text, scope) VALUES (?, ?, ?, 0, ?, ?)",
        (
            (story, number, chapter, f"Said the {'heron' if number % 100 == 0 else 'newt'}, and went.", "")
            for chapter, story in chapters
            for number in range(1, A_STORY + 1)
        ),
    )
    writing.execute("UPDATE stories SET quotes_numbered = ?", (A_STORY,))
    writing.execute("INSERT INTO quote_search (rowid, text, scope) SELECT id, text, 'all0' FROM quotes")


def _acts(store: Store) -> dict[str, Act]:
    heron = QuoteFilter(containing="heron", spoilers=True)
    return {
        "the next of all": lambda: store.quotes.draw("guild:1"),
        "of one in a hundred, by a word": lambda: store.quotes.draw("guild:1", None, heron),
    }


async def measure() -> None:
    """Print what a draw costs at both sizes and what ``ORDER BY random()`` would, and how even the draws are."""
    async with AsyncExitStack() as stack:
        small = await stack.enter_async_context(_library(SMALL))
        large = await stack.enter_async_context(_library(LARGE))
        floor = _acts(small)
        for name, act in _acts(large).items():
            await compare(name, act, floor[name], times=20, rounds=7)

        async def by_sql() -> None:
            await large._db.rows("SELECT * FROM quotes ORDER BY random() LIMIT 1")  # pyright: ignore[reportPrivateUsage]

        draw = _acts(large)["the next of all"]
        await compare("beside ORDER BY random()", draw, by_sql, times=3, rounds=3)
    _show_evenness()


def _show_evenness() -> None:
    """The chi-square of the first draw of many decks, where chance decides, and of decks that are dealt through."""
    firsts = Counter(draw_card([], SIZE)[0] for _ in range(DRAWS))
    expected = DRAWS / SIZE
    chi = sum((firsts[position] - expected) ** 2 / expected for position in range(1, SIZE + 1))
    print(
        f"  chi-square of {DRAWS:,} first draws of {SIZE:,}: {chi:.0f}; of chance {SIZE - 1} ± {(2 * SIZE) ** 0.5:.0f}"
    )
    cards: list[Segment] = []
    dealt: Counter[int] = Counter()
    for _ in range(DRAWS):
        position, cards = draw_card(cards, SIZE)
        dealt[position] += 1
    print(f"  {DRAWS:,} draws of one deck: each of {SIZE:,} came {min(dealt.values())} to {max(dealt.values())} times")
