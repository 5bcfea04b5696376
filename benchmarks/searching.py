"""What a search costs in the prose of ten thousand stories, beside a hundred; and what its index costs."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import accumulate
from pathlib import Path

from benchmarks.timing import Act, compare
from bot.domain.rights import Audience
from bot.store import Store
from bot.store.publishing import Source
from bot.stories import PARSER_VERSION, read_story
from bot.stories.query import read_query
from tests.store.publishing import put_on_shelf

LARGE, SMALL = 10_000, 100
WORDS_A_STORY = 2_000
VOCABULARY = 20_000

_START, _END = "bdfgklmnprstv", "aeiou"
READER = Audience(guild=1)


def _vocabulary(source: random.Random) -> list[str]:
    """Words that can be said; the first stand for those that are in every sentence."""
    made = dict.fromkeys(["the", "and", "of"])
    while len(made) < VOCABULARY:
        made["".join(source.choice(_START) + source.choice(_END) for _ in range(source.randint(2, 4)))] = None
    return list(made)


def _texts(stories: int) -> tuple[list[str], list[bytes]]:
    """Stories whose words come as often as those of a language do: the n-th word once for n times the first."""
    source = random.Random(7)
    words = _vocabulary(source)
    weights = list(accumulate(1 / (n + 3) for n in range(VOCABULARY)))
    texts: list[bytes] = []
    for number in range(stories):
        said = source.choices(words, cum_weights=weights, k=WORDS_A_STORY)
        sentences = [" ".join(said[i : i + 12]).capitalize() + "." for i in range(0, len(said), 12)]
        paragraphs = "\n\n".join(" ".join(sentences[i : i + 5]) for i in range(0, len(sentences), 5))
        texts.append(f"Title: Story {number}\n\n{paragraphs}\n".encode())
    return words, texts


@asynccontextmanager
async def _library(stories: int) -> AsyncGenerator[tuple[Store, list[str], Path]]:
    words, texts = _texts(stories)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.db"
        async with Store.open(file) as store:
            for number, text in enumerate(texts):
                story = read_story(text, f"{number}.txt")
                await put_on_shelf(store, str(number), story, Source(str(number), 0, 0, "", PARSER_VERSION))
            yield store.for_audience(READER), words, file


def _acts(store: Store, words: list[str]) -> dict[str, Act]:
    def find(typed: str, story: int | None = None) -> Act:
        return lambda: store.search.find(read_query(typed), story, 0, 10)

    return {
        "a word that all passages have": find("the"),
        "four that most have": find("the and of " + words[3]),
        "a word of 1 in 8": find(words[90]),
        "a word of 1 in 100": find(words[1200]),
        "two words of 1 in 8": find(f"{words[90]} {words[91]}"),
        "a phrase of two that all have": find('"the and"'),
        "a beginning of two letters": find("th*"),
        "a beginning of four letters": find(f"{words[90][:4]}*"),
        "one that all have, in a story": find("the", 50),
        "a word that none has": find("zwischenzeug"),
    }


async def measure() -> None:
    """Print each search's time in the large library and in the small one, and how large the files are."""
    async with AsyncExitStack() as stack:
        began = time.process_time()
        large, words, file = await stack.enter_async_context(_library(LARGE))
        print(f"  {LARGE:,} stories read and shelved in {time.process_time() - began:.0f} s of processor time")
        small, _, _ = await stack.enter_async_context(_library(SMALL))
        floor = _acts(small, words)
        for name, act in _acts(large, words).items():
            await compare(name, act, floor[name], times=5, rounds=5)
        print(f"  the database of {LARGE:,} stories: {file.stat().st_size / 1e6:,.0f} MB")
