"""Chapters that come out later: their lines in the panel of a story, a screen for each, and the form for a time."""

from collections.abc import Sequence

import discord
from discord import ui

from bot.domain.coming_chapters import ComingChapter
from bot.domain.moments import MOMENT_CHARS
from bot.domain.rights import Standing, may
from bot.domain.uploads import OwnStory
from bot.stories.model import Story
from bot.texts import say
from bot.ui.components import Style, button, modal, option, select, text_field
from bot.ui.custom_id import ModalId
from bot.ui.ids.author_stories import OwnStoryAction
from bot.ui.ids.coming_chapters import ComingAction, PickComing
from bot.ui.limits import EMBED_TITLE, clip
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, Item, Screen, notice
from bot.ui.uploads import preview_embeds

LINES_SHOWN = 10
"""Coming chapters that the panel of a story tells of; its select has all."""

CITY_CHARS = 60

TIME, CITY = "time", "city"
"""The fields of the form."""


def when_text(at: int) -> str:
    """When something comes out, on the reader's own clocks, and how far away that is."""
    return say("coming-when", time=f"<t:{at}:F>", far=f"<t:{at}:R>")


def coming_lines(coming: Sequence[ComingChapter]) -> list[str]:
    """What comes to a story, and what was held back."""
    lines = [_line(chapter) for chapter in coming[:LINES_SHOWN]]
    more = len(coming) - len(lines)
    return [*lines, say("coming-more", count=more)] if more else lines


def _line(chapter: ComingChapter) -> str:
    name = f"**{clip(chapter.name, 80, escape)}**"
    if chapter.fault is not None:
        return say("coming-held", name=name, fault=chapter.fault)
    return say("coming-line", name=name, when=when_text(chapter.comes_at))


def coming_select(story: int, coming: Sequence[ComingChapter], row: int) -> list[Item]:
    """The select that opens a coming chapter; none where nothing comes."""
    options = [option(f"{number}. {chapter.name}", chapter.id) for number, chapter in enumerate(coming, start=1)]
    return [select(PickComing(story), options, row, say("coming-pick"))] if options else []


def coming_screen(
    chapter: ComingChapter, story: OwnStory, standing: Standing, read: Story | None, warnings: Sequence[str]
) -> Screen:
    """A coming chapter as it would read (None: it cannot be read), and what may be done with it."""
    items: list[Item] = []
    if may("add-chapter", standing):
        items.append(button(ComingAction("publish", chapter.id), say("coming-publish"), 0, style=Style.success))
        items.append(button(ComingAction("time", chapter.id), say("upload-time"), 0))
    if may("withdraw", standing):
        items.append(button(ComingAction("drop", chapter.id), say("coming-drop"), 0, style=Style.danger))
    items.append(button(OwnStoryAction("open", chapter.story), say("own-back"), 0))
    if read is None:
        lines = [_line(chapter), *(escape(warning) for warning in warnings)]
        return notice("\n\n".join(lines), clip(story.story.title, EMBED_TITLE, escape), items)
    shown = read.chapters[min(story.story.chapters, len(read.chapters) - 1)]
    embeds = preview_embeds(read, warnings, say("coming-footer"), shown, comes=_line(chapter))
    return Screen(embeds, items)


def drop_screen(chapter: ComingChapter) -> Screen:
    """What is asked before a coming chapter is dropped."""
    items = [
        button(ComingAction("drop-now", chapter.id), say("coming-drop-now"), 0, style=Style.danger),
        button(ComingAction("open", chapter.id), say("own-back"), 0),
    ]
    text = say("coming-drop-ask", name=f"**{clip(chapter.name, 80, escape)}**")
    return Screen([discord.Embed(description=text, colour=ACCENT)], items)


def scheduled_text(name: str, at: int) -> str:
    """What is said once a chapter waits for its time."""
    return say("coming-scheduled", name=f"**{clip(name, 80, escape)}**", when=when_text(at))


def time_modal(custom_id: ModalId, time: str, zone: str | None, *, required: bool = False) -> ui.Modal:
    """The form for when a chapter comes out; *time* and *zone* are what is known of it, and of its author's clocks."""
    hint = say("coming-time-hint" if required else "coming-time-hint-empty")
    fields = [
        text_field(TIME, say("coming-time"), MOMENT_CHARS, hint=hint, default=time, required=required),
        text_field(CITY, say("coming-city"), CITY_CHARS, hint=say("coming-city-hint"), default=zone or ""),
    ]
    return modal(custom_id, say("coming-time-title"), fields)


def held_screen(chapter: str, story: str, server: str, fault: str) -> Screen:
    """What whoever added a chapter is told by direct message where it did not come out."""
    named = f"**{clip(chapter, 80, escape)}**"
    return notice(
        say("coming-held-told", name=named, title=clip(story, 200, escape), server=escape(server), fault=fault)
    )
