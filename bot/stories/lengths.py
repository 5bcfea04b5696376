"""How long a story is, in the words that readers use, by its words alone.

The bounds of novella and novel are the Nebula Awards' (https://nebulas.sfwa.org/about-the-nebulas/nebula-rules/: a
novella has at least 17,500 words, a novel at least 40,000). A drabble has a hundred words (https://fanlore.org/wiki/Drabble);
half as many again are allowed for, since title and notes are counted differently everywhere. What lies between is
what people post in one go.
"""

from __future__ import annotations

from typing import Literal, get_args

Length = Literal["drabble", "one-shot", "novella", "novel"]
LENGTHS: tuple[Length, ...] = get_args(Length)

_FROM: tuple[tuple[int, Length], ...] = ((40_000, "novel"), (17_500, "novella"), (151, "one-shot"), (0, "drabble"))


def length_of(words: int) -> Length:
    """The one length of a story of so many words."""
    return next(length for least, length in _FROM if words >= least)


WORDS_A_MINUTE = 230
"""The pace of a reader of fiction (Brysbaert 2019: 238 words a minute for silent reading of prose in English)."""


def minutes(words: int) -> int:
    """How long *words* take to read, in whole minutes; at least one."""
    return max(1, round(words / WORDS_A_MINUTE))
