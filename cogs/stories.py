"""Story cards: opened from a list, a page or a quote."""

from bot.interactions.channels import allow_sharing
from bot.interactions.client import Interaction
from bot.interactions.components import component, picked_id
from bot.interactions.messages import is_alone, is_owner
from bot.services.posts import post, update_or_copy
from bot.services.stories import card_of
from bot.ui.ids.pages import ShowCard
from bot.ui.ids.stories import ShareCard, UnfoldCard
from bot.ui.ids.story_lists import PickStory


@component(PickStory, work="lookup")
async def pick_story(interaction: Interaction, press: PickStory) -> None:
    """Show the card of the story that was picked."""
    await post(interaction, await card_of(interaction, picked_id(interaction)), private=True)


@component(UnfoldCard)
async def unfold_card(interaction: Interaction, press: UnfoldCard) -> None:
    """Unfold what is rarer on a card, or fold it; someone else's card opens as a copy."""
    public = not is_alone(interaction) and await is_owner(interaction)
    screen = await card_of(interaction, press.story, more=press.more, public=public)
    await update_or_copy(interaction, screen)


@component(ShareCard)
async def share_card(interaction: Interaction, press: ShareCard) -> None:
    """Post a story's card for all to see."""
    allow_sharing(interaction)
    await post(interaction, await card_of(interaction, press.story, more=False, public=True), private=False)


@component(ShowCard, work="lookup")
async def show_card(interaction: Interaction, press: ShowCard) -> None:
    """Show the card of the story of a page or a quote."""
    await post(interaction, await card_of(interaction, press.story), private=True)
