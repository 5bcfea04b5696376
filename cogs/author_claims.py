"""Who wrote a story: readers claim it, and whoever may answer links them; managers and authors unlink."""

import discord
from discord import app_commands

from bot.errors import ReaderError
from bot.interactions.answering import LOOKUP
from bot.interactions.audience import audience_of, store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component
from bot.interactions.groups import author, manage_author
from bot.interactions.options import ShelfStory, StoryArgument
from bot.interactions.permissions import allow_unlinking, managed_shelves
from bot.interactions.replies import redraw, send
from bot.services.rights import allow_answering
from bot.ui.authors import (
    CLAIMS_SHOWN,
    answered_screen,
    claimed_screen,
    claims_screen,
    left_screen,
    unlinked_screen,
)
from bot.ui.ids.authors import ClaimAction, LeaveStory, ShowClaims
from bot.ui.screen import Screen


@author.command()
@app_commands.describe(story="Title or author")
async def claim(interaction: Interaction, story: StoryArgument) -> None:
    """Claim a story you wrote"""
    store, reader = store_for(interaction), interaction.user.id
    if await store.authors.wrote(reader, story.id):
        raise ReaderError("already-linked", title=story.title)
    made = await store.claims.find(await store.claims.make(story.id, reader, interaction.client.owner_server or 0))
    interaction.client.dispatch("notice")
    is_here = await store.authors.shelf(story.id) == interaction.guild_id
    await send(interaction, claimed_screen(made, here=is_here), private=True)


@manage_author.command(extras=LOOKUP)
async def claims(interaction: Interaction) -> None:
    """Answer pending claims"""
    await send(interaction, await _claims_screen(interaction), private=True)


@manage_author.command()
@app_commands.describe(story="Title or author", user="The author to unlink")
async def unlink(interaction: Interaction, story: ShelfStory, user: discord.User) -> None:
    """Unlink an author from a story"""
    await allow_unlinking(interaction, story)
    if not await store_for(interaction).authors.unlink(story.id, user.id, interaction.user.id):
        raise ReaderError("not-linked", title=story.title)
    await send(interaction, unlinked_screen(story, user.id), private=True)


async def _claims_screen(interaction: Interaction) -> Screen:
    shelves = await managed_shelves(interaction)
    return claims_screen(await store_for(interaction).claims.open(interaction.user.id, shelves, CLAIMS_SHOWN + 1))


@component(ShowClaims, work="lookup")
async def show_claims(interaction: Interaction, _: ShowClaims) -> None:
    """Show the claims that wait for the member's answer."""
    await send(interaction, await _claims_screen(interaction), private=True)


@component(ClaimAction)
async def on_claim(interaction: Interaction, press: ClaimAction) -> None:
    """Approve or decline a claim, for those for whom it waits."""
    store, by = store_for(interaction), interaction.user.id
    claim = await store.claims.find(press.claim)
    await allow_answering(interaction, claim)
    approved = press.action == "approve"
    await (store.claims.approve(claim.id, by) if approved else store.claims.refuse(claim.id, by))
    for news in ("notice", "shelved"):  # those who follow a new author have news, too
        interaction.client.dispatch(news)
    if press.listed:
        await redraw(interaction, await _claims_screen(interaction))
        return
    adult = claim.answers in ("author", "uploader") or audience_of(interaction).adult
    await redraw(interaction, answered_screen(claim, approved=approved, adult=adult))


@component(LeaveStory)
async def leave(interaction: Interaction, press: LeaveStory) -> None:
    """Unlink the member from a story of theirs, whatever its rating."""
    if not await store_for(interaction).authors.unlink(press.story, interaction.user.id):
        raise ReaderError("not-linked-any-more")
    await redraw(interaction, left_screen())
