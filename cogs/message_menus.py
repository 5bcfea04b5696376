"""What the menu of a message has: of the bot's own messages, a quote is saved, and a page is read from there."""

import discord
from discord import app_commands

from bot.errors import ReaderError
from bot.interactions.client import Interaction
from bot.interactions.components import id_on
from bot.services.quotes import ask_sentences, keep_quote, open_in_context
from bot.services.reading import open_from
from bot.stories.model import Spot
from bot.ui.ids import AskJump, ReadFrom, SaveQuote, ShowPageReactions, UnfoldPage

_OF_A_PAGE = (UnfoldPage, ReadFrom, ShowPageReactions, AskJump)
"""Custom ids under a page, a shared one, a part of a serial and a page of an earlier version; each names its spot."""


@app_commands.context_menu(name="Save quote")
async def save_quote(interaction: Interaction, message: discord.Message) -> None:
    """Save the quote of a message; of a page, ask which sentences."""
    match _carried(interaction, message):
        case Spot() as spot:
            await ask_sentences(interaction, spot)
        case quote:
            await keep_quote(interaction, quote)


@app_commands.context_menu(name="Read from here")
async def read_from_here(interaction: Interaction, message: discord.Message) -> None:
    """Open the page of a message, or the one that its quote is from, privately."""
    match _carried(interaction, message):
        case Spot() as spot:
            await open_from(interaction, spot)
        case quote:
            await open_in_context(interaction, quote)


def _carried(interaction: Interaction, message: discord.Message) -> Spot | int:
    """Return the spot of the page, or the id of the quote, that a message of the bot carries. Raises `ReaderError`."""
    bot = interaction.client.user
    if bot is not None and message.author.id == bot.id:
        if (quote := id_on(message, SaveQuote)) is not None:
            return quote.quote
        for kind in _OF_A_PAGE:
            if (page := id_on(message, kind)) is not None:
                return Spot(page.chapter, page.offset)
    raise ReaderError("message-without-quote")
