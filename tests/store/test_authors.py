"""A story and a reader have one link with a state; who is not linked has nothing of what an author has."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from bot import store as package
from bot.domain.authors import ALONE_SECONDS, AUTHORS_AT_MOST, CLAIMS_A_SHELF, CLAIMS_EACH, WAITS_SECONDS, Claim
from bot.domain.questions import CHOICES
from bot.domain.reviews import NewReview
from bot.errors import ClaimGone, ReaderError
from bot.store import Store
from bot.store.engines import Turn
from bot.store.engines.sqlite import SqliteWriting
from tests.clock import Clock
from tests.linking import NOT_LINKED, linked, not_linked
from tests.reviewing import GOOD
from tests.store.publishing import put
from tests.votes import answer_vote, cast_vote, default_of, votes_of

ANN, BEN, MIRA, NORA, GUILD = 31, 32, 33, 34, 900


@pytest.fixture
async def story(store: Store) -> int:
    return (await store.stories.find("Ferry")).id


async def state_of(store: Store, story: int, reader: int) -> list[tuple[str, int]]:
    rows = await store._db.rows(
        "SELECT state, since FROM author_links WHERE story_id = :story AND user_id = :reader",
        {"story": story, "reader": reader},
    )
    return [(row["state"], row["since"]) for row in rows]


async def refusals(*acts: Coroutine[Any, Any, object]) -> list[str]:
    """Why some of *acts*, which are begun at once, are refused."""
    done = await asyncio.gather(*acts, return_exceptions=True)
    for each in done:
        assert not isinstance(each, BaseException) or isinstance(each, ReaderError), repr(each)
    return [each.message for each in done if isinstance(each, ReaderError)]


# -- states ---------------------------------------------------------------------------


async def test_who_answers_a_claim_that_another_refused_meanwhile_links_nobody(store: Store, story: int) -> None:
    claim = await store.authors.claim(story, ANN)
    await store.authors.refuse(claim, MIRA)
    for answer in (store.authors.approve, store.authors.refuse):
        with pytest.raises(ClaimGone):
            await answer(claim, NORA)
    assert not await store.authors.wrote(ANN, story)


async def test_a_story_and_a_reader_have_one_link_whose_state_changes(store: Store, story: int, clock: Clock) -> None:
    clock.at = 1_000_000_000
    refused = await store.authors.claim(story, ANN)
    assert await state_of(store, story, ANN) == [("claimed", 1_000_000_000)]
    clock.at += 10
    await store.authors.refuse(refused, MIRA)
    assert await state_of(store, story, ANN) == [("refused", 1_000_000_010)]
    clock.at += WAITS_SECONDS
    again = await store.authors.claim(story, ANN)
    assert await state_of(store, story, ANN) == [("claimed", clock.at)]
    clock.at += 10
    await store.authors.approve(again, MIRA)
    assert await state_of(store, story, ANN) == [("linked", clock.at)]
    clock.at += 10
    assert await store.authors.unlink(story, ANN) and not await store.authors.unlink(story, ANN)
    assert await state_of(store, story, ANN) == [("withdrawn", clock.at)]


@pytest.mark.parametrize("state", ["claimed", "withdrawn"])
async def test_a_claim_that_is_made_anew_is_another_claim(store: Store, story: int, clock: Clock, state: str) -> None:
    """A button of the earlier one does not answer it."""
    clock.at = 1_000_000_000
    first = await store.authors.claim(story, ANN)
    if state == "withdrawn":
        await store.authors.approve(first, MIRA)
        await store.authors.unlink(story, ANN)
    clock.at += WAITS_SECONDS if state == "claimed" else 1
    second = await store.authors.claim(story, ANN)
    assert second.id != first.id and await state_of(store, story, ANN) == [("claimed", clock.at)]
    with pytest.raises(ClaimGone):
        await store.authors.approve(first, MIRA)
    assert await store.authors.find_claim(second.id) == second


async def test_who_is_linked_or_was_refused_claims_nothing(store: Store, story: int) -> None:
    await store.authors.refuse(await store.authors.claim(story, ANN), MIRA)
    await linked(store, story, BEN)
    claims = [store.authors.claim(story, reader) for reader in (ANN, BEN)]
    assert await refusals(*claims) == ["claim-refused-lately", "already-linked"]
    assert await store.authors.of(story) == [BEN]


async def test_what_is_no_link_any_more_goes_after_thirty_days_and_links_stay(
    store: Store, story: int, clock: Clock
) -> None:
    clock.at = 1_000_000_000
    for reader, state in enumerate(NOT_LINKED, start=1):
        await not_linked(store, story, reader, state)
    await linked(store, story, ANN)
    for seconds, left in ((WAITS_SECONDS - 1, 4), (1, 1)):
        clock.at += seconds
        await store.pruning.prune()
        assert await store._db.number("SELECT count(*) FROM author_links") == left
    assert await store.authors.of(story) == [ANN]


async def test_those_who_were_asked_first_answer_alone_for_a_week(store: Store, clock: Clock) -> None:
    clock.at = 1_000_000_000
    story = await put(store, user=BEN)
    claim = await store.authors.claim(story, ANN)
    for seconds, answerers, shown in ((ALONE_SECONDS - 1, {"uploader"}, 0), (1, {"uploader", "manager"}, 1)):
        clock.at += seconds
        assert (await store.authors.find_claim(claim.id)).answerers == answerers
        assert len(await store.authors.claims(MIRA, [GUILD], 9)) == shown
        assert len(await store.authors.claims(BEN, [], 9)) == 1
        assert await store.authors.claims(MIRA, [GUILD + 1], 9) == []
        assert await store.authors.claims(ANN, [GUILD], 9) == []


# -- who is not linked is no author -----------------------------------------------------


@pytest.mark.parametrize("state", NOT_LINKED)
async def test_who_is_not_linked_owns_nothing(store: Store, state: str) -> None:
    story = await put(store, user=BEN)
    await not_linked(store, story, ANN, state)
    assert (await store.uploads.ownership(story)).authors == set()
    assert await store.uploads.own_stories(ANN, 9) == [] and await store.authors.stories(ANN, 9) == []
    assert not await store.authors.wrote(ANN, story) and not await store.authors.writes(ANN)
    assert await store.authors.of(story) == []


@pytest.mark.parametrize("state", NOT_LINKED)
async def test_who_is_not_linked_answers_nobodys_claim(store: Store, state: str) -> None:
    story = await put(store, user=MIRA)
    await not_linked(store, story, ANN, state)
    claim = await store.authors.claim(story, BEN)
    assert claim.answers == "uploader" and await store.authors.claims(ANN, [], 9) == []
    asked = await store._db.rows(
        "SELECT user_id FROM outbox WHERE kind = 'claim' AND subject = :claim AND user_id <> 0", {"claim": claim.id}
    )
    assert [row["user_id"] for row in asked] == [MIRA]


@pytest.mark.parametrize("state", NOT_LINKED)
async def test_what_who_is_not_linked_says_as_a_reader_counts(store: Store, story: int, state: str) -> None:
    await not_linked(store, story, ANN, state)
    await cast_vote(store, story, ANN, "continue", GUILD)
    await store.reactions.toggle(story, ANN, "🔥", GUILD)
    review = NewReview(ANN, "ann", story, 0, GUILD, GOOD, False)
    await store.reviews.leave(review, store.clock())
    assert (await votes_of(store, story)).overall == (1, 0)
    assert [each.readers for each in await store.reactions.tally(story)] == [1]
    assert await store.review_lists.count(story, GUILD) == 1


@pytest.mark.parametrize("state", NOT_LINKED)
async def test_who_is_not_linked_is_told_of_no_review_and_followed_by_nobody(
    store: Store, story: int, state: str
) -> None:
    await not_linked(store, story, ANN, state)
    await store.reviews.leave(NewReview(BEN, "ben", story, 0, GUILD, GOOD, False), store.clock())
    while notice := await store.outbox.claim(2**40):
        assert notice.kind != "reviews"
    assert await refusals(store.follows.follow(BEN, "author", story, GUILD)) == ["author-unknown"]


@pytest.mark.parametrize("state", NOT_LINKED)
async def test_a_reply_of_who_is_not_linked_is_not_the_authors(store: Store, story: int, state: str) -> None:
    await answer_vote(store, story, ANN, "keeper", "continue", "")
    await not_linked(store, story, ANN, state)
    reply = (await default_of(store, story)).reply
    assert reply is not None and not reply.by_author
    await answer_vote(store, story, MIRA, "keeper", "leave", "")


def test_only_the_module_of_authors_reads_links_in_other_states() -> None:
    """All others read the view of those who are linked."""
    modules = Path(package.__file__).parent.rglob("*.py")
    found = {path.stem for path in modules if re.search(r"\bauthor_links\b", path.read_text("utf-8"))}
    assert found == {"authors", "privacy", "pruning"}


# -- two at once --------------------------------------------------------------------------


async def test_a_story_has_only_so_many_authors_however_many_are_approved_at_once(store: Store, story: int) -> None:
    for number in range(AUTHORS_AT_MOST - 1):
        await linked(store, story, 1000 + number)
    claims = [await store.authors.claim(story, reader) for reader in (ANN, BEN, MIRA)]
    assert await refusals(*(store.authors.approve(each, 0) for each in claims)) == ["too-many-authors"] * 2
    assert len(await store.authors.of(story)) == AUTHORS_AT_MOST


async def test_a_reader_claims_only_so_many_stories_at_once(store: Store) -> None:
    stories = [await put(store, user=BEN, guild=GUILD + number) for number in range(CLAIMS_EACH + 2)]
    assert await refusals(*(store.authors.claim(each, ANN) for each in stories)) == ["too-many-claims"] * 2


async def test_only_so_many_claims_wait_on_a_shelf_however_many_come_at_once(store: Store) -> None:
    stories = [each.id for each in await store.stories.search("", 3)]
    for number in range(CLAIMS_A_SHELF - 1):
        await store.authors.claim(stories[0], 1000 + number)
    claims = (store.authors.claim(each, reader) for each, reader in zip(stories, (ANN, BEN, MIRA), strict=True))
    assert await refusals(*claims) == ["claims-full"] * 2


async def test_one_of_two_opposite_answers_holds(store: Store, story: int) -> None:
    claim = await store.authors.claim(story, ANN)
    both = await asyncio.gather(
        store.authors.approve(claim, MIRA), store.authors.refuse(claim, NORA), return_exceptions=True
    )
    assert [type(each) for each in both if each is not None] == [ClaimGone]
    assert await store.authors.wrote(ANN, story) == (both[0] is None)


async def test_votes_that_come_while_their_reader_is_linked_and_unlinked_are_counted_right(
    store: Store, story: int
) -> None:
    question = (await default_of(store, story)).id

    async def link_and_unlink(reader: int) -> None:
        claim: Claim = await store.authors.claim(story, reader)
        await store.authors.approve(claim, 0)
        await store.authors.unlink(story, reader)

    async def vote(reader: int) -> None:
        for choice in ("leave", "continue"):
            try:
                await store.ballots.cast(question, reader, CHOICES.index(choice) + 1, GUILD)
            except ReaderError as error:
                assert error.message == "own-story"

    readers = range(1, 6)
    await asyncio.gather(*(each(reader) for reader in readers for each in (vote, link_and_unlink, vote)))
    rows = await store._db.rows(
        "SELECT number, count(*) AS count FROM ballots WHERE question_id = :question GROUP BY number",
        {"question": question},
    )
    cast = {row["number"]: row["count"] for row in rows}
    assert (await votes_of(store, story)).overall == (cast.get(1, 0), cast.get(2, 0))


@pytest.mark.sqlite("on PostgreSQL they wait")
async def test_a_link_waits_for_its_story_and_its_reader_alone(
    store: Store, story: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[set[tuple[str, int]]] = []

    def take(_: SqliteWriting, *turns: Turn) -> None:
        taken.append({(turn.kind, turn.number) for turn in turns})

    monkeypatch.setattr(SqliteWriting, "take", take)
    monkeypatch.setattr(SqliteWriting, "take_everything", lambda _: taken.append(set()))
    claim = await store.authors.claim(story, ANN)
    await store.authors.approve(claim, MIRA)
    await store.authors.unlink(story, ANN)
    await store.authors.refuse(await store.authors.claim(story, BEN), MIRA)
    of_story = ("story", story)
    claiming = [{of_story, ("reader", reader), ("claims", 0)} for reader in (ANN, BEN)]
    changing = [{of_story, ("reader", reader)} for reader in (ANN, BEN)]
    assert taken == [claiming[0], changing[0], changing[0], claiming[1], changing[1]]


@pytest.mark.sqlite("it reads SQLite's plans of queries")
async def test_the_authors_of_a_story_are_found_by_the_story(store: Store) -> None:
    """Not by their state, which most links share."""
    for where, key in (("story_id = 1", "(story_id=?"), ("user_id = 1", "(user_id=?")):
        [step] = await store._db.rows(f"EXPLAIN QUERY PLAN SELECT * FROM story_authors WHERE {where}")
        assert key in step["detail"]
