"""Whether readers want a story to go on: one vote a reader and story, and what is counted of votes and of finishers.

The counts are rows of their own, so that a vote of a million readers costs what one of ten does. `count_votes` and
`count_finished` keep them in step with the rows of ``votes`` and ``places``, in the transaction that changes those.
They change rows in the order of their keys, so that no two transactions wait for each other.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from bot.domain.anonymity import day_of, in_steps
from bot.domain.votes import Count, VoteAnswer, VoteChoice, VoteCounts, VoteNumbers, VoteRules, VoteStatus
from bot.errors import ReaderError, StoryGone
from bot.store.anonymity import released_sql
from bot.store.batches import Batches
from bot.store.database import Database, Family, Reading, Row, Writing, lookup, named_list, transaction
from bot.store.engines import Turn, alone, shared
from bot.store.leaderboard import Score, count_scores
from bot.store.rows import NAME, name_of


@dataclass(frozen=True, slots=True)
class _Vote:
    """A row of ``votes``, and whether its reader has finished the story."""

    story: int
    choice: VoteChoice
    guild: int | None
    cast_at: int
    has_finished: bool


@dataclass(frozen=True, slots=True)
class _Ballot:
    """What a reader asks for."""

    story: int
    reader: int
    choice: VoteChoice
    guild: int | None


class Votes(Family):
    """The standing vote under every story. A method that changes a vote returns once it is on disk."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self._casting = Batches(db, _turns, self._cast)

    async def cast(self, story: int, reader: int, choice: VoteChoice, guild: int | None) -> VoteStatus:
        """Record the reader's choice, replacing an earlier one; it counts for the server where it was last cast.

        Returns the vote of the story with it, everywhere and in *guild*. All who vote on a story at once share a
        transaction. Raises `ReaderError` where the vote is closed, and for who wrote the story; `StoryGone` where there
        is none.
        """
        return await self._casting.make(story, _Ballot(story, reader, choice, guild))

    def _cast(self, writing: Writing, ballots: Sequence[_Ballot]) -> Sequence[VoteStatus | Exception]:
        """Cast *ballots*, all on one story; return for each the vote with them, or why it does not count."""
        now = self._db.now()
        listed, readers = _readers(ballots)
        rows = writing.rows(f"WITH readers (id) AS ({listed}) {_BEFORE}", {"story": ballots[0].story, **readers})
        before = {row["reader"]: row for row in rows}
        refusals = [_refusal(before.get(each.reader)) for each in ballots]
        cast = {each.reader: each for each, refused in zip(ballots, refusals, strict=True) if refused is None}
        votes: list[tuple[_Vote, int]] = []
        for reader, each in cast.items():
            row = before[reader]
            if row["choice"] is not None:
                votes.append((_vote_of(row), -1))
            votes.append((_Vote(each.story, each.choice, each.guild, now, row["finished_at"] is not None), 1))
        if cast:
            writing.many(_CAST, [asdict(each) | {"now": now} for each in cast.values()])
            count_votes(writing, votes)
        standing = {
            guild: self.standings.within(writing, [ballots[0].story], guild) for guild in {e.guild for e in ballots}
        }
        return [
            standing[each.guild][each.story] if refused is None else refused
            for each, refused in zip(ballots, refusals, strict=True)
        ]

    @transaction
    def withdraw(self, writing: Writing, story: int, reader: int) -> bool:
        """Take the reader's vote back; return whether there was one. Raises `ReaderError` where the vote is closed."""
        writing.take(alone("reader", reader), shared("story", story))
        if writing.rows("SELECT 1 FROM vote_rules WHERE story_id = :story AND closed_at IS NOT NULL", {"story": story}):
            raise ReaderError("vote-closed")
        return remove_votes(writing, reader, story) > 0

    async def of(self, story: int, reader: int) -> VoteChoice | None:
        """Return what *reader* voted."""
        row = await self._db.row(
            "SELECT choice FROM votes WHERE user_id = :reader AND story_id = :story", {"reader": reader, "story": story}
        )
        return row["choice"] if row else None

    @lookup
    def standing(self, reading: Reading, story: int, guild: int | None) -> VoteStatus:
        """Return the vote of a story, everywhere and in *guild*. Raises `StoryGone`."""
        found = self.standings.within(reading, [story], guild)
        if story not in found:
            raise StoryGone
        return found[story]

    @lookup
    def standings(self, reading: Reading, stories: Sequence[int], guild: int | None) -> dict[int, VoteStatus]:
        """Return the votes of some stories, by story."""
        listed, values = named_list("story", stories)
        rows = reading.rows(
            f"{_STANDING} WHERE s.id IN {listed}", {"guild": guild, "today": day_of(self._db.now()), **values}
        )
        return {row["story_id"]: _standing(row, guild) for row in rows}


