"""What is said of a story in a quiet line: rating, fandom, language, length."""

from collections.abc import Sequence

from bot.stories.languages import language_of
from bot.stories.lengths import minutes
from bot.texts import say
from bot.ui.filters import value_words
from bot.ui.limits import clip
from bot.ui.markdown import escape

FANDOMS, FANDOM_CHARS = 2, 40
"""Fandoms that are named, and characters of each."""

DOT = " \N{MIDDLE DOT} "


def rating_text(rating: str | None) -> str:
    """A rating as readers know it; nothing where a story has none."""
    return value_words("rating", rating) if rating else ""


def fandoms_text(fandoms: Sequence[str]) -> str:
    """The first fandoms of a story."""
    return ", ".join(clip(name, FANDOM_CHARS, escape) for name in fandoms[:FANDOMS])


def language_text(language: str | None, reads: str) -> str:
    """A story's language, if it is another than the one that its reader *reads*, such as ``en-US``."""
    if not language or language_of(language) == language_of(reads):
        return ""
    return say("fact-language", name=clip(language_of(language), FANDOM_CHARS, escape))


def length_text(words: int) -> str:
    """How long a story takes to read."""
    return say("chapter-minutes", minutes=minutes(words))


def quiet(*facts: str) -> str:
    """One small line of those facts that there are; empty where there is none."""
    return f"-# {DOT.join(filter(None, facts))}" if any(facts) else ""
