"""Settings of a server: a panel for its managers, and the first steps of a server that is new here."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import get_args

import discord
import regex
from discord.ext import commands

from bot.domain.reactions import Emoji
from bot.domain.settings import ADDERS, LINKS, OFFERED_AT_MOST, LimitName, ServerSettings, most_of
from bot.errors import ReaderError
from bot.interactions.answering import LOOKUP
from bot.interactions.audience import store_for
from bot.interactions.channels import allow_posting, closed_channel
from bot.interactions.client import Interaction, Oneshot
from bot.interactions.components import component, known, modal, number_in, picked, snowflake_in, typed
from bot.interactions.groups import manage
from bot.interactions.replies import ask, redraw, redraw_or_send, send
from bot.services.first_steps import first_steps_of, greet
from bot.services.pages import offered_reactions
from bot.services.server_rights import allow_here
from bot.ui.first_steps import first_steps_screen, first_story_screen
from bot.ui.ids.settings import (
    AskLimits,
    AskOfferedReactions,
    FirstStep,
    LimitsModal,
    OfferedReactionsModal,
    ServerOption,
    SetServerOption,
    SettingsSection,
    ShowServerSection,
)
from bot.ui.screen import Screen
from bot.ui.server_settings import LIMITS, SECTION_OF, channel_of, limits_modal, reactions_modal, server_panel
from bot.ui.settings import read_yes_no


@manage.command(name="settings", extras=LOOKUP)
async def manage_settings(interaction: Interaction) -> None:
    """Change the updates channel, who can add stories, limits, moderators and reactions"""
    await allow_here(interaction, "set")
    steps = await first_steps_of(store_for(interaction), interaction.guild_id or 0)
    if steps.are_shown:
        await send(interaction, first_steps_screen(steps, private=True), private=True)
    else:
        await _show(interaction, "updates")


async def _show(interaction: Interaction, section: SettingsSection, *, again: bool = False) -> None:
    await allow_here(interaction, "set")
    chosen = await store_for(interaction).settings.of_server(interaction.guild_id)
    await redraw_or_send(interaction, _panel(interaction, chosen, section), again=again)


def _panel(interaction: Interaction, chosen: ServerSettings, section: SettingsSection) -> Screen:
    """Return a subject's panel, which says where the bot cannot post."""
    channel, guild = channel_of(chosen, section), interaction.guild
    closed = closed_channel(interaction.client, guild, channel) if channel and guild else None
    return server_panel(chosen.within(store_for(interaction).uploads_megabytes), section, closed)


@component(ShowServerSection, work="lookup")
async def show_section(interaction: Interaction, _: ShowServerSection) -> None:
    """Show another subject."""
    await _show(interaction, known(get_args(SettingsSection), picked(interaction)), again=True)


@component(SetServerOption)
async def set_server(interaction: Interaction, press: SetServerOption) -> None:
    """Change one setting of the server; a channel is one where the bot may write."""
    await allow_here(interaction, "set")
    value = picked(interaction)
    if press.option in ("news", "reports", "managers") and value:
        _allow_channel(interaction, value)
    await _change(interaction, partial(_changed, what=press.option, value=value), SECTION_OF[press.option])


def _allow_channel(interaction: Interaction, value: str) -> None:
    channel = interaction.guild and interaction.guild.get_channel(snowflake_in(value) or 0)
    if not isinstance(channel, discord.TextChannel):
        raise ReaderError("channel-unknown")
    allow_posting(channel)


async def _change(
    interaction: Interaction, change: Callable[[ServerSettings], ServerSettings], section: SettingsSection
) -> None:
    settings = store_for(interaction).settings
    chosen = await settings.change_server(interaction.guild_id or 0, change, interaction.user.id)
    await redraw(interaction, _panel(interaction, chosen, section))


def _changed(chosen: ServerSettings, what: ServerOption, value: str) -> ServerSettings:
    number = snowflake_in(value)
    match what:
        case "news":
            return replace(chosen, news_channel=number)
        case "reports":
            return replace(chosen, reports_channel=number)
        case "managers":
            return replace(chosen, managers_channel=number)
        case "moderators":
            return replace(chosen, moderators_role=number)
        case "adders":
            return replace(chosen, adders=known(ADDERS, value))
        case "role":
            return replace(chosen, adders_role=number, adders="role" if number else chosen.adders)
        case "approval":
            return replace(chosen, approval=value == "yes")
        case "links":
            return replace(chosen, links=known(LINKS, value))
        case "private":
            return replace(chosen, private=read_yes_no(value))


@component(AskLimits, work="form")
async def ask_limits(interaction: Interaction, _: AskLimits) -> None:
    """Ask for the limits of what members submit."""
    await allow_here(interaction, "set")
    store = store_for(interaction)
    await ask(interaction, limits_modal(await store.settings.of_server(interaction.guild_id), store.uploads_megabytes))


@modal(LimitsModal)
async def take_limits(interaction: Interaction, _: LimitsModal) -> None:
    """Save the limits that were typed."""
    await allow_here(interaction, "set")
    limits = {name: _limit(interaction, name) for name in LIMITS}
    await _change(interaction, lambda chosen: replace(chosen, **limits), "submissions")


def _limit(interaction: Interaction, name: LimitName) -> int:
    number = number_in(typed(interaction, name).strip(), digits=5)
    most = most_of(name, store_for(interaction).uploads_megabytes)
    if number is None or not 1 <= number <= most:
        raise ReaderError("limit-not-possible", most=most, limit=name)
    return number


@component(AskOfferedReactions, work="form")
async def ask_reactions(interaction: Interaction, _: AskOfferedReactions) -> None:
    """Ask which reactions the server offers."""
    await allow_here(interaction, "set")
    await ask(interaction, reactions_modal(await offered_reactions(interaction)))


@modal(OfferedReactionsModal)
async def take_reactions(interaction: Interaction, _: OfferedReactionsModal) -> None:
    """Offer the reactions that were typed; with none typed, the bot's own."""
    await allow_here(interaction, "set")
    offered = [await _emoji(interaction, text) for text in _EMOJI.findall(typed(interaction, "reactions"))]
    kept = tuple(dict.fromkeys(offered))[:OFFERED_AT_MOST] or None
    await _change(interaction, lambda chosen: replace(chosen, reactions=kept), "reading")


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


# -- the first steps ------------------------------------------------------------------------


class FirstSteps(commands.Cog):
    """Greets a server that the bot joins."""

    def __init__(self, bot: Oneshot) -> None:
        self._bot = bot

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Post the first steps where Discord posts its own notices, if the bot may write there."""
        await greet(self._bot.store, guild)


@component(FirstStep)
async def take_step(interaction: Interaction, press: FirstStep) -> None:
    """Open what a first step is about; the card stays for those who see it."""
    await allow_here(interaction, "set")
    again = interaction.message is not None and interaction.message.flags.ephemeral
    match press.step:
        case "updates" | "all":
            await _show(interaction, "updates", again=again)
        case "submissions":
            await _show(interaction, "submissions", again=again)
        case "story":
            await redraw_or_send(interaction, first_story_screen(), again=again)
        case "hide":
            settings, guild = store_for(interaction).settings, interaction.guild_id or 0
            await settings.change_server(guild, lambda chosen: replace(chosen, steps_hidden=True), interaction.user.id)
            await _show(interaction, "updates", again=again)
