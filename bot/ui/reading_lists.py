"""A reader's own lists, and where a story stands on them."""

from collections.abc import Sequence

from bot.domain.paging import count_pages
from bot.domain.reading_lists import READING_LISTS, ListedStory, ReadingList
from bot.stories.lengths import minutes
from bot.stories.model import StorySummary
from bot.texts import say
from bot.ui.bars import bar
from bot.ui.components import button, option, select
from bot.ui.ids.pages import ReadPicked
from bot.ui.ids.reading_lists import EditReadingList, MoveToList, PickListed
from bot.ui.limits import clip
from bot.ui.markdown import escape
from bot.ui.me import tab_list, to_tab
from bot.ui.screen import QUIET, Item, Screen, story_embed

ROWS = 6
"""Stories on a page: as many as fit a phone's screen."""

NO_LIST = "-"
"""The option that takes a story off all lists."""


def reading_list_screen(
    name: ReadingList, listed: Sequence[ListedStory], page: int, total: int, *, editing: bool = False
) -> Screen:
    """One page, counted from 0, of one of a reader's lists; its select opens a story, or moves it (*editing*)."""
    lines = [_line(each, name) for each in listed] or [say(f"reading-list-empty-{name}")]
    items: list[Item] = []
    if listed:
        options = [option(each.story.title, each.story.id, _by(each.story)) for each in listed]
        picking = PickListed() if editing else ReadPicked()
        items.append(select(picking, options, 1, say(f"reading-list-pick-{_does(name, editing)}")))
        edit = to_tab(name, page) if editing else EditReadingList(name, page)
        items.append(button(edit, say("me-back" if editing else "reading-list-edit"), 2))
    return tab_list(name, lines, items, page, count_pages(total, ROWS), row=2)


def _does(name: ReadingList, editing: bool) -> str:
    if editing:
        return "move"
    return {"later": "start", "finished": "again"}.get(name, "continue")


def _by(story: StorySummary) -> str | None:
    return say("by", author=story.author) if story.author else None


def _line(each: ListedStory, name: ReadingList) -> str:
    title = f"**{clip(each.story.title, 100, escape)}**"
    if name == "finished":
        return f"{title}\n-# <t:{each.since}:R>"
    if not each.percent:
        return f"{title}\n-# {say('chapter-minutes', minutes=minutes(each.story.words))}"
    left = minutes(each.story.words * (100 - each.percent) // 100)
    return f"{title}\n{bar(each.percent, 100)}  {say('reading-list-left', percent=each.percent, minutes=left)}"


def lists_panel(story: StorySummary, holding: ReadingList | None) -> Screen:
    """A select of the reader's lists, which shows the one that a story is on and moves it to another."""
    options = [
        *(
            option(say("reading-list-on", list=list_name(each)), each, default=each == holding)
            for each in READING_LISTS
        ),
        option(say("reading-list-on-none"), NO_LIST, default=holding is None),
    ]
    items: list[Item] = [
        select(MoveToList(story.id), options, 0),
        button(to_tab(holding or "reading"), say("reading-list-mine"), 1),
    ]
    return Screen([story_embed(story, colour=QUIET)], items)


def list_name(name: ReadingList) -> str:
    """A list, as the reader calls it."""
    return say(f"me-tab-{name}")
