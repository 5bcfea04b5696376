"""What is asked of quotes by chance. A value; no Discord, no SQL."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal, get_args

from bot.stories.model import QuoteInContext

QuoteLength = Literal["short", "medium", "long"]
QUOTE_LENGTHS: tuple[QuoteLength, ...] = get_args(QuoteLength)
LENGTH_BOUNDS: dict[QuoteLength, tuple[int, int]] = {"short": (0, 100), "medium": (101, 200), "long": (201, 100_000)}
"""Characters of a quote that is so long, both included."""

WORDS_CHARS = 100
"""Characters that a reader may ask a quote to contain."""

MOST_CHARS = 600
"""Characters of a quote that a reader chooses."""


@dataclass(frozen=True, slots=True)
class QuoteFilter:
    """Which quotes: of one *story* (0: of all), by an *author*, with certain words, so long."""

    story: int = 0
    author: str | None = None
    containing: str | None = None
    length: QuoteLength | None = None
    spoilers: bool = False
    """Whether they may come from beyond the first part of a story."""

    def write(self) -> str:
        """What no button has room for, as it is kept in a row; empty where all has room."""
        said = {"author": self.author, "containing": self.containing}
        return json.dumps(said, ensure_ascii=False) if any(said.values()) else ""


ANY = QuoteFilter()


def quote_filter_of(text: str, story: int, length: QuoteLength | None, spoilers: bool) -> QuoteFilter:
    """What `Asked.write` wrote, with what the button says itself."""
    said: dict[str, str | None] = json.loads(text)
    return QuoteFilter(story, said["author"], said["containing"], length, spoilers)


@dataclass(frozen=True, slots=True)
class SavedQuote:
    """A quote that a reader keeps, and whether its words are still in the story."""

    quote: QuoteInContext
    saved_at: int
    """Seconds since 1970."""
    is_current: bool
