"""Who may do what: docs/permissions.md is held against the code, and what is not for everybody against a stranger."""

from __future__ import annotations

import itertools
import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import discord
import pytest
from discord import app_commands
from discord.ext import commands
from simcord.actors import MemberActor

import cogs
from bot.domain.questions import NewQuestion
from bot.domain.reviews import NewReview
from bot.domain.settings import READER, SERVER
from bot.domain.uploads import Upload
from bot.interactions import components
from bot.interactions.groups import GROUPS
from bot.ui.custom_id import CustomId, EmojiText, ModalId, Name
from bot.ui.ids import SetReaderOption
from tests.databases import dump
from tests.library import Library
from tests.seen import shown, text_of

pytestmark = pytest.mark.sqlite("who may do what is asked of Discord and of the services")

PAGE = Path(__file__).parents[1] / "docs" / "permissions.md"
EVERYBODY = "Anybody, for themselves"


def told() -> dict[str, str]:
    """Who may use each thing, as the page says."""
    found: dict[str, str] = {}
    who = ""
    for line in PAGE.read_text("utf-8").split("\n"):
        if line.startswith("## "):
            who = line.removeprefix("## ")
        elif match := re.match(r"\| `([\w.]+)` \|", line):
            assert match[1] not in found, f"{match[1]} stands twice"
            found[match[1]] = who
    return found


def commands_of_code() -> Iterator[object]:
    groups: list[Any] = list(GROUPS)
    for module in (import_module(f"cogs.{each.name}") for each in pkgutil.iter_modules(cogs.__path__)):
        for found in vars(module).values():
            if isinstance(found, app_commands.Command | app_commands.ContextMenu):
                yield found
            elif isinstance(found, type) and issubclass(found, commands.Cog):
                groups += found.__cog_app_commands__
    for group in groups:
        yield from (group.walk_commands() if isinstance(group, app_commands.Group) else [group])


def function_of(command: object) -> str | None:
    if not isinstance(command, app_commands.Command | app_commands.ContextMenu):
        return None
    called = command.callback
    return f"{called.__module__.removeprefix('cogs.')}.{called.__name__}"


def kinds() -> dict[str, type[CustomId]]:
    """What answers a press or a form, by the class of its custom id."""
    list(commands_of_code())  # imports the cogs
    return {each.kind.__name__: each.kind for each in components.COMPONENTS.values()}


def test_everything_that_can_be_pressed_or_typed_stands_on_the_page() -> None:
    functions = {name for each in commands_of_code() if (name := function_of(each))}
    assert {*kinds(), *functions} == set(told())


def samples(kind: type[CustomId], numbers: int) -> Iterator[CustomId]:
    """Ids of a kind, one for each of its words; all their numbers are the same."""
    options: list[list[object]] = []
    for wanted in kind._types.values():
        if get_origin(wanted) is Literal:
            options.append(list(get_args(wanted)))
        elif wanted is bool:
            options.append([True])
        elif wanted is Name:
            options.append([*(READER if kind.PREFIX == SetReaderOption.PREFIX else SERVER)])
        else:
            options.append(["🔥" if wanted is EmojiText else numbers])
    for values in itertools.product(*options):
        yield kind(*values)


TYPED = {
    "choice": "continue", "line": "It ends here.", "question": "What next?", "choices": "Stay\nGo",
    "reason": "Because.",
    "text": "A line of text that is long enough.", "title": "Changed", "rating": "general", "reactions": "🦊",
}  # fmt: skip
"""What a stranger types into a form."""

PICKED = ("1", "yes", "all", "everyone", "half", "managers", "stories")


async def furnish(library: Library) -> int:
    """One of everything, all with the id 1 where that is possible; return the uploaded story's id."""
    store, folder = library.store, await library.store.stories.find("Lighthouse")
    await store._db.execute("DELETE FROM drafts")
    await store.drafts.keep(library.guild_id, 999, Upload("a.txt", b"It rained, and nobody minded at all.", {}), {})
    spoon = await library.id_of("Spoon")
    await store.questions.ask(NewQuestion(spoon, 999, library.guild_id, "What?", ("Stay", "Go"), "chapter", False))
    await store.reviews.leave(
        NewReview(999, "nine", folder.id, 0, library.guild_id, "I liked it well enough.", False), store.clock()
    )
    await store.authors.claim(folder.id, 999)
    return folder.id


UNCOUNTED = ("bot_state", "done_interactions", "saved_queries", "posts", "told_readerships")
"""Tables that a look may change."""


def kept(path: Path) -> list[str]:
    return [line for line in dump(path) if not any(f'INTO "{table}"' in line for table in UNCOUNTED)]


def restricted() -> list[str]:
    return [name for name, who in told().items() if who != EVERYBODY and "." not in name]


async def strangers(library: Library) -> list[MemberActor]:
    """A plain member, and one who manages another server."""
    elsewhere = library.env.create_guild("Elsewhere")
    role = elsewhere.create_role("Manager", permissions=discord.Permissions(manage_guild=True))
    otto = library.env.create_user("otto")
    elsewhere.add_member(otto, roles=[role])
    return [library.ben, library.ann.guild.add_member(otto)]


@pytest.mark.parametrize("name", restricted())
async def test_a_stranger_changes_nothing(
    library: Library, tmp_path: Path, name: str, pytestconfig: pytest.Config
) -> None:
    kind, picked = kinds()[name], PICKED if pytestconfig.getoption("--all") else PICKED[:1]
    story = await furnish(library)
    seen = shown(await library.ann.slash(library.channel, "stories", share=True))
    before = kept(tmp_path / "oneshot.db")
    for stranger in await strangers(library):
        for number in (1, story):
            for forged in samples(kind, number):
                if issubclass(kind, ModalId):
                    result = await library.send_modal(stranger, seen, str(forged), TYPED)
                else:
                    result = await library.forge(stranger, seen, str(forged))
                answers = [result.response, *result.followups]
                told_all = " ".join(text_of(each) for each in answers if each is not None)
                assert "Something went wrong" not in told_all, str(forged)
                assert kept(tmp_path / "oneshot.db") == before, str(forged)
                for value in picked if not issubclass(kind, ModalId) else ():
                    await library.forge(stranger, seen, str(forged), values=[value])
                assert kept(tmp_path / "oneshot.db") == before, str(forged)
