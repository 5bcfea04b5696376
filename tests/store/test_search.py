"""The search index: what is found of which story, by whom, and at what cost."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.rights import Audience
from bot.errors import HostError, ReaderError
from bot.store import Store
from bot.store import search as kept
from bot.store import search as searching
from bot.store.passages import PASSAGES
from bot.store.visibility import FOLDER
from bot.stories import read_story
from bot.stories.excerpts import Hits
from bot.stories.folding import searchable
from bot.stories.query import read_query
from tests.databases import connected, database_at, statements_read
from tests.postgresql import on_postgresql
from tests.store.publishing import put_on_shelf

HERE, THERE = Audience(False, 900), Audience(False, 2 * 10**17)
ADULTS = Audience(True, 900)
ANN, BEN = 101, 102
FILLER = "The rain went on over the allotments, and the radio on the sill said that it would.\n\n"


@pytest.fixture
def store(empty_store: Store) -> Store:
    return empty_store


async def add(
    store: Store, title: str, *paragraphs: str, head: str = "", shelf: str = FOLDER, between: int = 12
) -> int:
    """Shelve a story of these paragraphs, far enough apart that each is in a passage of its own."""
    text = f"Title: {title}\n{head}\n" + (FILLER * between).join(f"{paragraph}\n\n" for paragraph in paragraphs)
    story = read_story(text.encode(), "a.txt")
    return await put_on_shelf(store, title, story, shelf=shelf)


async def find(store: Store, typed: str, audience: Audience = HERE, *, story: int | None = None, page: int = 0) -> Hits:
    return await store.for_audience(audience).search.find(read_query(typed), story, page, 10)


async def titles(store: Store, typed: str, audience: Audience = HERE) -> list[str]:
    found = await find(store, typed, audience)
    assert found.total == len(found.hits)
    return [hit.story.title for hit in found.hits]


# -- what is found ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("heron", True),
        ("HERON stood", True),
        ("stood heron", True),
        ('"heron stood"', True),
        ('"stood heron"', False),
        ("her", False),
        ("her*", True),
        ("heron fox", False),
        ("cafe", True),
        ("CAFÉ", True),
        ("o'clock", True),
        ("物語", True),
        ("語物", False),
        ("長い", True),
        ("straße", True),
        ("strasse", True),
    ],
)
async def test_a_passage_is_found_by_its_words(store: Store, typed: str, is_found: bool) -> None:
    await add(store, "A", "At four o’clock a heron stood in the café of the Straße. この物語は長い。")
    assert await titles(store, typed) == (["A"] if is_found else [])


async def test_words_must_stand_in_one_passage(store: Store) -> None:
    await add(store, "A", "A heron came.", "A fox came.")
    await add(store, "B", "A fox met a heron.")
    assert await titles(store, "fox heron") == ["B"]


async def test_a_hit_says_where_it_stands(store: Store) -> None:
    story = await add(store, "A", "A fox came.", "Then, at noon, a heron came.", "A newt came.")
    [hit] = (await find(store, "heron")).hits
    page = await store.pages.open(hit.spot)
    assert hit.story.id == story and 0 < hit.percent < 100
    at = hit.spot.offset - page.spot.offset
    assert page.text[at : at + 5] == "heron"


async def test_no_word_of_a_story_is_left_out_of_the_index(store: Store) -> None:
    paragraphs = [f"On day {n} came heron{n} and also newt{n}. " * 30 for n in range(20)]
    await add(store, "A", *paragraphs, between=0)
    for n in range(20):
        assert await titles(store, f'"heron{n} and also newt{n}"') != []


async def test_what_is_about_the_word_stands_before_what_names_it_once(store: Store) -> None:
    await add(store, "Once", "A heron came, and there was no more to be said of it than that. " + FILLER.strip() * 4)
    await add(store, "Often", "The heron saw a heron that saw the heron.")
    assert await titles(store, "heron") == ["Often", "Once"]


def assert_index_is_whole(file: Path) -> None:
    """Every passage is in the index, as it stands, and nothing else is."""
    if on_postgresql():
        assert_vectors_are_whole(file)
        return
    with connected(file) as db:
        passages = db.execute("SELECT id, text, scope FROM passages").fetchall()
        db.execute("CREATE VIRTUAL TABLE temp.anew USING fts5 (text, scope, content = '', tokenize = 'unicode61')")
        db.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab (temp, anew, instance)")
        db.execute("CREATE VIRTUAL TABLE temp.indexed USING fts5vocab (main, passage_search, instance)")
        db.executemany(
            "INSERT INTO anew (rowid, text, scope) VALUES (?, ?, ?)",
            [(passage, searchable(text), scope) for passage, text, scope in passages],
        )
        indexed, anew = (set(db.execute(f"SELECT * FROM temp.{table}")) for table in ("indexed", "words"))
    assert indexed == anew and anew


def assert_vectors_are_whole(file: Path) -> None:
    from bot.store.engines.postgresql_search import vector

    with connected(file) as db:
        passages = db.execute("SELECT id, text, scope FROM passages ORDER BY id").fetchall()
        kept = db.execute("SELECT id, words FROM passage_search ORDER BY id").fetchall()
        anew = [
            (
                id_,
                db.execute(
                    "SELECT CAST(? AS tsvector)", [vector(PASSAGES, {"text": searchable(text), "scope": scope})]
                ),
            )
            for id_, text, scope in passages
        ]
        assert kept == [(id_, made.fetchone()[0]) for id_, made in anew] and anew


async def test_an_edited_story_is_found_by_its_new_words_only(store: Store, file: Path) -> None:
    await add(store, "A", "A heron came.")
    await add(store, "A", "A newt came.")
    await add(store, "B", "A toad came.")
    assert (await titles(store, "heron"), await titles(store, "newt"), await titles(store, "toad")) == (
        [],
        ["A"],
        ["B"],
    )
    assert_index_is_whole(file)


async def test_what_an_edit_moves_is_found_where_it_now_stands(store: Store, file: Path) -> None:
    chapters = [f"Chapter {n}\n\nOn day {n} a heron came, and a newt{n}." for n in range(1, 5)]
    await add(store, "A", "\n\n".join(chapters))
    await add(store, "A", "\n\n".join(["Chapter 1\n\nA prologue, of a toad.", *chapters[1:], chapters[2]]))
    for typed, count in (("newt1", 0), ("toad", 1), ("newt2", 1), ("newt3", 2), ("newt4", 1)):
        found = await find(store, typed)
        assert found.total == count, typed
        for hit in found.hits:
            page = await store.pages.open(hit.spot)
            assert page.text[hit.spot.offset - page.spot.offset :].startswith(typed)
    assert_index_is_whole(file)


@given(edits=st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=7), min_size=2, max_size=4))
@settings(max_examples=15)
async def test_the_index_is_whole_after_any_edits(edits: list[list[int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "store.db"
        async with Store.open(database_at(file)) as store:
            for paragraphs in edits:
                await add(store, "A", *(f"A heron came on day {n}. " * 50 for n in paragraphs), between=0)
                assert_index_is_whole(file)


async def test_a_story_that_finds_other_readers_is_found_by_them(store: Store, file: Path) -> None:
    await add(store, "A", "A heron came.")
    await add(store, "A", "A heron came.", head="Rating: Explicit\n")
    assert (await titles(store, "heron", HERE), await titles(store, "heron", ADULTS)) == ([], ["A"])
    assert_index_is_whole(file)
    await add(store, "A", "A heron came.")
    assert await titles(store, "heron", HERE) == ["A"]


# -- who finds it -------------------------------------------------------------------


async def test_nobody_finds_what_is_not_for_them(store: Store) -> None:
    await add(store, "Folder", "A heron came.")
    await add(store, "Upload", "A heron came.", shelf="900")
    await add(store, "Adults", "A heron came.", head="Rating: Explicit\n")
    await add(store, "Named", "A heron came.", head=f"Servers: {THERE.guild}\n")
    await add(store, "Gone", "A heron came.")
    await store.publishing.remove([(await store.stories.find("Gone")).id])
    for audience in (HERE, THERE, ADULTS, Audience(), Audience(True)):
        shown = {entry.title for entry in await store.for_audience(audience).stories.search("", 10)}
        assert set(await titles(store, "heron", audience)) == shown
    assert set(await titles(store, "heron", ADULTS)) >= {"Folder", "Upload", "Adults"}
    assert "Named" in await titles(store, "heron", THERE)
    assert await titles(store, "heron", Audience()) == ["Folder"]


async def test_a_story_that_a_server_hides_is_not_found_there_until_it_is_back(store: Store) -> None:
    story = await add(store, "A", "A heron came.")
    await store.publishing.hide(story, 900)
    assert (await titles(store, "heron", HERE), await titles(store, "heron", THERE)) == ([], ["A"])
    assert (await find(store, "heron", HERE, story=story)).total == 0
    await store.publishing.hide(story, THERE.guild)
    assert (await titles(store, "heron", HERE), await titles(store, "heron", THERE)) == ([], [])
    await store.publishing.restore(story, 900)
    assert (await titles(store, "heron", HERE), await titles(store, "heron", THERE)) == (["A"], [])


async def test_unrated_stories_are_found_as_the_host_says_now(store: Store) -> None:
    await add(store, "A", "A heron came.")
    await store.publishing.gate_unrated(True)
    assert (await titles(store, "heron", HERE), await titles(store, "heron", ADULTS)) == ([], ["A"])
    await store.publishing.gate_unrated(False)
    assert await titles(store, "heron", HERE) == ["A"]


async def test_what_others_may_not_see_takes_no_room_in_what_is_ranked(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "LOOK_AT", 3)
    for n in range(6):
        await add(store, f"There {n}", "A heron came.", shelf=str(THERE.guild))
        await add(store, f"Adults {n}", "A heron came.", head="Rating: Mature\n")
    story = await add(store, "Here", "A heron came.", shelf="900")
    assert await titles(store, "heron", HERE) == ["Here"]
    assert (await find(store, "heron", HERE, story=story)).total == 1


# -- pages of it --------------------------------------------------------------------


async def test_pages_go_on_and_the_last_is_the_end(store: Store) -> None:
    for n in range(23):
        await add(store, f"Story {n}", f"A heron came on day {n}.")
    pages = [await find(store, "heron", page=page) for page in (0, 1, 2, 9)]
    assert [(page.page, len(page.hits), page.pages, page.total) for page in pages] == [
        (0, 10, 3, 23), (1, 10, 3, 23), (2, 3, 3, 23), (2, 3, 3, 23),
    ]  # fmt: skip
    assert len({hit.story.id for page in pages for hit in page.hits}) == 23


async def test_one_story_does_not_fill_a_page_while_others_wait(store: Store) -> None:
    story = await add(store, "Herons", *(["The heron, and " * 40 + "the heron."] * 12))
    for n in range(9):
        await add(store, f"Other {n}", f"A heron came by on a {n}th day, which was late in the year, and went again.")
    first = await find(store, "heron")
    assert sum(hit.story.id == story for hit in first.hits) == 3
    assert first.hits[0].story.id == story
    only = await find(store, "heron", story=story)
    assert len(only.hits) == 10 and only.total == 12


async def test_what_is_ranked_and_counted_is_bounded(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MOST_HITS", 20)
    await add(store, "A", *(["A heron came."] * 30))
    found = await find(store, "heron")
    assert (found.total, found.is_all) == (20, False)
    monkeypatch.setattr(searching, "LOOK_AT", 5)
    assert (await find(store, "heron")).total == 5


async def test_nothing_asked_finds_nothing(store: Store) -> None:
    await add(store, "A", "A heron came.")
    assert (await find(store, "🦊 *")).total == 0


# -- what is kept of it -------------------------------------------------------------


async def test_a_search_is_kept_for_its_reader_alone(store: Store) -> None:
    number = await store.search.save(ANN, '"a heron*', 7)
    assert await store.search.saved(number, ANN) == ('"a heron*', 7)
    with pytest.raises(ReaderError, match="search-gone"):
        await store.search.saved(number, BEN)
    with pytest.raises(ReaderError, match="search-gone"):
        await store.search.saved(10**18 - 1, ANN)


async def test_searches_are_kept_in_a_bounded_number_and_time(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = await store.search.save(BEN, "newt", None)
    numbers = [await store.search.save(ANN, f"heron {n}", None) for n in range(kept.KEPT_EACH + 2)]
    for number in numbers[:2]:
        with pytest.raises(ReaderError, match="search-gone"):
            await store.search.saved(number, ANN)
    assert await store.search.saved(numbers[2], ANN) == ("heron 2", None)
    assert await store.search.saved(theirs, BEN) == ("newt", None)
    made = store.clock()
    monkeypatch.setattr(store._db, "clock", lambda: made + kept.KEPT_SECONDS - 60)
    await store.search.save(BEN, "owl", None)
    assert await store.search.saved(theirs, BEN) == ("newt", None)
    monkeypatch.setattr(store._db, "clock", lambda: made + kept.KEPT_SECONDS + 60)
    await store.search.save(BEN, "toad", None)
    for number, reader in ((numbers[-1], ANN), (theirs, BEN)):
        with pytest.raises(ReaderError, match="search-gone"):
            await store.search.saved(number, reader)


@pytest.mark.sqlite("it breaks an index of SQLite's")
async def test_a_search_in_a_damaged_index_tells_the_host(store: Store, file: Path) -> None:
    await add(store, "A", "A heron came.")
    with connected(file) as db:
        db.execute("UPDATE passage_search_data SET block = x'ff' WHERE id > 10")
    with pytest.raises(HostError, match="The database is damaged"):
        await find(store, "heron")
    assert "latest copy" in str(await store._db.engine.damage())


# -- what it costs ------------------------------------------------------------------


@pytest.mark.sqlite("it reads SQLite's plans of queries")
async def test_no_search_reads_a_whole_table(store: Store, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story = await add(store, "A", *(["A heron came."] * 12))
    asked = statements_read(monkeypatch)
    for audience in (HERE, ADULTS, Audience()):
        await find(store, 'heron "a heron" her*', audience)
        await find(store, "heron", audience, story=story)
    await store.search.saved(await store.search.save(ANN, "heron", None), ANN)
    for columns in ("id, text, scope", "id, story_id, text, scope, chapter_id, start, words_before"):
        asked.append((f"SELECT {columns} FROM passages WHERE story_id = :story_id", {"story_id": story}))
    db = sqlite3.connect(file)
    try:
        plans = {sql: [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", values)] for sql, values in asked}
    finally:
        db.close()
    assert len(plans) >= 10
    assert any("VIRTUAL TABLE INDEX" in step for plan in plans.values() for step in plan)
    for sql, plan in plans.items():
        scans = [step for step in plan if step.startswith("SCAN") and "VIRTUAL TABLE INDEX" not in step]
        # what is left is the subquery of at most LOOK_AT rows, and the constant of a list
        assert all(step in ("SCAN f", "SCAN CONSTANT ROW") for step in scans), (sql, plan)
