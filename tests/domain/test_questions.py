"""The standing vote as a rule: what so many votes come to, and numbers that cannot drift."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.questions import CONTINUE, LEAVE, QUORUMS, THRESHOLDS, Counts, Outcome, Rules, Threshold, outcome
from bot.errors import ReaderError
from bot.store import Store
from tests.databases import connected
from tests.linking import linked
from tests.seen import is_refusal
from tests.votes import cast_vote, close_vote, default_of, reopen_vote, set_rules, unvote, votes_of

ANN, BEN, CLEO, GUILD, OTHER = 101, 102, 103, 900, 901
READERS = (ANN, BEN, CLEO)

counts = st.tuples(st.integers(0, 200), st.integers(0, 200))
rules = st.builds(Rules, st.sampled_from(QUORUMS), st.sampled_from(THRESHOLDS))


# -- what it comes to ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("go_on", "leave", "quorum", "threshold", "expected"),
    [
        (0, 0, 0, "half", "few"),
        (1, 0, 0, "half", "continues"),
        (0, 1, 0, "half", "stays"),
        (1, 1, 0, "half", "tie"),
        (51, 49, 0, "half", "continues"),
        (49, 51, 0, "half", "stays"),
        (4, 0, 5, "half", "few"),
        (2, 2, 5, "half", "few"),
        (5, 0, 5, "half", "continues"),
        (0, 5, 5, "half", "stays"),
        (3, 2, 0, "60", "continues"),
        (59, 41, 0, "60", "stays"),
        (5, 5, 0, "60", "stays"),
        (2, 1, 0, "two-thirds", "continues"),
        (666, 334, 0, "two-thirds", "stays"),
        (667, 333, 0, "two-thirds", "continues"),
        (3, 1, 0, "75", "continues"),
        (74, 26, 0, "75", "stays"),
        (75, 25, 100, "75", "continues"),
        (74, 25, 100, "75", "few"),
    ],
)
def test_so_many_votes_come_to(go_on: int, leave: int, quorum: int, threshold: Threshold, expected: Outcome) -> None:
    assert outcome((go_on, leave), Rules(quorum, threshold)) == expected


WORTH: dict[Outcome, int] = {"few": 0, "stays": 1, "tie": 2, "continues": 3}


@given(counts, rules)
def test_one_more_vote_to_continue_never_brings_less(count: tuple[int, int], rules: Rules) -> None:
    assert WORTH[outcome((count[0] + 1, count[1]), rules)] >= WORTH[outcome(count, rules)]


@given(counts, rules, st.sampled_from(THRESHOLDS))
def test_only_a_quorum_makes_votes_too_few_and_a_tie_is_half(
    count: tuple[int, int], rules: Rules, other: Threshold
) -> None:
    found = outcome(count, rules)
    assert (found == "few") == (sum(count) < max(1, rules.quorum))
    assert (found == "few") == (outcome(count, Rules(rules.quorum, other)) == "few")
    if found == "tie":
        assert count[0] == count[1] and rules.threshold == "half"


# -- numbers -----------------------------------------------------------------------


async def finish(store: Store, reader: int, story: int) -> None:
    _, last = await store.pages.ends(story)
    await store.places.move(reader, await store.pages.open(last))


async def lighthouse(store: Store) -> int:
    return (await store.stories.find("Lighthouse")).id


Told = tuple[tuple[int, ...], tuple[int, int], int]
"""All votes, those of readers who finished, and how many finished without one; their true numbers."""


async def numbers(store: Store, story: int) -> Told:
    found = await votes_of(store, story)
    return found.overall, *await finishers(store, story)


async def finishers(store: Store, story: int) -> tuple[tuple[int, int], int]:
    rows = await store._db.rows("SELECT readers, go_on, leave FROM finish_counts WHERE story_id = ?", (story,))
    authors = await store._db.number(
        "SELECT count(*) FROM places p JOIN story_authors w ON w.user_id = p.user_id AND w.story_id = p.story_id"
        " WHERE p.story_id = ? AND p.finished_at IS NOT NULL",
        (story,),
    )
    readers, go_on, leave = tuple(rows[0]) if rows else (0, 0, 0)
    return (go_on, leave), readers - authors - go_on - leave


async def test_the_votes_of_those_who_finished_are_counted_whichever_came_first(store: Store) -> None:
    story = await lighthouse(store)
    await cast_vote(store, story, ANN, "continue", GUILD)
    assert await numbers(store, story) == ((1, 0), (0, 0), 0)
    await finish(store, ANN, story)
    await finish(store, BEN, story)
    assert await numbers(store, story) == ((1, 0), (1, 0), 1)
    await cast_vote(store, story, BEN, "leave", GUILD)
    await cast_vote(store, story, CLEO, "leave", GUILD)
    assert await numbers(store, story) == ((1, 2), (1, 1), 0)
    await unvote(store, story, ANN)
    assert await numbers(store, story) == ((0, 2), (0, 1), 1)


async def test_finishing_again_or_turning_back_changes_no_number(store: Store) -> None:
    story = await lighthouse(store)
    first, _ = await store.pages.ends(story)
    await store.places.move(ANN, await store.pages.open(first))
    assert (await finishers(store, story))[1] == 0
    for _ in range(2):
        await finish(store, ANN, story)
        await store.places.move(ANN, await store.pages.open(first))
    assert (await finishers(store, story))[1] == 1


async def test_an_author_counts_neither_among_the_voters_nor_among_the_silent(store: Store) -> None:
    story = await lighthouse(store)
    for reader in READERS:
        await finish(store, reader, story)
        await cast_vote(store, story, reader, "continue", GUILD)
    await linked(store, story, ANN)
    assert await numbers(store, story) == ((2, 0), (2, 0), 0)
    with pytest.raises(ReaderError, match="own-story"):
        await cast_vote(store, story, ANN, "continue", GUILD)
    await store.authors.unlink(story, ANN)
    assert await numbers(store, story) == ((3, 0), (3, 0), 0)


async def test_numbers_are_what_the_rows_say_whatever_anybody_does(store: Store, tmp_path: Path) -> None:
    stories = [(await store.stories.find(title)).id for title in ("Lighthouse", "Spoon", "Ferry")]
    ends = {story: [await store.pages.open(spot) for spot in await store.pages.ends(story)] for story in stories}
    chance = random.Random(11)
    for step in range(400):
        story, reader, guild = chance.choice(stories), chance.choice(READERS), chance.choice((GUILD, OTHER, None))
        try:
            match chance.randrange(14):
                case 0:
                    await store.privacy.delete(reader)
                case 1:
                    await unvote(store, story, reader)
                case 2:
                    await linked(store, story, reader)
                case 3 | 4:
                    await store.authors.unlink(story, reader)
                case 5:
                    await set_rules(store, story, Rules(hidden=chance.random() < 0.5))
                case 6:
                    await close_vote(store, story)
                case 7 | 8:
                    await reopen_vote(store, story, "author")
                case 9 | 10:
                    await store.places.move(reader, chance.choice(ends[story]))
                case _:
                    await cast_vote(store, story, reader, chance.choice(("continue", "leave")), guild)
        except ReaderError as error:
            assert is_refusal(error, "own-story", "question-closed", "question-answered")
        if step % 10 == 0:
            await assert_counted(store, stories, tmp_path / "oneshot.db")


async def assert_counted(store: Store, stories: list[int], file: Path) -> None:
    """The numbers of each story are what a count of all rows finds."""
    for story in stories:
        with connected(file) as db:
            ballots = (
                "SELECT b.user_id, b.number FROM ballots b JOIN questions q ON q.id = b.question_id"
                " WHERE q.text IS NULL AND q.story_id = ?"
            )
            cast = dict(db.execute(ballots, (story,)))
            here = dict(db.execute(f"{ballots} AND b.guild_id = ?", (story, GUILD)))
            done = {
                r for (r,) in db.execute("SELECT user_id FROM places WHERE story_id = ? AND finished_at > 0", (story,))
            }
            authors = {r for (r,) in db.execute("SELECT user_id FROM story_authors WHERE story_id = ?", (story,))}
            [(go_on,)] = db.execute("SELECT go_on FROM stories WHERE id = ?", (story,))
        done -= authors
        for of_authors in (cast, here):
            for author in authors & of_authors.keys():
                del of_authors[author]
        vote = await default_of(store, story, GUILD)
        assert vote.voters == len(cast)
        finished = {reader: number for reader, number in cast.items() if reader in done}
        assert (vote.counts is None) == (vote.rules.hidden and vote.is_open)
        assert vote.counts is None or vote.counts == Counts(_count(cast), _count(here))
        assert await finishers(store, story) == (_count(finished), len(done) - len(finished))
        assert go_on == (0 if vote.counts is None else _count(cast)[0])


def _count(cast: dict[int, int]) -> tuple[int, int]:
    numbers = list(cast.values())
    return numbers.count(CONTINUE), numbers.count(LEAVE)
