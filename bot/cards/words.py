"""The text of a card: normalization before layout, graphemes, and the alternative text."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal, get_args

import regex

MOST_WORDS = 600
"""The most characters of a quote on a card."""

ALT_TEXT = 1024
"""The most UTF-16 units that Discord accepts as the description of an attachment."""

Design = Literal["page", "night", "cover"]
"""A page of a book, a dark page, or a cover in the colour of the story."""

DESIGNS: tuple[Design, ...] = get_args(Design)

_LINE_END = regex.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_SPACE = regex.compile(r"[^\S\n\xa0\u202f\u3000]")
_UNSEEN = regex.compile(
    r"(?V1)[[\p{Cc}\p{Default_Ignorable_Code_Point}]--[\n\u200b\u200c\u200d\ufe0f\U000E0020-\U000E007F]]"
)
_STRAY = regex.compile(r"(?<![^\s\u200b])[\u200c\u200d\ufe0f\U000E0020-\U000E007F]+")
_PILE = regex.compile(r"([\p{Mn}\p{Me}]{5})[\p{Mn}\p{Me}]+")
_GRAPHEME = regex.compile(r"\X")


@dataclass(frozen=True, slots=True)
class CardText:
    """A quote and its source. In *words* a newline ends a line of verse, a blank line a paragraph or a stanza."""

    words: str
    title: str
    author: str | None = None


def tidied(text: str) -> str:
    """Normalize *text* for layout: NFC, one kind of space and of line end, no invisible characters.

    Directional controls and joiners that join nothing are removed. A letter keeps at most five combining marks.
    """
    text = unicodedata.normalize("NFC", _LINE_END.sub("\n", text))
    text = _PILE.sub(r"\1", _STRAY.sub("", _UNSEEN.sub("", _SPACE.sub(" ", text))))
    lines = [regex.sub(" {2,}", " ", line).strip(" \xa0\u202f\u200b\u3000") for line in text.split("\n")]
    return regex.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def one_line(text: str) -> str:
    """Normalize *text* and put it on one line, for a title or a name."""
    return tidied(text).replace("\n", " ").strip()


def graphemes(text: str) -> list[str]:
    """Divide *text* into grapheme clusters: a letter with its accents, or a whole emoji."""
    return _GRAPHEME.findall(text)


def alt_text(card: CardText) -> str:
    """Return the text of the picture for screen readers, in at most `ALT_TEXT` UTF-16 units.

    Title and author may take a third of it each, and the words the rest. Longer text is cut short.
    """
    title, author = (_clipped(one_line(text), ALT_TEXT // 3) for text in (card.title, card.author or ""))
    source = ", ".join(filter(None, [title, author]))
    ending = f"\n— {source}" if source else ""
    return _clipped(tidied(card.words), ALT_TEXT - _size(ending)) + ending


def _size(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _clipped(text: str, limit: int) -> str:
    text = text.encode("utf-8", "replace").decode()
    if _size(text) <= limit:
        return text
    kept, room = "", limit - 1
    for grapheme in graphemes(text):
        room -= _size(grapheme)
        if room < 0:
            break
        kept += grapheme
    return kept.rstrip() + "…"
