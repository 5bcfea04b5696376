"""The panel of a server's settings, in three parts, for its managers."""

from collections.abc import Iterator, Sequence
from typing import get_args

import discord
from discord import ui

from bot.domain.reactions import Emoji
from bot.domain.settings import MOST, OFFERED_AT_MOST, LimitName, ServerSettings
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
from bot.ui.screen import Item, Screen, notice
from bot.ui.settings import setting_select, words_of, yes_no

SECTION_OF: dict[ServerOption, SettingsSection] = {
    "news": "library",
    "private": "library",
    "adders": "submissions",
    "role": "submissions",
    "approval": "submissions",
    "moderators": "managers",
    "reports": "managers",
    "managers": "managers",
    "links": "managers",
}
"""The part of the panel that has each setting."""

LIMITS: tuple[LimitName, ...] = get_args(LimitName)


def server_panel(chosen: ServerSettings, section: SettingsSection) -> Screen:
    """A part of a server's settings, with a select or a button for each, and a select of the parts."""
    lines, items = _PARTS[section](chosen)
    options = [option(say(f"server-section-{part}"), part, default=part == section) for part in _PARTS]
    screen = notice("\n".join(lines), say("server-title"), [select(ShowServerSection(), options, 0), *items])
    screen.embeds[0].set_footer(text=say("server-footer"))
    return screen


Part = tuple[Sequence[str], Sequence[Item]]
"""What a part of the panel says, and its selects and buttons, from the second row on."""


def _library(chosen: ServerSettings) -> Part:
    private = yes_no(chosen.private, "bot")
    offered = OFFERED if chosen.reactions is None else chosen.reactions
    lines = [
        say("server-news", channel=_channel(chosen.news_channel)),
        say("server-pages-show", chosen=words_of("server-private", private)),
        say("server-reactions", emoji=" ".join(map(emoji_text, offered))),
    ]
    return lines, [
        _channels("news", say("server-ask-news"), 1),
        setting_select(SetServerOption("private"), say("server-ask-private"), "server-private", private, 2),
        button(AskOfferedReactions(), say("server-ask-reactions"), 3),
    ]


def _submissions(chosen: ServerSettings) -> Part:
    adders, approval = chosen.adders or "managers", yes_no(chosen.approval, "no")
    lines = [_adders(chosen)]
    if adders != "managers":
        lines.append(say("server-approval", chosen=words_of("approval", approval)))
        lines.append(say("server-limit-member", count=chosen.stories_a_day, megabytes=chosen.member_megabytes))
    lines.append(say("server-limit-all", megabytes=chosen.server_megabytes))
    return lines, [
        setting_select(SetServerOption("adders"), say("server-ask-adders"), "adders", adders, 1),
        _roles("role", say("server-ask-role"), 2),
        setting_select(SetServerOption("approval"), say("server-ask-approval"), "approval", approval, 3),
        button(AskLimits(), say("server-ask-limits"), 4),
    ]


def _managers(chosen: ServerSettings) -> Part:
    role = f"<@&{chosen.moderators_role}>" if chosen.moderators_role else say("server-no-role")
    lines = [
        say("server-moderators", role=role),
        say("server-reports", channel=_channel(chosen.reports_channel)),
        say("server-managers-channel", channel=_channel(chosen.managers_channel)),
        say("server-links", chosen=words_of("links", chosen.links)),
    ]
    return lines, [
        _roles("moderators", say("server-ask-moderators"), 1),
        _channels("reports", say("server-ask-reports"), 2),
        _channels("managers", say("server-ask-managers"), 3),
        setting_select(SetServerOption("links"), say("server-ask-links"), "links", chosen.links, 4),
    ]


_PARTS = {"library": _library, "submissions": _submissions, "managers": _managers}


def _channel(channel: int | None) -> str:
    return f"<#{channel}>" if channel else say("server-no-channel")


def _adders(chosen: ServerSettings) -> str:
    words = words_of("adders", chosen.adders or "managers")
    if chosen.adders == "role" and chosen.adders_role:
        return say("server-adders-role", chosen=words, role=f"<@&{chosen.adders_role}>")
    return say("server-adders", chosen=words)


def _channels(name: ServerOption, placeholder: str, row: int) -> Item:
    return ui.ChannelSelect[ui.View](
        custom_id=str(SetServerOption(name)),
        placeholder=placeholder,
        channel_types=[discord.ChannelType.text, discord.ChannelType.news],
        min_values=0,
        row=row,
    )


def _roles(name: ServerOption, placeholder: str, row: int) -> Item:
    return ui.RoleSelect[ui.View](custom_id=str(SetServerOption(name)), placeholder=placeholder, min_values=0, row=row)


def limits_modal(chosen: ServerSettings) -> ui.Modal:
    """The modal for the limits of what members submit."""
    return modal(LimitsModal(), say("server-limits-title"), list(_limit_fields(chosen)))


def _limit_fields(chosen: ServerSettings) -> Iterator[ui.Label[ui.Modal]]:
    for name in LIMITS:
        label = say(f"server-limit-field-{name.replace('_', '-')}", most=MOST[name])
        yield text_field(name, label, 5, default=str(getattr(chosen, name)), required=True)


def reactions_modal(offered: Sequence[Emoji]) -> ui.Modal:
    """The modal for the reactions that a server offers."""
    label, now = say("server-reactions-field", most=OFFERED_AT_MOST), " ".join(map(emoji_text, offered))
    field = text_field("reactions", label, 300, hint=say("server-reactions-hint"), default=now)
    return modal(OfferedReactionsModal(), say("server-reactions-title"), [field])
