"""Anchors: the words at a place, by which the place is found again when the text has changed."""

from __future__ import annotations

ANCHOR_CHARS = 80
"""Characters of an anchor."""

FEWEST_CHARS = 20
"""Characters of its beginning that are enough to find it."""


def anchor_at(prose: str, offset: int) -> str:
    """Return the anchor of a place at *offset*."""
    return prose[offset : offset + ANCHOR_CHARS]


def find_again(prose: str, anchor: str, near: int) -> int | None:
    """Return the offset where *anchor* now stands, the nearest to *near* of several, or None where it is gone.

    Where its end was changed, its first 40 or 20 characters are enough.
    """
    for length in (ANCHOR_CHARS, 40, FEWEST_CHARS):
        words = anchor[:length]
        if not words.strip():
            return None
        before = prose.rfind(words, 0, near + len(words))
        after = prose.find(words, near)
        found = [offset for offset in (before, after) if offset >= 0]
        if found:
            return min(found, key=lambda offset: abs(offset - near))
        if len(anchor) <= length // 2:
            return None
    return None
