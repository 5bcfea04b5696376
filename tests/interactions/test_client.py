"""The bot as Discord sees it: its commands, its intents, and when it tells of either."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.interactions.client import Oneshot
from bot.store import Store
from tests.library import Library
from tests.registered import registered, syncs
from tests.seen import shown

OFFERED = {"story", "tag", "without", "fandom", "character", "author"}
"""Options that complete as the reader types; `/stories language:` does, too."""

OPTIONS = {
    "stories": [
        "story",
        "tag",
        "without",
        "fandom",
        "character",
        "author",
        "length",
        "minutes",
        "status",
        "rating",
        "language",
        "sort",
        "share",
    ],
    "me": [],
    "read": ["story", "chapter", "page", "share", "together"],
    "search": ["text", "story"],
    "quote": ["story", "author", "containing", "length", "spoilers"],
    "top": ["what", "by", "since", "everywhere"],
    "react": ["story"],
    "vote": ["story"],
    "review": ["story", "chapter"],
    "settings": [],
    "author": ["stories", "claim", "ask", "submit"],
    "help": [],
    "manage": ["story", "daily", "serial", "author", "log", "uploads", "settings"],
}
MANAGED = {"manage"}
"""Commands for those who run a server."""

REQUIRED = {("search", "text"), ("vote", "story")}


async def test_the_commands_are_those_that_were_promised(library: Library) -> None:
    found = {name: [option["name"] for option in each["options"]] for name, each in registered(library).items()}
    assert found == OPTIONS
    required = {
        (name, option["name"])
        for name, each in registered(library).items()
        for option in each["options"]
        if option.get("required") and name not in MANAGED
    }
    assert required == REQUIRED


async def test_every_command_and_option_says_what_it_does(library: Library) -> None:
    for name, command in registered(library).items():
        inner = [option for each in command["options"] for option in each.get("options", [])]
        for each in (command, *command["options"], *inner):
            description = each["description"]
            assert 7 <= len(description) <= 100 and description != "…", f"/{name} {each['name']}"
            assert description[0].isupper() or description[0].isdigit(), description


async def test_every_option_that_names_something_completes_as_the_reader_types(library: Library) -> None:
    for name, command in registered(library).items():
        options = command["options"]
        inner = [option for each in options for option in each.get("options", [])]
        for option in inner if name in {*MANAGED, "author"} else options:
            offered = OFFERED | ({"language"} if name == "stories" else set[str]())
            if (name not in MANAGED and option["name"] != "author") or option["name"] == "story":
                assert option.get("autocomplete", False) == (option["name"] in offered)


async def test_commands_are_for_servers_and_direct_messages_with_the_bot(library: Library) -> None:
    for name, command in registered(library).items():
        assert command["contexts"] == ([0] if name in MANAGED else [0, 1, 2])
        assert command["integration_types"] == ([0] if name in MANAGED else [0, 1])
        allowed = str(discord.Permissions(manage_guild=True).value) if name in MANAGED else None
        assert command["default_member_permissions"] in (allowed, int(allowed or 0) or None)
    offered = library.ann.available_commands(library.channel), library.ann.user.available_commands()
    in_server, direct = ({name.split()[0] for name in names} for names in offered)
    assert in_server == set(OPTIONS) - MANAGED
    assert direct == set(OPTIONS) - MANAGED


async def test_the_bot_asks_for_no_privileged_intent(library: Library) -> None:
    asked = {name for name, wanted in library.env.bot.intents if wanted}
    assert asked == {"guilds", "guild_reactions", "dm_reactions"}


async def test_commands_are_synced_once_and_not_again_when_nothing_changed(library: Library) -> None:
    assert syncs(library) == 1
    await library.restart()
    await library.restart(private_reading=True)
    assert syncs(library) == 1
    shown(await library.ann.slash(library.channel, "help"))


class WithOneMore(Oneshot):
    """A later version of the bot."""

    async def setup_hook(self) -> None:
        self.tree.add_command(
            app_commands.Command(name="more", description="One command more than before", callback=_more)
        )
        await super().setup_hook()


async def _more(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("More", ephemeral=True)


async def test_a_changed_command_is_synced(library: Library) -> None:
    await library.env.restart_bot(WithOneMore(library.store))
    assert syncs(library) == 2
    assert registered(library).keys() == OPTIONS.keys() | {"more"}
    await library.env.restart_bot(WithOneMore(library.store))
    assert syncs(library) == 2
    await library.restart()
    assert syncs(library) == 3
    assert registered(library).keys() == OPTIONS.keys()


async def test_commands_that_discord_lost_are_synced_again(library: Library) -> None:
    library.env.backend.commands[None] = {}
    await library.restart()
    assert syncs(library) == 2
    assert registered(library).keys() == OPTIONS.keys()


async def test_while_developing_commands_go_to_one_server_only(library: Library, store: Store) -> None:
    library.env.backend.commands[None] = {}
    await library.restart(sync_guild=library.guild_id)
    assert registered(library, library.guild_id).keys() == OPTIONS.keys()
    assert not registered(library)
    shown(await library.ann.slash(library.channel, "help"))
    before = syncs(library)
    await library.restart(sync_guild=library.guild_id)
    assert syncs(library) == before
