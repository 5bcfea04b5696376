"""The panels of what readers, and those who manage a server, choose for themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import discord
from discord import ui

from bot.preferences import OFFERED_AT_MOST, Adders, Notices, ReaderPreferences, ServerPreferences
from bot.readers import Emoji
from bot.stories.model import PageLength
from bot.ui.components import button, sent
from bot.ui.custom_id import CustomId
from bot.ui.ids.settings import AskReactions, SetReader, SetServer, TakeReactions
from bot.ui.reactions import OFFERED, emoji_text
from bot.ui.screen import QUIET, Screen

LENGTHS: dict[PageLength, str] = {
    "short": "Short: a screen of a phone, or less",
    "medium": "Medium: about two screens of a phone",
    "long": "Long: as much as fits, with fewer turns",
}
PRIVATE: dict[str, str] = {
    "server": "As this server has it",
    "yes": "For me alone",
    "no": "For all in the channel",
}
VEIL: dict[str, str] = {
    "yes": "Veil what is beyond where I have read",
    "no": "Show everything",
}
ADULT: dict[str, str] = {
    "no": "Not in direct messages",
    "yes": "In direct messages, too: I am of age",
}
NOTICES: dict[Notices, str] = {
    "direct": "By direct message",
    "server": "In a server's news channel",
    "none": "Not at all",
}
ADDERS: dict[Adders, str] = {
    "managers": "Those who manage the server",
    "role": "They, and those with a role",
    "everyone": "Everyone",
}
SERVER_PRIVATE: dict[str, str] = {
    "bot": "As whoever runs the bot has it",
    "yes": "For the one who asks, alone",
    "no": "For all in the channel",
}


def yes_no(value: bool | None, otherwise: str) -> str:
    """The option that stands for *value*."""
    return otherwise if value is None else "yes" if value else "no"


def read_yes_no(option: str) -> bool | None:
    """The value that an option stands for."""
    return {"yes": True, "no": False}.get(option)


def reader_panel(chosen: ReaderPreferences) -> Screen:
    """What a reader has chosen, with a select for each choice."""
    private = yes_no(chosen.private, "server")
    veil = yes_no(chosen.veil, "yes")
    embed = discord.Embed(title="Your settings", colour=QUIET)
    embed.description = (
        f"**Pages**: {LENGTHS[chosen.page_length]}\n"
        f"**Pages you open show**: {PRIVATE[private]}\n"
        f"**Spoilers**: {VEIL[veil]}\n"
        f"**News of what you follow**: {NOTICES[chosen.notices]}\n"
        f"**Stories for adults**: {ADULT[yes_no(chosen.adult, 'no')]}"
    )
    embed.set_footer(text="They hold for you, in every server. /privacy says what is stored.")
    items = [
        _select(SetReader("length"), "How long pages are", LENGTHS.items(), chosen.page_length, 0),
        _select(SetReader("private"), "Who sees pages that you open", PRIVATE.items(), private, 1),
        _select(SetReader("veil"), "What is beyond where you have read", VEIL.items(), veil, 2),
        _select(SetReader("notices"), "Where you hear of what you follow", NOTICES.items(), chosen.notices, 3),
        _select(SetReader("adult"), "Stories for adults", ADULT.items(), yes_no(chosen.adult, "no"), 4),
    ]
    return Screen([embed], sent(items))


def server_panel(chosen: ServerPreferences) -> Screen:
    """What those who manage a server have chosen, with a select for each choice."""
    private = yes_no(chosen.private, "bot")
    offered = OFFERED if chosen.reactions is None else chosen.reactions
    embed = discord.Embed(title="Settings of this server", colour=QUIET)
    news = f"<#{chosen.news_channel}>" if chosen.news_channel else "no channel yet"
    role = f" (<@&{chosen.adders_role}>)" if chosen.adders == "role" and chosen.adders_role else ""
    embed.description = (
        f"**News of stories**: {news}\n"
        f"**Who may add stories with /submit**: {ADDERS[chosen.adders]}{role}\n"
        f"**Pages that are opened show**: {SERVER_PRIVATE[private]}\n"
        f"**Reactions on offer**: {' '.join(map(emoji_text, offered))}"
    )
    embed.set_footer(text="They hold for this server. Readers may choose otherwise for themselves, with /settings.")
    channel = ui.ChannelSelect[ui.View](
        custom_id=str(SetServer("news")),
        placeholder="The channel for news of stories",
        channel_types=[discord.ChannelType.text, discord.ChannelType.news],
        min_values=0,
        row=0,
    )
    roles = ui.RoleSelect[ui.View](
        custom_id=str(SetServer("role")), placeholder="A role that may add stories, too", min_values=0, row=2
    )
    items: list[ui.Item[ui.View]] = [
        channel,
        _select(SetServer("adders"), "Who may add stories", ADDERS.items(), chosen.adders, 1),
        roles,
        _select(SetServer("private"), "Who sees pages that are opened", SERVER_PRIVATE.items(), private, 3),
        button(AskReactions(), "Reactions on offer…", 4),
    ]
    return Screen([embed], sent(items))


def _select(
    custom_id: CustomId, placeholder: str, options: Iterable[tuple[str, str]], chosen: str, row: int
) -> ui.Select[ui.View]:
    return ui.Select(
        custom_id=str(custom_id),
        placeholder=placeholder,
        options=[discord.SelectOption(label=label, value=value, default=value == chosen) for value, label in options],
        row=row,
    )


def reactions_modal(offered: Sequence[Emoji]) -> ui.Modal:
    """Asks for the reactions on offer."""
    modal = ui.Modal(title="Reactions on offer", custom_id=str(TakeReactions()), timeout=15 * 60)
    modal.add_item(
        ui.Label(
            text=f"Up to {OFFERED_AT_MOST} emoji, parted by spaces",
            description="Any, also this server's own; left empty, they are the bot's own",
            component=ui.TextInput(
                custom_id="reactions", default=" ".join(map(emoji_text, offered)), required=False, max_length=300
            ),
        )
    )
    return modal
