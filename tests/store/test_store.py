"""The store: votes and reactions at once, searches, and what is asked of the database."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import threading
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain.questions import Counts, Question
from bot.domain.reactions import Emoji, Post
from bot.errors import NoQuotes, ReaderError, StoryGone
from bot.store import Store
from bot.store.database import Database, Writing
from bot.store.engines import Values, sqlite
from bot.store.stories import named
from bot.stories import read_story
from bot.stories.model import Spot, StorySummary
from tests.busy_writer import busy_writer
from tests.databases import connected, connections, database_at, statements_read
from tests.store.publishing import put_on_shelf
from tests.votes import cast_vote, cast_votes, default_of, reactions_of, unvote, vote_of, votes_of

pytestmark = pytest.mark.usefixtures("quoted_samples")

ANN, BEN, GUILD, OTHER = 101, 102, 900, 901
LINE = (
    "Nobody had ever told the {word} fox why the river never came home, because the {word} fox never asked it for"
    " anything but the way.\n\n"
)
FOX, WAVE = Emoji("🦊"), Emoji("🌊")


@pytest.fixture
async def db(file: Path) -> AsyncIterator[Database]:
    async with Database.open(database_at(file)) as opened:
        yield opened


@pytest.fixture
def store(db: Database) -> Store:
    return Store(db)


async def add(
    store: Store, title: str, author: str = "Ilse Reed", paragraphs: int = 12, head: str = ""
) -> StorySummary:
    text = f"Title: {title}\nAuthor: {author}\n{head}\n" + "".join(
        LINE.format(word=f"{n}th") for n in range(paragraphs)
    )
    key = f"{title} by {author}"
    return await store.stories.entry(await put_on_shelf(store, key, read_story(text.encode(), "a.txt")))


# -- votes -----------------------------------------------------------------------


async def test_fifty_votes_at_once_are_fifty_votes(store: Store) -> None:
    story = await add(store, "Banks")
    await asyncio.gather(
        *(cast_vote(store, story.id, reader, "continue" if reader % 2 else "leave", GUILD) for reader in range(50))
    )
    assert await votes_of(store, story.id, GUILD) == Counts((25, 25), (25, 25))


async def test_fifty_votes_of_one_reader_at_once_are_one_vote(store: Store) -> None:
    story = await add(store, "Banks")
    await cast_votes(store, story.id, [(ANN, "continue") for _ in range(50)], GUILD)
    assert (await votes_of(store, story.id)).overall == (1, 0)


async def test_a_second_vote_replaces_the_first_and_counts_where_it_was_last_cast(store: Store) -> None:
    story = await add(store, "Banks")
    await cast_vote(store, story.id, ANN, "continue", GUILD)
    await cast_vote(store, story.id, ANN, "leave", OTHER)
    assert await votes_of(store, story.id, GUILD) == Counts((0, 1), (0, 0))
    assert await votes_of(store, story.id, OTHER) == Counts((0, 1), (0, 1))
    await cast_vote(store, story.id, ANN, "leave", None)
    assert await votes_of(store, story.id, OTHER) == Counts((0, 1), (0, 0))
    assert await votes_of(store, story.id) == Counts((0, 1), None)


async def test_a_vote_is_withdrawn_once(store: Store) -> None:
    story = await add(store, "Banks")
    await cast_vote(store, story.id, ANN, "continue", GUILD)
    assert await vote_of(store, story.id, ANN) == "continue"
    assert await unvote(store, story.id, ANN)
    assert not await unvote(store, story.id, ANN)
    assert await vote_of(store, story.id, ANN) is None
    assert await votes_of(store, story.id, GUILD) == Counts((0, 0), (0, 0))
    assert list(await store.questions.defaults([story.id, 99], GUILD)) == [story.id]


# -- reactions ---------------------------------------------------------------------


async def given(store: Store, story: StorySummary) -> list[tuple[str, int]]:
    return [(reaction.emoji.key, reaction.readers) for reaction in await store.reactions.tally(story.id)]


async def test_fifty_readers_press_an_emoji_at_once(store: Store) -> None:
    story = await add(store, "Banks")
    presses = await asyncio.gather(*(store.reactions.toggle(story.id, reader, "🦊") for reader in range(50)))
    assert all("🦊" in press.given for press in presses)
    assert await given(store, story) == [("🦊", 50)]


async def test_an_odd_number_of_presses_at_once_leaves_the_emoji_given(store: Store) -> None:
    story = await add(store, "Banks")
    presses = await asyncio.gather(*(store.reactions.toggle(story.id, ANN, "🦊") for _ in range(51)))
    assert Counter("🦊" in press.given for press in presses) == {True: 26, False: 25}
    assert await store.reactions.of(story.id, ANN) == {"🦊"}


async def test_a_reader_counts_once_for_an_emoji_until_the_last_of_it_is_gone(store: Store) -> None:
    story = await add(store, "Banks")
    for message in (1, 2):
        await store.posts.record(Post(message, 5, GUILD), story.id)
        await store.message_emoji.give(message, ANN, FOX)
        await store.message_emoji.give(message, ANN, FOX)
    await store.message_emoji.give(3, ANN, FOX)
    assert await given(store, story) == [("🦊", 1)]
    await store.message_emoji.give(1, ANN, WAVE)
    await store.message_emoji.take(1, ANN, FOX)
    assert sorted(await given(store, story)) == [("🌊", 1), ("🦊", 1)]
    await store.message_emoji.take(2, BEN, FOX)
    assert sorted(await given(store, story)) == [("🌊", 1), ("🦊", 1)]
    await store.message_emoji.take(2)
    assert await given(store, story) == [("🌊", 1)]


async def test_an_emoji_counts_for_a_quote_only_while_the_message_shows_it(store: Store) -> None:
    story = await add(store, "Banks")
    quote = await store.quotes.draw("guild:1", story)
    for reader, shown in enumerate((None, quote.id, None), start=1):
        assert await store.posts.record(Post(1, 5, GUILD), story.id, quote=shown)
        assert not await store.posts.record(Post(1, 5, GUILD), story.id, quote=shown)
        await store.message_emoji.give(1, reader, FOX)
    assert await store.leaderboard.quotes("reactions", "ever", 0, 5) == [(quote, 1)]
    assert await given(store, story) == [("🦊", 3)]


async def test_the_button_takes_back_all_of_a_reader_s_and_no_other_s(store: Store) -> None:
    story = await add(store, "Banks")
    await store.posts.record(Post(1, 5, GUILD), story.id)
    for reader in (ANN, BEN):
        await store.message_emoji.give(1, reader, FOX)
    assert not (await store.reactions.toggle(story.id, ANN, "🦊")).given
    assert await given(store, story) == [("🦊", 1)]
    assert (await store.reactions.toggle(story.id, ANN, "🦊")).given == {"🦊"}
    await store.message_emoji.take(1)
    assert await store.reactions.of(story.id, ANN) == {"🦊"}


async def test_emoji_taken_off_a_message_that_is_not_ours_take_no_button_s(store: Store) -> None:
    story = await add(store, "Banks")
    await store.reactions.toggle(story.id, ANN, "🦊")
    await store.message_emoji.take(0)
    assert await store.reactions.of(story.id, ANN) == {"🦊"}


async def test_the_most_loved_come_first_and_hidden_ones_not_at_all(store: Store) -> None:
    one, two, three = [await add(store, title) for title in ("One", "Two", "Three")]
    for story, readers in ((one, 1), (two, 3), (three, 5)):
        for reader in range(readers):
            await store.reactions.toggle(story.id, reader, "🦊")
    await store.reactions.toggle(one.id, ANN, "🌊")
    await store.publishing.remove([three.id])
    assert await store.leaderboard.stories("reactions", "ever", 0, 5) == [(two, 3), (one, 2)]
    assert [await reactions_of(store, each.id) for each in (one, two)] == [2, 3]


# -- quotes ----------------------------------------------------------------------


async def test_forty_draws_at_once_deal_every_quote_once_before_any_comes_again(store: Store) -> None:
    story = await add(store, "Banks", paragraphs=20)
    drawn = await asyncio.gather(*(store.quotes.draw("guild:1", story, muting=reader) for reader in range(40)))
    assert sorted(Counter(quote.text for quote in drawn).values()) == [2] * 20


async def test_servers_and_readers_have_decks_of_their_own(store: Store) -> None:
    story = await add(store, "Banks", paragraphs=8)
    for scope in ("guild:1", "guild:2", "user:1"):
        assert len({(await store.quotes.draw(scope, story)).text for _ in range(8)}) == 8
    assert len({(await store.quotes.draw("guild:1")).text for _ in range(8)}) == 8


async def test_the_deck_of_all_stories_deals_each_once_and_none_of_a_hidden_one(store: Store) -> None:
    stories = [await add(store, f"Story {n}", paragraphs=5) for n in range(4)]
    await store.publishing.remove([stories[1].id])
    drawn = [await store.quotes.draw("guild:1") for _ in range(15)]
    assert len({quote.id for quote in drawn}) == 15
    assert {quote.story.id for quote in drawn} == {stories[n].id for n in (0, 2, 3)}


async def test_a_long_story_is_quoted_as_often_as_a_short_one_while_both_have_quotes_left(store: Store) -> None:
    novel, short = await add(store, "Novel", paragraphs=40), await add(store, "Short", paragraphs=4)
    drawn = [await store.quotes.draw("guild:1") for _ in range(8)]
    assert [quote.story.id for quote in drawn].count(short.id) == 4
    left = [await store.quotes.draw("guild:1") for _ in range(15)]
    assert {quote.story.id for quote in left} == {novel.id}
    assert len({quote.id for quote in (*drawn, *left)}) == 23


async def test_a_round_ends_where_most_stories_have_no_quotes_left(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.quotes.MOST_EXHAUSTED", 3)
    novel, *short = [await add(store, f"Story {n}", paragraphs=12 if n == 0 else 1) for n in range(7)]
    drawn = [await store.quotes.draw("guild:1") for _ in range(14)]
    assert len({quote.id for quote in drawn if quote.story.id == novel.id}) > 1
    assert sum(quote.story.id != novel.id for quote in drawn) > len(short), "they come again"
    of_novel = [quote.id for quote in drawn if quote.story.id == novel.id]
    assert len(set(of_novel)) == len(of_novel)


async def test_a_deck_is_one_row(store: Store, file: Path) -> None:
    story = await add(store, "Banks")
    for _ in range(30):
        await store.quotes.draw("guild:1", story)
        await store.quotes.draw("guild:1")
    with connected(file) as db:
        [(decks,)] = db.execute("SELECT count(*) FROM quote_decks")
    assert decks == 3  # of the story, of all stories, and of it among them


async def test_a_quote_stands_where_it_says(store: Store) -> None:
    await add(store, "Banks", paragraphs=40)
    for _ in range(20):
        quote = await store.quotes.draw("guild:1")
        page = await store.pages.open(quote.spot)
        assert page.text[quote.spot.offset - page.spot.offset :].startswith(quote.text)
        assert await store.quotes.find(quote.id) == quote


async def test_no_story_has_no_quote(store: Store) -> None:
    with pytest.raises(NoQuotes):
        await store.quotes.draw("guild:1")


# -- transactions ------------------------------------------------------------------


async def test_a_row_that_is_not_committed_is_seen_by_nobody(store: Store, db: Database) -> None:
    story = await add(store, "Banks")
    question = (await default_of(store, story.id)).id

    def vote(writing: Writing) -> None:
        writing.execute(
            "INSERT INTO ballots (user_id, question_id, number, cast_at) VALUES (?, ?, 1, 0)", (ANN, question)
        )
        writing.execute(
            "INSERT INTO answer_counts (question_id, guild_id, number, count) VALUES (?, 0, 1, 1)", (question,)
        )

    async with busy_writer(db, vote):
        assert (await votes_of(store, story.id)).overall == (0, 0)
        assert await vote_of(store, story.id, ANN) is None
    assert (await votes_of(store, story.id)).overall == (1, 0)


async def test_a_fault_within_a_transaction_leaves_nothing_of_it(store: Store, db: Database) -> None:
    story = await add(store, "Banks")

    def fail(writing: Writing) -> None:
        writing.execute("DELETE FROM pages")
        raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        await db.write(fail)
    assert (await store.pages.open((await store.pages.ends(story.id))[0])).number == 1


async def test_cancelled_votes_leave_nothing_open_and_the_others_count(store: Store) -> None:
    story = await add(store, "Banks")
    for turns in range(40):
        tasks = [asyncio.ensure_future(cast_vote(store, story.id, reader, "continue", None)) for reader in range(4)]
        for _ in range(turns % 10):
            await asyncio.sleep(0)
        tasks[turns % 4].cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert all(isinstance(each, Question | asyncio.CancelledError) for each in results)
    await cast_vote(store, story.id, BEN, "leave", None)
    assert (await votes_of(store, story.id)).overall == (4, 1)


async def test_the_reading_connection_cannot_write(db: Database) -> None:
    with pytest.raises(Exception, match=r"read-?only"):
        await db.rows("DELETE FROM ballots")


async def test_a_story_that_fails_halfway_leaves_the_old_one_whole(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = await add(store, "Banks", paragraphs=40)
    page = await store.pages.open((await store.pages.ends(story.id))[1])

    def fail(*_: object) -> None:
        raise RuntimeError("a full disk")

    monkeypatch.setattr("bot.store.publishing._write_source", fail)
    with pytest.raises(RuntimeError, match="a full disk"):
        await add(store, "Banks", paragraphs=3)
    assert await store.stories.entry(story.id) == story
    assert await store.pages.open(page.spot) == page


# -- changes that share a transaction ------------------------------------------------


async def write(db: Database, number: int, fault: bool = False) -> int:
    """Write a fact together with others."""

    def change(writing: Writing) -> int:
        writing.execute("INSERT INTO bot_state (name, value) VALUES (?, ?)", (str(number), ""))
        if fault:
            raise ValueError(number)
        return number

    return await db.write(change)


async def written(db: Database) -> set[int]:
    return {int(row[0]) for row in await db.rows("SELECT name FROM bot_state")}


@pytest.fixture
def transactions(db: Database, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many changes each transaction makes."""
    begun, make_all = list[int](), sqlite._make_all
    assert isinstance(db.engine, sqlite.Sqlite)

    def counted(waiting: Sequence[sqlite._Waiting], connection: sqlite3.Connection) -> None:
        begun.append(len(waiting))
        make_all(waiting, connection)

    monkeypatch.setattr(db.engine._changes, "_do_all", counted)
    return begun


