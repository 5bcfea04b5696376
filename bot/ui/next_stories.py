"""After the last page: what to read next. Before the first: whether to read a story that warns of something."""

from collections.abc import Sequence

import discord

from bot.domain.next_stories import NextStory
from bot.stories.lengths import minutes
from bot.stories.model import OpenPage, StorySummary
from bot.texts import say
from bot.ui.components import Style, button, option, select
from bot.ui.ids.pages import AnswerWarnings, PickNext, TurnPage
from bot.ui.ids.story_lists import AnotherStory, StoryListPage
from bot.ui.limits import clip
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, Item, Screen, notice


def next_screen(
    page: OpenPage, found: Sequence[NextStory], *, peek: bool, finished: bool = False, read_all: bool = False
) -> Screen:
    """What to read after the story whose last *page* this takes the place of; *Back* leads there.

    To a reader who did not see that page just now it says that they have *finished* it; to one for whom nothing was
    *found*, whether they have *read_all* that is here.
    """
    whys = [say(f"next-why-{each.why}") for each in found]
    lines = [
        f"-# {say('next-line', why=why, minutes=minutes(each.story.words))}\n**{clip(each.story.title, 100, escape)}**"
        for each, why in zip(found, whys, strict=True)
    ]
    if not found:
        lines = [say("next-none-read" if read_all else "next-none-left")]
    if finished:
        lines.insert(0, say("next-finished", title=clip(page.story.title, 100, escape)))
    embed = discord.Embed(title=say("next-title"), description="\n\n".join(lines), colour=ACCENT)
    items: list[Item] = []
    if found:
        options = [option(each.story.title, each.story.id, why) for each, why in zip(found, whys, strict=True)]
        items.append(select(PickNext(), options, 0, say("next-pick")))
    items.append(button(TurnPage("p", peek, page.spot.chapter, page.spot.offset), say("page-back"), 1))
    if found:
        items.append(button(AnotherStory(0), say("next-surprise"), 1))
    items.append(button(StoryListPage("show", 0, 0), say("next-library"), 1))
    return Screen([embed], items)


def warned_screen(story: StorySummary, warnings: Sequence[str]) -> Screen:
    """Asks whether to open a story that warns of something."""
    text = say("warned-text", title=clip(story.title, 200, escape), warnings=clip(", ".join(warnings), 500, escape))
    items = [
        button(AnswerWarnings(story.id, "show"), say("warned-show"), 0, style=Style.primary),
        button(AnswerWarnings(story.id, "leave"), say("warned-leave"), 0),
    ]
    return notice(text, say("warned-title"), items)


def left_screen() -> Screen:
    return notice(say("warned-left"), items=[])