_BEFORE = (
    "SELECT readers.id AS reader, s.id AS story_id, v.choice, v.guild_id, v.cast_at, p.finished_at, r.closed_at,"
    " w.user_id AS author FROM readers JOIN stories s ON s.id = :story"
    " LEFT JOIN votes v ON v.user_id = readers.id AND v.story_id = s.id"
    " LEFT JOIN places p ON p.user_id = readers.id AND p.story_id = s.id"
    " LEFT JOIN vote_rules r ON r.story_id = s.id"
    " LEFT JOIN story_authors w ON w.story_id = s.id AND w.user_id = readers.id"
)

_CAST = (
    "INSERT INTO votes (user_id, story_id, choice, guild_id, cast_at) VALUES (:reader, :story, :choice, :guild, :now)"
    " ON CONFLICT (user_id, story_id) DO UPDATE SET choice = excluded.choice, guild_id = excluded.guild_id,"
    " cast_at = excluded.cast_at"
)


def _turns(ballots: Sequence[_Ballot]) -> Iterable[Turn]:
    return {alone("reader", each.reader) for each in ballots} | {shared("story", each.story) for each in ballots}


def _readers(ballots: Sequence[_Ballot]) -> tuple[str, dict[str, int]]:
    """Return the rows of those who vote, and their values by name."""
    values = {f"reader{number}": each.reader for number, each in enumerate(ballots)}
    return f"VALUES {', '.join(f'(:{name})' for name in values)}", values


def _refusal(before: Row | None) -> Exception | None:
    """Return why a reader may not vote; *before* is what is known of them and the story."""
    if before is None:
        return StoryGone()
    if before["closed_at"] is not None:
        return ReaderError("vote-closed")
    return ReaderError("own-story") if before["author"] is not None else None


_NOW_TOLD = ", ".join(
    f"{released_sql(f'f.{each}', f'f.told_{each}', 'f.day', ':today')} AS finished_{each}"
    for each in ("readers", "go_on", "leave")
)

_STANDING = (
    "SELECT s.id AS story_id, e.go_on AS all_go_on, e.leave AS all_leave, h.go_on AS here_go_on, h.leave AS here_leave,"
    f" {_NOW_TOLD},"
    " (SELECT count(*) FROM story_authors w JOIN places p ON p.user_id = w.user_id AND p.story_id = w.story_id"
    "  WHERE w.story_id = s.id AND p.finished_at IS NOT NULL) AS authors_who_finished,"
    f" r.quorum, r.threshold, r.hidden, r.closed_at, d.choice, d.line, c.position AS chapter_position, {NAME},"
    " CASE WHEN EXISTS (SELECT 1 FROM story_authors w WHERE w.story_id = s.id AND w.user_id = d.user_id)"
    "  THEN 1 ELSE 0 END AS by_author"
    " FROM stories s LEFT JOIN vote_counts e ON e.story_id = s.id AND e.guild_id = 0"
    " LEFT JOIN vote_counts h ON h.story_id = s.id AND h.guild_id = :guild"
    " LEFT JOIN finish_counts f ON f.story_id = s.id LEFT JOIN vote_rules r ON r.story_id = s.id"
    " LEFT JOIN decisions d ON d.story_id = s.id LEFT JOIN chapters c ON c.id = d.chapter_id"
)


