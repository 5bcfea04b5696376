"""What `doctor` asks Discord: the token, the intents, the clock, and what the bot may do in a server."""

from collections.abc import AsyncIterator, Iterator, Sequence

import discord

from bot.config import Settings
from bot.errors import HostError
from bot.interactions.channels import POSTING, WRITING
from bot.operations.account import LEAST, NOT_REACHED, Account, account, invite
from bot.operations.finding import Finding
from bot.store.look import channels_used, look_at
from bot.ui.schedules import permissions

AHEAD_SECONDS = 5.0
"""How far the clock may be off."""


async def discord_of(settings: Settings, server: int | None) -> AsyncIterator[Finding]:
    """Look at the account, with one request, and at *server*, if one is named, with a few."""
    if settings.token is None:
        yield Finding("WRONG", "token", "DISCORD_TOKEN is not set: copy it from the Bot page of your application.")
        return
    try:
        found = await account(settings.token)
        for finding in (*_account(found), *_intents(found), *_clock(found)):
            yield finding
        if server is None:
            yield Finding("note", "permissions", "Not looked at. Name a server by its id: doctor --server ID")
            return
        for finding in await _server(settings, settings.token, server, found.application):
            yield finding
    except HostError as error:
        yield Finding("WRONG", "token", str(error))
    except NOT_REACHED as error:
        yield Finding("WRONG", "network", f"Discord cannot be reached: {str(error) or type(error).__name__}")


def _account(found: Account) -> Iterator[Finding]:
    yield Finding("ok", "token", f"It is that of {found.name}. The link that adds it: {invite(found.application)}")


def _intents(found: Account) -> Iterator[Finding]:
    flags = found.flags
    privileged = {
        "Presence": flags.gateway_presence or flags.gateway_presence_limited,
        "Server Members": flags.gateway_guild_members or flags.gateway_guild_members_limited,
        "Message Content": flags.gateway_message_content or flags.gateway_message_content_limited,
    }
    if on := [name for name, is_on in privileged.items() if is_on]:
        yield Finding("note", "intents", f"{', '.join(on)}: none of these is needed. Turn them off on the Bot page.")
    else:
        yield Finding("ok", "intents", "No privileged intent is on, and none is needed.")


def _clock(found: Account) -> Iterator[Finding]:
    if abs(found.ahead) > AHEAD_SECONDS:
        direction = "ahead of" if found.ahead > 0 else "behind"
        yield Finding(
            "WRONG",
            "clock",
            f"It is {abs(found.ahead):,.0f} seconds {direction} Discord's: what is due is done at the wrong"
            " time. Turn on time synchronisation: timedatectl set-ntp true",
        )
    else:
        yield Finding("ok", "clock", "It agrees with Discord's.")


async def _server(settings: Settings, token: str, server: int, application: int) -> list[Finding]:
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login(token)
        assert client.user is not None
        try:
            guild = await client.fetch_guild(server, with_counts=False)
            me = await guild.fetch_member(client.user.id)
            channels = await guild.fetch_channels()
        except (discord.NotFound, discord.Forbidden):
            what = f"The bot is not in server {server}. The link that adds it: {invite(application)}"
            return [Finding("WRONG", "permissions", what)]
    return list(_permissions(settings, guild, me, channels))


def _permissions(
    settings: Settings, guild: discord.Guild, me: discord.Member, channels: Sequence[discord.abc.GuildChannel]
) -> Iterator[Finding]:
    about, known = "permissions", {channel.id: channel for channel in channels}
    if lacking := [name for name, is_needed in LEAST if is_needed and not getattr(me.guild_permissions, name)]:
        yield Finding("WRONG", about, f"In {guild.name} the bot lacks {permissions(lacking)}: nobody can use it there.")
    for channel, what, is_planned in _used(settings, guild.id):
        if (found := known.get(channel)) is None:
            yield Finding("WRONG", about, f"{what}: the channel {channel} is gone, or the bot does not see it.")
            continue
        allowed = found.permissions_for(me)
        if lacking := [name for name in (POSTING if is_planned else WRITING) if not getattr(allowed, name)]:
            yield Finding("WRONG", about, f"{what}: in #{found.name} the bot lacks {permissions(lacking)}.")
        else:
            yield Finding("ok", about, f"{what}: the bot may post in #{found.name}.")
    texts = [channel for channel in channels if isinstance(channel, discord.TextChannel)]
    may = sum(all(getattr(channel.permissions_for(me), name) for name in POSTING) for channel in texts)
    yield Finding("ok", about, f"In {guild.name} the bot may post in {may} of {len(texts)} text channels.")


def _used(settings: Settings, guild: int) -> list[tuple[int, str, bool]]:
    """Do what `channels_used` does, if there is a database."""
    try:
        with look_at(settings.store) as look:
            return channels_used(look, guild)
    except HostError:  # there is no database yet, or it was told of before
        return []
