"""The library: its list, and the card of a story."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from bot.app import Interaction, Oneshot
from bot.audience import seen
from bot.errors import StoryGone
from bot.presses import picked, pressed
from bot.screens import card_of, is_owner, post, turned
from bot.story_option import StoryArgument
from bot.ui.ids import ListPage, PickStory, ShowCard
from bot.ui.lists import STORIES_A_PAGE, library_screen
from bot.ui.screen import Screen


class Library(commands.Cog):
    @app_commands.command()
    async def stories(self, interaction: Interaction) -> None:
        """What there is to read."""
        await post(interaction, await _list(interaction, 0), private=False)

    @app_commands.command()
    @app_commands.describe(story="Title or author, as much of it as you remember")
    async def story(self, interaction: Interaction, story: StoryArgument) -> None:
        """What a story is about, how long it is, and what readers say."""
        await post(interaction, await card_of(interaction, story.id), private=False)


async def _list(interaction: Interaction, page: int) -> Screen:
    """A page of the library; one past the end is the last, for a list that has become shorter."""
    store = seen(interaction)
    total = await store.library.count()
    page = max(0, min(page, -(-total // STORIES_A_PAGE) - 1))
    entries = await store.library.list(STORIES_A_PAGE, page * STORIES_A_PAGE)
    stories = [entry.id for entry in entries]
    reactions = await store.reactions.totals(stories)
    votes = await store.votes.tallies(stories, interaction.guild_id)
    return library_screen(entries, page, total, reactions, votes)


@pressed(ListPage)
async def turn_list(interaction: Interaction, press: ListPage) -> None:
    """Previous or next page of the library; someone else's list opens as one's own."""
    await turned(interaction, await _list(interaction, press.page))


@pressed(PickStory)
async def pick_story(interaction: Interaction, press: PickStory) -> None:
    """A story of the list: its card."""
    story = picked(interaction)
    if not (story.isascii() and story.isdigit() and len(story) < 19):
        raise StoryGone
    await post(interaction, await card_of(interaction, int(story)), private=not await is_owner(interaction))


@pressed(ShowCard)
async def show_card(interaction: Interaction, press: ShowCard) -> None:
    """The card behind a page or a quote."""
    await post(interaction, await card_of(interaction, press.story), private=True)


async def setup(bot: Oneshot) -> None:
    await bot.add_cog(Library())
    bot.add_dynamic_items(turn_list, pick_story, show_card)
