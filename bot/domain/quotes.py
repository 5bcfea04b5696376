"""Quotes: the filter for random quotes, and the quotes that readers save."""

import json
from collections.abc import Iterable
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


KEEPERS = 3
"""Minimum number of readers who save a passage before it joins its story's quotes."""

ACCOUNT_SECONDS = 7 * 86_400
"""Minimum age of an account whose saving counts, in seconds."""

KEPT_SECONDS = 2 * 86_400
"""Minimum seconds between the first saving and the last if all are from one server: it takes three days."""

_DISCORD_EPOCH = 1_420_070_400  # epoch seconds: https://docs.discord.com/developers/reference#snowflakes


@dataclass(frozen=True, slots=True)
class Saving:
    """A reader who saved a quote: in which server (0 in a direct message), and when, in epoch seconds."""

    reader: int
    guild: int
    at: int


def readers_keep(savings: Iterable[Saving]) -> bool:
    """Return whether the *savings* of a passage, without its author's, are enough to deal it."""
    counted = [each for each in savings if each.at - ((each.reader >> 22) // 1000 + _DISCORD_EPOCH) >= ACCOUNT_SECONDS]
    if len(counted) < KEEPERS:
        return False
    times, servers = [each.at for each in counted], {each.guild for each in counted} - {0}
    return len(servers) > 1 or max(times) - min(times) >= KEPT_SECONDS
