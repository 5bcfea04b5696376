"""Text direction: the Unicode Bidirectional Algorithm (https://www.unicode.org/reports/tr9/) for one line.

The text has no directional controls, because `words.tidied` removes them. FriBiDi, which Pillow uses, orders only text
of one font. python-bidi does not return levels, and a line is drawn in runs that each have one level.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TypeVar

import regex

T = TypeVar("T")

_CODES = {"L": "L", "R": "R", "AL": "A", "EN": "1", "AN": "9", "ES": "+", "CS": ",", "ET": "%"}
"""One character for each bidirectional class. All other classes are neutral and become a space."""

_WEAK = (
    (regex.compile(r"(?<=A[^LRA]*)1"), "9"),  # W2
    (regex.compile(r"A"), "R"),  # W3
    (regex.compile(r"(?<=1)[+,](?=1)"), "1"),  # W4
    (regex.compile(r"(?<=9),(?=9)"), "9"),
    (regex.compile(r"(?<=1%*)%|%(?=%*1)"), "1"),  # W5
    (regex.compile(r"[+,%]"), " "),  # W6
    (regex.compile(r"(?<=L[^LR]*)1"), "L"),  # W7
)
_NEUTRAL = (  # N1
    (regex.compile(r"(?<=L *) (?= *L)"), "L"),
    (regex.compile(r"(?<=[R19] *) (?= *[R19])"), "R"),
)
_LEVELS = ({"L": 0, "R": 1, "1": 2, "9": 2}, {"L": 2, "R": 1, "1": 2, "9": 2})  # I1, I2
_BRACKETS = {"(": ")", "[": "]", "{": "}"}


def is_rtl(text: str) -> bool:
    """Return whether a paragraph is written from right to left, by its first letter (P2, P3)."""
    kinds = (unicodedata.bidirectional(character) for character in text)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), False)


def levels(text: str, base: int) -> list[int]:
    """Return the embedding level of each character of a line; *base* is the level of its paragraph.

    *text* has the first character of each grapheme, because combining marks take the level of their base (W1).
    """
    edge = "LR"[base]
    kinds = edge + "".join(_CODES.get(unicodedata.bidirectional(character), " ") for character in text) + edge
    for pattern, kind in _WEAK:
        kinds = pattern.sub(kind, kinds)
    for start, end in sorted(_pairs(f" {text} ")):  # N0
        strong = kinds.replace("1", "R").replace("9", "R")
        inside = strong[start + 1 : end].replace(" ", "")
        if inside:
            kind = edge if edge in inside else strong[:start].rstrip()[-1]
            kinds = kinds[:start] + kind + kinds[start + 1 : end] + kind + kinds[end + 1 :]
    for pattern, kind in _NEUTRAL:
        kinds = pattern.sub(kind, kinds)
    return [_LEVELS[base][kind] for kind in kinds[1:-1].replace(" ", edge)]  # N2


def reordered(items: Sequence[T], item_levels: Sequence[int]) -> list[T]:
    """Return *items* in visual order, from left to right (L2)."""
    order = list(range(len(items)))
    for level in range(max(item_levels, default=0), 0, -1):
        runs = groupby(order, lambda i, level=level: item_levels[i] >= level)
        order = [i for is_high, run in runs for i in (reversed(list(run)) if is_high else run)]
    return [items[i] for i in order]


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the positions of each pair of brackets (BD16)."""
    opened: list[int] = []
    for at, character in enumerate(text):
        if character in _BRACKETS:
            opened.append(at)
        starts = [start for start in opened if _BRACKETS[text[start]] == character]
        if starts:
            yield starts[-1], at
            opened = opened[: opened.index(starts[-1])]
