"""Reading lists: a reader moves stories between those that they have begun, keep for later, or have finished."""

from bot.domain.reading_lists import READING_LISTS
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, one_of, picked, picked_id
from bot.interactions.messages import is_private
from bot.interactions.replies import redraw, redraw_or_send, send
from bot.services.me import list_screen
from bot.services.stories import card_of
from bot.texts import say
from bot.ui.ids.reading_lists import EditReadingList, MoveToList, PickListed, ShowReadingLists, ToggleLater
from bot.ui.reading_lists import lists_panel
from bot.ui.screen import Screen, notice


@component(EditReadingList, work="lookup")
async def edit_list(interaction: Interaction, press: EditReadingList) -> None:
    """Offer to move the stories of a list."""
    screen = await list_screen(interaction, press.list, press.page, editing=True)
    await redraw_or_send(interaction, screen, again=is_private(interaction))


@component(PickListed, work="lookup")
async def pick_listed(interaction: Interaction, _: PickListed) -> None:
    """Show where the story that was picked may go."""
    screen = await _panel(interaction, picked_id(interaction))
    await redraw_or_send(interaction, screen, again=is_private(interaction))


@component(ShowReadingLists, work="lookup")
async def show_lists(interaction: Interaction, press: ShowReadingLists) -> None:
    """Show which of the reader's lists a story is on."""
    await send(interaction, await _panel(interaction, press.story), private=True)


async def _panel(interaction: Interaction, story: int) -> Screen:
    store = store_for(interaction)
    entry = await store.stories.entry(story)
    return lists_panel(entry, await store.reading_lists.holding(interaction.user.id, entry.id))


@component(ToggleLater)
async def toggle_later(interaction: Interaction, press: ToggleLater) -> None:
    """Keep a story for later, or no more; a story that is on another list is asked about."""
    store, reader = store_for(interaction), interaction.user.id
    story = await store.stories.entry(press.story)
    holding = await store.reading_lists.holding(reader, story.id)
    if holding not in (None, "later"):
        await send(interaction, lists_panel(story, holding), private=True)
        return
    await store.reading_lists.put(reader, story.id, "later" if holding is None else None)
    if is_private(interaction):
        await redraw(interaction, await card_of(interaction, story.id, more=press.more))
    else:
        await send(
            interaction, notice(say("card-later-kept" if holding is None else "card-later-dropped")), private=True
        )


@component(MoveToList)
async def put_on(interaction: Interaction, press: MoveToList) -> None:
    """Move a story to the list that was picked, or off all of them."""
    store = store_for(interaction)
    story = await store.stories.entry(press.story)
    name = one_of(READING_LISTS, picked(interaction))
    await store.reading_lists.put(interaction.user.id, story.id, name)
    await redraw(interaction, lists_panel(story, name))
