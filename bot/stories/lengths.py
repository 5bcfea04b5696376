"""Length classes and reading times of stories, computed from the number of words.

The bounds of novella and novel are the Nebula Awards' (https://nebulas.sfwa.org/about-the-nebulas/nebula-rules/: a
novella has at least 17,500 words, a novel at least 40,000). A drabble has a hundred words (https://fanlore.org/wiki/Drabble);
150 are allowed, because sites count title and notes differently. A one-shot has more words than a drabble and fewer
than a novella.
"""

from __future__ import annotations

from typing import Literal, get_args

Length = Literal["drabble", "one-shot", "novella", "novel"]
LENGTHS: tuple[Length, ...] = get_args(Length)

_FROM: tuple[tuple[int, Length], ...] = ((40_000, "novel"), (17_500, "novella"), (151, "one-shot"), (0, "drabble"))


def length_of(words: int) -> Length:
    """Return the length class of a story with this number of *words*."""
    return next(length for least, length in _FROM if words >= least)


def percent_behind(words_before: int, words: int) -> int:
    """Return the percentage of a story that a reader has read; at most 99, since 100 means finished."""
    return min(99, 100 * words_before // max(1, words))


# Below Brysbaert (2019): adults silently read 238 words a minute of English non-fiction, 260 of fiction.
_WORDS_A_MINUTE = 230


def minutes(words: int) -> int:
    """Return the reading time of *words* in whole minutes, halves rounded up; at least one."""
    return max(1, (words + _WORDS_A_MINUTE // 2) // _WORDS_A_MINUTE)


def words_within(most_minutes: int) -> int:
    """Return the word count of the longest story whose reading time, by `minutes`, is at most *most_minutes*."""
    return (most_minutes + 1) * _WORDS_A_MINUTE - _WORDS_A_MINUTE // 2 - 1
