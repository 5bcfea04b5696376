"""Votes on whether a story should go on."""

from asyncio import gather
from functools import partial

from discord import app_commands

from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component
from bot.interactions.options import StoryArgument
from bot.interactions.refresh import draw_if_on
from bot.interactions.replies import redraw, send, speak_to
from bot.services.pages import is_following, is_private, post, rerender, votable, vote_role
from bot.ui.custom_id import Snowflake
from bot.ui.ids.votes import CastVote, ShowVote, WithdrawVote
from bot.ui.screen import Screen
from bot.ui.votes import vote_panel, vote_receipt, withdrawn_receipt


@app_commands.command()
@app_commands.describe(story="Title or author")
async def vote(interaction: Interaction, story: StoryArgument) -> None:
    """Vote on whether a story should continue"""
    await post(interaction, await rerender(interaction, "vote", story.id, 0, 0), private=True)


@component(ShowVote)
async def show_vote(interaction: Interaction, press: ShowVote) -> None:
    """Show the vote on the story of a card."""
    await post(interaction, await rerender(interaction, "vote", press.story, 0, 0), private=True)


@component(CastVote)
async def cast(interaction: Interaction, press: CastVote) -> None:
    """Save a vote, draw the message again for all, and send a private receipt."""
    store, message = store_for(interaction), interaction.message
    entry, role, follows = await gather(
        votable(interaction, press.story),
        vote_role(interaction, press.story),
        is_following(interaction, press.story),
    )
    vote = await store.votes.cast(press.story, interaction.user.id, press.choice, interaction.guild_id)
    shown = vote_panel(entry, vote, press.choice, role, follows=follows) if press.screen == "vote" else None
    await interaction.client.refresher.answer(interaction, partial(_screen, interaction, press), shown)
    public = message.id if message is not None and not is_private(interaction) else 0
    withdraw = WithdrawVote(press.story, Snowflake(public), press.screen, press.chapter, press.offset)
    if press.screen != "vote":  # the panel itself says what was voted
        await send(interaction, vote_receipt(entry, vote, press.choice, withdraw, follows=follows), private=True)


@component(WithdrawVote)
async def withdraw(interaction: Interaction, press: WithdrawVote) -> None:
    """Withdraw a vote, and draw again both its receipt and the message it was cast on."""
    store = store_for(interaction)
    entry = await store.stories.entry(press.story)
    had = await store.votes.withdraw(press.story, interaction.user.id)
    if press.screen == "vote":
        await redraw(interaction, await rerender(interaction, "vote", press.story, 0, 0))
        return
    vote = await store.votes.standing(press.story, interaction.guild_id)
    await redraw(interaction, withdrawn_receipt(entry, vote, had))
    if press.message:
        interaction.client.refresher.soon(press.message, partial(_redraw_vote, interaction, press))


async def _screen(interaction: Interaction, press: CastVote | WithdrawVote) -> Screen:
    """Return what a message with a vote shows now."""
    return await rerender(interaction, press.screen, press.story, press.chapter, press.offset)


async def _redraw_vote(interaction: Interaction, press: WithdrawVote) -> None:
    """Draw the message that a vote was cast on, if it still shows that vote: its page may have been turned."""
    speak_to(interaction, alone=False)
    channel = interaction.client.get_partial_messageable(interaction.channel_id or 0, guild_id=interaction.guild_id)
    button = CastVote("continue", press.story, press.screen, press.chapter, press.offset)
    await draw_if_on(await channel.fetch_message(press.message), str(button), partial(_screen, interaction, press))
