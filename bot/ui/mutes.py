"""The panel of what a reader has muted, and the modal to mute more."""

from collections.abc import Sequence
from typing import get_args

import discord
from discord import ui

from bot.domain.mutes import Mute, MuteKind
from bot.texts import say
from bot.ui.components import button, modal, option, select, text_field
from bot.ui.ids.mutes import AskMutes, MutesModal, Unmute
from bot.ui.limits import EMBED_FIELD_VALUE, SELECT_OPTIONS, clip
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, Item, Screen

TYPED_CHARS = 1000


def mutes_screen(mutes: Sequence[Mute], too_many: int = 0) -> Screen:
    """The panel; *too_many* is how many of the names just typed there was no room for."""
    embed = discord.Embed(title=say("me-tab-muted"), colour=ACCENT)
    embed.description = say("mutes-about" if mutes else "mutes-empty")
    if too_many:
        embed.description += "\n\n" + say("mutes-full", count=too_many, most=SELECT_OPTIONS)
    items: list[Item] = []
    for row, kind in enumerate(get_args(MuteKind), start=1):
        own = [mute for mute in mutes if mute.kind == kind][:SELECT_OPTIONS]
        listed = clip(", ".join(mute.name for mute in own), EMBED_FIELD_VALUE, escape)
        if own:
            embed.add_field(name=say(f"mutes-of-{kind}"), value=listed, inline=False)
            options = [option(mute.name, mute.id) for mute in own]
            items.append(select(Unmute(kind), options, row, say(f"mutes-undo-{kind}")))
    items.append(button(AskMutes(), say("mutes-add"), 3))
    return Screen([embed], items)


def mutes_modal() -> ui.Modal:
    """The modal for the tags and authors to mute."""
    hint = say("filter-names-parted")
    fields = [text_field(kind, say(f"mutes-of-{kind}"), TYPED_CHARS, hint=hint) for kind in get_args(MuteKind)]
    return modal(MutesModal(), say("mutes-ask"), fields)
