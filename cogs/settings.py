"""Settings of readers and of servers, and the first steps of managers to set up the bot."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import discord
import regex
from discord import app_commands
from discord.ext import commands

from bot.domain.reactions import Emoji
from bot.domain.settings import (
    READER,
    READER_SECTIONS,
    REVIEWS,
    SERVER,
    SERVER_SECTIONS,
    Channel,
    Choice,
    Number,
    ReaderSection,
    Role,
    ServerSection,
    ServerSettings,
    Setting,
    read_warnings,
)
from bot.domain.zones import meant_zones
from bot.errors import ReaderError
from bot.interactions.answering import LOOKUP
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction, Oneshot
from bot.interactions.components import component, known, modal, number_in, picked, snowflake_in, typed
from bot.interactions.groups import manage
from bot.interactions.messages import redraw_or_send
from bot.interactions.permissions import allow_posting, closed_channel
from bot.interactions.replies import ask, redraw, send
from bot.services.first_steps import first_steps_of, greet
from bot.services.reactions import offered_reactions
from bot.services.rights import allow_here
from bot.texts import listed
from bot.ui.ids import (
    OLD_NAMES,
    AskLimits,
    AskOfferedReactions,
    AskWarnings,
    AskZone,
    FirstStep,
    LimitsModal,
    OfferedReactionsModal,
    SetReaderOption,
    SetReviewNews,
    SetServerOption,
    ShowReaderSection,
    ShowReviewNews,
    ShowServerSection,
    WarningsModal,
    ZoneModal,
)
from bot.ui.reactions import OFFERED_AT_MOST
from bot.ui.reviews import review_news_panel
from bot.ui.screen import Screen
from bot.ui.settings import (
    first_steps_screen,
    first_story_screen,
    limits_modal,
    reactions_modal,
    reader_panel,
    server_panel,
    warnings_modal,
    zone_modal,
)


def _selected_setting(settings: Mapping[str, Setting], name: str) -> Setting:
    """Return the setting *name* of a select. Raises `ReaderError` if no select changes such a setting."""
    setting = settings.get(OLD_NAMES.get(name, name))
    if setting is None or setting.section is None or not isinstance(setting.kind, Choice | Channel | Role):
        raise ReaderError("button-unknown")
    return setting


def _picked_value(interaction: Interaction, setting: Setting) -> object:
    """Return the value picked for a setting. Raises `ReaderError` for an invalid value."""
    if isinstance(setting.kind, Channel):
        return _picked_channel(interaction)
    return snowflake_in(picked(interaction)) if isinstance(setting.kind, Role) else setting.read(picked(interaction))


def _picked_channel(interaction: Interaction) -> int | None:
    """Return the id of the picked channel, if any. Raises `ReaderError` if the bot may not post there."""
    if not (number := picked(interaction)):
        return None
    channel = interaction.guild and interaction.guild.get_channel(snowflake_in(number) or 0)
    if not isinstance(channel, discord.TextChannel):
        raise ReaderError("channel-unknown")
    allow_posting(channel)
    return channel.id


# -- readers --------------------------------------------------------------------------------


@app_commands.command(extras=LOOKUP)
async def settings(interaction: Interaction) -> None:
    """Change page length, spoilers and notifications"""
    await send(interaction, await _reader_screen(interaction, "first"), private=True)


@component(ShowReaderSection, work="lookup")
async def show_reader_section(interaction: Interaction, press: ShowReaderSection) -> None:
    """Show a section of the reader's settings."""
    await redraw(interaction, await _reader_screen(interaction, press.section))


@component(SetReaderOption)
async def set_reader(interaction: Interaction, press: SetReaderOption) -> None:
    """Change one of the reader's settings."""
    setting = _selected_setting(READER, press.setting)
    section, value = known(READER_SECTIONS, setting.section or ""), _picked_value(interaction, setting)
    stored = store_for(interaction).settings
    await stored.change_reader(interaction.user.id, lambda chosen: replace(chosen, **{setting.name: value}))
    await redraw(interaction, await _reader_screen(interaction, section))


async def _reader_screen(interaction: Interaction, section: ReaderSection) -> Screen:
    store, reader = store_for(interaction), interaction.user.id
    writes = section == "more" and await store.authors.writes(reader)
    chosen = await store.settings.of_reader(reader)
    return reader_panel(chosen, section, writes=writes, takes_adult=interaction.client.takes_adult)


