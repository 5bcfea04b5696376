"""What waits for the mods is stored like a story, and no read of the store finds it but those for who approves it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.quotes import QuoteFilter
from bot.domain.reviews import Viewer
from bot.domain.rights import Audience
from bot.domain.stories import StoryFilter
from bot.domain.uploads import DRAFT_SECONDS, Draft, Upload
from bot.errors import ReaderError, StoryGated, StoryGone
from bot.store import Store, publishing
from bot.store.limits import stored_bytes
from bot.store.publishing import Source
from bot.store.uploads import NewVersion, Publisher
from bot.stories import Story, read_story
from bot.stories.model import Spot
from bot.stories.query import read_query
from tests.clock import Clock
from tests.sending import send

GUILD, ANN, BEN = 900, 31, 32
SECRET = ("zibeline", "quillon", "marcasite", "fulgurite", "ombrelle")
"""Words of the draft alone: of its title, author, tag, summary and text."""

LINE = "Nobody forgives an ombrelle for being right, and nobody thanks it for being there, number {}."


def secret_story(rating: str = "Teen") -> Story:
    said = " ".join(LINE.format(number) for number in range(60))
    head = f"Title: The Zibeline\nAuthor: Quillon\nTags: marcasite\nSummary: A fulgurite.\nRating: {rating}"
    return read_story(f"{head}\n\nChapter 1: Ombrelle\n\n{said}\n\nChapter 2: More\n\n{said}\n".encode(), "z.txt")


async def sent(store: Store, story: Story) -> Draft:
    upload = Upload("z.txt", b"The zibeline, by Quillon.")
    return await send(store, await store.drafts.keep(GUILD, ANN, upload, {"title": "The Zibeline"}), story)


AUDIENCES = (
    Audience(False, GUILD, BEN),
    Audience(True, GUILD, BEN),
    Audience(True, GUILD),
    Audience(reader=BEN, direct=True),
    Audience(),
)

ALLOWED = {
    "drafts.find_waiting", "drafts.waiting", "drafts.total_waiting",  # for the mods
    "pages.text",  # of a chapter whose page was opened just before
}  # fmt: skip
ACTS = {
    "ballots.cast", "message_emoji.give", "reactions.toggle", "shared_readings.hand_over",
    "identify_times.take", "sending_times.take", "passages.index_rest", "saved_queries.keep", "search.save",
    "story_lists.save", "publishing.publish_all", "server_uploads.remove_all",
}  # fmt: skip
COUNTED = {"server_uploads.bytes_used", "audit.page", "audit.total", "departures.known", "heartbeats.queues",
           "outbox.next_due"}  # fmt: skip
"""Reads that a draft changes for those who may know of it: what is used, the log, and what waits to be sent."""


def values(story: int, chapter: int, word: str) -> dict[str, Any]:
    """What a parameter gets, by its name."""
    return {
        **dict.fromkeys(("story", "number", "around", "plan", "claim", "question", "review", "quote", "draft"), story),
        **dict.fromkeys(("version", "bookmark", "message", "bucket", "query", "query_id", "author", "mute"), story),
        **dict.fromkeys(("reader", "user", "sender", "by", "manager", "readers", "owner"), BEN),
        **dict.fromkeys(("typed", "name", "title", "text", "key", "kind"), word),
        "stories": [story],
        "reviews": [story],
        "chapter": chapter,
        "spot": Spot(chapter, 0),
        "guild": GUILD,
        "guilds": [GUILD],
        "shelves": [GUILD, 0],
        "shelf": str(GUILD),
        "limit": 50,
        "skip": 0,
        "page": 0,
        "percent": 10,
        "start": 0,
        "end": 200,
        "size": 50,
        "now": 0,
        "since": 0,
        "digest": "0" * 16,
        "scope": f"guild:{GUILD}",
        "which": "all",
        "style": "text",
        "emoji": "❤",
        "default": True,
        "kinds": ("tag", "author", "language", "rating"),
        "filter": StoryFilter(),
        "viewer": Viewer(BEN, GUILD, moderates=True),
    }


TYPED = ("StorySummary", "ChapterSummary", "OpenPage", "Notice", "PostedQuestion", "Emoji")
"""What only those have who were shown it before."""

NAMED: dict[str, dict[str, Any]] = {
    "search.find": {"story": None},
    "quotes.draw": {"story": None, "filter": QuoteFilter()},
    "review_lists.list": {"scope": "story"},
    "review_lists.total": {"scope": "story"},
    "leaderboard.quotes": {"by": "saves", "since": "ever"},
    "leaderboard.stories": {"by": "saves", "since": "ever"},
    "leaderboard.rankings": {"since": "ever"},
    "saved_queries.find": {"kind": "stories"},
    "bot_state.read": {"name": "refuses-adult"},
    "reading_lists.of": {"name": "reading"},
    "instalments.open": {"size": "page"},
    "posts.latest": {"since": 0.0},
}


def reads(store: Store) -> Iterator[tuple[str, Any, dict[str, inspect.Parameter]]]:
    """Each read of the store, with its parameters."""
    names = [name for name in dir(store) if not name.startswith("_")]
    for name in names:
        family = getattr(store, name)
        if not type(family).__module__.startswith("bot.store.") or name in ("clock", "shards"):
            continue
        for method in (each for each in vars(type(family)) if not each.startswith("_")):
            static = inspect.getattr_static(type(family), method)
            look = getattr(static, "_look", static)
            parameters = dict(inspect.signature(getattr(look, "__wrapped__", look)).parameters)
            returns = inspect.signature(look).return_annotation
            if "writing" in parameters or returns in (None, "None") or f"{name}.{method}" in ACTS | ALLOWED:
                continue
            for taken in ("self", "reading"):
                parameters.pop(taken, None)
            if name != "preparing" and not any(t in str(each.annotation) for each in parameters.values() for t in TYPED
                                               if each.default is inspect.Parameter.empty):  # fmt: skip
                yield f"{name}.{method}", getattr(family, method), parameters


async def asked(store: Store, story: int, chapter: int, word: str) -> dict[str, str]:
    """What each read answers, or how it refuses."""
    found: dict[str, str] = {}
    for name, read, parameters in reads(store):
        known = values(story, chapter, word) | {"query": read_query(word) if name == "search.find" else story}
        known |= NAMED.get(name, {})
        given = [
            known[each]
            for each, parameter in parameters.items()
            if parameter.kind is not parameter.KEYWORD_ONLY
            and (parameter.default is parameter.empty or each in NAMED.get(name, {}) or each in ("typed", "story"))
            and (each != "story" or "StorySummary" not in str(parameter.annotation) or known[each] is None)
        ]
        named = {
            each: known[each]
            for each, parameter in parameters.items()
            if parameter.kind is parameter.KEYWORD_ONLY and (parameter.default is parameter.empty or each == "typed")
        }
        try:
            found[name] = repr(await read(*given, **named))
        except (ReaderError, StoryGone, StoryGated) as error:
            found[name] = repr(error)
    return found


async def test_no_read_of_the_store_finds_a_draft(store: Store) -> None:
    draft = await sent(store, secret_story())
    chapter = await store._db.number("SELECT min(id) FROM chapters WHERE story_id = :story", {"story": draft.story})
    for audience in AUDIENCES:
        for word in (*SECRET, f"#{draft.story}", ""):
            answers = await asked(store.for_audience(audience), draft.story or 0, chapter, word)
            assert len(answers) > 80
            telling = {
                name: answer
                for name, answer in answers.items()
                if any(each in answer.lower().replace(word, "") for each in SECRET if each != word)
            }
            assert telling == {}, (audience, word)


async def test_no_count_of_the_store_has_a_draft(store: Store) -> None:
    [story, *_] = await store.for_audience(AUDIENCES[0]).stories.search("", 9)
    chance = {"quotes.draw", "story_lists.by_chance"}
    before = {each: await asked(store.for_audience(each), story.id, 1, "a") for each in AUDIENCES}
    await sent(store, secret_story())
    for audience, answers in before.items():
        after = await asked(store.for_audience(audience), story.id, 1, "a")
        assert {name for name in answers if answers[name] != after[name]} - COUNTED - chance == set(), audience


# -- who reads it ------------------------------------------------------------------------------------


def reading(store: Store, draft: Draft, *, adult: bool = False) -> Store:
    return store.for_audience(Audience(adult, GUILD, BEN, draft=draft.story or 0))


async def test_whoever_reads_a_draft_sees_its_pages_and_no_other_story(store: Store) -> None:
    story = secret_story()
    draft = await sent(store, story)
    text = reading(store, draft)
    assert [each.title for each in await text.stories.search("", 9)] == [story.title]
    first, _ = await text.pages.ends(draft.story or 0)
    page = await text.pages.open(first)
    words = page.text
    while page.following is not None:
        page = await text.pages.open(page.following)
        words += page.text
    assert words == "".join(chapter.prose for chapter in story.chapters)


async def test_a_draft_for_adults_is_read_by_adults_alone(store: Store) -> None:
    draft = await sent(store, secret_story("Explicit"))
    with pytest.raises(StoryGated):
        await reading(store, draft).stories.card(draft.story or 0)
    assert (await reading(store, draft, adult=True).stories.card(draft.story or 0)).rating == "explicit"


# -- what becomes of it ------------------------------------------------------------------------------

OF_TEXT = ("chapters", "prose_slices", "pages", "quotes", "facets", "questions", "upload_bytes", "drafts", "stories")


async def rows(store: Store) -> dict[str, int]:
    return {table: await store._db.number(f"SELECT count(*) FROM {table}") for table in OF_TEXT}


async def decline(store: Store, draft: Draft, clock: Clock) -> None:
    await store.drafts.decline(draft, BEN, "No.")


async def lapse(store: Store, draft: Draft, clock: Clock) -> None:
    clock.forward(DRAFT_SECONDS["waiting"] + 1)
    await store.pruning.prune()


async def erase(store: Store, draft: Draft, clock: Clock) -> None:
    await store.privacy.delete(ANN)


async def depart(store: Store, draft: Draft, clock: Clock) -> None:
    await store.departures.leave([GUILD])
    clock.forward(31 * 24 * 60 * 60)
    await store.departures.delete(GUILD)


@pytest.mark.parametrize("ends", [decline, lapse, erase, depart])
async def test_nothing_is_left_of_a_draft_that_ends(store: Store, clock: Clock, ends: Any) -> None:
    before = await rows(store)
    draft = await sent(store, secret_story())
    assert {table for table, count in (await rows(store)).items() if count > before[table]} == set(OF_TEXT)
    await ends(store, draft, clock)
    assert await rows(store) == before


async def test_a_draft_can_be_read_as_long_as_it_waits(store: Store, clock: Clock) -> None:
    draft = await sent(store, secret_story())
    clock.forward(DRAFT_SECONDS["waiting"] - 1)
    await store.pruning.prune()
    assert (await reading(store, draft).stories.card(draft.story or 0)).entry.title == "The Zibeline"


@pytest.mark.parametrize("long", [1, 10**6])
async def test_what_is_approved_is_the_text_that_waited(
    store: Store, monkeypatch: pytest.MonkeyPatch, long: int
) -> None:
    monkeypatch.setattr(publishing, "LONG_STORY", long)
    story = secret_story()
    draft = await sent(store, story)
    version = NewVersion(story, Source("z.txt", 1, 0, "z", 1), prepared=draft.story)
    published = await store.uploads.publish(draft, version, Publisher(BEN))
    await store.passages.index_rest()
    assert published.story == draft.story
    shown = store.for_audience(AUDIENCES[0])
    assert (await shown.stories.find("zibeline")).id == published.story
    assert (await shown.search.find(read_query("ombrelle"), None, 0, 10)).total > 0
    assert await store._db.number("SELECT count(*) FROM drafts") == 0


async def test_the_text_of_a_draft_counts_for_its_sender_and_its_server(store: Store) -> None:
    before = await store.server_uploads.bytes_used(GUILD)
    story = secret_story()
    draft = await sent(store, story)
    assert await store.server_uploads.bytes_used(GUILD) - before == stored_bytes(story) + draft.upload.size


async def test_a_draft_that_is_cancelled_after_it_was_sent_still_waits(store: Store) -> None:
    draft = await sent(store, secret_story())
    await store.drafts.drop(draft.id, ANN)
    assert await store.drafts.find_waiting(draft.id, GUILD) == draft


async def test_a_text_without_room_is_refused_when_it_is_sent_and_leaves_nothing(store: Store) -> None:
    await store.settings.change_server(GUILD, lambda chosen: replace(chosen, member_megabytes=1))
    upload = Upload("long.txt", b"It is long.")
    draft = await store.drafts.keep(GUILD, ANN, upload, {"title": "The Zibeline"})
    before = await rows(store)
    long = read_story(("Title: The Zibeline\n\n" + LINE * 4_000).encode(), "long.txt")
    with pytest.raises(ReaderError, match="limit-bytes"):
        await send(store, draft, long)
    assert await rows(store) == before and await store.drafts.find(draft.id, ANN) == draft
