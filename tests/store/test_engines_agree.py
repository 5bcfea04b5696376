"""Both engines keep and find the same, whatever readers, authors and managers do."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.questions import Rules
from bot.domain.reactions import Emoji, Post
from bot.domain.reviews import NewReview
from bot.domain.rights import Audience
from bot.domain.stories import SORTS, StoryFilter
from bot.errors import ReaderError
from bot.importing.loading import load_folder
from bot.importing.worker import read_here
from bot.store import Store
from bot.store.moving import TABLES
from bot.stories.model import OpenPage
from bot.stories.query import read_query
from tests.clock import Clock
from tests.databases import database_at
from tests.linking import linked
from tests.postgresql import on_postgresql
from tests.votes import cast_vote, close_vote, default_of, reopen_vote, set_rules, unvote

pytestmark = pytest.mark.skipif(not on_postgresql(), reason="it compares PostgreSQL with SQLite: make test-postgres")

READERS, SERVERS = range(101, 108), (0, 5, 6)
Act = Callable[[Store], Awaitable[object]]


@pytest.fixture
async def both(folder: Path, tmp_path: Path, clock: Clock) -> AsyncIterator[list[Store]]:
    """The same library on SQLite and on PostgreSQL."""
    async with AsyncExitStack() as stack:
        places = (tmp_path / "a.db", database_at(tmp_path / "b.db"))
        stores = [await stack.enter_async_context(Store.open(where, clock)) for where in places]
        for store in stores:
            await load_folder(store, folder, read_here)
        yield stores


async def outcome(act: Act, store: Store) -> object:
    try:
        return await act(store)
    except ReaderError as error:
        return repr(error)


async def rows(store: Store) -> dict[str, list[str]]:
    """What each table holds, but for the ids that an engine gives, and for what is secret or drawn by chance."""
    found: dict[str, list[str]] = {}
    for table in TABLES:
        names = [name for name in await store._db.columns(table) if name != "id"]
        kept = await store._db.rows(f"SELECT {', '.join(names)} FROM {table}")
        found[table] = sorted(repr(tuple(row)) for row in kept)
    for table in ("quote_decks", "bot_state", "erased"):
        found[table] = [str(len(found[table]))]
    return found


def one_act(chance: random.Random, stories: list[int], pages: list[OpenPage], quotes: list[int], clock: Clock) -> Act:
    """Something that somebody does."""
    reader, guild, story = chance.choice(READERS), chance.choice(SERVERS), chance.choice(stories)
    page, quote, message = chance.choice(pages), chance.choice(quotes), chance.randint(1, 9)
    emoji = Emoji(chance.choice("🔥🌊"))
    review = NewReview(reader, f"reader {reader}", story, 0, guild, f"Page {chance.random()}", chance.random() < 0.2)
    acts: list[Act] = [
        lambda store: cast_vote(store, story, reader, chance_of[0], guild or None),
        lambda store: unvote(store, story, reader),
        lambda store: store.places.move(reader, page, guild, message),
        lambda store: store.reactions.toggle(story, reader, emoji.key, guild, page if page.story.id == story else None),
        lambda store: store.message_emoji.give(message, reader, emoji),
        lambda store: store.message_emoji.take(message, reader, emoji),
        lambda store: store.message_emoji.settle(message, emoji, {reader, reader + 1}),
        lambda store: store.posts.record(Post(message, 1, guild or None), page.story.id, page=page.spot),
        lambda store: store.bookmarks.keep(reader, page, chance_of[1]),
        lambda store: store.saved_quotes.keep(reader, quote, guild or None),
        lambda store: store.saved_quotes.drop(reader, quote),
        lambda store: store.reading_lists.put(reader, story, chance_of[2]),
        lambda store: store.follows.follow(reader, chance_of[3], story, guild),
        lambda store: store.mutes.add(reader, "tag", ["fluff", chance_of[1]]),
        lambda store: store.reviews.leave(review, clock()),
        lambda store: set_rules(store, story, Rules(hidden=chance_of[4])),
        lambda store: close_vote(store, story),
        lambda store: reopen_vote(store, story, "author"),
        lambda store: linked(store, story, reader),
        lambda store: store.authors.unlink(story, reader),
        lambda store: store.settings.change_reader(reader, lambda chosen: replace(chosen, veil=chance_of[4])),
        lambda store: store.publishing.hide(story, guild or 5),
        lambda store: store.publishing.restore(story, guild or 5),
        lambda store: store.pruning.prune(),
    ]
    chance_of = (
        chance.choice(("continue", "leave")),
        chance.choice(("one", "two")),
        chance.choice(("reading", "later", "finished", None)),
        chance.choice(("story", "author")),
        chance.random() < 0.3,
    )
    if chance.random() < 0.01:
        return lambda store: store.privacy.delete(reader)
    return chance.choice(acts)


async def seen(store: Store, reader: int, guild: int) -> list[object]:
    """What *reader* sees in a server."""
    shown = store.for_audience(Audience(guild=guild, reader=reader))
    stories = await shown.stories.search("", 50)
    found: list[object] = [stories]
    for each in stories:
        found += [
            await default_of(store, each.id, guild),
            await store.reactions.tally(each.id),
            await store.places.of(reader, each.id),
            await store.author_stats.readership(each.id),
            await shown.next_stories.after(each.id, reader),
        ]
    for sort in SORTS:
        found.append(await shown.story_lists.page(StoryFilter(sort=sort), 0, 50))
    found.append(await shown.story_lists.page(StoryFilter(tags=("fluff",)), 0, 50))
    for what in ("reactions", "votes", "reads"):
        found.append(await shown.leaderboard.stories(what, "ever", 20, guild))
        found.append(await shown.leaderboard.stories(what, "week", 20, guild))
    for name in ("reading", "later", "finished"):
        found.append(await shown.reading_lists.of(reader, name, 50))
    for typed in ("the", "tide bottle", '"the wooden spoon"', "la*", "été", "grandfather"):
        hits = await shown.search.find(read_query(typed), None, 0, 400)
        found.append((hits.total, sorted(repr((hit.story.id, hit.spot, hit.excerpt)) for hit in hits.hits)))
    for typed in ("light", "or", "the f", "zz"):
        found.append(await shown.stories.search(typed, 25))
    found.append(await shown.facets.offered(["tag"], "f", 25))
    return found


@pytest.mark.parametrize("seed", range(3))
async def test_the_same_acts_leave_the_same(both: list[Store], clock: Clock, seed: int, folder: Path) -> None:
    chance, [lite, server] = random.Random(seed), both
    stories = [each.id for each in await lite.stories.search("", 50)]
    pages = [await lite.pages.open(spot) for story in stories for spot in await lite.pages.ends(story)]
    quotes = [row["id"] for row in await lite._db.rows("SELECT id FROM quotes WHERE number IS NOT NULL ORDER BY id")]
    assert await rows(lite) == await rows(server)
    for step in range(400):
        act = one_act(chance, stories, pages, quotes, clock)
        assert await outcome(act, lite) == await outcome(act, server), step
        clock.forward(chance.choice((0, 1, 3_000, 90_000)))
        if step % 50 == 49:
            assert await rows(lite) == await rows(server), step
            for reader in READERS:
                guild = chance.choice(SERVERS)
                assert await seen(lite, reader, guild) == await seen(server, reader, guild), step
