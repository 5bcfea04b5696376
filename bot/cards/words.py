"""What a card says: the words of a quote, made ready to be set, and told to those who do not see it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal, get_args

import regex

MOST_WORDS = 600
"""Characters of a quote on a card."""

ALT_TEXT = 1024
"""Characters (UTF-16 units) that Discord takes as the description of an attachment."""

Design = Literal["page", "night", "cover"]
"""A page of a book, the same by night, a cover in the story's own colour."""

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
    """A quote and where it is from. In *words* a newline ends a line of verse, a blank line a paragraph or a stanza."""

    words: str
    title: str
    author: str | None = None


def tidied(text: str) -> str:
    """*text* as it is set: composed, its spaces and line ends of one kind, without what is never seen.

    What steers the direction of writing is left out, too, what joins nothing, and of marks piled upon one letter all
    but five.
    """
    text = unicodedata.normalize("NFC", _LINE_END.sub("\n", text))
    text = _PILE.sub(r"\1", _STRAY.sub("", _UNSEEN.sub("", _SPACE.sub(" ", text))))
    lines = [regex.sub(" {2,}", " ", line).strip(" \xa0\u202f\u200b\u3000") for line in text.split("\n")]
    return regex.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def one_line(text: str) -> str:
    """*text* tidied, in one line: a title or a name."""
    return tidied(text).replace("\n", " ").strip()


def graphemes(text: str) -> list[str]:
    """What a reader takes for characters: an accent with its letter, an emoji with all it is made of."""
    return _GRAPHEME.findall(text)


def alt_text(card: CardText) -> str:
    """What the picture says, for those who have it read to them; at most `ALT_TEXT` characters.

    Where that is too few the title, the author and then the words are cut short.
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
