"""Names of chapters on the screen, in the author's words, and lists to pick a chapter from."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.stories.lengths import minutes
from bot.stories.model import ChapterName, ChapterSummary, OpenPage, StorySummary
from bot.texts import say
from bot.ui.components import option, select
from bot.ui.custom_id import CustomId
from bot.ui.limits import SELECT_OPTIONS, clip

CHAPTERS_IN_FORM = SELECT_OPTIONS
"""Maximum number of chapters in a form."""

CHAPTERS_IN_SELECT = SELECT_OPTIONS - 2
"""Maximum number of chapters in a select, besides an option for earlier and one for later chapters."""

AROUND = "~"
"""Prefix of option values such as ``~23``, which lists the chapters around number 23."""

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


def chapter_option(
    chapter: ChapterSummary, page: OpenPage, *, peek: bool, is_picked: bool = False
) -> discord.SelectOption:
    """Return the option of a chapter, seen from *page*: whether it is open or read, and its length."""
    is_open = chapter.id == page.chapter.id
    is_read = chapter.is_read or (not peek and chapter.position < page.chapter.position)
    parts = [say("chapter-here")] if is_open else [say("chapter-read")] if is_read else []
    parts += [say("chapter-words", words=chapter.words), say("chapter-minutes", minutes=minutes(chapter.words))]
    return option(list_name(chapter.name), chapter.id, " · ".join(parts), default=is_picked)


def chapter_select(page: OpenPage, picks: CustomId, contents: Sequence[ChapterSummary]) -> ui.Select[ui.View]:
    """Return a select of *contents*, with options for earlier and later chapters; *picks* is its custom id."""
    here = page.chapter.id
    options = [chapter_option(each, page, peek=True, is_picked=each.id == here) for each in contents]
    first, last = contents[0].position, contents[-1].position
    if first > 1:
        around = f"{AROUND}{max(1, first - CHAPTERS_IN_SELECT // 2 - 1)}"
        options.insert(0, option(say("chapters-before", chapter=short_name(contents[0].name)), around))
    if last < page.story.chapters:
        around = f"{AROUND}{last + CHAPTERS_IN_SELECT // 2 + 1}"
        options.append(option(say("chapters-after", chapter=short_name(contents[-1].name)), around))
    return select(picks, options, say("chapters"))
