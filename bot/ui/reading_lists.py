"""A reader's own lists, and where a story stands on them."""

from collections.abc import Mapping, Sequence

from bot.domain.paging import count_pages
from bot.domain.reading_lists import READING_LISTS, ListedStory, ReadingList
from bot.stories.model import StorySummary
from bot.texts import say
from bot.ui.components import Style, button, option, private_list, select
from bot.ui.ids.pages import ReadStory
from bot.ui.ids.reading_lists import MoveToList, PickReadingList, ReadingListPage, RemoveFromList, ShowReadingLists
from bot.ui.limits import BUTTON_LABEL, clip
from bot.ui.markdown import escape
from bot.ui.screen import QUIET, Item, Screen, story_embed

ROWS = 3
"""Stories on a page: each has a row of buttons, and two rows are for the list itself."""

NO_LIST = "-"
"""The option that takes a story off all lists."""


def reading_list_screen(
    name: ReadingList, listed: Sequence[ListedStory], page: int, counts: Mapping[ReadingList, int]
) -> Screen:
    """One page, counted from 0, of one of a reader's lists."""
    title, pages = say("reading-list-title", list=_name(name)), count_pages(counts[name], ROWS)
    lines = [_line(number, each) for number, each in enumerate(listed, start=1)] or [say(f"reading-list-empty-{name}")]
    items = [item for row, each in enumerate(listed) for item in _buttons(each, name, page, row)]
    items.append(_select(name, counts))
    return private_list(title, lines, items, lambda way, to: ReadingListPage(way, name, to), page, pages, row=4)


def _name(name: ReadingList) -> str:
    return say(f"reading-list-name-{name}")


def _line(number: int, each: ListedStory) -> str:
    parts = [say("by", author=clip(each.story.author, 60, escape))] if each.story.author else []
    percent = each.percent
    parts.append(say("reading-list-not-begun") if percent is None else say("reading-list-percent", percent=percent))
    return f"**{number}. {clip(each.story.title, 100, escape)}**\n{' · '.join([*parts, f'<t:{each.since}:R>'])}"


def _buttons(each: ListedStory, name: ReadingList, page: int, row: int) -> list[Item]:
    return [
        button(ReadStory(each.story.id), clip(_opens(each, name), BUTTON_LABEL // 2), row, style=Style.primary),
        button(ShowReadingLists(each.story.id), say("reading-list-move", number=row + 1), row),
        button(RemoveFromList(each.story.id, name, page), say("reading-list-remove", number=row + 1), row),
    ]


def _opens(each: ListedStory, name: ReadingList) -> str:
    title = each.story.title
    if each.percent is None:
        return say("card-read-named", title=title)
    return say("reading-list-again" if name == "finished" else "reading-list-resume", title=title)


def _select(name: ReadingList, counts: Mapping[ReadingList, int]) -> Item:
    options = [
        option(say("reading-list-counted", list=_name(each), count=counts[each]), each, default=each == name)
        for each in READING_LISTS
    ]
    return select(PickReadingList(), options, 3, say("reading-list-choose"))


def lists_panel(story: StorySummary, holding: ReadingList | None) -> Screen:
    """Which of the reader's lists a story is on, with a select of where it may go."""
    text = say("reading-list-on", list=_name(holding)) if holding else say("reading-list-on-none")
    embed = story_embed(story, text, colour=QUIET).set_footer(text=say("reading-list-where"))
    options = [
        *(option(_name(each), each, default=each == holding) for each in READING_LISTS),
        option(say("reading-list-none"), NO_LIST, default=holding is None),
    ]
    return Screen([embed], [select(MoveToList(story.id), options, placeholder=say("reading-list-put"))])
