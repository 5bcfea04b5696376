"""Read the look of a line: its ornaments, its capitals, its final punctuation, and end marks."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from bot.stories.sections.labels import read_label
from bot.stories.vocabulary import VOCABULARIES

TITLE_CHARS = 60
"""Usual maximum length of a title, in characters; a longer line is a title only beside a byline, labels or a note."""

LONGEST_HEADING = 300
"""Maximum length of a heading, in characters."""

_DECORATION = "-–—_=~*•·#<>«»◊♦★☆✦♥♡❤❦|+^:. \t✧✿❀❁☾☽✩✫✭✮✯✰❋✽⋆˚₊･ﾟ゜｡、\ufe0e"
_SMALL = (
    "a an the of in on at to for from by with and or but nor as is vs le la les l un une des du de d et à au aux en "
    "sur el los las una y o del der die das ein eine und im am zu"
)
_SMALL_WORDS = frozenset(_SMALL.split())
_WORD = re.compile(r"[^\W_][\w'’]*")


def undecorated(line: str) -> str:
    """Return *line* without the ornaments around a heading (``~ Snow ~``, ``== Snow ==``, ``**Snow**``)."""
    return line.strip().strip(_DECORATION).strip()


def ends_openly(line: str) -> bool:
    """Return whether *line* ends without punctuation such as a full stop, a comma or a colon."""
    return not re.search(r"[.!?…,;:。！？，、；：،؛؟][\"”“»'’)\]*_」』）]*$", line)


def capitalised(title: str) -> str:
    """Return *title* in title case."""
    words = title.split(" ")
    return " ".join(
        word if 0 < i < len(words) - 1 and word in _SMALL_WORDS else word[:1].upper() + word[1:]
        for i, word in enumerate(words)
    )


def mostly_capitalised(text: str) -> bool:
    words = _WORD.findall(text)
    counted = [word for i, word in enumerate(words) if i == 0 or word.lower() not in _SMALL_WORDS]
    capitalised = sum(word[0].isupper() for word in counted)
    return bool(counted) and 2 * capitalised > len(counted)


def looks_titled(text: str, *, ends: Literal["openly", "any"] = "openly") -> bool:
    """Return whether *text* looks like a title: in capitals, or short, mostly capitalised, without final punctuation.

    If *ends* is "any", final punctuation is allowed.
    """
    text = text.strip().strip("_* ")
    if not text or len(text) > LONGEST_HEADING or read_end_mark(text) or read_label(text):
        return False
    if text.isupper():
        return sum(character.isalpha() for character in text) > 1
    if len(text) > TITLE_CHARS + 40 or len(text.split()) > 14 or not mostly_capitalised(text):
        return False
    return ends == "any" or ends_openly(text)


def without_stop(title: str) -> str:
    """Return *title* without a full stop at its end, as old books print it; an abbreviation keeps its own."""
    is_part_of_it = title.endswith("..") or re.search(r"\b(?:[A-Z]|Mr|Mrs|Dr|St|Jr|Esq|etc)\.$", title)
    return title if is_part_of_it or not title.endswith(".") else title[:-1].rstrip()


@cache
def _end_mark() -> re.Pattern[str]:
    return re.compile("|".join(phrase for vocabulary in VOCABULARIES.values() for phrase in vocabulary.end_marks), re.I)


_AROUND_END = _DECORATION + '!?…()[]"“”（）【】「」＜＞〈〉《》／/'


def read_end_mark(line: str) -> str | None:
    """Return *line* as written if it is an end mark (``-Fin-``, ``The End``, ``TBC``), else None."""
    if len(line) > LONGEST_HEADING:
        return None
    bare = line.strip()
    core = bare.strip(_AROUND_END).strip()
    is_mark = core and (_end_mark().fullmatch(core) or re.fullmatch(r"-+\s?30\s?-+", bare))
    return bare if is_mark else None


_DIALOGUE_START = re.compile(r"\s*(?:[\"“„«「『]|[—–]\s?\S)")
_TAGGED = re.compile(
    r"[,!?.…—–-][\"”»]\s*,?\s*(?:\w+\s+){0,3}?(?:said|says|asked|asks|whisper|mutter|repl|shout|yell|sigh|murmur|answer|told)",
    re.I,
)


def has_speech(text: str) -> bool:
    """Return whether a character speaks in *text*."""
    if _DIALOGUE_START.match(text):
        return True
    return ('"' in text or "”" in text or "»" in text) and _TAGGED.search(text) is not None
