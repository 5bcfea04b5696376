"""The commands as Discord has them."""

from __future__ import annotations

from typing import Any

import discord

from tests.library import Library


def registered(library: Library, guild: int | None = None) -> dict[str, dict[str, Any]]:
    """The slash commands as Discord has them."""
    return _of_type(library, guild, discord.AppCommandType.chat_input)


def menus(library: Library, guild: int | None = None) -> dict[str, dict[str, Any]]:
    """What the menu of a message has, as Discord has it."""
    return _of_type(library, guild, discord.AppCommandType.message)


def _of_type(library: Library, guild: int | None, kind: discord.AppCommandType) -> dict[str, dict[str, Any]]:
    found = library.env.backend.commands.get(guild, {}).values()
    return {command["name"]: command for command in found if command["type"] == kind.value}


def syncs(library: Library) -> int:
    """How often the bot told Discord of its commands."""
    return sum(request.method == "PUT" and "/commands" in request.path for request in library.env.http_requests)
