"""Following: readers follow stories and authors, and get notices of their updates."""

from dataclasses import replace

from bot.errors import ReaderError, StoryGated
from bot.interactions.audience import audience_of, store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, picked
from bot.interactions.messages import redraw_or_send, tell, unfolded_here
from bot.interactions.replies import redraw
from bot.services.me import me_screen
from bot.services.posts import post
from bot.stories.model import StorySummary
from bot.texts import say
from bot.ui.follows import follow_panel, news_destination_text, read_followed, unfollowed_screen
from bot.ui.ids import Follow, FollowFromVote, PickUnfollowed, ShowFollow, Unfollow
from bot.ui.screen import Screen


async def _panel(interaction: Interaction, story: StorySummary) -> Screen:
    store, reader = store_for(interaction), interaction.user.id
    following = await store.follows.of(reader, story.id, interaction.guild_id or 0)
    by_server = (await store.settings.of_reader(reader)).notices == "server"
    return follow_panel(story, following, await _destination(interaction, story), by_server=by_server)


async def _destination(interaction: Interaction, story: StorySummary) -> str:
    """Return where the reader gets updates on a story, in words."""
    store = store_for(interaction)
    chosen = await store.settings.of_reader(interaction.user.id)
    notices = chosen.notices
    channel = (await store.settings.of_server(interaction.guild_id)).news_channel
    gated = await _is_gated(interaction, story) and not (notices == "direct" and chosen.adult)
    where = news_destination_text(notices, gated, interaction.guild_id or 0, channel)
    if notices == "direct" and chosen.unreached_at is not None:
        where += f" {say('follow-unreached')}"
    return where


async def _line(interaction: Interaction, story: StorySummary) -> str:
    """Return whether the reader follows a story, and where they get its updates."""
    following = await store_for(interaction).follows.of(interaction.user.id, story.id, interaction.guild_id or 0)
    if following.story == "none":
        return say("follow-story-not")
    return say("follow-line", destination=await _destination(interaction, story))


async def _is_gated(interaction: Interaction, story: StorySummary) -> bool:
    """Return whether a story is hidden in channels without an age restriction."""
    open_to_all = store_for(interaction).for_audience(replace(audience_of(interaction), adult=False, direct=False))
    try:
        await open_to_all.stories.entry(story.id)
    except StoryGated:
        return True
    return False


@component(ShowFollow, work="lookup")
async def show_follow(interaction: Interaction, press: ShowFollow) -> None:
    """Show the panel to follow a story or its author: within the reader's own card or page, else privately."""
    story = await store_for(interaction).stories.entry(press.story)
    panel = await _panel(interaction, story)
    if not await unfolded_here(interaction, panel, await _line(interaction, story)):
        await post(interaction, panel, private=True)


@component(Follow)
async def follow(interaction: Interaction, press: Follow) -> None:
    """Follow or unfollow a story or its authors."""
    store, reader = store_for(interaction), interaction.user.id
    story = await store.stories.entry(press.story)
    if press.on:
        await store.follows.follow(reader, press.subject, story.id, interaction.guild_id or 0)
    elif press.subject == "author":
        await store.follows.unfollow_authors(reader, story.id)
    else:
        await store.follows.unfollow(reader, press.subject, story.id)
    panel = await _panel(interaction, story)
    if not await unfolded_here(interaction, panel, await _line(interaction, story)):
        await redraw(interaction, panel)


@component(FollowFromVote)
async def follow_from_vote(interaction: Interaction, press: FollowFromVote) -> None:
    """Follow a story from its question, and say so there."""
    store, guild = store_for(interaction), interaction.guild_id or 0
    story = await store.stories.entry(press.story)
    await store.follows.follow(interaction.user.id, "story", story.id, guild)
    await tell(interaction, await _line(interaction, story), await _panel(interaction, story))


@component(Unfollow)
async def unfollow(interaction: Interaction, press: Unfollow) -> None:
    """Unfollow by the button of a notice of an update; confirm privately, since others may see the notice."""
    follows = store_for(interaction).follows
    was_followed = await follows.unfollow(interaction.user.id, press.subject, press.number)
    name = await follows.name(press.number) if was_followed and press.subject == "author" else None
    await post(interaction, unfollowed_screen(press.subject, name), private=True)


@component(PickUnfollowed)
async def pick_unfollowed(interaction: Interaction, press: PickUnfollowed) -> None:
    """Unfollow the story or author picked in the list."""
    if (found := read_followed(picked(interaction))) is None:
        raise ReaderError("button-unknown")
    await store_for(interaction).follows.unfollow(interaction.user.id, *found)
    await redraw_or_send(interaction, await me_screen(interaction, "following", press.page))