def _standing(row: Row, guild: int | None) -> VoteStatus:
    overall, here, told = (_count(row, whose) for whose in ("all", "here", "finished"))
    rules = VoteRules() if row["quorum"] is None else VoteRules(row["quorum"], row["threshold"], bool(row["hidden"]))
    is_closed = row["closed_at"] is not None
    silent = (row["finished_readers"] or 0) - row["authors_who_finished"] - told.all
    finished = Count(in_steps(told.go_on) or 0, in_steps(told.leave) or 0)
    numbers = VoteNumbers(VoteCounts(overall, here if guild is not None else None), finished, in_steps(silent) or 0)
    return VoteStatus(
        voters=overall.all,
        numbers=numbers if is_closed or not rules.hidden else None,
        rules=rules,
        is_closed=is_closed,
        answer=_answer(row) if row["choice"] else None,
    )


def _answer(row: Row) -> VoteAnswer:
    chapter = name_of(row) if row["chapter_position"] is not None else None
    return VoteAnswer(row["choice"], row["line"], bool(row["by_author"]), chapter)


def _count(row: Row, whose: str) -> Count:
    """The votes in two columns of *row*, which are NULL where nobody has voted."""
    return Count(row[f"{whose}_go_on"] or 0, row[f"{whose}_leave"] or 0)


def _vote_of(row: Row) -> _Vote:
    return _Vote(row["story_id"], row["choice"], row["guild_id"], row["cast_at"], row["finished_at"] is not None)


# -- what keeps the counts in step ---------------------------------------------------


def count_votes(writing: Writing, votes: Iterable[tuple[_Vote, int]]) -> None:
    """Count *votes* that were cast (each with 1) or taken out (with -1).

    Keeps in step: ``vote_counts``, everywhere and for the server; ``finish_counts``, where the reader has finished the
    story; ``stories.go_on``; and the leaderboard.
    """
    cast, of_finishers = Counter[tuple[int, int, VoteChoice]](), Counter[tuple[int, VoteChoice]]()
    scores: list[Score] = []
    day = 0
    for vote, change in votes:
        day = max(day, day_of(vote.cast_at))
        for guild in {0, vote.guild or 0}:
            cast[vote.story, guild, vote.choice] += change
        if vote.has_finished:
            of_finishers[vote.story, vote.choice] += change
        if vote.choice == "continue":
            scores.append(Score("story", "votes", vote.guild or 0, vote.cast_at, vote.story, change))
    counts = [
        {"story": story, "guild": guild, **_by_choice(choice, change)}
        for (story, guild, choice), change in sorted(cast.items())
        if change
    ]
    if counts:
        writing.many(_COUNT, counts)
    finished = [
        {"story": story, **_by_choice(choice, change)}
        for (story, choice), change in sorted(of_finishers.items())
        if change
    ]
    if finished:
        writing.many(
            f"UPDATE finish_counts SET {_TOLD}, go_on = go_on + :go_on, leave = leave + :leave WHERE story_id = :story",
            [each | {"day": day} for each in finished],
        )
    sorted_anew = [{"story": each["story"]} for each in counts if each["go_on"] and not each["guild"]]
    if sorted_anew:
        writing.many(_SORT, sorted_anew)
    count_scores(writing, scores)


def _by_choice(choice: VoteChoice, change: int) -> dict[str, int]:
    return {"go_on": change if choice == "continue" else 0, "leave": change if choice == "leave" else 0}


_COUNT = (
    "INSERT INTO vote_counts (story_id, guild_id, go_on, leave) VALUES (:story, :guild, :go_on, :leave)"
    " ON CONFLICT (story_id, guild_id) DO UPDATE SET go_on = vote_counts.go_on + excluded.go_on,"
    " leave = vote_counts.leave + excluded.leave"
)

