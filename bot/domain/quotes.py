"""Quotes: the filter for random quotes, and the quotes that readers save."""

import json
from dataclasses import dataclass
from typing import Literal

from bot.stories.model import QuoteInContext

QuoteLength = Literal["short", "medium", "long"]
LENGTH_BOUNDS: dict[QuoteLength, tuple[int, int]] = {"short": (0, 100), "medium": (101, 200), "long": (201, 100_000)}
"""Minimum and maximum number of characters of a quote of each length."""

WORDS_CHARS = 100
"""Maximum length of the search words for a quote, in characters."""

MOST_CHARS = 600
"""Maximum length of a quote that a reader selects, in characters."""


@dataclass(frozen=True, slots=True)
class QuoteFilter:
    """Filter for random quotes: by story (id; 0 for all), author (pen name), contained words and length."""

    story: int = 0
    author: str | None = None
    containing: str | None = None
    length: QuoteLength | None = None
    spoilers: bool = False
    """Whether quotes may come from beyond the first part of a story."""

    def write(self) -> str:
        """Return the fields that do not fit into a custom id (author and words) as JSON; empty if neither is set."""
        parts = {"author": self.author, "containing": self.containing}
        return json.dumps(parts, ensure_ascii=False) if any(parts.values()) else ""


ANY_QUOTE = QuoteFilter()


def quote_filter_of(text: str, story: int, length: QuoteLength | None, spoilers: bool) -> QuoteFilter:
    """Return the filter from *text*, written by `QuoteFilter.write`, and from the fields of a custom id."""
    parts: dict[str, str | None] = json.loads(text)
    return QuoteFilter(story, parts["author"], parts["containing"], length, spoilers)


@dataclass(frozen=True, slots=True)
class SavedQuote:
    """A quote that a reader saved."""

    quote: QuoteInContext
    saved_at: int
    """Seconds since 1970."""
    is_current: bool
    """Whether the words of the quote are still in the story."""
