"""/help: what the one who asks can do, in one screen of a phone."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace

import discord
import pytest
from simcord.actors import MemberActor
from simcord.results import ResponseMessage

from bot.domain.settings import ServerSettings
from tests.library import Library
from tests.linking import linked
from tests.owning import administrator, owned_on_discord
from tests.reviewing import manager
from tests.seen import shown, text_of

pytestmark = pytest.mark.sqlite("it is about what is shown of commands")

LINES = 28
"""Lines of text that a phone shows above the box for messages."""

COLUMNS = 31

PLAIN = ["read", "stories", "me", "search", "quote", "react", "vote", "review", "top", "settings", "author"]


def named(said: ResponseMessage) -> list[str]:
    """The commands in bold, in their order."""
    return re.findall(r"\*\*/([a-z ]+)\*\*", text_of(said))


async def helped(library: Library, asks: MemberActor | None = None) -> ResponseMessage:
    return shown(await (asks or library.ann).slash(library.channel, "help"))


async def test_a_plain_reader_sees_what_most_need_first_and_nothing_of_mods(library: Library) -> None:
    said = await helped(library)
    assert said.ephemeral and named(said)[:3] == ["read", "stories", "me"]
    assert [name.split()[0] for name in named(said)] == PLAIN and "author claim" in named(said)


async def test_who_may_submit_sees_it(library: Library) -> None:
    def open_to_all(chosen: ServerSettings) -> ServerSettings:
        return replace(chosen, adders="everyone")

    await library.store.settings.change_server(library.guild_id, open_to_all)
    assert "author submit" in named(await helped(library))
    assert "author submit" not in named(shown(await library.ann.user.slash("help")))


async def test_an_author_sees_what_is_for_their_stories(library: Library) -> None:
    await linked(library.store, await library.id_of("Lighthouse"), library.ann.id)
    found = named(await helped(library))
    assert {"author stories", "author ask"} <= set(found) and found.count("vote") == 2
    assert "author ask" not in named(shown(await library.ann.user.slash("help")))


async def test_a_manager_sees_what_mods_have(library: Library) -> None:
    mira = manager(library)
    found = named(await helped(library, mira))
    assert "manage" in found and "author ask" in found and "bot" not in found and found.count("review") == 2
    assert "manage" not in named(shown(await mira.user.slash("help")))


async def test_a_moderator_sees_reports_but_not_what_managers_have(library: Library) -> None:
    role = library.ann.guild.create_role("Moderators")

    def moderated(chosen: ServerSettings) -> ServerSettings:
        return replace(chosen, moderators_role=role.id)

    await library.store.settings.change_server(library.guild_id, moderated)
    mona = library.ann.guild.add_member(library.env.create_user("mona"), roles=[role])
    found = named(await helped(library, mona))
    assert found.count("review") == 2 and "manage" not in found


async def test_the_host_sees_theirs_in_their_own_server(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    olga, adam = administrator(library, "olga"), administrator(library, "adam")
    owned_on_discord(monkeypatch, olga)
    assert "bot" not in named(await helped(library, olga))
    await library.restart(owner_server=library.guild_id)
    assert "bot" in named(await helped(library, olga))
    assert "bot" not in named(await helped(library, adam))


async def test_it_links_to_the_pages_that_there_are(library: Library) -> None:
    assert "](" not in text_of(await helped(library))
    await library.restart(pages={"privacy": "https://example.org/privacy", "support": "https://discord.gg/example"})
    said = text_of(await helped(library))
    assert "[Privacy policy](https://example.org/privacy) · [Help and reports](https://discord.gg/example)" in said


@pytest.mark.parametrize("asks", ["reader", "manager"])
async def test_it_fits_a_screen_of_a_phone(library: Library, asks: str) -> None:
    said = text_of(await helped(library, manager(library) if asks == "manager" else library.ann))
    lines = [max(1, len(textwrap.wrap(line.replace("*", ""), COLUMNS))) for line in said.splitlines()]
    assert sum(lines) <= LINES


async def test_all_that_can_be_done_is_named_to_somebody(library: Library) -> None:
    tree, said = library.bot.tree, await helped(library, manager(library))
    commands = {command.name for command in tree.get_commands(type=discord.AppCommandType.chat_input)}
    assert {name.split()[0] for name in named(said)} == commands - {"help"}
    menus = {menu.name for menu in tree.get_commands(type=discord.AppCommandType.message)}
    assert menus and all(f"**{menu}**" in text_of(said) for menu in menus)


async def test_help_works_in_direct_messages(library: Library) -> None:
    assert shown(await library.ann.user.slash("help")).ephemeral
