"""What a reader has muted, to be added to and taken away from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import discord
from discord import ui

from bot.readers import Mute, Muted
from bot.ui.components import Style, button, sent
from bot.ui.ids.mutes import AskMutes, MutesTyped, Unmute
from bot.ui.limits import EMBED_FIELD_VALUE, OPTION_LABEL, SELECT_OPTIONS, clip
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, Screen

TYPED_CHARS = 1000
_NAMES: dict[Muted, str] = {"tag": "Tags, fandoms and characters", "author": "Authors"}


def mutes_screen(mutes: Sequence[Mute], too_many: int = 0) -> Screen:
    """The panel; *too_many* is how many there was no room for."""
    embed = discord.Embed(title="What you muted", colour=ACCENT)
    embed.description = (
        "Stories with these stay out of your lists, of stories by chance, of quotes and of news."
        " You still find them by their titles."
    )
    if too_many:
        room = f"There was no room for {too_many:,} more: {SELECT_OPTIONS} of each can be muted."
        embed.description += f"\n\n{room} Show some again first."
    items: list[ui.Item[ui.View]] = [button(AskMutes(), "Mute…", 0, style=Style.primary)]
    for row, kind in enumerate(get_args(Muted), start=1):
        own = [mute for mute in mutes if mute.kind == kind][:SELECT_OPTIONS]
        listed = clip(", ".join(mute.name for mute in own), EMBED_FIELD_VALUE, escape)
        embed.add_field(name=_NAMES[kind], value=listed or "None", inline=False)
        if own:
            options = [discord.SelectOption(label=clip(mute.name, OPTION_LABEL), value=str(mute.id)) for mute in own]
            what = "a tag" if kind == "tag" else "an author"
            items.append(
                ui.Select(custom_id=str(Unmute(kind)), placeholder=f"Show {what} again", options=options, row=row)
            )
    return Screen([embed], sent(items))


def mutes_modal() -> ui.Modal:
    """Asks for what to mute."""
    modal = ui.Modal(title="Mute", custom_id=str(MutesTyped()), timeout=15 * 60)
    for kind in get_args(Muted):
        box = ui.TextInput[ui.Modal](custom_id=kind, required=False, max_length=TYPED_CHARS)
        modal.add_item(ui.Label(text=_NAMES[kind], description="Parted by commas", component=box))
    return modal
