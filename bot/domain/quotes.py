"""Quotes: the filter for random ones, and the quotes that readers save."""

import json
from dataclasses import dataclass
from typing import Literal

from bot.stories.model import QuoteInContext

QuoteLength = Literal["short", "medium", "long"]
LENGTH_BOUNDS: dict[QuoteLength, tuple[int, int]] = {"short": (0, 100), "medium": (101, 200), "long": (201, 100_000)}
"""The fewest and the most characters of a quote of each length."""

WORDS_CHARS = 100
"""Characters of the words that a quote must contain."""

MOST_CHARS = 600
"""Characters of a quote that a reader makes of sentences."""


@dataclass(frozen=True, slots=True)
class QuoteFilter:
    """Which quotes may come: of one *story* (0: of all), by an *author*, with certain words, of a length."""

    story: int = 0
    author: str | None = None
    containing: str | None = None
    length: QuoteLength | None = None
    spoilers: bool = False
    """Whether they may come from beyond the first part of a story."""

    def write(self) -> str:
        """Return the parts that a custom id has no room for, as JSON; empty where there are none."""
        parts = {"author": self.author, "containing": self.containing}
        return json.dumps(parts, ensure_ascii=False) if any(parts.values()) else ""


ANY = QuoteFilter()


def quote_filter_of(text: str, story: int, length: QuoteLength | None, spoilers: bool) -> QuoteFilter:
    """Return the filter of what `QuoteFilter.write` wrote and of the parts that the custom id has."""
    parts: dict[str, str | None] = json.loads(text)
    return QuoteFilter(story, parts["author"], parts["containing"], length, spoilers)


@dataclass(frozen=True, slots=True)
class SavedQuote:
    """A quote that a reader saved."""

    quote: QuoteInContext
    saved_at: int
    """Seconds since 1970."""
    is_current: bool
    """Whether its words are still in the story."""
