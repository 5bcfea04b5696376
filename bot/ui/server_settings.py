"""The screens of a server's settings, one for each subject, for its managers."""

from collections.abc import Iterator, Sequence
from typing import get_args

import discord
from discord import ui

from bot.domain.closed_channels import ClosedChannel
from bot.domain.reactions import Emoji
from bot.domain.settings import OFFERED_AT_MOST, LimitName, ServerSettings, most_of
from bot.texts import say
from bot.ui.components import button, modal, option, select, text_field
from bot.ui.ids.settings import (
    AskLimits,
    AskOfferedReactions,
    LimitsModal,
    OfferedReactionsModal,
    ServerOption,
    SetServerOption,
    SettingsSection,
    ShowServerSection,
)
from bot.ui.reactions import OFFERED, emoji_text
from bot.ui.schedules import permissions
from bot.ui.screen import Item, Screen, notice
from bot.ui.settings import setting_select, yes_no

SECTION_OF: dict[ServerOption, SettingsSection] = {
    "news": "updates",
    "private": "reading",
    "adders": "submissions",
    "role": "submissions",
    "approval": "submissions",
    "moderators": "moderators",
    "reports": "moderators",
    "managers": "authors",
    "links": "authors",
}
"""The subject of each setting."""

LIMITS: tuple[LimitName, ...] = get_args(LimitName)

Part = tuple[Sequence[str], Sequence[Item]]
"""What a subject's screen says, and its selects and buttons, from the second row on."""


def channel_of(chosen: ServerSettings, section: SettingsSection) -> int | None:
    """The channel that a subject is about."""
    channels = {
        "updates": chosen.news_channel,
        "moderators": chosen.reports_channel,
        "authors": chosen.managers_channel,
    }
    return channels.get(section)


def server_panel(chosen: ServerSettings, section: SettingsSection, closed: ClosedChannel | None) -> Screen:
    """One subject of a server's settings, under a select of the subjects; its channel may be *closed* to the bot."""
    lines, items = _PARTS[section](chosen)
    if closed is not None:
        lines = [*lines, _why_closed(closed)]
    options = [option(say(f"server-section-{part}"), part, default=part == section) for part in _PARTS]
    return notice("\n".join(lines), say("server-title"), [select(ShowServerSection(), options, 0), *items])


def _updates(chosen: ServerSettings) -> Part:
    lines = [say("server-about-updates"), say("server-news", channel=_channel(chosen.news_channel))]
    return lines, [_channels("news", say("server-ask-news"), chosen.news_channel, 1)]


def _reading(chosen: ServerSettings) -> Part:
    private = yes_no(chosen.private, "bot")
    offered = OFFERED if chosen.reactions is None else chosen.reactions
    lines = [say("server-about-reading"), say("server-reactions", emoji=" ".join(map(emoji_text, offered)))]
    return lines, [
        setting_select(SetServerOption("private"), "server-private", private, 1),
        button(AskOfferedReactions(), say("server-ask-reactions"), 2),
    ]


def _submissions(chosen: ServerSettings) -> Part:
    adders = chosen.adders or "managers"
    lines = [say("server-about-submissions"), _limits(chosen)]
    items: list[Item] = [setting_select(SetServerOption("adders"), "adders", adders, 1)]
    if adders == "role":
        lines.insert(1, say("server-adders-role", role=_role(chosen.adders_role)))
        items.append(_roles("role", say("server-ask-role"), chosen.adders_role, 2))
    if adders != "managers":
        items.append(setting_select(SetServerOption("approval"), "approval", yes_no(chosen.approval, "no"), 3))
    return lines, [*items, button(AskLimits(), say("server-ask-limits"), 4)]


def _limits(chosen: ServerSettings) -> str:
    whole = say("server-limit-all", megabytes=chosen.server_megabytes)
    if (chosen.adders or "managers") == "managers":
        return whole
    member = say("server-limit-member", count=chosen.stories_a_day, megabytes=chosen.member_megabytes)
    return f"{member}\n{whole}"


def _moderators(chosen: ServerSettings) -> Part:
    lines = [
        say("server-about-moderators"),
        say("server-moderators", role=_role(chosen.moderators_role)),
        say("server-reports", channel=_channel(chosen.reports_channel)),
    ]
    return lines, [
        _roles("moderators", say("server-ask-moderators"), chosen.moderators_role, 1),
        _channels("reports", say("server-ask-reports"), chosen.reports_channel, 2),
    ]


def _authors(chosen: ServerSettings) -> Part:
    lines = [say("server-about-authors"), say("server-managers-channel", channel=_channel(chosen.managers_channel))]
    return lines, [
        _channels("managers", say("server-ask-managers"), chosen.managers_channel, 1),
        setting_select(SetServerOption("links"), "links", chosen.links, 2),
    ]


_PARTS = {
    "updates": _updates,
    "reading": _reading,
    "submissions": _submissions,
    "moderators": _moderators,
    "authors": _authors,
}


def _why_closed(closed: ClosedChannel) -> str:
    if closed.refused_at is not None:
        return say("server-channel-refused", at=f"<t:{closed.refused_at}:R>", again=f"<t:{closed.again_at}:R>")
    if closed.missing:
        return say("server-channel-closed", permissions=permissions(closed.missing))
    return say("server-channel-gone")


def _channel(channel: int | None) -> str:
    return f"<#{channel}>" if channel else say("server-no-channel")


def _role(role: int | None) -> str:
    return f"<@&{role}>" if role else say("server-no-role")


def _channels(name: ServerOption, placeholder: str, chosen: int | None, row: int) -> Item:
    return ui.ChannelSelect[ui.View](
        custom_id=str(SetServerOption(name)),
        placeholder=placeholder,
        channel_types=[discord.ChannelType.text, discord.ChannelType.news],
        min_values=0,
        default_values=_default(chosen, discord.SelectDefaultValueType.channel),
        row=row,
    )


def _roles(name: ServerOption, placeholder: str, chosen: int | None, row: int) -> Item:
    return ui.RoleSelect[ui.View](
        custom_id=str(SetServerOption(name)),
        placeholder=placeholder,
        min_values=0,
        default_values=_default(chosen, discord.SelectDefaultValueType.role),
        row=row,
    )


def _default(chosen: int | None, kind: discord.SelectDefaultValueType) -> list[discord.SelectDefaultValue]:
    return [discord.SelectDefaultValue(id=chosen, type=kind)] if chosen else []


def limits_modal(chosen: ServerSettings, megabytes: int) -> ui.Modal:
    """The modal for the limits of what members submit, where all uploads may take *megabytes*."""
    fields = list(_limit_fields(chosen.within(megabytes), megabytes))
    return modal(LimitsModal(), say("server-limits-title"), fields)


def _limit_fields(chosen: ServerSettings, megabytes: int) -> Iterator[ui.Label[ui.Modal]]:
    for name in LIMITS:
        label = say(f"server-limit-field-{name.replace('_', '-')}", most=most_of(name, megabytes))
        yield text_field(name, label, 5, default=str(getattr(chosen, name)), required=True)


def reactions_modal(offered: Sequence[Emoji]) -> ui.Modal:
    """The modal for the reactions that a server offers."""
    label, now = say("server-reactions-field", most=OFFERED_AT_MOST), " ".join(map(emoji_text, offered))
    field = text_field("reactions", label, 300, hint=say("server-reactions-hint"), default=now)
    return modal(OfferedReactionsModal(), say("server-reactions-title"), [field])
