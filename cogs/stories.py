"""Story cards: opened from a list, a page or a quote."""

from bot.interactions.client import Interaction
from bot.interactions.components import component, picked_id
from bot.services.pages import card_of, post
from bot.ui.ids.pages import ShowCard
from bot.ui.ids.story_lists import PickStory


@component(PickStory)
async def pick_story(interaction: Interaction, press: PickStory) -> None:
    """Show the card of the story that was picked."""
    await post(interaction, await card_of(interaction, picked_id(interaction)), private=True)


@component(ShowCard)
async def show_card(interaction: Interaction, press: ShowCard) -> None:
    """Show the card of the story of a page or a quote."""
    await post(interaction, await card_of(interaction, press.story), private=True)
