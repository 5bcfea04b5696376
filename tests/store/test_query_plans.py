"""Nothing that a reader does looks through a whole table: the plan of every query that a tour of the bot makes."""

from __future__ import annotations

import re
from typing import Any

import discord
import pytest

from bot.domain.me import ME_TABS
from bot.domain.questions import Rules
from bot.domain.reactions import Emoji, Post
from bot.interactions.client import Oneshot
from bot.services.schedules import ScheduledPosting
from bot.store.database import Values
from tests.databases import connections, statements_read
from tests.library import Library
from tests.linking import linked
from tests.reviewing import GOOD, manager
from tests.screens import ask_question, behind_more, let_see, mine, surprise, to_last
from tests.seen import select_of, shown, text_of
from tests.votes import answer_vote, cast_vote, reopen_vote, set_rules, unvote

pytestmark = pytest.mark.sqlite("it reads SQLite's plans of queries")

ALONG_AN_INDEX = re.compile(r"SCAN \w+ (?:USING (?:COVERING )?INDEX|VIRTUAL TABLE INDEX)|SCAN CONSTANT ROW")
MADE = re.compile(r"(?:CO-ROUTINE|MATERIALIZE) (\S+)")
"""What a query has made itself, and is as short as it made it."""

MADE_HERE = re.compile(r"WITH (\w+)")
"""The same where it stands before a change."""


def scans(plan: list[str]) -> list[str]:
    """The steps of a plan that look through a whole table."""
    made = {match[1] for step in plan if (match := MADE.match(step))}
    return [
        step
        for step in plan
        if step.startswith("SCAN") and not ALONG_AN_INDEX.match(step) and step.split()[1] not in made
    ]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Values]]:
    """Every statement that is read with, and values for it."""
    return statements_read(monkeypatch)


async def tour(library: Library) -> None:
    """Use what there is."""
    ann, channel = library.ann, library.channel
    commands: list[tuple[str, dict[str, Any]]] = [
        ("stories", {}),
        ("stories", {"tag": "river", "without": "rain", "sort": "loved"}),
        ("stories", {"author": "Orla Venn", "sort": "recent"}),
        ("stories", {"story": "Lighthouse"}),
        ("read", {"story": "Lighthouse"}),
        ("read", {"story": "Ferry", "chapter": 2}),
        ("read", {}),
        ("quote", {}),
        ("quote", {"story": "Lighthouse"}),
        ("quote", {"author": "Orla Venn"}),
        ("quote", {"containing": "slowly*", "spoilers": True}),
        ("quote", {"length": "medium", "spoilers": True}),
        ("top", {}),
        ("top", {"what": "quote", "by": "saves", "since": "week", "everywhere": True}),
        ("search", {"text": "tide"}),
        ("search", {"text": "lighthouse", "story": "Lighthouse"}),
        ("react", {}),
        ("vote", {"story": "Lighthouse"}),
        ("review", {"story": "Lighthouse"}),
        ("settings", {}),
    ]
    for name, options in commands:
        await ann.slash(channel, name, **options)
    for tab in ME_TABS:
        await mine(ann, channel, tab)
    await surprise(ann, channel)
    for typed in ("", "l", "light house", "orla"):
        await ann.autocomplete(channel, "read", "story", typed)
        await ann.autocomplete(channel, "stories", "tag", typed)
    page = shown(await ann.slash(channel, "read", story="Lighthouse"))
    last = await to_last(ann, page)
    await ann.click(last, label="I want more")
    offered = shown(await ann.click(last, label="Next"))
    page = shown(await ann.click(offered, label="Back"))
    modal = await behind_more(ann, page, "Bookmark")
    await ann.submit_modal(modal, {"note": ""})
    for where in ("50%", "next scene"):
        await ann.submit_modal(await behind_more(ann, page, "Go to…"), {"page": where})
    await mine(ann, channel, "bookmarks")
    await review(library)
    await linked(library.store, await library.id_of("Ferry"), ann.id)
    decide = shown(await ann.click(shown(await ann.slash(channel, "vote", story="Ferry")), label="Manage"))
    await ann.submit_modal(await ann.click(decide, label="Reply…"), {"choice": ["continue"], "line": ""})
    await ann.click(shown(await ann.slash(channel, "vote", story="Lighthouse")), label="Notify me")
    await write(library)
    await question(library)
    await tour_of_schedules(library)


