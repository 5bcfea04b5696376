"""No command, no option and no button leads to a draft that waits, but those of the mods who approve it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import discord
import pytest
from discord import app_commands
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.domain.uploads import Draft
from bot.errors import ReaderError
from tests.library import Library
from tests.promises.old_ids import LIVE, Written, one_of_each
from tests.seen import said, shown
from tests.submitting import send_in

SECRET = re.compile("quillon|marcasite|fulgurite|ombrelle", re.IGNORECASE)
"""What a draft says and nobody types here; they type its title."""

LINE = "Nobody forgives an ombrelle for being right, and nobody thanks it for being there, number {}."
TEXT = "Title: The Zibeline\nAuthor: Quillon\nTags: marcasite\nSummary: A fulgurite.\nRating: Teen\n\n" + " ".join(
    LINE.format(number) for number in range(60)
)


@pytest.fixture
async def draft(library: Library) -> Draft:
    return await send_in(library, TEXT)


def look(library: Library, result: InteractionResult, what: object) -> None:
    """Look at an answer: it says nothing of the draft, and nothing went wrong but what a reader can mend."""
    words = said(result)
    assert not SECRET.search(words), what
    assert "Something went wrong" not in words, what
    assert [error for error in library.env.errors if not isinstance(error.__cause__, ReaderError)] == [], what
    library.env.errors.clear()


def commands(library: Library, reader: MemberActor) -> Iterator[app_commands.Command[Any, ..., Any]]:
    """The commands that a reader has; Ben has none of the managers'."""
    for command in library.bot.tree.walk_commands():
        is_managers = command.qualified_name.startswith("manage ")
        if isinstance(command, app_commands.Command) and not (is_managers and reader is library.ben):
            yield command


def given(library: Library, parameter: app_commands.Parameter, typed: str) -> Any:
    kinds = discord.AppCommandOptionType
    named = {"time": "18:00", "timezone": "Europe/Paris"}
    match parameter.type:
        case kinds.string if parameter.choices:
            return parameter.choices[0].value
        case kinds.string:
            return named.get(parameter.display_name, typed)
        case kinds.attachment:
            return ("rain.txt", b"Title: Rain\n\nIt rained all day, and nobody minded.\n")
        case kinds.channel:
            return library.channel
        case kinds.user:
            return library.ben
        case kinds.role:
            return None
        case kinds.boolean:
            return True
        case _:
            return 1


async def test_no_command_shows_a_draft(library: Library, mira: MemberActor, draft: Draft) -> None:
    answered = 0
    for reader in (library.ben, mira):
        for command in commands(library, reader):
            required = [each for each in command.parameters if each.required]
            optional = [each for each in command.parameters if not each.required]
            for typed in ("Zibeline", f"#{draft.story}"):
                for chosen in ([], *([each] for each in optional)):
                    options = {each.display_name: given(library, each, typed) for each in (*required, *chosen)}
                    options = {name: value for name, value in options.items() if value is not None}
                    result = await reader.slash(library.channel, command.qualified_name, **options)
                    answered += 1
                    look(library, result, (command.qualified_name, options))
    assert answered > 150


async def test_no_option_offers_a_draft(library: Library, mira: MemberActor, draft: Draft) -> None:
    for reader in (library.ben, mira):
        for command in commands(library, reader):
            for option in (each.display_name for each in command.parameters if each.autocomplete):
                for typed in ("", "zib", "quill", "marca"):
                    found = await reader.autocomplete(library.channel, command.qualified_name, option, typed)
                    names = " ".join(choice["name"] for choice in found)
                    assert not SECRET.search(names) and "Zibeline" not in names, (command.qualified_name, option)


def about(written: Written, number: int) -> Written:
    """An id with one number in the place of each that it has."""
    parts = [str(number) if part.isdigit() else part for part in written.id.split(":")]
    return replace(written, id=":".join(parts), values=tuple(str(number) for _ in written.values))


async def press(library: Library, reader: MemberActor, message: Any, written: Written) -> InteractionResult:
    if written.how == "select":
        return await library.forge(reader, message, written.id, values=written.values)
    return await library.forge(reader, message, written.id)


async def test_no_button_opens_a_draft_by_its_numbers(library: Library, mira: MemberActor, draft: Draft) -> None:
    number = library.store._db.number
    of_draft = {
        await number(f"SELECT min({column}) FROM {table} WHERE {whose} = :story", {"story": draft.story})
        for table, column, whose in (
            ("stories", "id", "id"), ("chapters", "id", "story_id"), ("questions", "id", "story_id"),
            ("quotes", "id", "story_id"),
        )
    }  # fmt: skip
    assert 0 not in of_draft and draft.id not in of_draft
    pressed = [each for each in one_of_each(LIVE) if each.how in ("button", "select")]
    assert len(pressed) > 100
    for reader in (library.ben, mira):
        message = shown(await reader.slash(library.channel, "help"))
        for each in (about(written, one) for written in pressed for one in sorted(of_draft)):
            result = await press(library, reader, message, each)
            look(library, result, each.id)
    kept = (
        "places",
        "bookmarks",
        "reactions",
        "ballots",
        "reviews",
        "follows",
        "author_links",
        "reading_lists",
        "posts",
    )
    whose = {"story": draft.story}
    questions = "(SELECT id FROM questions WHERE story_id = :story)"
    counts = {
        table: await number(
            f"SELECT count(*) FROM {table} WHERE "
            + (f"question_id IN {questions}" if table == "ballots" else "story_id = :story"),
            whose,
        )
        for table in kept
    }
    assert counts == dict.fromkeys(kept, 0)
