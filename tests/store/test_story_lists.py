"""Finding stories in the store: filters, orders, counts that cannot drift, mutes, chance, and what it all costs."""

from __future__ import annotations

import asyncio
import random
import re
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.reactions import Emoji, Post
from bot.domain.rights import Audience
from bot.domain.stories import Sort, StoryFilter
from bot.errors import NoQuotes, ReaderError
from bot.store import Store
from bot.store import search as kept
from bot.store import story_lists as findings
from bot.store.me import MOST_MUTED
from bot.store.visibility import FOLDER
from bot.stories import read_story
from tests.busy_writer import busy_writer
from tests.databases import connected, copied, database_at, statements_read
from tests.samples import almanac
from tests.store.publishing import put_on_shelf
from tests.votes import cast_vote, reactions_of, unvote, votes_of

pytestmark = pytest.mark.usefixtures("quoted_samples")

ANN, BEN, GUILD = 101, 102, 900
FOX = Emoji("🦊")
HERE = Audience(guild=GUILD, reader=ANN)


@pytest.fixture
def store(empty_store: Store) -> Store:
    return empty_store.for_audience(HERE)


async def add(store: Store, title: str, *, words: int = 20, shelf: str = FOLDER, **said: str) -> int:
    head = "".join(f"{label}: {value}\n" for label, value in {"author": "Ilse Reed", **said}.items())
    text = f"Title: {title}\n{head}\n" + " ".join(["word"] * words) + ".\n"
    return await put_on_shelf(store, title, read_story(text.encode(), "a.txt"), shelf=shelf)


async def found(store: Store, **asked: object) -> list[str]:
    page = await store.story_lists.page(StoryFilter(**asked), 0, 100)  # type: ignore[arg-type]
    assert page.total == len(page.entries) and page.is_all
    return [entry.title for entry in page.entries]


