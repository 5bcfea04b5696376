"""What a reader has muted, to be added to and taken away from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import discord
from discord import ui

from bot.domain.mutes import Mute, MuteKind
from bot.texts import say
from bot.ui.components import Style, button, sent
from bot.ui.ids.mutes import AskMutes, MutesModal, Unmute
from bot.ui.limits import EMBED_FIELD_VALUE, OPTION_LABEL, SELECT_OPTIONS, clip
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, Screen

TYPED_CHARS = 1000


def mutes_screen(mutes: Sequence[Mute], too_many: int = 0) -> Screen:
    """The panel; *too_many* is how many there was no room for."""
    embed = discord.Embed(title=say("mutes-title"), colour=ACCENT)
    embed.description = say("mutes-about")
    if too_many:
        embed.description += "\n\n" + say("mutes-full", count=too_many, most=SELECT_OPTIONS)
    items: list[ui.Item[ui.View]] = [button(AskMutes(), say("mutes-add"), 0, style=Style.primary)]
    for row, kind in enumerate(get_args(MuteKind), start=1):
        own = [mute for mute in mutes if mute.kind == kind][:SELECT_OPTIONS]
        listed = clip(", ".join(mute.name for mute in own), EMBED_FIELD_VALUE, escape)
        embed.add_field(name=say(f"mutes-of-{kind}"), value=listed or say("mutes-none"), inline=False)
        if own:
            options = [discord.SelectOption(label=clip(mute.name, OPTION_LABEL), value=str(mute.id)) for mute in own]
            again = say(f"mutes-undo-{kind}")
            items.append(ui.Select(custom_id=str(Unmute(kind)), placeholder=again, options=options, row=row))
    return Screen([embed], sent(items))


def mutes_modal() -> ui.Modal:
    """Asks for what to mute."""
    modal = ui.Modal(title=say("mutes-ask"), custom_id=str(MutesModal()), timeout=15 * 60)
    for kind in get_args(MuteKind):
        box = ui.TextInput[ui.Modal](custom_id=kind, required=False, max_length=TYPED_CHARS)
        modal.add_item(ui.Label(text=say(f"mutes-of-{kind}"), description=say("mutes-ask-hint"), component=box))
    return modal
