"""Anchors: the words at a position, used to find the position again after the text has changed."""

from __future__ import annotations

ANCHOR_CHARS = 80
"""Maximum length of an anchor, in characters; near the end of the text it is shorter."""

FEWEST_CHARS = 20
"""Minimum length, in characters, of an anchor's beginning that is searched for; a shorter anchor is searched whole."""


def anchor_at(prose: str, offset: int) -> str:
    """Return the anchor of the position *offset*."""
    return prose[offset : offset + ANCHOR_CHARS]


def find_again(prose: str, anchor: str, near: int) -> int | None:
    """Return the offset in *prose* of the *anchor* nearest to offset *near*, or None if the anchor is not found.

    If the whole anchor is not found, only its first 40, then its first 20 characters are searched for.
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
