"""Names of chapters on the screen, in the author's words."""

from __future__ import annotations

from bot.stories.model import ChapterName, StorySummary
from bot.texts import say
from bot.ui.limits import clip

FOOTER_CHARS = 60
"""Maximum length of a chapter's short name in a footer, in characters."""


def list_name(name: ChapterName) -> str:
    """Return a chapter's name in a list: ``3. The Storm``, ``Letter 4: Ice``, ``Chapter 5``, ``Prologue``."""
    if name.title is None:
        return short_name(name)
    if name.label is not None:
        return say("chapter-labelled", label=name.label, title=name.title)
    return name.title if name.number is None else say("chapter-named", number=str(name.number), title=name.title)


def short_name(name: ChapterName) -> str:
    """Return a chapter's name in a sentence: ``Chapter 3``, ``Letter 4``, ``Prologue``."""
    if name.label is not None:
        return name.label
    if name.number is not None:
        return say("chapter-numbered", number=str(name.number))
    return name.title or say("chapter-opening")


def heading_of(name: ChapterName) -> str | None:
    """Return the heading of a chapter's first page; None without a title or label: the footer has the number."""
    return name.title if name.label is None else list_name(name)


def footer_name(name: ChapterName, story: StorySummary) -> str:
    """Return a name in a footer: ``Chapter 3 of 12`` if numbers never restart in the story, else the short name."""
    if name.number is None or name.label is not None or story.last_number is None:
        return clip(short_name(name), FOOTER_CHARS)
    return say("page-footer-chapter", number=name.number, chapters=story.last_number)