_SORT = (
    "UPDATE stories SET go_on = CASE WHEN EXISTS (SELECT 1 FROM vote_rules r"
    "  WHERE r.story_id = :story AND r.hidden = 1 AND r.closed_at IS NULL) THEN 0"
    " ELSE coalesce((SELECT c.go_on FROM vote_counts c WHERE c.story_id = :story AND c.guild_id = 0), 0) END"
    " WHERE id = :story"
)


def sort_by_votes(writing: Writing, story: int) -> None:
    """Keep ``stories.go_on``, which sorts lists, in step with votes and rules: 0 while the counts are hidden."""
    writing.execute(_SORT, {"story": story})


def remove_votes(writing: Writing, reader: int, story: int | None = None) -> int:
    """Delete the reader's vote on *story*, or all their votes, with what was counted of them; return how many.

    Where their places go too, their votes go first.
    """
    where = "v.user_id = :reader" if story is None else "v.user_id = :reader AND v.story_id = :story"
    values = {"reader": reader, "story": story}
    rows = writing.rows(f"{_VOTES} WHERE {where}", values)
    if rows:
        writing.execute(f"DELETE FROM votes AS v WHERE {where}", values)
        count_votes(writing, [(_vote_of(row), -1) for row in rows if row["author"] is None])
    return len(rows)


def count_vote_of(writing: Writing, reader: int, story: int, change: int) -> None:
    """Count the reader's vote on *story* no longer (*change* -1), or again (1); its row stays.

    So it is while they are linked to the story as its author. All else here leaves an author's vote uncounted.
    """
    rows = writing.rows(
        f"{_VOTES} WHERE v.user_id = :reader AND v.story_id = :story", {"reader": reader, "story": story}
    )
    count_votes(writing, [(_vote_of(row), change) for row in rows])


_VOTES = (
    "SELECT v.story_id, v.choice, v.guild_id, v.cast_at, p.finished_at, w.user_id AS author FROM votes v"
    " LEFT JOIN places p ON p.user_id = v.user_id AND p.story_id = v.story_id"
    " LEFT JOIN story_authors w ON w.user_id = v.user_id AND w.story_id = v.story_id"
)


def count_finished(writing: Writing, reader: int, stories: Mapping[int, int], change: int) -> None:
    """Count *reader* among those who finished *stories* (*change* 1), or no longer (-1), with how they voted.

    With each story comes when they finished it, in seconds since 1970.

    Keeps ``finish_counts`` in step with ``places.finished_at``. An author's vote is not counted.
    """
    writing.many(
        _FINISH,
        [
            {"story": story, "reader": reader, "change": change, "day": day_of(at)}
            for story, at in sorted(stories.items())
        ],
    )


_DAY = "finish_counts.day"
_TOLD = (
    ", ".join(
        f"told_{each} = {released_sql(f'finish_counts.{each}', f'finish_counts.told_{each}', _DAY, ':day')}"
        for each in ("readers", "go_on", "leave")
    )
    + f", day = CASE WHEN :day > {_DAY} THEN :day ELSE {_DAY} END"
)
"""Before a count changes, what it was at midnight is told."""


_VOTED = (
    "(SELECT count(*) FROM votes v WHERE v.user_id = :reader AND v.story_id = :story AND v.choice = '{choice}'"
    " AND NOT EXISTS (SELECT 1 FROM story_authors w WHERE w.story_id = v.story_id AND w.user_id = v.user_id))"
)

_FINISH = (
    "INSERT INTO finish_counts (story_id, day, readers, go_on, leave) VALUES (:story, :day, :change,"
    f" :change * {_VOTED.format(choice='continue')}, :change * {_VOTED.format(choice='leave')})"
    f" ON CONFLICT (story_id) DO UPDATE SET {_TOLD}, readers = finish_counts.readers + excluded.readers,"
    " go_on = finish_counts.go_on + excluded.go_on, leave = finish_counts.leave + excluded.leave"
)