@component(AskWarnings, work="form")
async def ask_warnings(interaction: Interaction, _: AskWarnings) -> None:
    """Open a modal for the content warnings that the reader wants to see before a story opens."""
    chosen = await store_for(interaction).settings.of_reader(interaction.user.id)
    await ask(interaction, warnings_modal(chosen.warnings))


@modal(WarningsModal)
async def take_warnings(interaction: Interaction, _: WarningsModal) -> None:
    """Save the typed warnings, and redraw the settings."""
    warnings, stored = read_warnings(typed(interaction, "warnings")), store_for(interaction).settings
    await stored.change_reader(interaction.user.id, lambda chosen: replace(chosen, warnings=warnings))
    await redraw(interaction, await _reader_screen(interaction, "more"))


@component(ShowReviewNews)
async def show_review_news(interaction: Interaction, _: ShowReviewNews) -> None:
    """Show how an author is notified of reviews; after a failed direct message, allow the next one again."""
    settings, reader = store_for(interaction).settings, interaction.user.id
    await send(interaction, review_news_panel(await settings.of_reader(reader)), private=True)
    await settings.unreached(reader, None)


@component(SetReviewNews)
async def set_review_news(interaction: Interaction, _: SetReviewNews) -> None:
    """Change how an author is notified of reviews."""
    way = known(REVIEWS, picked(interaction))
    settings, reader = store_for(interaction).settings, interaction.user.id
    await settings.change_reader(reader, lambda chosen: replace(chosen, reviews=way))
    await redraw(interaction, review_news_panel(await settings.of_reader(reader)))


# -- servers --------------------------------------------------------------------------------


@manage.command(name="settings", extras=LOOKUP)
async def manage_settings(interaction: Interaction) -> None:
    """Change the updates channel, who can add stories, limits, moderators and reactions"""
    await allow_here(interaction, "set")
    steps = await first_steps_of(store_for(interaction), interaction.guild_id or 0)
    if steps.are_shown:
        await send(interaction, first_steps_screen(steps, private=True), private=True)
    else:
        await _show(interaction, "updates")


async def _show(interaction: Interaction, section: ServerSection) -> None:
    await allow_here(interaction, "set")
    chosen = await store_for(interaction).settings.of_server(interaction.guild_id)
    await redraw_or_send(interaction, _panel(interaction, chosen, section))


def _panel(interaction: Interaction, chosen: ServerSettings, section: ServerSection) -> Screen:
    """Return the panel of a section, with a warning if the bot cannot post in one of its channels."""
    guild, shown = interaction.guild, [each for each in SERVER.values() if each.section == section]
    channels = [getattr(chosen, each.name) for each in shown if isinstance(each.kind, Channel)]
    closed = next((closed_channel(interaction.client, guild, each) for each in channels if each and guild), None)
    return server_panel(chosen.within(store_for(interaction).uploads_megabytes), section, closed)


@component(ShowServerSection, work="lookup")
async def show_server_section(interaction: Interaction, _: ShowServerSection) -> None:
    """Show the picked section of the server's settings."""
    await _show(interaction, known(SERVER_SECTIONS, picked(interaction)))


@component(SetServerOption)
async def set_server(interaction: Interaction, press: SetServerOption) -> None:
    """Change one of the server's settings. Raises `ReaderError` for a channel where the bot may not post."""
    setting = _selected_setting(SERVER, press.setting)
    await allow_here(interaction, "set")
    section, value = known(SERVER_SECTIONS, setting.section or ""), _picked_value(interaction, setting)
    changed = {setting.name: value}
    if setting.name == "adders_role" and value:
        changed["adders"] = "role"
    await _change(interaction, lambda chosen: replace(chosen, **changed), section)


async def _change(
    interaction: Interaction, change: Callable[[ServerSettings], ServerSettings], section: ServerSection
) -> None:
    settings = store_for(interaction).settings
    chosen = await settings.change_server(interaction.guild_id or 0, change, interaction.user.id)
    await redraw(interaction, _panel(interaction, chosen, section))


@component(AskLimits, work="form")
async def ask_limits(interaction: Interaction, _: AskLimits) -> None:
    """Open a modal for the limits on submissions."""
    await allow_here(interaction, "set")
    store = store_for(interaction)
    await ask(interaction, limits_modal(await store.settings.of_server(interaction.guild_id), store.uploads_megabytes))


