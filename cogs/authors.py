"""The statistics that authors see of their stories."""

import asyncio
from datetime import UTC, datetime

from discord import app_commands

from bot.domain.author_stats import AuthorStats
from bot.errors import ReaderError
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, picked_id
from bot.interactions.groups import author
from bot.interactions.options import StoryOption
from bot.interactions.replies import send, send_files
from bot.services.rights import allow, owners_store
from bot.store.stories import named
from bot.stories.folding import fold
from bot.stories.model import StorySummary
from bot.ui.author_stats import author_stats_screen, choose_story_screen, too_few_readers_screen
from bot.ui.author_stats_charts import charts_of
from bot.ui.author_stats_table import author_stats_csv
from bot.ui.ids.authors import ExportAuthorStats, PickAuthorStats, ShowAuthorStats
from bot.ui.limits import CHOICES, SELECT_OPTIONS
from bot.ui.story_lists import choice_name

SEARCHED = 400
"""Stories of one writer that are searched while they type."""


class WrittenStory(StoryOption):
    """A story, as `StoryOption` finds it; the stories that the member is linked to are offered."""

    async def autocomplete(self, interaction: Interaction, value: str, /) -> list[app_commands.Choice[str]]:  # type: ignore[override]
        written = await store_for(interaction).authors.stories(interaction.user.id, SEARCHED)
        fitting = [story for story in written if fold(value) in fold(story.title)][:CHOICES]
        return [app_commands.Choice(name=choice_name(story), value=named(story)) for story in fitting]


@author.command()
@app_commands.describe(story="One of those that you are linked to")
async def desk(
    interaction: Interaction, story: app_commands.Transform[StorySummary, WrittenStory] | None = None
) -> None:
    """How a story of yours is read: who began and finished, where they stop, what moved them. Counts only."""
    if story is None:
        written = await store_for(interaction).authors.stories(interaction.user.id, SELECT_OPTIONS + 1)
        if not written:
            raise ReaderError("nothing-written")
        if len(written) > 1:
            await send(interaction, choose_story_screen(written), private=True)
            return
        [story] = written
    await _show_author_stats(interaction, story)


async def _author_stats(interaction: Interaction, story: StorySummary) -> AuthorStats | None:
    """Return the statistics of the member's own story; None while too few have begun it. Raises `ReaderError`."""
    if not await store_for(interaction).authors.wrote(interaction.user.id, story.id):
        raise ReaderError("not-your-story", title=story.title)
    store = owners_store(interaction, (await store_for(interaction).uploads.ownership(story.id)).guild)
    readers = await store.author_stats.readership(story.id)
    if readers is None:
        return None
    since, weeks = await store.author_stats.weeks(story.id, int(interaction.client.clock()))
    has_vote = (await store.stories.wishes(story.id)).vote
    return AuthorStats(
        story=story,
        readers=readers,
        reactions=await store.reactions.tally(story.id),
        weeks=weeks,
        since=datetime.fromtimestamp(since, UTC).date(),
        heat=await store.reactions.heat(story.id),
        vote=await store.votes.standing(story.id, interaction.guild_id) if has_vote else None,
        saves=await store.leaderboard.saves(story.id),
        reviews=await store.review_lists.count(story.id, interaction.guild_id or 0),
    )


async def _show_author_stats(interaction: Interaction, story: StorySummary) -> None:
    stats = await _author_stats(interaction, story)
    if stats is None:
        await send(interaction, too_few_readers_screen(story), private=True)
        return
    await interaction.response.defer(ephemeral=True, thinking=True)
    charts = charts_of(stats)
    async with interaction.client.charting:
        drawn = await asyncio.to_thread(lambda: [(chart, chart.draw()) for chart in charts])
    await send(interaction, author_stats_screen(stats, drawn), private=True)


@component(PickAuthorStats)
async def pick_author_stats(interaction: Interaction, press: PickAuthorStats) -> None:
    """Open the statistics of the story that was picked."""
    await _show_author_stats(interaction, await store_for(interaction).stories.entry(picked_id(interaction)))


@component(ShowAuthorStats)
async def show_author_stats(interaction: Interaction, press: ShowAuthorStats) -> None:
    """Open the statistics of a story from its panel, wherever that is."""
    await allow(interaction, press.story, "see-stats")
    await _show_author_stats(interaction, (await store_for(interaction).uploads.own_story(press.story)).story)


@component(ExportAuthorStats)
async def send_author_stats(interaction: Interaction, press: ExportAuthorStats) -> None:
    """Send the statistics of a story as a CSV file."""
    await allow(interaction, press.story, "see-stats")
    story = (await store_for(interaction).uploads.own_story(press.story)).story
    stats = await _author_stats(interaction, story)
    if stats is None:
        await send(interaction, too_few_readers_screen(story), private=True)
        return
    await send_files(interaction, {"desk.csv": author_stats_csv(stats)})
