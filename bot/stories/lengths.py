"""How long a story is, by its number of words, in the terms that readers use.

The bounds of novella and novel are the Nebula Awards' (https://nebulas.sfwa.org/about-the-nebulas/nebula-rules/: a
novella has at least 17,500 words, a novel at least 40,000). A drabble has a hundred words (https://fanlore.org/wiki/Drabble);
half as many again are allowed, because sites count title and notes differently. A one-shot lies between.
"""

from __future__ import annotations

from typing import Literal, get_args

Length = Literal["drabble", "one-shot", "novella", "novel"]
LENGTHS: tuple[Length, ...] = get_args(Length)

_FROM: tuple[tuple[int, Length], ...] = ((40_000, "novel"), (17_500, "novella"), (151, "one-shot"), (0, "drabble"))


def length_of(words: int) -> Length:
    """Return the length of a story of so many words."""
    return next(length for least, length in _FROM if words >= least)


def percent_behind(words_before: int, words: int) -> int:
    """Return the percentage of a story of so many *words* that is behind a reader; 100 is for who finished it."""
    return min(99, 100 * words_before // max(1, words))


# How fast people read fiction (Brysbaert 2019: 238 words a minute for silent reading of prose in English).
_WORDS_A_MINUTE = 230


def minutes(words: int) -> int:
    """Return how many whole minutes *words* take to read; at least one."""
    return max(1, round(words / _WORDS_A_MINUTE))


def words_within(most_minutes: int) -> int:
    """Return the words of the longest story that `minutes` says takes at most so many."""
    return int((most_minutes + 0.5) * _WORDS_A_MINUTE)