@modal(LimitsModal)
async def take_limits(interaction: Interaction, _: LimitsModal) -> None:
    """Save the typed limits."""
    await allow_here(interaction, "set")
    kinds = {name: each.kind for name, each in SERVER.items()}
    limits = {name: _limit(interaction, name, kind) for name, kind in kinds.items() if isinstance(kind, Number)}
    await _change(interaction, lambda chosen: replace(chosen, **limits), "submissions")


def _limit(interaction: Interaction, name: str, kind: Number) -> int:
    number = number_in(typed(interaction, name).strip(), digits=5)
    most = kind.most_within(store_for(interaction).uploads_megabytes)
    if number is None or not 1 <= number <= most:
        raise ReaderError("limit-not-possible", most=most, limit=name)
    return number


@component(AskOfferedReactions, work="form")
async def ask_reactions(interaction: Interaction, _: AskOfferedReactions) -> None:
    """Open a modal for the reactions that the server offers."""
    await allow_here(interaction, "set")
    await ask(interaction, reactions_modal(await offered_reactions(interaction)))


@modal(OfferedReactionsModal)
async def take_reactions(interaction: Interaction, _: OfferedReactionsModal) -> None:
    """Save the typed reactions as those that the server offers; if none are typed, the bot's defaults apply again."""
    await allow_here(interaction, "set")
    offered = [await _emoji(interaction, text) for text in _EMOJI.findall(typed(interaction, "reactions"))]
    kept = tuple(dict.fromkeys(offered))[:OFFERED_AT_MOST] or None
    await _change(interaction, lambda chosen: replace(chosen, reactions=kept), "reading")


_EMOJI = regex.compile(r"<a?:\w{2,32}:\d{1,20}>|:\w{2,32}:|(?!\s)\X")


async def _emoji(interaction: Interaction, text: str) -> Emoji:
    """Return the typed emoji. Raises `ReaderError` for other text, and for a custom emoji of another server."""
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


@component(AskZone, work="form")
async def ask_zone(interaction: Interaction, _: AskZone) -> None:
    """Open a modal for the server's time zone."""
    await allow_here(interaction, "set")
    await ask(interaction, zone_modal((await store_for(interaction).settings.of_server(interaction.guild_id)).zone))


@modal(ZoneModal)
async def take_zone(interaction: Interaction, _: ZoneModal) -> None:
    """Save the typed time zone of the server, and adjust the server's schedules."""
    await allow_here(interaction, "set")
    zone, store, guild = _zone_name(typed(interaction, "zone")), store_for(interaction), interaction.guild_id or 0
    await store.schedules.change_zone(guild, zone, interaction.user.id, interaction.client.clock())
    interaction.client.dispatch("due")
    await redraw(interaction, _panel(interaction, await store.settings.of_server(guild), "updates"))


def _zone_name(text: str) -> str:
    """Return the name of the time zone that *text* means. Raises `ReaderError` if none or several match."""
    match meant_zones(text, 5):
        case []:
            raise ReaderError("zone-unknown", typed=text)
        case [zone]:
            return zone.name
        case several:
            raise ReaderError("zone-unclear", typed=text, zones=listed([each.name for each in several], "or"))


# -- the first steps ------------------------------------------------------------------------


class FirstSteps(commands.Cog):
    """Greets a server that the bot joins."""

    def __init__(self, bot: Oneshot) -> None:
        self._bot = bot

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Post the first steps in the server's system channel, if the bot may write there."""
        await greet(self._bot.store, guild)


@component(FirstStep)
async def take_step(interaction: Interaction, press: FirstStep) -> None:
    """Open the screen for a first step, or hide the steps; a public card of the steps stays unchanged."""
    await allow_here(interaction, "set")
    match press.step:
        case "updates" | "all":
            await _show(interaction, "updates")
        case "submissions":
            await _show(interaction, "submissions")
        case "story":
            await redraw_or_send(interaction, first_story_screen())
        case "hide":
            settings, guild = store_for(interaction).settings, interaction.guild_id or 0
            await settings.change_server(guild, lambda chosen: replace(chosen, steps_hidden=True), interaction.user.id)
            await _show(interaction, "updates")
