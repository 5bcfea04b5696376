"""Reading lists: what a reader has begun, keeps for later, or has finished."""

from discord import app_commands

from bot.domain.paging import page_within
from bot.domain.reading_lists import READING_LISTS, ReadingList
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, one_of, picked
from bot.interactions.replies import redraw
from bot.services.pages import post, update_or_copy
from bot.ui.ids.reading_lists import MoveToList, PickReadingList, ReadingListPage, RemoveFromList, ShowReadingLists
from bot.ui.reading_lists import ROWS, lists_panel, reading_list_screen
from bot.ui.screen import Screen


@app_commands.command()
@app_commands.describe(name="Which of your lists; without it, what you have begun")
@app_commands.rename(name="list")
async def reading(interaction: Interaction, name: ReadingList = "reading") -> None:
    """What you have begun, with the way back into each story, and your other lists."""
    await post(interaction, await _list(interaction, name, 0), private=True)


async def _list(interaction: Interaction, name: ReadingList, page: int) -> Screen:
    lists, reader = store_for(interaction).reading_lists, interaction.user.id
    counts = await lists.counts(reader)
    page = page_within(page, counts[name], ROWS)
    return reading_list_screen(name, await lists.of(reader, name, ROWS, page * ROWS), page, counts)


@component(ReadingListPage)
async def turn_list(interaction: Interaction, press: ReadingListPage) -> None:
    """Turn the list to another page."""
    await update_or_copy(interaction, await _list(interaction, press.list, press.page))


def _picked(interaction: Interaction) -> ReadingList | None:
    return one_of(READING_LISTS, picked(interaction))


@component(PickReadingList)
async def pick_list(interaction: Interaction, press: PickReadingList) -> None:
    """Show the list that was picked."""
    await update_or_copy(interaction, await _list(interaction, _picked(interaction) or "reading", 0))


@component(RemoveFromList)
async def take_off(interaction: Interaction, press: RemoveFromList) -> None:
    """Take a story off its list."""
    await store_for(interaction).reading_lists.put(interaction.user.id, press.story, None)
    await update_or_copy(interaction, await _list(interaction, press.list, press.page))


@component(ShowReadingLists)
async def show_lists(interaction: Interaction, press: ShowReadingLists) -> None:
    """Show which of the reader's lists a story is on."""
    store = store_for(interaction)
    story = await store.stories.entry(press.story)
    holding = await store.reading_lists.holding(interaction.user.id, story.id)
    await post(interaction, lists_panel(story, holding), private=True)


@component(MoveToList)
async def put_on(interaction: Interaction, press: MoveToList) -> None:
    """Move a story to the list that was picked."""
    store = store_for(interaction)
    story = await store.stories.entry(press.story)
    name = _picked(interaction)
    await store.reading_lists.put(interaction.user.id, story.id, name)
    await redraw(interaction, lists_panel(story, name))
