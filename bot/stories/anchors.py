"""A place is remembered with the words found there, so that it is found again when the text has changed."""

from __future__ import annotations

ANCHOR_CHARS = 80
"""Characters of a passage kept beside a place."""

_SHORTER = (ANCHOR_CHARS, 40, 20)


def anchor_at(prose: str, offset: int) -> str:
    """The words that a place at *offset* is remembered by."""
    return prose[offset : offset + ANCHOR_CHARS]


def find_again(prose: str, passage: str, near: int) -> int | None:
    """The offset where *passage* now stands, the nearest to *near* of several, or None where it is gone.

    Where its end was changed, its first 40 or 20 characters are enough.
    """
    for length in _SHORTER:
        words = passage[:length]
        if not words.strip():
            return None
        before = prose.rfind(words, 0, near + len(words))
        after = prose.find(words, near)
        found = [offset for offset in (before, after) if offset >= 0]
        if found:
            return min(found, key=lambda offset: abs(offset - near))
        if len(passage) <= length // 2:
            return None
    return None