@pytest.mark.sqlite("it is about commits that SQLite shares")
async def test_changes_at_once_share_a_transaction_and_each_is_told_its_own(
    db: Database, transactions: list[int]
) -> None:
    assert await asyncio.gather(*(write(db, number) for number in range(100))) == list(range(100))
    assert await written(db) == set(range(100))
    assert transactions == [100]


async def test_a_change_is_on_disk_when_it_is_told(db: Database, file: Path) -> None:
    await write(db, 1)
    with connected(file) as other:
        assert other.execute("SELECT count(*) FROM bot_state").fetchone() == (1,)


async def test_a_change_that_fails_takes_no_other_with_it(db: Database) -> None:
    told = await asyncio.gather(*(write(db, n, fault=n % 3 == 0) for n in range(10)), return_exceptions=True)
    assert [isinstance(each, ValueError) for each in told] == [n % 3 == 0 for n in range(10)]
    assert await written(db) == {n for n in range(10) if n % 3}


@pytest.mark.sqlite("it is about commits that SQLite shares")
async def test_a_transaction_that_fails_is_told_to_all_who_shared_it(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    assert isinstance(db.engine, sqlite.Sqlite)
    with monkeypatch.context() as disk:
        disk.setattr(db.engine._changes, "_do_all", full)
        told = await asyncio.gather(*(write(db, n) for n in range(10)), return_exceptions=True)
    assert all(isinstance(each, sqlite3.OperationalError) for each in told) and len(told) == 10
    assert await write(db, 11) == 11 and await written(db) == {11}


@pytest.mark.parametrize("gone", [0, 5])
async def test_one_that_is_cancelled_leaves_the_others_changes(db: Database, gone: int) -> None:
    async with busy_writer(db):  # so that all of them wait
        tasks = [asyncio.create_task(write(db, n)) for n in range(10)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        tasks[gone].cancel()
        await asyncio.sleep(0)
    told = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(told[gone], asyncio.CancelledError)
    assert await written(db) | {gone} == set(range(10))


@pytest.mark.sqlite("it holds one of SQLite's threads")
async def test_one_who_searches_long_holds_up_no_other_reader(store: Store, db: Database) -> None:
    held = threading.Event()
    for connection in connections(store):
        await connection.create_function("held", 0, held.wait)
    searching = asyncio.create_task(db.read(lambda reading: reading.rows("SELECT held() AS held"), is_long=True))
    await asyncio.sleep(0)
    try:
        assert await db.number("SELECT 7") == 7
        assert not searching.done()
    finally:
        held.set()
    assert [row["held"] for row in await searching] == [1]


# -- finding -----------------------------------------------------------------------


async def titles(store: Store, typed: str, limit: int = 25) -> list[str]:
    return [entry.title for entry in await store.stories.search(typed, limit)]


async def test_the_best_match_comes_first(store: Store) -> None:
    for title, author in [
        ("A Long Way to the Sea", "Bo"),
        ("Sea", "Cy"),
        ("Sea Glass", "Di"),
        ("The Sea Gate", "Ed"),
        ("Herons", "Sea Captain"),
        ("Season of Mud", "Fay"),
        ("Mud", "Gus"),
    ]:
        await add(store, title, author)
    assert await titles(store, "sea") == [
        "Sea",
        "Sea Glass",
        "Season of Mud",
        "A Long Way to the Sea",
        "The Sea Gate",
        "Herons",
    ]


@pytest.mark.parametrize(
    "typed", ["post", "POST", "lighthouse post", "post light", "pöst", "  post  ", "the lighthouse post", "venn post"]
)
async def test_a_story_is_found_by_the_beginnings_of_any_of_its_words(store: Store, typed: str) -> None:
    await add(store, "The Lighthouse Post", "Orla Venn")
    await add(store, "Something Else", "Ann Other")
    assert await titles(store, typed) == ["The Lighthouse Post"]


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "'",
        "*",
        "a* OR b",
        "title:",
        "NEAR(a b)",
        "AND",
        "sea NOT",
        "(",
        ")",
        "^sea",
        "sea*",
        '"; DROP TABLE stories; --',
        "{a b}",
        "-sea",
        "sea + gate",
        "%",
        "_",
        "\\",
        "\x00",
        "sea\x00",
        "🦊",
        "a" * 500,
        "a " * 400,
        "\u0301",
        "é" * 100,
        "title : sea",
    ],
)
async def test_nothing_that_a_reader_types_is_read_as_a_query(store: Store, typed: str) -> None:
    await add(store, "Sea Gate")
    assert set(await titles(store, typed)) <= {"Sea Gate"}
    try:
        await store.stories.find(typed)
    except ReaderError as error:
        assert len(str(error)) < 300
    assert await titles(store, "sea gate") == ["Sea Gate"]


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("竹取物語", "物語"),
        ("竹取物語", "竹"),
        ("かぐや姫", "姫"),
        ("한국어 이야기", "이야"),
        ("Ёлка и лиса", "лис"),
        ("Été à Étretat", "etretat"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
    ],
)
async def test_a_title_in_another_script_is_found(store: Store, title: str, typed: str) -> None:
    await add(store, title)
    await add(store, "Else")
    assert await titles(store, typed) == [title]


