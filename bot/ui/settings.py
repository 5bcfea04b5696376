"""The panels of what readers, and those who manage a server, choose for themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import discord
from discord import ui

from bot.domain.reactions import Emoji
from bot.domain.settings import OFFERED_AT_MOST, Adders, Notices, ReaderSettings, ServerSettings
from bot.stories.model import PageLength
from bot.texts import say
from bot.ui.components import button, sent
from bot.ui.custom_id import CustomId
from bot.ui.ids.settings import AskOfferedReactions, OfferedReactionsModal, SetReaderOption, SetServerOption
from bot.ui.reactions import OFFERED, emoji_text
from bot.ui.screen import QUIET, Screen

_OPTIONS: dict[str, tuple[str, ...]] = {
    "length": get_args(PageLength),
    "private": ("server", "yes", "no"),
    "veil": ("yes", "no"),
    "notices": get_args(Notices),
    "adult": ("no", "yes"),
    "adders": get_args(Adders),
    "server-private": ("bot", "yes", "no"),
}
"""What can be chosen of each."""


def yes_no(value: bool | None, otherwise: str) -> str:
    """The option that stands for *value*."""
    return otherwise if value is None else "yes" if value else "no"


def read_yes_no(option: str) -> bool | None:
    """The value that an option stands for."""
    return {"yes": True, "no": False}.get(option)


def reader_panel(chosen: ReaderSettings) -> Screen:
    """What a reader has chosen, with a select for each choice."""
    private, veil, adult = yes_no(chosen.private, "server"), yes_no(chosen.veil, "yes"), yes_no(chosen.adult, "no")
    embed = discord.Embed(title=say("settings-title"), colour=QUIET)
    rows = [
        say("settings-pages", chosen=_words("length", chosen.page_length)),
        say("settings-pages-show", chosen=_words("private", private)),
        say("settings-spoilers", chosen=_words("veil", veil)),
        say("settings-news", chosen=_words("notices", chosen.notices)),
        say("settings-adults", chosen=_words("adult", adult)),
    ]
    embed.description = "\n".join(rows)
    embed.set_footer(text=say("settings-footer"))
    items = [
        _select(SetReaderOption("length"), say("settings-ask-length"), "length", chosen.page_length, 0),
        _select(SetReaderOption("private"), say("settings-ask-private"), "private", private, 1),
        _select(SetReaderOption("veil"), say("settings-ask-veil"), "veil", veil, 2),
        _select(SetReaderOption("notices"), say("settings-ask-notices"), "notices", chosen.notices, 3),
        _select(SetReaderOption("adult"), say("settings-ask-adult"), "adult", adult, 4),
    ]
    return Screen([embed], sent(items))


def _words(what: str, value: str) -> str:
    return say(f"settings-option-{what}-{value}")


def server_panel(chosen: ServerSettings) -> Screen:
    """What those who manage a server have chosen, with a select for each choice."""
    private = yes_no(chosen.private, "bot")
    offered = OFFERED if chosen.reactions is None else chosen.reactions
    embed = discord.Embed(title=say("server-title"), colour=QUIET)
    channel = f"<#{chosen.news_channel}>" if chosen.news_channel else say("server-no-news")
    rows = [
        say("server-news", channel=channel),
        _adders(chosen),
        say("server-pages-show", chosen=_words("server-private", private)),
        say("server-reactions", emoji=" ".join(map(emoji_text, offered))),
    ]
    embed.description = "\n".join(rows)
    embed.set_footer(text=say("server-footer"))
    items: list[ui.Item[ui.View]] = [
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
    return Screen([embed], sent(items))


def _adders(chosen: ServerSettings) -> str:
    words = _words("adders", chosen.adders)
    if chosen.adders == "role" and chosen.adders_role:
        return say("server-adders-role", chosen=words, role=f"<@&{chosen.adders_role}>")
    return say("server-adders", chosen=words)


def _select(custom_id: CustomId, placeholder: str, what: str, chosen: str, row: int) -> ui.Select[ui.View]:
    return ui.Select(
        custom_id=str(custom_id),
        placeholder=placeholder,
        options=[
            discord.SelectOption(label=_words(what, value), value=value, default=value == chosen)
            for value in _OPTIONS[what]
        ],
        row=row,
    )


def reactions_modal(offered: Sequence[Emoji]) -> ui.Modal:
    """Asks for the reactions on offer."""
    modal = ui.Modal(title=say("server-reactions-title"), custom_id=str(OfferedReactionsModal()), timeout=15 * 60)
    modal.add_item(
        ui.Label(
            text=say("server-reactions-field", most=OFFERED_AT_MOST),
            description=say("server-reactions-hint"),
            component=ui.TextInput(
                custom_id="reactions", default=" ".join(map(emoji_text, offered)), required=False, max_length=300
            ),
        )
    )
    return modal
