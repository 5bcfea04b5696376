"""Discord's documented limits, and functions to stay within them.

Sources: https://docs.discord.com/developers/resources/message#embed-object-embed-limits and
https://docs.discord.com/developers/components/reference. Discord does not document how it counts characters. This
module counts UTF-16 units, which are never fewer than code points or graphemes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:  # the command `check` imports this module, and starts twice as fast without discord.py
    import discord

CONTENT = 2000
EMBED_TITLE = 256
EMBED_DESCRIPTION = 4096
EMBED_FIELD_NAME = 256
EMBED_FIELD_VALUE = 1024
EMBED_FOOTER = 2048
EMBED_AUTHOR = 256
EMBEDS, EMBEDS_TOTAL = 10, 6000
"""Maximum number of embeds in a message, and maximum number of characters in all its embeds together."""

BUTTON_LABEL = 80
BUTTON_ROWS, IN_A_ROW = 5, 5
"""Maximum number of rows of buttons and selects in a message, and of buttons in a row. A select fills a row."""

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
"""Maximum length of a grapheme that is never cut, in characters; only many accents on one letter make it longer."""


def size(text: str) -> int:
    """Return the number of UTF-16 units in *text*, the most that Discord may count."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def clip(text: str, limit: int, render: Callable[[str], str] = str) -> str:
    """Return *text*, rendered, and truncated with an ellipsis if it exceeds *limit* characters.

    The cut is between graphemes, preferably at a space. *render*, such as `escape`, is applied after the cut, so that
    no escape is split; it must not shorten a text.
    """
    if len(text) <= limit and size(whole := render(text)) <= limit:
        return whole
    room = limit - len(ELLIPSIS)

    def excess(end: int) -> int:
        return size(render(text[:end])) - room

    end = min(room, len(text))
    if (over := excess(end)) > 0:  # dropping one character for each that is over is always enough
        first = max(0, end - over)
        end = first + bisect_right(range(first + 1, end), 0, key=excess)
    kept = text[: _grapheme_end(text, end)]
    words = (kept.rsplit(None, 1) or [""])[0] if " " in kept[-30:] else kept
    return render(words.rstrip(" ,;:–—-")) + ELLIPSIS


def _grapheme_end(text: str, end: int) -> int:
    """Return the last grapheme boundary of *text* up to *end*."""
    if text.isascii():
        return end
    start = max(0, text.rfind(" ", 0, end))  # a grapheme never spans a space
    ends = [start, *(start + grapheme.end() for grapheme in _GRAPHEME.finditer(text[start : end + _LONGEST_GRAPHEME]))]
    return ends[bisect_right(ends, end) - 1]


def embed_size(embeds: Iterable[discord.Embed]) -> int:
    """Return the number of characters that embeds together count against `EMBEDS_TOTAL`."""
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
