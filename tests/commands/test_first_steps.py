"""First steps of a server: a card where the bot may write, three presses, and the settings that have all else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import discord
import pytest
from simcord.actors import MemberActor
from simcord.backend import serializers
from simcord.builders import ChannelHandle, GuildHandle

from bot.domain.settings import SERVER, ServerSettings
from bot.ui.custom_id import Name
from bot.ui.ids import AskLimits, FirstStep, SetServerOption, ShowServerSection
from tests.library import Library
from tests.reviewing import manager
from tests.screens import server_settings
from tests.seen import buttons_of, components_of, select_of, shown, text_of


@pytest.fixture
async def mira(library: Library) -> MemberActor:
    return manager(library)


async def joined(library: Library, **allowed: bool) -> tuple[GuildHandle, ChannelHandle]:
    """A server that the bot joins, with a system channel where it has these permissions."""
    backend = library.env.backend
    guild = library.env.create_guild("The New Room")
    default: Any = guild.default_role
    overwrites = {default: discord.PermissionOverwrite(**allowed)} if allowed else {}
    channel = guild.create_text_channel("welcome", overwrites=overwrites)
    await library.env.settle()
    backend.guilds[guild.id].system_channel_id = channel.id
    backend.emit("GUILD_DELETE", {"id": str(guild.id)})
    await library.env.settle()
    told: dict[str, Any] = dict(serializers.guild_create_payload(backend, backend.guilds[guild.id]))
    del told["unavailable"]  # Discord leaves it out where the bot joins
    backend.emit("GUILD_CREATE", told)
    await library.env.settle()
    return guild, channel


async def test_a_server_that_the_bot_joins_gets_one_card_in_its_system_channel(library: Library) -> None:
    guild, channel = await joined(library)
    [card] = channel.history()
    assert list(buttons_of(card)) == ["Updates channel", "Who can submit", "First story"]
    stranger = guild.add_member(library.env.create_user("sam"))
    assert "Manage Server" in shown(await stranger.click(card, label="Who can submit")).content
    boss = guild.add_member(guild.owner)
    opened = shown(await boss.click(card, label="Who can submit"))
    assert opened.ephemeral and "/author submit" in text_of(opened)
    assert "/manage story add" in text_of(shown(await boss.click(card, label="First story")))


async def test_where_the_bot_may_not_write_nothing_is_posted(library: Library) -> None:
    _, channel = await joined(library, send_messages=False)
    assert channel.history() == []


async def test_settings_open_with_the_steps_until_they_are_done(library: Library, mira: MemberActor) -> None:
    async def look() -> Any:
        return shown(await mira.slash(library.channel, "manage settings"))

    first = await look()
    assert first.ephemeral and "Updates channel" in buttons_of(first)
    panel = shown(await mira.click(first, label="Who can submit"))
    await mira.select(panel, ["everyone"], custom_id=str(SetServerOption(Name("adders"))))
    assert "Who can submit" not in buttons_of(await look()) and "~~2. Choose" in text_of(await look())
    updates = library.ann.guild.create_text_channel("updates")
    panel = shown(await mira.click(await look(), label="Updates channel"))
    await mira.select(panel, [updates], custom_id=str(SetServerOption(Name("news_channel"))))
    assert [label for label in buttons_of(await look()) if label == "First story"]
    file = ("tale.txt", b"Title: The First\n\nIt came by night and was read by morning, twice over.\n")
    draft = await mira.slash(library.channel, "manage story add", file=file)
    await mira.click(draft.followups[-1] if draft.followups else shown(draft), label="Publish")
    assert "Server settings" in text_of(await look())


async def test_the_steps_can_be_put_away(library: Library, mira: MemberActor) -> None:
    first = shown(await mira.slash(library.channel, "manage settings"))
    await mira.click(first, label="Hide these steps")
    assert "Server settings" in text_of(shown(await mira.slash(library.channel, "manage settings")))


async def test_a_channel_where_the_bot_may_not_write_is_refused(library: Library, mira: MemberActor) -> None:
    guild, backend = library.ann.guild, library.env.backend
    closed = guild.create_text_channel(
        "closed", overwrites={guild.default_role: discord.PermissionOverwrite(send_messages=False)}
    )
    backend.guilds[guild.id].members[backend.bot_user.id].role_ids.clear()
    backend.announce_member_update(guild.id, backend.bot_user.id)
    await library.env.settle()
    panel = await server_settings(mira, library.channel)
    panel = shown(await mira.select(panel, ["moderators"], custom_id=select_of(panel, "sv1")))
    refused = await mira.select(panel, [closed], custom_id=str(SetServerOption(Name("reports_channel"))))
    assert "Send Messages" in library.refused(refused)
    assert (await library.store.settings.of_server(guild.id)).reports_channel is None


async def test_each_subject_keeps_what_is_picked(library: Library, mira: MemberActor) -> None:
    role, channel = library.ann.guild.create_role("Mods"), library.ann.guild.create_text_channel("mods")
    panel = await server_settings(mira, library.channel)
    await library.restart()
    picks: dict[str, Any] = {
        "moderators_role": role, "reports_channel": channel, "managers_channel": channel, "links": "asked",
    }  # fmt: skip
    for option, picked in picks.items():
        subject = SERVER[option].section
        panel = shown(await mira.select(panel, [subject], custom_id=select_of(panel, "sv1")))
        panel = shown(await mira.select(panel, [picked], custom_id=str(SetServerOption(Name(option)))))
    chosen = await library.store.settings.of_server(library.guild_id)
    assert (chosen.moderators_role, chosen.reports_channel, chosen.managers_channel) == (
        role.id,
        channel.id,
        channel.id,
    )
    assert chosen.links == "asked" and f"<#{channel.id}>" in text_of(panel)
    assert len(await library.store.audit.page(library.guild_id, "settings", 10, 0)) == 4


async def test_whoever_manages_nothing_changes_and_sees_no_setting(library: Library, mira: MemberActor) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse")).message
    assert page is not None
    for custom_id in (FirstStep("updates"), FirstStep("hide"), AskLimits()):
        assert "Manage Server" in library.refused(await library.forge(library.ben, page, str(custom_id)))
    for kind, value in ((ShowServerSection(), "moderators"), (SetServerOption(Name("approval")), "yes")):
        forged = await library.forge(library.ben, page, str(kind), values=[value])
        assert "Manage Server" in library.refused(forged)
    values = {"stories_a_day": "50", "member_megabytes": "500", "server_megabytes": "5000"}
    assert "Manage Server" in library.refused(await library.send_modal(library.ben, page, "slm1", values))
    assert await library.store.audit.total(library.guild_id, "all") == 0
    assert (await library.store.settings.of_server(library.guild_id)).stories_a_day == 5
    assert components_of(page)


def _limit(number: int) -> Callable[[ServerSettings], ServerSettings]:
    return lambda chosen: replace(chosen, stories_a_day=number)


async def test_a_manager_reads_the_log_by_kind_and_page(library: Library, mira: MemberActor) -> None:
    for number in range(1, 13):
        await library.store.settings.change_server(library.guild_id, _limit(number), mira.id)
    log = shown(await mira.slash(library.channel, "manage log"))
    assert log.ephemeral and text_of(log).count("stories a day for a member") == 10
    await library.restart()
    log = shown(await mira.click(log, label="Next"))
    assert text_of(log).count("stories a day") == 2
    log = shown(await mira.select(log, ["reviews"], custom_id=select_of(log, "mlf1")))
    assert "Nothing yet" in text_of(log)
    page = shown(await library.ben.slash(library.channel, "read", story="Lighthouse")).message
    assert page is not None
    assert "Manage Server" in library.refused(await library.forge(library.ben, page, "mlg1:n:all:0"))