async def write(library: Library) -> None:
    """Ann wrote a story that enough have read for her desk to tell of it, and runs the bot."""
    assert isinstance(library.env.bot, Oneshot)
    library.owned_by(library.ann)
    ann, channel, store = library.ann, library.channel, library.store
    let_see(library, ann)
    story = await library.id_of("Lighthouse")
    page = await store.pages.open((await store.pages.ends(story))[0])
    for reader in range(9):
        await store.places.move(reader, page)
        await store.reactions.toggle(story, reader, "🔥", library.guild_id, page)
    shown(await library.ben.slash(channel, "author claim", story="Spoon"))
    await linked(store, story, ann.id)
    assert "Spoon" in text_of(shown(await ann.slash(channel, "manage author claims")))
    own = shown(await ann.slash(channel, "author stories"))
    panel = shown(await ann.select(own, [str(story)], custom_id=select_of(own, "op1")))
    await ann.click(panel, label="Stats")


async def tour_of_schedules(library: Library) -> None:
    role = library.ann.guild.create_role("Manager", permissions=discord.Permissions(manage_guild=True))
    mira = library.ann.guild.add_member(library.env.create_user("mira"), roles=[role])
    when = {"channel": library.channel, "time": "18:00", "timezone": "Europe/Berlin"}
    await mira.slash(library.channel, "manage daily set", story="Lighthouse", **when)
    await mira.slash(library.channel, "manage daily show")
    for story, size in (("Ferry", "chapter"), ("Lighthouse", "page"), ("Spoon", "scene")):
        await mira.slash(library.channel, "manage serial start", story=story, every="every day", size=size, **when)
        serial = (await mira.autocomplete(library.channel, "manage serial next", "serial", story))[0]["value"]
        await mira.slash(library.channel, "manage serial next", serial=serial)
    await mira.slash(library.channel, "manage serial show")
    begun = await library.store.schedules.begin(2**33)
    while begun is not None:  # what is due is posted
        await ScheduledPosting(bot_of(library)).post(begun)
        begun = await library.store.schedules.begin(2**33)


def bot_of(library: Library) -> Oneshot:
    bot = library.env.bot
    assert isinstance(bot, Oneshot)
    return bot


async def review(library: Library) -> None:
    """Leave a review, report it, manage it, and write to its writer."""
    ann, ben, mira = library.ann, library.ben, manager(library)
    await linked(library.store, await library.id_of("Ferry"), ben.id)
    await ann.submit_modal(await ann.slash(library.channel, "review", story="Ferry", chapter=2), {"text": GOOD})
    listed = shown(await ben.slash(library.channel, "review", story="Ferry"))
    await ben.submit_modal(await ben.click(listed, label="Report 1"), {"reason": "It is cruel."})
    listed = await mine(mira, library.channel, "reviews")
    listed = shown(await mira.click(listed, label="1 to check"))
    await mira.click(listed, label="Keep 1")
    await ben.user.slash("review", story="Ferry")
    await ann.user.slash("review", story="Ferry")


async def question(library: Library) -> None:
    """Ann asks what comes next, and Ben answers."""
    ann, ben, channel = library.ann, library.ben, library.channel
    await linked(library.store, await library.id_of("Spoon"), ann.id)
    panel = shown(await ask_question(ann, channel, story="Spoon", post=channel))
    await ben.click(shown(await ben.slash(channel, "read", story="Spoon")), label="1")
    manage = shown(await ann.click(panel, label="Manage"))
    await ann.submit_modal(await ann.click(manage, label="Reply…"), {"line": "So be it."})
    await ann.click(manage, label="Close now")
    await ben.click(shown(await ben.slash(channel, "stories", story="Spoon")), label="More")


