"""Authors: readers claim a story, whoever may answer links them, and authors see the statistics of their stories."""

import asyncio
from datetime import UTC, datetime

import discord
from discord import app_commands

from bot.cards import bars_png
from bot.domain.author_stats import AuthorStats
from bot.errors import ReaderError
from bot.interactions.allowances import spend
from bot.interactions.answering import LOOKUP
from bot.interactions.audience import audience_of, store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component
from bot.interactions.groups import author, manage_author
from bot.interactions.options import ShelfStory, StoryArgument
from bot.interactions.permissions import managed_shelves
from bot.interactions.replies import redraw, send, send_files, think
from bot.services.rights import allow, allow_answering, allow_unlinking, owners_store
from bot.stories.model import StorySummary
from bot.ui.author_stats import author_stats_screen
from bot.ui.author_stats_charts import Chart, charts_of
from bot.ui.author_stats_table import author_stats_csv
from bot.ui.authors import (
    CLAIMS_SHOWN,
    answered_screen,
    claimed_screen,
    claims_screen,
    left_screen,
    unlinked_screen,
)
from bot.ui.ids.authors import ClaimAction, ExportAuthorStats, LeaveStory, ShowAuthorStats, ShowClaims
from bot.ui.screen import Screen

QUESTIONS = 10
"""Of a story, the newest, that its statistics have."""


@author.command()
@app_commands.describe(story="Title or author")
async def claim(interaction: Interaction, story: StoryArgument) -> None:
    """Claim a story you wrote"""
    authors = store_for(interaction).authors
    made = await authors.claim(story.id, interaction.user.id, interaction.client.owner_server or 0)
    interaction.client.dispatch("notice")
    is_here = await authors.shelf(story.id) == interaction.guild_id
    await send(interaction, claimed_screen(made, here=is_here), private=True)


@manage_author.command(extras=LOOKUP)
async def claims(interaction: Interaction) -> None:
    """Answer pending claims"""
    await send(interaction, await _claims_screen(interaction), private=True)


@manage_author.command()
@app_commands.describe(story="Title or author", user="The author to unlink")
async def unlink(interaction: Interaction, story: ShelfStory, user: discord.User) -> None:
    """Unlink an author from a story"""
    await allow_unlinking(interaction, story.id)
    if not await store_for(interaction).authors.unlink(story.id, user.id, interaction.user.id):
        raise ReaderError("not-linked", title=story.title)
    await send(interaction, unlinked_screen(story, user.id), private=True)


async def _claims_screen(interaction: Interaction) -> Screen:
    shelves = await managed_shelves(interaction)
    return claims_screen(await store_for(interaction).authors.claims(interaction.user.id, shelves, CLAIMS_SHOWN + 1))


@component(ShowClaims, work="lookup")
async def show_claims(interaction: Interaction, _: ShowClaims) -> None:
    """Show the claims that wait for the member's answer."""
    await send(interaction, await _claims_screen(interaction), private=True)


@component(ClaimAction)
async def on_claim(interaction: Interaction, press: ClaimAction) -> None:
    """Approve or decline a claim, for those for whom it waits."""
    authors, by = store_for(interaction).authors, interaction.user.id
    claim = await authors.find_claim(press.claim)
    await allow_answering(interaction, claim)
    approved = press.action == "approve"
    await (authors.approve(claim, by) if approved else authors.refuse(claim, by))
    interaction.client.dispatch("notice")
    if press.listed:
        await redraw(interaction, await _claims_screen(interaction))
        return
    adult = interaction.guild_id is None or audience_of(interaction).adult  # members are asked by direct message
    await redraw(interaction, answered_screen(claim, approved=approved, adult=adult))


@component(LeaveStory)
async def leave(interaction: Interaction, press: LeaveStory) -> None:
    """Unlink the member from a story of theirs, whatever its rating."""
    if not await store_for(interaction).authors.unlink(press.story, interaction.user.id):
        raise ReaderError("not-linked-any-more")
    await redraw(interaction, left_screen())


async def _author_stats(interaction: Interaction, story: StorySummary) -> AuthorStats:
    """Return the statistics of the member's own story."""
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
