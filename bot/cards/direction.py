"""Which way words run: the Unicode Bidirectional Algorithm (https://www.unicode.org/reports/tr9/) on one line.

What texts of stories need of it: letters, figures and marks in both directions. `words.tidied` has taken out the
controls that nest directions. FriBiDi, which Pillow asks, knows it all, but lays out only what is of one font.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

T = TypeVar("T")

_STRONG = {"L": 0, "R": 1, "AL": 1}


def is_rtl(text: str) -> bool:
    """Whether a paragraph runs from right to left: its first letter says (P2, P3)."""
    return next((_STRONG[kind] == 1 for c in text if (kind := unicodedata.bidirectional(c)) in _STRONG), False)


def levels(text: str, base: int) -> list[int]:
    """The level of each character in a line whose paragraph has level *base*: even ones run to the right."""
    kinds = _weak([unicodedata.bidirectional(character) or "L" for character in text], "R" if base else "L")
    kinds = _neutral(kinds, "R" if base else "L")
    return [_level(kind, base) for kind in kinds]


def reordered(items: Sequence[T], item_levels: Sequence[int]) -> list[T]:
    """*items* as they stand from left to right (L2)."""
    order = list(range(len(items)))
    for level in range(max(item_levels, default=0), 0, -1):
        is_high = [item_levels[i] >= level for i in order]
        runs = [(high, [i for _, i in run]) for high, run in groupby(zip(is_high, order, strict=True), itemgetter(0))]
        order = [i for high, run in runs for i in (reversed(run) if high else run)]
    return [items[i] for i in order]


def _weak(kinds: list[str], edge: str) -> list[str]:
    """Figures, what stands between them, and marks on letters take a direction (W1 to W7)."""
    strong = before = edge
    for i, kind in enumerate(kinds):
        after = kinds[i + 1] if i + 1 < len(kinds) else edge
        if kind == "NSM":
            kind = before
        if kind == "EN" and strong == "AL":
            kind = "AN"
        elif kind in ("ES", "CS") and before == after == "EN" and strong != "AL":
            kind = "EN"
        elif kind == "CS" and before == "AN" and (after == "AN" or (after == "EN" and strong == "AL")):
            kind = "AN"
        if kind in _STRONG:
            strong = kind
        kinds[i] = before = kind
    for order, beside in ((range(1, len(kinds)), -1), (range(len(kinds) - 2, -1, -1), 1)):
        for i in order:
            if kinds[i] == "ET" and kinds[i + beside] == "EN":
                kinds[i] = "EN"
    strong = edge
    for i, kind in enumerate(kinds):
        strong = kind if kind in _STRONG else strong
        if kind == "EN" and strong == "L":
            kinds[i] = "L"
    return ["R" if kind == "AL" else kind for kind in kinds]


def _neutral(kinds: Sequence[str], edge: str) -> list[str]:
    """What stands between two of one direction takes it, anything else that of the paragraph (N1, N2)."""
    sides = [kind if kind == "L" else "R" if kind in ("R", "EN", "AN") else None for kind in kinds]
    resolved: list[str] = []
    for side, run in groupby(sides):
        start, end = len(resolved), len(resolved) + len(list(run))
        before = sides[start - 1] if start else edge
        after = sides[end] if end < len(sides) else edge
        resolved += kinds[start:end] if side else [before if before and before == after else edge] * (end - start)
    return resolved


def _level(kind: str, base: int) -> int:
    """I1 and I2."""
    if base:
        return 1 if kind == "R" else 2
    return {"L": 0, "R": 1}.get(kind, 2)