async def test_the_exact_title_comes_first_among_very_many(store: Store) -> None:
    for n in range(450):
        await add(store, f"The Tale of {n}", paragraphs=1)
    await add(store, "The", paragraphs=1)
    await add(store, "Zebras and the", paragraphs=1)
    assert (await titles(store, "the"))[0] == "The"
    assert len(await titles(store, "the")) == 25
    assert (await store.stories.find("the")).title == "The"


async def test_a_story_is_named_by_id_title_or_the_only_one_its_words_find(store: Store) -> None:
    sea, gate = await add(store, "Sea"), await add(store, "The Gate")
    one, two = await add(store, "Twin", "Ann"), await add(store, "Twin", "Ben")
    assert await store.stories.find(named(sea)) == sea
    assert await store.stories.find("sea") == sea
    assert await store.stories.find("gate") == gate
    assert {await store.stories.find(named(one)), await store.stories.find(named(two))} == {one, two}
    with pytest.raises(ReaderError, match="story-ambiguous"):
        await store.stories.find("Twin")
    with pytest.raises(ReaderError, match="story-not-found"):
        await store.stories.find("no such thing")
    with pytest.raises(StoryGone):
        await store.stories.find("#99999")


async def test_a_hidden_story_is_found_by_no_road(store: Store) -> None:
    hidden = await add(store, "Hidden", paragraphs=40)
    start = (await store.pages.ends(hidden.id))[0]
    quote = await store.quotes.draw("guild:1")
    await store.publishing.remove([hidden.id])
    assert await titles(store, "hidden") == []
    assert await store.stories.search("", 10) == []
    assert await store.stories.count() == 0
    for road in (
        store.stories.entry(hidden.id),
        store.stories.card(hidden.id),
        store.pages.open(start),
        store.quotes.find(quote.id),
    ):
        with pytest.raises(StoryGone):
            await road


