"""The command tree: what each reader's list shows, how large it is, and that every message names what is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import discord
from fluent.syntax import FluentSerializer

from bot.interactions.groups import owner
from bot.texts import languages, text_in
from tests.fluent import messages_in
from tests.library import Library
from tests.registered import menus, registered

PROMISES = Path(__file__).parent / "promises"

ROWS = {
    "read", "stories", "search", "quote", "react", "vote", "review", "top", "me", "settings", "help",
    "author submit", "author stories", "author claim", "author ask",
}  # fmt: skip
"""What a plain reader sees when they type a slash."""

MANAGED = {
    "story add", "story replace", "story edit", "story remove", "story restore",
    "daily set", "daily show", "daily stop",
    "serial start", "serial show", "serial pause", "serial resume", "serial next", "serial stop",
    "author claims", "author unlink",
    "settings", "uploads", "log",
}  # fmt: skip

ROADS = [PROMISES / f"test_{name}.py" for name in ("age_gate", "pages", "servers")]
"""The promises whose lists of commands must be whole: where a story does not show, no command may tell of it."""

MOST_OF_A_LEVEL = 25
MOST_CHARS = 8000
"""Discord counts names, descriptions and values of a command with all below it, each in its longest language."""

GROUPS = {discord.AppCommandOptionType.subcommand.value, discord.AppCommandOptionType.subcommand_group.value}


def below(command: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in command.get("options") or [] if each["type"] in GROUPS]


def options(command: dict[str, Any]) -> set[str]:
    return {each["name"] for each in command.get("options") or [] if each["type"] not in GROUPS}


def leaves(command: dict[str, Any], before: str = "") -> Iterator[str]:
    """The rows that a client lists for a command: itself, or each subcommand."""
    name = f"{before} {command['name']}".strip()
    inner = below(command)
    if not inner:
        yield name
    for each in inner:
        yield from leaves(each, name)


async def test_a_plain_reader_sees_these_rows_anywhere(library: Library) -> None:
    assert set(library.ben.available_commands(library.channel)) == ROWS


async def test_each_command_that_names_a_story_is_tried_where_the_story_must_not_show(library: Library) -> None:
    names = {name for name, command in registered(library).items() if "story" in options(command)}
    assert "read" in names
    for file in ROADS:
        tried = file.read_text("utf-8")
        assert [name for name in sorted(names) if f'"{name}"' not in tried] == [], file.name


async def test_the_menu_of_a_message_has_two_entries_anywhere_which_add_no_row(library: Library) -> None:
    found, read = menus(library), registered(library)["read"]
    assert set(found) == {"Save quote", "Read here"} and not set(found) & ROWS
    for entry in found.values():
        assert set(entry["contexts"]) == set(read["contexts"]) == {0, 1, 2}
        assert set(entry["integration_types"]) == set(read["integration_types"]) == {0, 1}


async def test_what_mods_have_is_hidden_and_for_servers_with_one_level_of_groups(library: Library) -> None:
    manage = registered(library)["manage"]
    assert int(manage["default_member_permissions"]) == discord.Permissions(manage_guild=True).value
    assert manage["contexts"] == [0]
    assert set(leaves(manage)) == {f"manage {name}" for name in MANAGED}
    assert all(not below(each) for group in below(manage) for each in below(group))


async def test_no_level_is_longer_and_no_command_larger_than_discord_takes(library: Library) -> None:
    for command in registered(library).values():
        assert largest_level(command) <= MOST_OF_A_LEVEL
        assert size_of(command, command["name"]) <= MOST_CHARS, command["name"]


async def test_every_value_of_an_option_has_a_name_for_readers(library: Library) -> None:
    choices = [choice for command in registered(library).values() for choice in choices_of(command)]
    assert len(choices) > 30
    assert [choice["value"] for choice in choices if choice["name"] == choice["value"]] == []


def choices_of(command: dict[str, Any]) -> list[dict[str, Any]]:
    below = [choice for each in command.get("options") or [] for choice in choices_of(each)]
    return [*(command.get("choices") or []), *below]


def largest_level(command: dict[str, Any]) -> int:
    options = command.get("options") or []
    return max([len(options), *map(largest_level, options)], default=0)


def size_of(command: dict[str, Any], path: str) -> int:
    total = longest(command["name"]) + longest(command.get("description", ""), f"command-{path}")
    for choice in command.get("choices") or []:
        names = [choice["name"], *(choice.get("name_localizations") or {}).values()]
        total += max(map(len, names)) + len(str(choice["value"]))
    return total + sum(size_of(each, f"{path}-{each['name']}") for each in command.get("options") or [])


def longest(english: str, message: str = "") -> int:
    said = [text_in(language, message) for language in languages()] if message else []
    return max(len(text) for text in [english, *filter(None, said)])


NAMED = re.compile(r"(?<![\w/.<])/([a-z]+(?: [a-z]+){0,2})")
"""A command in a text, with the words behind it, which may be its subcommands."""


async def test_each_command_that_a_message_names_is_there(library: Library) -> None:
    paths = {path for command in registered(library).values() for path in leaves(command)}
    paths |= {command.qualified_name for command in owner.walk_commands()}
    unknown = [
        f"{language} {message.id.name}: /{name}"
        for language in sorted(languages())
        for message in messages_in(language)
        for name in NAMED.findall(FluentSerializer().serialize_entry(message))
        if not is_there(name.split(" "), paths)
    ]
    assert unknown == []


def is_there(words: list[str], paths: set[str]) -> bool:
    """Whether *words* begin with a command, or are the name of a group by itself."""
    is_group = len(words) == 1 and any(path.startswith(f"{words[0]} ") for path in paths)
    return is_group or any(" ".join(words[:length]) in paths for length in (1, 2, 3))


def test_a_command_that_is_not_there_is_found() -> None:
    paths = {"read", "manage story add"}
    for text in ("Use /readers", "See /manage stories", "/manage story adds it", "(/story)", "**/shelf**"):
        assert not any(is_there(name.split(" "), paths) for name in NAMED.findall(text)), text
    for text in (
        "Open the current version with /read",
        "**/manage**: for mods",
        "/manage story add it",
        "and/or",
        "https://a.b/c",
    ):
        assert all(is_there(name.split(" "), paths) for name in NAMED.findall(text)), text
