"""Buttons and views as this bot uses them: sent, and forgotten."""

from __future__ import annotations

from collections.abc import Iterable

import discord
from discord import ui

from bot.ui.custom_id import CustomId
from bot.ui.limits import BUTTON_LABEL, clip

Style = discord.ButtonStyle


def button(
    custom_id: CustomId,
    label: str | None,
    row: int,
    *,
    style: Style = Style.secondary,
    emoji: str | discord.PartialEmoji | None = None,
    disabled: bool = False,
) -> ui.Button[ui.View]:
    """A button that carries all it needs in its custom id."""
    return ui.Button(
        custom_id=str(custom_id),
        label=clip(label, BUTTON_LABEL) if label else None,
        row=row,
        style=style,
        emoji=emoji,
        disabled=disabled,
    )


def sent(items: Iterable[ui.Item[ui.View]]) -> ui.View:
    """A view of *items*. It is finished before it is sent, so discord.py keeps nothing of it in memory."""
    view = ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()
    return view