@pytest.mark.parametrize("number", [0, -1, 10**18, 2**63 - 1])
async def test_a_spot_that_no_story_has_is_gone(store: Store, number: int) -> None:
    with pytest.raises(StoryGone):
        await store.pages.open(Spot(number, 0))


# -- what is asked of the database --------------------------------------------------

TABLES = {
    "stories",
    "pages",
    "ballots",
    "reactions",
    "places",
    "chapters",
    "quotes",
    "visible_stories",
    "quote_decks",
    "posts",
    "sources",
}


def full_scans(file: Path, sql: str, values: Values) -> list[str]:
    """The steps of the plan of *sql* that go through all of a table."""
    aliases = {alias: table for table, alias in re.findall(r"(?:FROM|JOIN|,)\s+(\w+)\s+(\w)\b", sql) if table in TABLES}
    db = sqlite3.connect(file)
    try:
        steps = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    finally:
        db.close()
    found = [(re.match(r"SCAN (\w+)", step), step) for step in steps]
    return [
        step for match, step in found if match and (match[1] in TABLES or match[1] in aliases) and "USING" not in step
    ]


@pytest.mark.sqlite("it reads SQLite's plans of queries")
async def test_no_press_or_key_stroke_reads_a_whole_table(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = await add(store, "Sea Gate", paragraphs=60)
    page = await store.pages.open((await store.pages.ends(story.id))[1])
    await store.places.move(ANN, page)
    quote = await store.quotes.draw("guild:1", story)
    asked = statements_read(monkeypatch)
    await store.pages.open(page.spot)
    await store.stories.card(story.id)
    await store.stories.contents(story.id, 1, 25)
    await store.pages.spot(page.chapter, 2)
    await store.stories.chapter(story, 1)
    await store.stories.search("sea", 25)
    await store.stories.search("reed", 25)
    await store.stories.search("", 25)
    await store.stories.find("sea gate")
    await store.stories.search("", 10)
    await store.places.latest(ANN)
    await store.places.of(ANN, story.id)
    await votes_of(store, story.id, GUILD)
    await vote_of(store, story.id, ANN)
    await store.reactions.tally(story.id)
    await store.reactions.of(story.id, ANN)
    await store.message_emoji.give(1, ANN, FOX)
    await store.quotes.draw("guild:1")
    await store.quotes.draw("guild:1", story)
    await store.quotes.find(quote.id)
    assert len(asked) >= 20
    assert {sql: full_scans(file, sql, values) for sql, values in asked if full_scans(file, sql, values)} == {}


def test_a_whole_table_is_seen_in_a_plan(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE stories (id INTEGER PRIMARY KEY, title TEXT)")
    assert full_scans(path, "SELECT * FROM stories s WHERE s.title = ?", ("a",)) == ["SCAN s"]
    assert full_scans(path, "SELECT * FROM stories s WHERE s.id = ?", (1,)) == []
