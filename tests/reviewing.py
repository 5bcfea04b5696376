"""Leaving and reading reviews, as the tests of them do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import discord
from simcord.actors import MemberActor
from simcord.backend.models import User
from simcord.builders import UserHandle
from simcord.results import InteractionResult, ResponseMessage

from bot.domain.reviews import NewReview
from bot.domain.rights import Audience
from tests.library import Library
from tests.screens import mine
from tests.seen import shown

LONG_AGO = 1_700_000_000
GOOD = "I read it twice, and the second time I knew why the door was green."


def manager(library: Library) -> MemberActor:
    """Who runs the server."""
    role = library.ann.guild.create_role("Manager", permissions=discord.Permissions(manage_guild=True))
    return library.ann.guild.add_member(library.env.create_user("mira"), roles=[role])


def newcomer(library: Library, name: str = "newt") -> MemberActor:
    """A member whose account was made a minute ago."""
    made = datetime.fromtimestamp(library.clock() - 60, UTC)
    user = User(id=discord.utils.time_snowflake(made), name=name)
    library.env.backend.users[user.id] = user
    return library.ann.guild.add_member(UserHandle(library.env, user))


async def leave(
    library: Library, reader: MemberActor, text: str = GOOD, *, story: str = "Lighthouse", chapter: int | None = None
) -> InteractionResult:
    """Leave a review by the command, with a restart while it is typed."""
    here = library.store.for_audience(Audience(adult=True, guild=library.guild_id))
    is_short = (await here.stories.find(story)).chapters == 1
    if chapter or is_short:  # the only chapter of a story is the story
        modal = await reader.slash(library.channel, "review", story=story, chapter=chapter or 1)
    else:
        listed = shown(await reader.slash(library.channel, "review", story=story))
        modal = await reader.click(listed, label="Write review")
    await library.restart()
    return await reader.submit_modal(modal, {"text": text})


async def look(library: Library, reader: MemberActor, story: str | None = "Lighthouse") -> ResponseMessage:
    """What a reader sees of the reviews of a story, or, without one, of their own."""
    if story is None:
        return await mine(reader, library.channel, "reviews")
    listed = shown(await reader.slash(library.channel, "review", story=story))
    assert listed.ephemeral
    return listed


async def put(
    library: Library,
    reader: int,
    text: str = GOOD,
    *,
    story: str = "Lighthouse",
    chapter: int = 0,
    guild: int | None = None,
    at: float | None = None,
) -> int:
    """Leave a review without a word to Discord; its number."""
    here = library.guild_id if guild is None else guild
    about = (await library.id_of(story), await chapter_id(library, story, chapter))
    said = NewReview(reader, f"reader {reader}", *about, here, text, is_new_account=False)
    return await library.store.reviews.leave(said, library.clock() if at is None else at)


async def chapter_id(library: Library, story: str, chapter: int) -> int:
    entry = await library.store.stories.find(story)
    return (await library.store.stories.chapter(entry, chapter)).id if chapter else 0


async def finish(library: Library, reader: MemberActor, story: str = "Lighthouse") -> None:
    """Read a story to its end."""
    _, last = await library.store.pages.ends(await library.id_of(story))
    await library.store.places.move(reader.id, await library.store.pages.open(last))


def modal_of(result: InteractionResult) -> dict[str, Any]:
    """The one input of a modal, with the words around it."""
    modal = result.modal
    assert modal is not None
    [label] = modal["components"]
    return label["component"] | {"title": modal["title"], "label": label["label"], "hint": label["description"]}
