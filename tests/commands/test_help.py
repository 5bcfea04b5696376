"""/help: what can be done, in one screen."""

from __future__ import annotations

import discord

from bot.interactions.client import Oneshot
from tests.conftest import Library, shown, text_of


async def test_help_is_private_and_one_screen(library: Library) -> None:
    said = shown(await library.ann.slash(library.channel, "help"))
    assert said.ephemeral and len(said.embeds) == 1
    assert len(text_of(said)) < 3000


async def test_help_names_every_other_command_and_none_that_is_not_there(library: Library) -> None:
    bot = library.env.bot
    assert isinstance(bot, Oneshot)
    text = text_of(shown(await library.ann.slash(library.channel, "help")))
    named = {word.strip("*.,:;") for word in text.split() if word.strip("*").startswith("/")}
    menus = bot.tree.get_commands(type=discord.AppCommandType.message)
    assert menus and all(f"**{menu.name}**" in text for menu in menus)
    assert named == {
        f"/{command.name}" for command in bot.tree.get_commands(type=discord.AppCommandType.chat_input)
    } - {"/help"}


async def test_help_works_in_direct_messages(library: Library) -> None:
    assert shown(await library.ann.user.slash("help")).ephemeral
