"""The panels of settings: a reader's, and a server's for its managers."""

from collections.abc import Sequence
from typing import get_args

import discord
from discord import ui

from bot.domain.reactions import Emoji
from bot.domain.settings import OFFERED_AT_MOST, Adders, Notices, ReaderSettings, ServerSettings
from bot.stories.model import PageLength
from bot.texts import say
from bot.ui.components import button, modal, option, select, text_field
from bot.ui.custom_id import CustomId
from bot.ui.ids.settings import (
    AskOfferedReactions,
    OfferedReactionsModal,
    ReaderOption,
    SetReaderOption,
    SetServerOption,
)
from bot.ui.reactions import OFFERED, emoji_text
from bot.ui.screen import Item, Screen, notice

_OPTIONS: dict[str, tuple[str, ...]] = {
    "length": get_args(PageLength),
    "private": ("server", "yes", "no"),
    "veil": ("yes", "no"),
    "notices": get_args(Notices),
    "adult": ("no", "yes"),
    "adders": get_args(Adders),
    "server-private": ("bot", "yes", "no"),
}
"""The values of each setting, in the order of its select."""


def yes_no(value: bool | None, otherwise: str) -> str:
    """The option that stands for *value*."""
    return otherwise if value is None else "yes" if value else "no"


def read_yes_no(option: str) -> bool | None:
    """The value that an option stands for."""
    return {"yes": True, "no": False}.get(option)


def reader_panel(chosen: ReaderSettings) -> Screen:
    """A reader's settings, with a select for each."""
    values: dict[ReaderOption, str] = {
        "length": chosen.page_length,
        "private": yes_no(chosen.private, "server"),
        "veil": yes_no(chosen.veil, "yes"),
        "notices": chosen.notices,
        "adult": yes_no(chosen.adult, "no"),
    }
    lines = [
        say("settings-pages", chosen=_words("length", values["length"])),
        say("settings-pages-show", chosen=_words("private", values["private"])),
        say("settings-spoilers", chosen=_words("veil", values["veil"])),
        say("settings-news", chosen=_words("notices", values["notices"])),
        say("settings-adults", chosen=_words("adult", values["adult"])),
    ]
    items = [
        _select(SetReaderOption(name), say(f"settings-ask-{name}"), name, value, row)
        for row, (name, value) in enumerate(values.items())
    ]
    screen = notice("\n".join(lines), say("settings-title"), items)
    screen.embeds[0].set_footer(text=say("settings-footer"))
    return screen


def _words(what: str, value: str) -> str:
    return say(f"settings-option-{what}-{value}")


def server_panel(chosen: ServerSettings) -> Screen:
    """A server's settings, with a select or a button for each."""
    private = yes_no(chosen.private, "bot")
    offered = OFFERED if chosen.reactions is None else chosen.reactions
    channel = f"<#{chosen.news_channel}>" if chosen.news_channel else say("server-no-news")
    lines = [
        say("server-news", channel=channel),
        _adders(chosen),
        say("server-pages-show", chosen=_words("server-private", private)),
        say("server-reactions", emoji=" ".join(map(emoji_text, offered))),
    ]
    items: list[Item] = [
        ui.ChannelSelect[ui.View](
            custom_id=str(SetServerOption("news")),
            placeholder=say("server-ask-news"),
            channel_types=[discord.ChannelType.text, discord.ChannelType.news],
            min_values=0,
            row=0,
        ),
        _select(SetServerOption("adders"), say("server-ask-adders"), "adders", chosen.adders, 1),
        ui.RoleSelect[ui.View](
            custom_id=str(SetServerOption("role")), placeholder=say("server-ask-role"), min_values=0, row=2
        ),
        _select(SetServerOption("private"), say("server-ask-private"), "server-private", private, 3),
        button(AskOfferedReactions(), say("server-ask-reactions"), 4),
    ]
    screen = notice("\n".join(lines), say("server-title"), items)
    screen.embeds[0].set_footer(text=say("server-footer"))
    return screen


def _adders(chosen: ServerSettings) -> str:
    words = _words("adders", chosen.adders)
    if chosen.adders == "role" and chosen.adders_role:
        return say("server-adders-role", chosen=words, role=f"<@&{chosen.adders_role}>")
    return say("server-adders", chosen=words)


def _select(custom_id: CustomId, placeholder: str, what: str, chosen: str, row: int) -> ui.Select[ui.View]:
    options = [option(_words(what, value), value, default=value == chosen) for value in _OPTIONS[what]]
    return select(custom_id, options, row, placeholder)


def reactions_modal(offered: Sequence[Emoji]) -> ui.Modal:
    """The modal for the reactions that a server offers."""
    label, now = say("server-reactions-field", most=OFFERED_AT_MOST), " ".join(map(emoji_text, offered))
    field = text_field("reactions", label, 300, hint=say("server-reactions-hint"), default=now)
    return modal(OfferedReactionsModal(), say("server-reactions-title"), [field])
