"""Which of many names somebody meant who misspelt one."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import mean

from rapidfuzz import fuzz, process

NEAR = 75
"""Minimum likeness, from 0 to 100, of what was typed to a name."""

_LOOKED_AT = 50  # names that are compared word by word
_ROUGHLY = 60  # minimum likeness to any part of them


def meant(typed: str, names: Mapping[int, str], most: int) -> list[int]:
    """Return the keys of at most *most* names that *typed* may stand for, the likeliest first.

    Both are folded. A name is as near as its words are to the typed ones: "gose" to "the goose has the deciding vote".
    """
    roughly = process.extract(typed, names, scorer=fuzz.partial_ratio, limit=_LOOKED_AT, score_cutoff=_ROUGHLY)
    near = [(_likeness(typed.split(), name.split()), key) for name, _, key in roughly]
    return [key for likeness, key in sorted(near, key=lambda each: -each[0]) if likeness >= NEAR][:most]


def _likeness(typed: list[str], name: list[str]) -> float:
    return mean(max(fuzz.ratio(word, each) for each in name) for word in typed) if typed and name else 0
