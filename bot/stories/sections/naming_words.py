"""Patterns of the words beside names, in dedications and in bylines: ``naming`` in `bot.stories.vocabulary`."""

from __future__ import annotations

from bot.stories.vocabulary import VOCABULARIES


def naming_pattern(kind: str) -> str:
    """Return a pattern for any word of *kind* under ``naming`` in the vocabularies; longer words are tried first."""
    words = {word for vocabulary in VOCABULARIES.values() for word in vocabulary.naming.get(kind, ())}
    return "|".join(sorted(words, key=len, reverse=True))
