"""The statistics that authors see of their stories."""

import asyncio
from datetime import UTC, datetime

from bot.cards import bars_png
from bot.domain.author_stats import AuthorStats
from bot.errors import ReaderError
from bot.interactions.allowances import spend
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component
from bot.interactions.replies import send, send_files, think
from bot.services.rights import allow, owners_store
from bot.stories.model import StorySummary
from bot.ui.author_stats import author_stats_screen
from bot.ui.author_stats_charts import Chart, charts_of
from bot.ui.author_stats_table import author_stats_csv
from bot.ui.ids.authors import ExportAuthorStats, ShowAuthorStats

QUESTIONS = 10
"""Of a story, the newest, that its statistics have."""


async def _author_stats(interaction: Interaction, story: StorySummary) -> AuthorStats:
    """Return the statistics of the member's own story. Raises `ReaderError`."""
    if not await store_for(interaction).authors.wrote(interaction.user.id, story.id):
        raise ReaderError("not-your-story", title=story.title)
    store = owners_store(interaction, (await store_for(interaction).uploads.ownership(story.id)).guild)
    since, weeks = await store.author_stats.weeks(story.id, int(interaction.client.clock()))
    return AuthorStats(
        story=story,
        readers=await store.author_stats.readership(story.id),
        reactions=await store.reactions.tally(story.id),
        weeks=weeks,
        since=datetime.fromtimestamp(since, UTC).date(),
        heat=await store.heats.find(story.id),
        questions=[
            each
            for each in await store.questions.of(story.id, interaction.guild_id, QUESTIONS)
            if story.wishes.vote or not each.is_default
        ],
        saves=await store.leaderboard.saves(story.id),
        reviews=await store.review_lists.count(story.id, interaction.guild_id or 0),
    )


async def _show_author_stats(interaction: Interaction, story: StorySummary) -> None:
    stats = await _author_stats(interaction, story)
    charts, drawn = charts_of(stats), list[tuple[Chart, bytes]]()
    if charts:
        spend(interaction, "image")
        await think(interaction)
        async with interaction.client.charting:
            drawn = await asyncio.to_thread(lambda: [(chart, bars_png(chart.bars)) for chart in charts])
    await send(interaction, author_stats_screen(stats, drawn), private=True)


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
    spend(interaction, "export")
    await send_files(interaction, {"desk.csv": author_stats_csv(stats)})
