"""The text of a card: normalization before layout, graphemes, and the alternative text."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal, get_args

import regex

MOST_QUOTE_CHARS = 600
"""Maximum number of characters of a quote on a card."""

ALT_TEXT = 1024
"""Maximum length of an attachment's description on Discord, in UTF-16 units."""

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
_MARKS = {
    "de": "„“‚‘", "cs": "„“‚‘", "pl": "„”‚’", "ru": "«»„“", "uk": "«»„“", "fi": "””’’", "sv": "””’’",
    "fr": ("«\u202f", "\u202f»", "‘", "’"),
}  # fmt: skip
"""Quotation marks of languages whose marks differ from English: opening and closing double, then single marks."""

_STRAIGHT = regex.compile("[\"']")
_OPENS = regex.compile(r"(?:^|[\s\p{Ps}\p{Pi}„‚\u202f—–/-])$")
# A contraction begins with an apostrophe, not with an opening quotation mark.
_LEFT_OUT = regex.compile(r"'(?:\d0?s\b|(?:tis|twas|til|em|cause|cos|cuz|bout|round|n)\b)", regex.IGNORECASE)
_CLOSED_LATER = regex.compile(r"'\w[^\n\"]*?[\w.,!?…—-]'(?!\w)")
_GRAPHEME = regex.compile(r"\X")


@dataclass(frozen=True, slots=True)
class CardText:
    """A quote and its source. In *words*, a newline separates lines of verse, a blank line paragraphs or stanzas."""

    words: str
    title: str
    author: str | None = None
    language: str | None = None
    """ISO 639-1 code of the quote's language, which decides the style of quotation marks."""


def tidied(text: str) -> str:
    """Normalize *text* for layout: NFC, one kind of space and of line end, no invisible characters.

    Removes directional controls, and joiners without letters to join. A letter keeps at most five combining marks.
    """
    text = unicodedata.normalize("NFC", _LINE_END.sub("\n", text))
    text = _PILE.sub(r"\1", _STRAY.sub("", _UNSEEN.sub("", _SPACE.sub(" ", text))))
    lines = [regex.sub(" {2,}", " ", line).strip(" \xa0\u202f\u200b\u3000") for line in text.split("\n")]
    return regex.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def one_line(text: str) -> str:
    """Normalize *text* and put it on one line, for a title or a name."""
    return tidied(text).replace("\n", " ").strip()


def typeset(text: str, language: str | None = None) -> str:
    """Replace the straight quotation marks and apostrophes in *text* with the typographic ones of *language*.

    Without a language, they are those of English. *text* must already be tidied (`tidied`).
    """
    marks = _MARKS.get(language or "en", "“”‘’")
    done, end = "", 0
    for mark in _STRAIGHT.finditer(text):
        at = mark.start()
        done += text[end:at]
        end = at + 1
        opens = _OPENS.search(done[-1:]) is not None and not text[end : end + 1].isspace() and end < len(text)
        if mark[0] == '"':
            done += marks[0] if opens else marks[1]
        else:
            opens = opens and not _LEFT_OUT.match(text, at) and _CLOSED_LATER.match(text, at) is not None
            closes = not text[end : end + 1].isalnum() and done.rfind(marks[2]) > done.rfind(marks[3])
            done += marks[2] if opens else marks[3] if closes else "’"
    return done + text[end:]


def graphemes(text: str) -> list[str]:
    """Divide *text* into grapheme clusters: a letter with its accents, or a whole emoji."""
    return _GRAPHEME.findall(text)


def alt_text(card: CardText) -> str:
    """Return the text of the picture for screen readers, at most `ALT_TEXT` UTF-16 units long.

    Title and author take at most a third each, the words the rest. Longer text is truncated.
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
