"""Following: a story or an author, from a card; and a list of all that a reader follows."""

from __future__ import annotations

from dataclasses import replace

from discord import app_commands
from discord.ext import commands

from bot.errors import ReaderError, StoryGated
from bot.interactions.audience import audience_of, store_for
from bot.interactions.client import Interaction, Oneshot
from bot.interactions.components import component
from bot.interactions.replies import redraw
from bot.services.pages import post
from bot.stories.model import StorySummary
from bot.texts import say
from bot.ui.follows import ROWS, follow_panel, following_screen, told_where, unfollowed_screen
from bot.ui.ids.follows import DropFollowed, Follow, FollowedPage, ShowFollow, TellMe, Unfollow
from bot.ui.screen import Screen


class Follows(commands.Cog):
    @app_commands.command()
    async def following(self, interaction: Interaction) -> None:
        """The stories and authors that you follow."""
        notices, reader = store_for(interaction).news, interaction.user.id
        since = await notices.unreached_since(reader)
        await post(interaction, await _list(interaction, 0, since), private=True)
        if since is not None:  # they know now, so the next news is tried
            await notices.unreached(reader, None)


async def _list(interaction: Interaction, page: int, unreached_since: int | None = None) -> Screen:
    """A page of what is followed; one past the end is the last, for a list that has become shorter."""
    follows, reader = store_for(interaction).follows, interaction.user.id
    total = await follows.count(reader)
    page = max(0, min(page, -(-total // ROWS) - 1))
    return following_screen(await follows.list(reader, ROWS, page * ROWS), page, total, unreached_since)


async def _panel(interaction: Interaction, story: StorySummary) -> Screen:
    store, reader, guild = store_for(interaction), interaction.user.id, interaction.guild_id or 0
    chosen = await store.settings.of_reader(reader)
    notices = chosen.notices
    channel = (await store.settings.of_server(interaction.guild_id)).news_channel
    gated = await _is_gated(interaction, story) and not (notices == "direct" and chosen.adult)
    told = told_where(notices, gated, guild, channel)
    if notices == "direct" and await store.news.unreached_since(reader) is not None:
        told += f" {say('follow-unreached')}"
    following = await store.follows.of(reader, story, guild)
    return follow_panel(story, following, told, by_server=notices == "server")


async def _is_gated(interaction: Interaction, story: StorySummary) -> bool:
    """Whether a story is for adults only."""
    open_to_all = store_for(interaction).for_audience(replace(audience_of(interaction), adult=False, direct=False))
    try:
        await open_to_all.stories.entry(story.id)
    except StoryGated:
        return True
    return False


@component(ShowFollow)
async def show_follow(interaction: Interaction, press: ShowFollow) -> None:
    """Whether the one who pressed follows a story and its author."""
    story = await store_for(interaction).stories.entry(press.story)
    await post(interaction, await _panel(interaction, story), private=True)


@component(Follow)
async def follow(interaction: Interaction, press: Follow) -> None:
    """Follow a story or its author, or do so no more."""
    store, reader = store_for(interaction), interaction.user.id
    story = await store.stories.entry(press.story)
    if press.subject == "author" and not story.author:
        raise ReaderError("button-unknown")
    if press.on:
        await store.follows.follow(reader, press.subject, story, interaction.guild_id or 0)
    else:
        number = story.id if press.subject == "story" else await store.follows.author_of(story)
        await store.follows.unfollow(reader, press.subject, number)
    await redraw(interaction, await _panel(interaction, story))


@component(TellMe)
async def tell_me(interaction: Interaction, press: TellMe) -> None:
    """Follow a story from its vote; what one then hears, and where, stands in a message of its own."""
    store, guild = store_for(interaction), interaction.guild_id or 0
    story = await store.stories.entry(press.story)
    await store.follows.follow(interaction.user.id, "story", story, guild)
    await post(interaction, await _panel(interaction, story), private=True)


@component(Unfollow)
async def unfollow(interaction: Interaction, press: Unfollow) -> None:
    """Unfollow, on a message that told news: for the one who pressed, also where others see it."""
    name = await store_for(interaction).follows.unfollow(interaction.user.id, press.subject, press.number)
    await post(interaction, unfollowed_screen(press.subject, name), private=True)


@component(FollowedPage)
async def turn_followed(interaction: Interaction, press: FollowedPage) -> None:
    """Previous or next page."""
    await redraw(interaction, await _list(interaction, press.page))


@component(DropFollowed)
async def drop_followed(interaction: Interaction, press: DropFollowed) -> None:
    """Follow no more what the list shows."""
    await store_for(interaction).follows.unfollow(interaction.user.id, press.subject, press.number)
    await redraw(interaction, await _list(interaction, press.page))


async def setup(bot: Oneshot) -> None:
    await bot.add_cog(Follows())
