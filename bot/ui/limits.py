"""Discord's documented limits, and how to stay within them.

Sources: https://docs.discord.com/developers/resources/message#embed-object-embed-limits and
https://docs.discord.com/developers/components/reference. Discord does not say how it counts a character, so here
one counts as many as UTF-16 needs, which is never fewer than any other count.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:  # `check` writes Markdown, too, and starts in half the time without all of discord.py
    import discord

CONTENT = 2000
EMBED_TITLE = 256
EMBED_DESCRIPTION = 4096
EMBED_FIELD_NAME = 256
EMBED_FIELD_VALUE = 1024
EMBED_FOOTER = 2048
EMBED_AUTHOR = 256
EMBEDS, EMBEDS_TOTAL = 10, 6000
"""Embeds of a message, and characters over all of them."""

BUTTON_LABEL = 80
BUTTON_ROWS, IN_A_ROW = 5, 5
"""Rows of buttons and selects of a message, and buttons of a row. A select fills a row."""

CUSTOM_ID = 100
SELECT_OPTIONS = 25
OPTION_LABEL = 100
OPTION_DESCRIPTION = 100
INPUT_LABEL = 45
INPUT_VALUE = 4000
CHOICES = 25
THREAD_NAME = 100
CHOICE_NAME = 100

ELLIPSIS = "…"
_GRAPHEME = regex.compile(r"\X")
_LONGEST_GRAPHEME = 32
"""Characters of a grapheme that people see as one; one with more accents may be cut."""


def size(text: str) -> int:
    """How many characters Discord may count in *text*."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def clip(text: str, limit: int, render: Callable[[str], str] = str) -> str:
    """*text*, rendered, in at most *limit* characters: cut between graphemes, at a space where one is near.

    *render* (an escape, say) is applied to what is kept, so that its marks are never cut; it makes no text shorter.
    """
    if len(text) <= limit and size(whole := render(text)) <= limit:
        return whole
    room = limit - len(ELLIPSIS)

    def too_much(end: int) -> int:
        return size(render(text[:end])) - room

    end = min(room, len(text))
    if (over := too_much(end)) > 0:  # without the last so many characters it fits
        first = max(0, end - over)
        end = first + bisect_right(range(first + 1, end), 0, key=too_much)
    kept = text[: _before(text, end)]
    words = (kept.rsplit(None, 1) or [""])[0] if " " in kept[-30:] else kept
    return render(words.rstrip(" ,;:–—-")) + ELLIPSIS


def _before(text: str, end: int) -> int:
    """Return the last place up to *end* where a grapheme of *text* ends."""
    if text.isascii():
        return end
    start = max(0, text.rfind(" ", 0, end))  # with a space a grapheme begins
    ends = [start, *(start + grapheme.end() for grapheme in _GRAPHEME.finditer(text[start : end + _LONGEST_GRAPHEME]))]
    return ends[bisect_right(ends, end) - 1]


def embed_size(embeds: Iterable[discord.Embed]) -> int:
    """What a message's embeds count together against `EMBEDS_TOTAL`."""
    return sum(
        size(text)
        for embed in embeds
        for text in (
            embed.title or "",
            embed.description or "",
            embed.footer.text or "",
            embed.author.name or "",
            *(part for each in embed.fields for part in (each.name or "", each.value or "")),
        )
    )