@pytest.fixture(scope="module")
def shelved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the four stories of `shelf`, 59,000 words that are read once for all tests."""
    path = tmp_path_factory.mktemp("findings") / "shelved.db"

    async def fill() -> None:
        async with Store.open(database_at(path)) as store:
            await add(
                store, "Apple", tags="Fluff, River", fandom="Tides", characters="Tam", rating="G", language="English"
            )
            await add(store, "Birch", words=200, tags="Slow Burn", fandom="Tides", author="Tam Sell", language="de")
            await add(
                store, "Cedar", words=18_000, tags="Fluff, slow-burn", characters="Orla", rating="T", status="WIP"
            )
            await add(store, "Dogwood", words=41_000, fandom="Ferries", author="Orla Venn, Tam Sell", language="en-GB")

    asyncio.run(fill())
    return path


@pytest.fixture
async def shelf(shelved: Path, file: Path) -> AsyncIterator[Store]:
    async with Store.open(copied(shelved, file)) as opened:
        yield opened.for_audience(HERE)


# -- filters ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        (StoryFilter(), "Apple Birch Cedar Dogwood"),
        (StoryFilter(tags=("fluff",)), "Apple Cedar"),
        (StoryFilter(tags=("FLUFF", "river")), "Apple"),
        (StoryFilter(tags=("Slow_Burn",)), "Birch Cedar"),
        (StoryFilter(tags=("Tides",)), ""),
        (StoryFilter(fandoms=("tides",)), "Apple Birch"),
        (StoryFilter(characters=("tam",)), "Apple"),
        (StoryFilter(authors=("tam sell",)), "Birch Dogwood"),
        (StoryFilter(authors=("Tam Sell", "Orla Venn")), "Dogwood"),
        (StoryFilter(languages=("English",)), "Apple Dogwood"),
        (StoryFilter(languages=("English", "German")), "Apple Birch Dogwood"),
        (StoryFilter(length="drabble"), "Apple"),
        (StoryFilter(length="one-shot"), "Birch"),
        (StoryFilter(length="novella"), "Cedar"),
        (StoryFilter(length="novel"), "Dogwood"),
        (StoryFilter(status="in progress"), "Cedar"),
        (StoryFilter(rating="general"), "Apple"),
        (StoryFilter(without=("fluff",)), "Birch Dogwood"),
        (StoryFilter(without=("tides", "orla")), "Dogwood"),
        (StoryFilter(without=("tam sell",)), "Apple Cedar"),
        (StoryFilter(without=("tam",)), "Birch Cedar Dogwood"),
        (StoryFilter(tags=("fluff",), without=("river",), length="novella"), "Cedar"),
        (StoryFilter(tags=("fluff",), authors=("Tam Sell",)), ""),
        (StoryFilter(without=("English", "novel", "general")), "Apple Birch Cedar Dogwood"),
    ],
    ids=lambda value: value.write() if isinstance(value, StoryFilter) else "",
)
@pytest.mark.parametrize("few", [findings.FEW, 0], ids=["from the rarest name", "along the order"])
async def test_a_filter_includes_or_excludes(
    shelf: Store, asked: StoryFilter, titles: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(findings, "FEW", few)
    page = await shelf.story_lists.page(asked, 0, 10)
    assert [entry.title for entry in page.entries] == titles.split()


@pytest.mark.parametrize(
    "name", ["%", "_", "'", '"; DROP TABLE stories; --', "🦊", "x" * 6000, "\x00", "fluff%", "*", "[a-z]*"]
)
async def test_whatever_is_asked_for_is_only_a_name(shelf: Store, name: str) -> None:
    assert await found(shelf, tags=(name,)) == []
    assert len(await found(shelf, without=(name,))) == 4


async def test_an_edited_story_is_found_by_what_it_says_now(shelf: Store) -> None:
    await add(shelf, "Apple", tags="Angst")
    assert await found(shelf, tags=("fluff",)) == ["Cedar"]
    assert await found(shelf, tags=("angst",)) == ["Apple"]
    assert "River" not in await shelf.facets.offered(["tag"], "", 25)


async def test_what_to_loosen_is_what_finds_something(shelf: Store) -> None:
    asked = StoryFilter(tags=("fluff",), authors=("Tam Sell",))
    assert (await shelf.story_lists.page(asked, 0, 5)).looser == {"tags": 2, "authors": 2}
    assert (await shelf.story_lists.page(replace(asked, length="drabble"), 0, 5)).looser == {"authors": 1}
    assert (await shelf.story_lists.page(StoryFilter(tags=("fluff",)), 0, 5)).looser == {}


# -- orders -------------------------------------------------------------------------


async def test_stories_are_sorted_as_asked(shelf: Store) -> None:
    apple, birch, cedar, dogwood = [(await shelf.stories.find(title)).id for title in await found(shelf)]
    for reader in (ANN, BEN):
        await shelf.reactions.toggle(cedar, reader, "🦊")
    await shelf.reactions.toggle(birch, ANN, "🦊")
    await cast_vote(shelf, dogwood, ANN, "continue", GUILD)
    await cast_vote(shelf, apple, ANN, "leave", GUILD)
    for story in (apple, dogwood, apple):
        await shelf.places.move(ANN, await shelf.pages.open((await shelf.pages.ends(story))[0]))
    await shelf.places.move(BEN, await shelf.pages.open((await shelf.pages.ends(birch))[0]))
    for sort, titles in {
        "title": "Apple Birch Cedar Dogwood",
        "longest": "Dogwood Cedar Birch Apple",
        "loved": "Cedar Birch Apple Dogwood",
        "continue": "Dogwood Apple Birch Cedar",
        "recent": "Apple Dogwood",
    }.items():
        assert await found(shelf, sort=sort) == titles.split(), sort
    assert await found(shelf, sort="recent", tags=("fluff",)) == ["Apple"]
    assert await found(shelf, sort="longest", tags=("fluff",)) == ["Cedar", "Apple"]


async def test_the_newest_story_is_the_one_that_was_added_last(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for second, title in ((1, "Old"), (0, "Older still"), (3, "New")):
        monkeypatch.setattr(store._db, "clock", lambda second=second: second)
        await add(store, title)
    monkeypatch.setattr(store._db, "clock", lambda: 99)
    await add(store, "Old", tags="an edit")
    assert await found(store, sort="newest") == ["New", "Old", "Older still"]


async def test_counts_on_a_story_are_what_their_rows_say_whatever_readers_do(store: Store, file: Path) -> None:
    stories = [await add(store, title) for title in ("One", "Two", "Three")]
    for number, story in enumerate(stories, start=1):
        await store.posts.record(Post(number, 1, GUILD), story)
        await store.posts.record(Post(10 + number, 1, GUILD), story)
    chance = random.Random(4)
    for _ in range(300):
        story, reader = chance.choice(stories), chance.choice((ANN, BEN))
        message, emoji = chance.choice((1, 2, 3, 11, 12, 13)), chance.choice((FOX, Emoji("🌊")))
        match chance.randrange(6):
            case 0:
                await store.reactions.toggle(story, reader, emoji.key)
            case 1:
                await store.message_emoji.give(message, reader, emoji)
            case 2:
                await store.message_emoji.take(message, *chance.choice(((reader, emoji), (None, emoji), (None, None))))
            case 3:
                await unvote(store, story, reader)
            case _:
                await cast_vote(store, story, reader, chance.choice(("continue", "leave")), GUILD)
        totals = {each: await reactions_of(store, each) for each in stories}
        votes = {each: await votes_of(store, each) for each in stories}
        assert counted(file) == {each: (totals[each], votes[each].overall[0]) for each in stories}
    for reader in (ANN, BEN):
        await store.privacy.delete(reader)
    assert counted(file) == dict.fromkeys(stories, (0, 0))


def counted(file: Path) -> dict[int, tuple[int, int]]:
    with connected(file) as db:
        return {story: (loved, go_on) for story, loved, go_on in db.execute("SELECT id, loved, go_on FROM stories")}


# -- who sees what ------------------------------------------------------------------


async def test_what_may_not_be_shown_is_in_no_list_and_gives_no_name(shelf: Store) -> None:
    await add(shelf, "Velvet", rating="M", tags="Fluff, Velvet")
    await add(shelf, "Abroad", shelf="901", tags="Fluff, Abroad")
    await add(shelf, "Here", shelf=str(GUILD), tags="Fluff, Here")
    hidden = await add(shelf, "Hidden", tags="Fluff, Hidden")
    await shelf.publishing.hide(hidden, GUILD)
    gone = await add(shelf, "Gone", tags="Fluff, Gone")
    await shelf.publishing.remove([gone])
    for audience, titles in (
        (HERE, {"Apple", "Cedar", "Here"}),
        (Audience(adult=True, guild=GUILD), {"Apple", "Cedar", "Here", "Velvet"}),
        (Audience(guild=901), {"Apple", "Cedar", "Abroad", "Hidden"}),
        (Audience(), {"Apple", "Cedar", "Hidden"}),
    ):
        seen = shelf.for_audience(audience)
        assert set(await found(seen, tags=("fluff",))) == titles
        assert set(await found(seen, tags=("fluff",), sort="newest")) == titles
        offered = set(await seen.facets.offered(["tag"], "", 25))
        assert offered & {"Velvet", "Abroad", "Here", "Hidden", "Gone"} == titles - {"Apple", "Cedar"}
        chosen = [await seen.story_lists.by_chance(StoryFilter(tags=("fluff",))) for _ in range(30)]
        assert {entry.title for entry in chosen if entry} <= titles
        for name in ("velvet", "abroad", "here", "hidden", "gone"):
            assert (await seen.facets.offered(["tag"], name, 25) != []) == (name.title() in titles)


async def test_the_most_used_names_are_offered_first_and_then_those_that_begin_so(
    shelf: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await shelf.facets.offered(["tag"], "", 25) == ["Fluff", "Slow Burn", "River"]
    assert await shelf.facets.offered(["tag"], "BURN", 25) == ["Slow Burn"]
    assert await shelf.facets.offered(["tag", "character"], "r", 25) == ["Slow Burn", "River", "Orla"]
    assert await shelf.facets.offered(["tag"], "", 1) == ["Fluff"]
    monkeypatch.setattr("bot.store.search.MOST_USED", 1)
    assert await shelf.facets.offered(["tag"], "ri", 25) == ["River"]
    assert await shelf.facets.offered(["tag"], "%", 25) == []


# -- mutes --------------------------------------------------------------------------


@pytest.mark.parametrize("few", [1, 3, 2000])
@pytest.mark.parametrize(
    ("asked", "titles", "left_out"),
    [
        (StoryFilter(), "Birch", 3),
        (StoryFilter(sort="newest"), "Birch", 3),
        (StoryFilter(fandoms=("tides",)), "Birch", 1),
        (StoryFilter(without=("river",)), "Birch", 2),
        (StoryFilter(sort="recent"), "Birch", 2),
        (StoryFilter(tags=("fluff",)), "", 2),
    ],
)
async def test_a_list_says_how_many_are_muted_whichever_way_it_was_found(
    shelf: Store, monkeypatch: pytest.MonkeyPatch, few: int, asked: StoryFilter, titles: str, left_out: int
) -> None:
    monkeypatch.setattr(findings, "FEW", few)
    for title in ("Birch", "Cedar", "Dogwood"):
        first, _ = await shelf.pages.ends((await shelf.stories.find(title)).id)
        await shelf.places.move(ANN, await shelf.pages.open(first))
    await shelf.mutes.add(ANN, "tag", ["Fluff", "River", "Ferries"])
    page = await shelf.story_lists.page(asked, 0, 10)
    assert ([entry.title for entry in page.entries], page.left_out) == (titles.split(), left_out)


async def test_what_is_muted_is_in_no_list_and_opens_by_name(shelf: Store) -> None:
    await shelf.mutes.add(ANN, "tag", ["FLUFF", "Ferries"])
    assert [(mute.kind, mute.name) for mute in await shelf.mutes.of(ANN)] == [("tag", "Ferries"), ("tag", "FLUFF")]
    page = await shelf.story_lists.page(StoryFilter(), 0, 10)
    assert [entry.title for entry in page.entries] == ["Birch"] and page.left_out == 3
    assert (await shelf.story_lists.page(StoryFilter(tags=("river",)), 0, 10)).left_out == 1
    assert [entry.title for entry in await shelf.stories.search("", 10)] == ["Birch"]
    assert (await shelf.stories.find("apple")).title == "Apple"
    assert [entry.title for entry in await shelf.stories.search("apple", 5)] == ["Apple"]
    apple = (await shelf.stories.find("Apple")).id
    await shelf.reactions.toggle(apple, BEN, "🦊")
    assert await shelf.leaderboard.stories("reactions", "ever", 0, 5) == []
    chosen = {entry.title for _ in range(20) if (entry := await shelf.story_lists.by_chance(StoryFilter()))}
    assert chosen == {"Birch"}
    others = shelf.for_audience(Audience(guild=GUILD, reader=BEN))
    assert len(await found(others)) == 4 and len(await others.leaderboard.stories("reactions", "ever", 0, 5)) == 1


async def test_of_quotes_that_are_not_muted_none_comes_twice(store: Store) -> None:
    for title, days, head in (("Loud", 300, "Tags: Fluff\n"), ("Quiet", 12, "")):
        text = almanac(*range(days), title=title).replace("\n\n", f"\n{head}\n", 1)
        story = read_story(text.encode(), "a.txt")
        await put_on_shelf(store, title, story)
    await store.mutes.add(ANN, "tag", ["fluff"])
    for _ in range(2):
        drawn = [await store.quotes.draw("user:101") for _ in range(12)]
        assert len({quote.id for quote in drawn}) == 12 and {quote.story.title for quote in drawn} == {"Quiet"}
    await store.mutes.add(ANN, "author", ["nobody"])
    await store.publishing.remove([drawn[0].story.id])
    with pytest.raises(NoQuotes):
        await store.quotes.draw("user:101")


async def test_an_author_is_muted_apart_from_a_tag_of_that_name(shelf: Store) -> None:
    await shelf.mutes.add(ANN, "author", ["Tam Sell", "Fluff"])
    assert await found(shelf) == ["Apple", "Cedar"]
    [tam] = [mute.id for mute in await shelf.mutes.of(ANN) if mute.name == "Tam Sell"]
    await shelf.mutes.drop(BEN, tam)
    assert len(await found(shelf)) == 2
    await shelf.mutes.drop(ANN, tam)
    assert len(await found(shelf)) == 4
    await shelf.mutes.add(ANN, "tag", ["Tam"])
    assert await found(shelf) == ["Birch", "Cedar", "Dogwood"]


async def test_mutes_are_bounded_and_a_second_time_changes_nothing(shelf: Store) -> None:
    assert await shelf.mutes.add(ANN, "tag", [str(n) for n in range(MOST_MUTED)]) == 0
    assert await shelf.mutes.add(ANN, "tag", ["0", "more"]) == 1
    assert len(await shelf.mutes.of(ANN)) == MOST_MUTED
    assert await shelf.mutes.add(ANN, "author", ["more", "\u0301"]) == 0
    assert await shelf.mutes.of(BEN) == []


# -- lists that are kept ------------------------------------------------------------


async def test_a_list_is_kept_by_number_once_for_the_same_question(shelf: Store) -> None:
    asked = StoryFilter(tags=("Fluff", "🦊"), length="novel", sort="loved")
    number = await shelf.story_lists.save(asked)
    async with busy_writer(shelf._db):  # nobody can write meanwhile, and nobody needs to
        assert await shelf.story_lists.save(asked) == number
    assert await shelf.story_lists.saved(number) == asked
    assert await shelf.story_lists.save(StoryFilter()) == 0 and await shelf.story_lists.saved(0) == StoryFilter()
    with pytest.raises(ReaderError, match="finding-gone"):
        await shelf.story_lists.saved(number + 1)


async def test_lists_are_bounded_by_number_and_age(shelf: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await shelf.story_lists.save(StoryFilter(tags=("first",)))
    others = await shelf.for_audience(Audience(reader=BEN)).story_lists.save(StoryFilter(tags=("ben",)))
    for number in range(kept.KEPT_EACH):
        last = await shelf.story_lists.save(StoryFilter(tags=(str(number),)))
    with pytest.raises(ReaderError, match="finding-gone"):
        await shelf.story_lists.saved(first)
    assert await shelf.story_lists.saved(others, BEN) == StoryFilter(tags=("ben",))
    made = shelf.clock()
    monkeypatch.setattr(shelf._db, "clock", lambda: made + kept.KEPT_SECONDS - 60)
    await shelf.story_lists.save(StoryFilter(tags=("late",)))
    assert await shelf.story_lists.saved(others, BEN) == StoryFilter(tags=("ben",))
    monkeypatch.setattr(shelf._db, "clock", lambda: made + kept.KEPT_SECONDS + 60)
    fresh = await shelf.story_lists.save(StoryFilter(tags=("fresh",)))
    assert fresh > last
    for old in (others, last):
        with pytest.raises(ReaderError, match="finding-gone"):
            await shelf.story_lists.saved(old, BEN)


async def test_a_list_ends_somewhere_and_says_so(shelf: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "MOST_LISTED", 3)
    page = await shelf.story_lists.page(StoryFilter(), 7, 2)
    assert (page.page, page.total, page.is_all) == (1, 3, False)
    assert [entry.title for entry in page.entries] == ["Cedar"]
    page = await shelf.story_lists.page(StoryFilter(tags=("nothing",)), 3, 2)
    assert (page.page, page.total, page.is_all, page.entries) == (0, 0, True, ())


# -- by chance ----------------------------------------------------------------------


async def test_chance_gives_each_story_that_is_not_begun_alike(shelf: Store) -> None:
    apple = await shelf.stories.find("Apple")
    await shelf.places.move(ANN, await shelf.pages.open((await shelf.pages.ends(apple.id))[0]))
    random.seed(7)
    draws = [await shelf.story_lists.by_chance(StoryFilter()) for _ in range(600)]
    drawn = Counter(entry.title for entry in draws if entry)
    assert drawn.keys() == {"Birch", "Cedar", "Dogwood"}
    assert all(150 < count < 250 for count in drawn.values())
    assert (await shelf.story_lists.by_chance(StoryFilter(tags=("river",)))) is None
    others = await shelf.for_audience(Audience(guild=GUILD, reader=BEN)).story_lists.by_chance(
        StoryFilter(tags=("river",))
    )
    assert others == apple


@pytest.mark.parametrize("few", [findings.FEW, 0])
async def test_chance_finds_the_last_story_when_hardly_any_fits(
    shelf: Store, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(findings, "PROBES", 1)
    monkeypatch.setattr(findings, "FEW", few)
    for title in ("Apple", "Birch", "Cedar"):
        entry = await shelf.stories.find(title)
        await shelf.places.move(ANN, await shelf.pages.open((await shelf.pages.ends(entry.id))[0]))
    for asked in (StoryFilter(), StoryFilter(length="novel")):
        entry = await shelf.story_lists.by_chance(asked)
        assert entry is not None and entry.title == "Dogwood"


async def test_chance_in_an_empty_library_is_nothing(store: Store) -> None:
    assert await store.story_lists.by_chance(StoryFilter()) is None


# -- what it costs ------------------------------------------------------------------


async def plans(store: Store, file: Path, monkeypatch: pytest.MonkeyPatch, *asked: StoryFilter) -> list[str]:
    """The steps of every query that finding, counting, chance and offering ask."""
    with monkeypatch.context() as patch:
        seen = statements_read(patch)
        for each in asked:
            await store.story_lists.page(each, 0, 8)
            await store.story_lists.by_chance(each)
        await store.facets.offered(["tag"], "fl", 25)
        await store.leaderboard.stories("reactions", "week", 5, 5)
        await store.mutes.of(ANN)
    db = sqlite3.connect(file)
    try:
        return [row[3] for sql, values in seen for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    finally:
        db.close()


ORDERS: dict[Sort, str] = {
    "title": "stories_in_order",
    "newest": "stories_by_age",
    "loved": "stories_by_love",
    "continue": "stories_by_wish",
    "longest": "stories_by_words",
}


@pytest.mark.sqlite("it reads SQLite's plans of queries")
@pytest.mark.parametrize("audience", [HERE, Audience(adult=True, guild=GUILD, reader=ANN), Audience(reader=ANN)])
@pytest.mark.parametrize("sort", [*ORDERS, "recent"])
async def test_a_list_walks_the_index_of_its_order_and_looks_everything_else_up(
    shelf: Store, file: Path, audience: Audience, sort: Sort, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(findings, "FEW", 1)
    await shelf.mutes.add(ANN, "tag", ["Angst"])
    asked = [StoryFilter(sort=sort), StoryFilter(sort=sort, tags=("fluff",), without=("angst",), length="one-shot")]
    steps = await plans(shelf.for_audience(audience), file, monkeypatch, *asked)
    scans = {
        step for step in steps if step.startswith("SCAN ") and not re.fullmatch(r"SCAN ([snt]|listed|\(sub.*\))", step)
    }
    walks = {f"SCAN stories USING COVERING INDEX {ORDERS[sort]}"} if sort in ORDERS else set[str]()
    walks |= {f"SCAN stories USING {covering}INDEX stories_by_love" for covering in ("", "COVERING ")}
    walks |= {"SCAN stories USING COVERING INDEX stories_in_order"}
    assert scans <= walks
    sorted_there = [step for step in steps if "TEMP B-TREE" in step]
    assert bool(sorted_there) is (sort == "recent")  # one reader's stories: an index of them would cost each turn


@pytest.mark.sqlite("it reads SQLite's plans of queries")
async def test_a_rare_name_is_where_a_list_begins(shelf: Store, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for sort in ORDERS:
        steps = await plans(shelf, file, monkeypatch, StoryFilter(sort=sort, tags=("fluff",), without=("river",)))
        assert any("facets USING PRIMARY KEY (kind=? AND key=?)" in step for step in steps), steps