async def test_no_query_looks_through_a_whole_table(library: Library, asked: list[tuple[str, Values]]) -> None:
    await library.store.mutes.add(library.ann.id, "tag", ["nothing"])
    await tour(library)
    statements, offenders = dict(asked), list[str]()
    for sql, values in statements.items():
        if sql.lstrip().upper().startswith(("SELECT", "WITH")):
            plan = await library.store._db.rows(f"EXPLAIN QUERY PLAN {sql}", values)  # pyright: ignore[reportPrivateUsage]
            offenders += [f"{scan}: {' '.join(sql.split())}" for scan in scans([str(row[3]) for row in plan])]
    assert len(statements) > 40
    assert offenders == []


async def test_no_change_that_a_reader_makes_looks_through_a_whole_table(library: Library) -> None:
    store, story, fire = library.store, await library.id_of("Lighthouse"), Emoji("🔥")
    first, last = [await store.pages.open(spot) for spot in await store.pages.ends(story)]
    quote = await store.quotes.draw("guild:1")
    statements: list[str] = []
    writer = connections(store)[0]
    await writer.set_trace_callback(statements.append)
    await store.posts.record(Post(1, 1, 5), story, page=first.spot)
    await store.posts.record(Post(2, 1, 5), story, quote=quote.id)
    for reader in (1, 2, 3):
        for page in (None, first, last, None):
            await store.reactions.toggle(story, reader, fire.key, 5, page)
        for message in (1, 2):
            await store.message_emoji.give(message, reader, fire)
        await cast_vote(store, story, reader, "continue", 5)
        await cast_vote(store, story, reader, "leave", None)
        await store.saved_quotes.keep(reader, quote.id, 5)
        for page in (last, first):
            await store.places.move(reader, page, 5, 1)
    await store.message_emoji.settle(2, fire, [4, 5])
    await store.message_emoji.take(1, 1)
    await store.message_emoji.take(1, emoji=fire)
    await store.message_emoji.take(2)
    await unvote(store, story, 1)
    await store.saved_quotes.drop(1, quote.id)
    await set_rules(store, await library.id_of("Ferry"), Rules(hidden=True))
    await answer_vote(store, story, 9, "author", "continue", "")
    await reopen_vote(store, story, "author")
    await store.authors.approve(await store.authors.claim(story, 3), 9)
    await writer.set_trace_callback(lambda _: None)
    made = MADE_HERE.findall(" ".join(statements))
    offenders = list[str]()
    for sql in set(statements):
        if sql.startswith(("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")):
            for row in await writer.execute_fetchall(f"EXPLAIN QUERY PLAN {sql}"):
                scan, *of = row["detail"].split()
                if scan == "SCAN" and "CONSTANT" not in of and of[0] not in made:  # an index is no excuse here
                    offenders.append(f"{row['detail']}: {sql}")
    assert len(statements) > 100
    assert offenders == []


async def test_a_query_that_looks_through_a_table_is_seen(library: Library) -> None:
    rows = await library.store._db.rows("EXPLAIN QUERY PLAN SELECT * FROM ballots WHERE cast_at = 1")  # pyright: ignore[reportPrivateUsage]
    assert scans([str(row[3]) for row in rows]) == ["SCAN ballots"]


async def test_what_hangs_on_a_row_that_is_deleted_is_found_along_an_index(library: Library) -> None:
    """SQLite looks for the children of each row that it deletes: of each chapter of a story, above all."""
    found: set[tuple[str, str]] = set()
    for table in await library.store._db.rows("SELECT name FROM sqlite_schema WHERE type = 'table'"):
        name, keys = table["name"], {}
        for key in await library.store._db.rows(f"SELECT * FROM pragma_foreign_key_list('{name}')"):
            keys.setdefault((key["id"], key["table"]), []).append(key["from"])
        for (_, parent), columns in keys.items():
            where = " AND ".join(f"{column} = 1" for column in columns)
            plan = await library.store._db.rows(f"EXPLAIN QUERY PLAN SELECT 1 FROM {name} WHERE {where}")
            if any(step["detail"].startswith("SCAN") for step in plan):
                found.add((name, parent))
    assert found == set()
