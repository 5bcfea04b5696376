"""Story cards: opened by the story's name, or from a list, a page or a quote."""

from discord import app_commands

from bot.interactions.client import Interaction
from bot.interactions.components import component, picked_id
from bot.interactions.options import StoryArgument
from bot.services.pages import card_of, is_owner, post
from bot.ui.ids.pages import ShowCard
from bot.ui.ids.story_lists import PickStory


@app_commands.command()
@app_commands.describe(story="Title or author, as much of it as you remember")
async def story(interaction: Interaction, story: StoryArgument) -> None:
    """What a story is about, how long it is, and what readers say."""
    await post(interaction, await card_of(interaction, story.id), private=False)


@component(PickStory)
async def pick_story(interaction: Interaction, press: PickStory) -> None:
    """Show the card of the story that was picked."""
    await post(interaction, await card_of(interaction, picked_id(interaction)), private=not await is_owner(interaction))


@component(ShowCard)
async def show_card(interaction: Interaction, press: ShowCard) -> None:
    """Show the card of the story of a page or a quote."""
    await post(interaction, await card_of(interaction, press.story), private=True)
