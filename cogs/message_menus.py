"""Context menus of the bot's messages: save the quote in a message, or read from the page in a message."""

import discord
from discord import app_commands

from bot.errors import ReaderError
from bot.interactions.client import Interaction
from bot.interactions.components import id_on
from bot.services.quotes import ask_sentences, keep_quote, open_in_context
from bot.services.reading import open_from
from bot.stories.model import Spot
from bot.ui.ids import AskJump, ReadFrom, SaveQuote, ShowPageReactions, UnfoldPage

_PAGE_IDS = (UnfoldPage, ReadFrom, ShowPageReactions, AskJump)
"""Kinds of custom ids that contain a page's spot; each kind of message that shows a page has at least one of them."""


@app_commands.context_menu(name="Save quote")
async def save_quote(interaction: Interaction, message: discord.Message) -> None:
    """Save the quote in a message; for a page, ask which sentences to quote."""
    match _content_of(interaction, message):
        case Spot() as spot:
            await ask_sentences(interaction, spot)
        case quote:
            await keep_quote(interaction, quote)


@app_commands.context_menu(name="Read here")
async def read_from_here(interaction: Interaction, message: discord.Message) -> None:
    """Open the page in a message, or the page of its quote, privately."""
    match _content_of(interaction, message):
        case Spot() as spot:
            await open_from(interaction, spot)
        case quote:
            await open_in_context(interaction, quote)


def _content_of(interaction: Interaction, message: discord.Message) -> Spot | int:
    """Return a page's spot or a quote's id from the custom ids of a message. Raises `ReaderError` if it has neither."""
    bot = interaction.client.user
    if bot is not None and message.author.id == bot.id:
        if (quote := id_on(message, SaveQuote)) is not None:
            return quote.quote
        for kind in _PAGE_IDS:
            if (page := id_on(message, kind)) is not None:
                return Spot(page.chapter, page.offset)
    raise ReaderError("message-without-quote")
