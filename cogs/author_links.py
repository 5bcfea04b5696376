"""Who wrote a story: readers claim it, managers answer or name somebody, and whoever was named accepts or declines."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import ReaderError
from bot.interactions.audience import audience_of, store_for
from bot.interactions.client import Interaction, Oneshot
from bot.interactions.components import component
from bot.interactions.groups import author, manage_author
from bot.interactions.options import ShelfStory, StoryArgument
from bot.interactions.permissions import FOLDER, allow_linking, managed_shelves
from bot.interactions.replies import redraw, send
from bot.services.author_links import LinkDelivery, offers_of
from bot.services.outbox import Outbox
from bot.stories.model import StorySummary
from bot.ui.author_links import accepted_text, declined_text
from bot.ui.authors import (
    CLAIMS_SHOWN,
    Answering,
    answered_screen,
    claimed_screen,
    claims_screen,
    left_screen,
    link_screen,
)
from bot.ui.ids.authors import ClaimAction, LeaveStory, LinkAnswer, ShowLinkOffers
from bot.ui.screen import Screen


class LinkNews(Outbox):
    """Also wakes when a story was claimed, when a claim was answered, and when somebody was named."""

    def __init__(self, bot: Oneshot) -> None:
        super().__init__(bot, LinkDelivery(bot).deliver_due)

    @commands.Cog.listener()
    async def on_link_news(self) -> None:
        self.wake()


@author.command()
@app_commands.describe(story="Title or author")
async def claim(interaction: Interaction, story: StoryArgument) -> None:
    """Claim a story you wrote"""
    store, reader = store_for(interaction), interaction.user.id
    if await store.authors.wrote(reader, story.id):
        raise ReaderError("already-linked", title=story.title)
    if await store.link_offers.open(reader, 1, [story.id]):
        await send(interaction, await offers_of(interaction), private=True)
        return
    await store.claims.make(story.id, reader, await _answering_server(interaction, story))
    interaction.client.dispatch("link_news")
    await send(interaction, claimed_screen(story, await _answering(interaction, story)), private=True)


@manage_author.command()
async def claims(interaction: Interaction) -> None:
    """Answer pending claims"""
    await send(interaction, await _claims_screen(interaction), private=True)


@manage_author.command()
@app_commands.describe(story="Title or author", user="The author")
async def link(interaction: Interaction, story: ShelfStory, user: discord.User) -> None:
    """Ask someone to be linked to a story as its author"""
    await allow_linking(interaction, story)
    if user.bot:
        raise ReaderError("no-reader")
    if not isinstance(user, discord.Member):
        raise ReaderError("link-no-member")
    store, by = store_for(interaction), interaction.user.id
    if user.id == by:
        await store.authors.link(story.id, by)
        interaction.client.dispatch("shelved")
    else:
        await store.link_offers.make(story.id, user.id, by)
        interaction.client.dispatch("link_news")
    await send(interaction, link_screen(story, user.id, "linked" if user.id == by else "asked"), private=True)


@manage_author.command()
@app_commands.describe(story="Title or author", user="The author to unlink")
async def unlink(interaction: Interaction, story: ShelfStory, user: discord.User) -> None:
    """Unlink an author from a story"""
    await allow_linking(interaction, story)
    if not await store_for(interaction).authors.unlink(story.id, user.id, interaction.user.id):
        raise ReaderError("not-linked", title=story.title)
    await send(interaction, link_screen(story, user.id, "unlinked"), private=True)


async def _answering(interaction: Interaction, story: StorySummary) -> Answering:
    shelf = await store_for(interaction).authors.shelf(story.id)
    if shelf != FOLDER:
        return "here" if shelf == interaction.guild_id else "elsewhere"
    return "host"


async def _answering_server(interaction: Interaction, story: StorySummary) -> int:
    """The server whose managers are told of a claim; 0 where it waits in the lists of whoever runs the bot."""
    shelf = await store_for(interaction).authors.shelf(story.id)
    return (interaction.client.owner_server or 0) if shelf == FOLDER else shelf


async def _claims_screen(interaction: Interaction) -> Screen:
    shelves = await managed_shelves(interaction)
    return claims_screen(await store_for(interaction).claims.open(shelves, CLAIMS_SHOWN + 1) if shelves else [])


@component(ClaimAction)
async def on_claim(interaction: Interaction, press: ClaimAction) -> None:
    """Approve or decline a claim, for those who manage the story's shelf."""
    store, by = store_for(interaction), interaction.user.id
    claim = await store.claims.find(press.claim)
    await allow_linking(interaction, claim.story)
    approved = press.action == "approve"
    await (store.claims.approve(claim.id, by) if approved else store.claims.refuse(claim.id, by))
    interaction.client.dispatch("link_news")
    answered = answered_screen(claim, approved=approved, adult=audience_of(interaction).adult)
    await redraw(interaction, await _claims_screen(interaction) if press.listed else answered)


@component(LinkAnswer)
async def on_answer(interaction: Interaction, press: LinkAnswer) -> None:
    """Link the reader to the story that they were asked about, or leave them unlinked."""
    offers, reader = store_for(interaction).link_offers, interaction.user.id
    if press.action == "accept":
        done = accepted_text(await offers.accept(press.offer, reader))
        interaction.client.dispatch("shelved")  # those who follow the author have news
    else:
        done = declined_text(await offers.decline(press.offer, reader))
    await redraw(interaction, await offers_of(interaction, done))


@component(LeaveStory)
async def leave(interaction: Interaction, press: LeaveStory) -> None:
    """Unlink the member from a story of theirs, whatever its rating."""
    if not await store_for(interaction).authors.unlink(press.story, interaction.user.id):
        raise ReaderError("not-linked-any-more")
    await redraw(interaction, left_screen())


@component(ShowLinkOffers)
async def show_offers(interaction: Interaction, _: ShowLinkOffers) -> None:
    """Show what waits for the reader's answer."""
    await send(interaction, await offers_of(interaction), private=True)
