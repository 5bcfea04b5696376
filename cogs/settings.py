"""Settings: panels where readers, and managers of a server, choose how the bot works for them."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import discord
import regex
from discord import app_commands

from bot.domain.reactions import Emoji
from bot.domain.settings import ADDERS, NOTICES, OFFERED_AT_MOST, ReaderSettings, ServerSettings
from bot.errors import ReaderError
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, known, modal, number_in, picked, typed
from bot.interactions.replies import ask, redraw
from bot.services.pages import offered_reactions, post, show_review_news
from bot.store.chapters import LENGTHS
from bot.ui.custom_id import SNOWFLAKE_DIGITS
from bot.ui.ids.settings import AskOfferedReactions, OfferedReactionsModal, SetReaderOption, SetServerOption
from bot.ui.settings import reactions_modal, read_yes_no, reader_panel, server_panel


@app_commands.command()
async def settings(interaction: Interaction) -> None:
    """How long your pages are, who sees them, spoilers, and news of what you follow."""
    chosen = await store_for(interaction).settings.of_reader(interaction.user.id)
    await post(interaction, reader_panel(chosen), private=True)
    if await store_for(interaction).authors.writes(interaction.user.id):
        await show_review_news(interaction)


@app_commands.command()
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_guild=True)
async def server(interaction: Interaction) -> None:
    """For those who run this server: news, who may add stories, who sees pages, reactions."""
    chosen = await store_for(interaction).settings.of_server(interaction.guild_id)
    await post(interaction, server_panel(chosen), private=True)


@component(SetReaderOption)
async def set_reader(interaction: Interaction, press: SetReaderOption) -> None:
    """Change one setting of the reader who pressed."""
    settings, value = store_for(interaction).settings, picked(interaction)
    chosen = await settings.change_reader(interaction.user.id, partial(_reader, what=press.option, value=value))
    await redraw(interaction, reader_panel(chosen))


def _reader(chosen: ReaderSettings, what: str, value: str) -> ReaderSettings:
    match what:
        case "length":
            return replace(chosen, page_length=known(LENGTHS, value))
        case "private":
            return replace(chosen, private=read_yes_no(value))
        case "adult":
            return replace(chosen, adult=value == "yes")
        case "veil":
            return replace(chosen, veil=value != "no")
        case _:
            return replace(chosen, notices=known(NOTICES, value))


@component(SetServerOption)
async def set_server(interaction: Interaction, press: SetServerOption) -> None:
    """Change one setting of the server."""
    _only_managers(interaction)
    await _change_server(interaction, partial(_server, what=press.option, value=picked(interaction)))


async def _change_server(interaction: Interaction, change: Callable[[ServerSettings], ServerSettings]) -> None:
    chosen = await store_for(interaction).settings.change_server(interaction.guild_id or 0, change)
    await redraw(interaction, server_panel(chosen))


def _server(chosen: ServerSettings, what: str, value: str) -> ServerSettings:
    match what:
        case "news":
            return replace(chosen, news_channel=number_in(value, SNOWFLAKE_DIGITS))
        case "adders":
            return replace(chosen, adders=known(ADDERS, value))
        case "role":
            role = number_in(value, SNOWFLAKE_DIGITS)
            return replace(chosen, adders_role=role, adders="role" if role else chosen.adders)
        case _:
            return replace(chosen, private=read_yes_no(value))


def _only_managers(interaction: Interaction) -> None:
    """Raise `ReaderError` for others: a panel is private, but a custom id can be forged."""
    if not (interaction.guild_id and interaction.permissions.manage_guild):
        raise ReaderError("button-unknown")


@component(AskOfferedReactions)
async def ask_reactions(interaction: Interaction, _: AskOfferedReactions) -> None:
    """Ask which reactions the server offers."""
    await ask(interaction, reactions_modal(await offered_reactions(interaction)))


@modal(OfferedReactionsModal)
async def take_reactions(interaction: Interaction, _: OfferedReactionsModal) -> None:
    """Offer the reactions that were typed; with none typed, the bot's own."""
    _only_managers(interaction)
    offered = [await _emoji(interaction, text) for text in _EMOJI.findall(typed(interaction, "reactions"))]
    kept = tuple(dict.fromkeys(offered))[:OFFERED_AT_MOST] or None
    await _change_server(interaction, lambda chosen: replace(chosen, reactions=kept))


_EMOJI = regex.compile(r"<a?:\w{2,32}:\d{1,20}>|:\w{2,32}:|(?!\s)\X")


async def _emoji(interaction: Interaction, text: str) -> Emoji:
    """Return an emoji that the bot can show on a button. Raises `ReaderError`."""
    emoji = Emoji.read(text)
    if emoji.name is None:
        if not regex.search(r"\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3", text):
            raise ReaderError("not-an-emoji", typed=text[:40])
        return emoji
    try:
        assert interaction.guild is not None
        found = await interaction.guild.fetch_emoji(int(emoji.key))
    except (discord.HTTPException, AssertionError):
        raise ReaderError("not-an-emoji", typed=text[:40]) from None
    return Emoji(emoji.key, found.name, found.animated, usable=True)
