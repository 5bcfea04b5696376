"""Ballots: each reader's answer to a question, and the counts of ballots and of readers who finished.

Counts have tables of their own, so that reading a result takes as long for ten ballots as for a million.
`count_ballots` and `count_finished` update these tables in the transaction that changes ``ballots`` or ``places``. They
lock rows in the order of the keys, to avoid deadlocks.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from bot.domain.anonymity import day_of
from bot.domain.questions import CONTINUE, LEAVE, Question
from bot.errors import QuestionGone, ReaderError
from bot.store.batches import Batches
from bot.store.database import Database, Family, Row, Writing, transaction
from bot.store.engines import Turn, alone, shared
from bot.store.leaderboard import Score, count_scores
from bot.store.questions import AT_ONCE, IS_OPEN, RESTS, draw_posts, sort_by_votes, standing_of
from bot.store.rows import as_value, released_sql

DRAWN_SECONDS = 60
"""Seconds after an answer until the question's posts are redrawn, except the post whose button was pressed."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """A ballot as it is counted: with its story, and whether the reader has finished that story."""

    question: int
    story: int
    number: int
    guild: int
    cast_at: int
    is_default: bool
    has_finished: bool


@dataclass(frozen=True, slots=True)
class _Ballot:
    """A reader's answer before it is stored."""

    question: int
    reader: int
    number: int
    guild: int
    message: int
    """Id of the public message whose button was pressed, 0 if there is none. The press itself redraws it."""


class Ballots(Family):
    """Readers' ballots. Methods that change ballots return after the commit."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self._casting = Batches(db, _turns, self._cast)

    async def cast(self, question: int, reader: int, number: int, guild: int | None, message: int = 0) -> Question:
        """Store the answer *number* of *reader*, given in the server *guild*; it replaces an earlier answer.

        Returns the question with its counts, overall and in *guild*. Simultaneous answers to a question share a
        transaction. Posts other than *message* are due to be redrawn after `DRAWN_SECONDS`. Raises `ReaderError` if the
        question is closed or paused, or if the reader is an author of the story, and `QuestionGone` if the question or
        the answer does not exist.
        """
        return await self._casting.make(question, _Ballot(question, reader, number, guild or 0, message))

    def _cast(self, writing: Writing, ballots: Sequence[_Ballot]) -> Sequence[Question | Exception]:
        """Store *ballots*, all on one question; return for each ballot the updated question, or why it is refused."""
        now, question = self._db.now(), ballots[0].question
        listed, readers = _readers(ballots)
        rows = writing.rows(f"WITH readers (id) AS ({listed}) {_BEFORE}", {"question": question, "now": now, **readers})
        before = {row["reader"]: row for row in rows}
        refusals = [_refusal(each, before.get(each.reader)) for each in ballots]
        cast = {each.reader: each for each, refused in zip(ballots, refusals, strict=True) if refused is None}
        changes: list[tuple[_Counted, int]] = []
        for reader, each in cast.items():
            row = before[reader]
            if row["number"] is not None:
                changes.append((_counted(row), -1))
            changes.append((replace(_counted(row), number=each.number, guild=each.guild, cast_at=now), 1))
        if cast:
            writing.many(_CAST, [asdict(each) | {"now": now} for each in cast.values()])
            count_ballots(writing, changes)
            pressed = {each.message for each in cast.values()}
            draw_posts(writing, question, now + DRAWN_SECONDS, besides=pressed.pop() if len(pressed) == 1 else 0)
        standing = {guild: standing_of(writing, question, guild, now) for guild in {each.guild for each in ballots}}
        return [
            standing[each.guild] if refused is None else refused
            for each, refused in zip(ballots, refusals, strict=True)
        ]

    @transaction
    def withdraw(self, writing: Writing, question: int, reader: int) -> bool:
        """Delete *reader*'s answer; return whether there was one. Raises `ReaderError` if the question is closed."""
        writing.take(alone("reader", reader), shared("question", question))
        now = self._db.now()
        if not writing.rows(
            f"SELECT 1 FROM questions q WHERE q.id = :question AND {IS_OPEN}", {"question": question, "now": now}
        ):
            raise ReaderError("question-closed")
        return remove_ballots(writing, reader, now, question) > 0

    async def of(self, question: int, reader: int) -> int | None:
        """Return the number of *reader*'s answer to *question*, or None if there is none."""
        row = await self._db.row(
            "SELECT number FROM ballots WHERE user_id = :reader AND question_id = :question",
            {"reader": reader, "question": question},
        )
        return row["number"] if row else None


_BEFORE = (
    "SELECT readers.id AS reader, q.id AS question_id, q.story_id, b.number, b.guild_id, b.cast_at, p.finished_at,"
    f" q.text, CASE WHEN {IS_OPEN} THEN 1 ELSE 0 END AS is_open, CASE WHEN {RESTS} THEN 1 ELSE 0 END AS rests,"
    " (SELECT count(*) FROM answers a WHERE a.question_id = q.id) AS answers, w.user_id AS author"
    " FROM readers JOIN questions q ON q.id = :question"
    " LEFT JOIN ballots b ON b.user_id = readers.id AND b.question_id = q.id"
    " LEFT JOIN places p ON p.user_id = readers.id AND p.story_id = q.story_id"
    " LEFT JOIN story_authors w ON w.story_id = q.story_id AND w.user_id = readers.id"
)

_CAST = (
    "INSERT INTO ballots (user_id, question_id, number, guild_id, cast_at)"
    " VALUES (:reader, :question, :number, :guild, :now)"
    " ON CONFLICT (question_id, user_id) DO UPDATE SET number = excluded.number, guild_id = excluded.guild_id,"
    " cast_at = excluded.cast_at"
)


def _turns(ballots: Sequence[_Ballot]) -> Iterable[Turn]:
    return {alone("reader", each.reader) for each in ballots} | {shared("question", each.question) for each in ballots}


def _readers(ballots: Sequence[_Ballot]) -> tuple[str, dict[str, int]]:
    """Return a VALUES list with the id of each ballot's reader, and its parameters."""
    values = {f"reader{number}": each.reader for number, each in enumerate(ballots)}
    return f"VALUES {', '.join(f'(:{name})' for name in values)}", values


def _refusal(ballot: _Ballot, before: Row | None) -> Exception | None:
    """Return the error that refuses a ballot, or None.

    *before* is the reader's row of `_BEFORE`; it is None if the question does not exist.
    """
    if before is None:
        return QuestionGone()
    if before["rests"]:
        return ReaderError("question-rests")
    if not before["is_open"]:
        return ReaderError("question-closed")
    if not 1 <= ballot.number <= (LEAVE if before["text"] is None else before["answers"]):
        return QuestionGone()
    return ReaderError("own-story") if before["author"] is not None else None


def _counted(row: Row) -> _Counted:
    return as_value(row, _Counted, is_default=row["text"] is None, has_finished=row["finished_at"] is not None)


# -- updating the counts -------------------------------------------------------------


def count_ballots(writing: Writing, ballots: Iterable[tuple[_Counted, int]]) -> None:
    """Update the counts after each ballot of *ballots* was cast (1) or removed (-1).

    Updates ``answer_counts``, overall and for the ballot's server. For a default question it also updates
    ``stories.go_on``, the leaderboard and, for readers who finished the story, ``finish_counts``.
    """
    cast, of_finishers = Counter[tuple[int, int, int]](), Counter[tuple[int, int]]()
    scores: list[Score] = []
    sorted_anew = set[int]()
    day = 0
    for ballot, change in ballots:
        for guild in {0, ballot.guild}:
            cast[ballot.question, guild, ballot.number] += change
        if not ballot.is_default:
            continue
        day = max(day, day_of(ballot.cast_at))
        if ballot.has_finished:
            of_finishers[ballot.story, ballot.number] += change
        if ballot.number == CONTINUE:
            sorted_anew.add(ballot.story)
            scores.append(Score("story", "votes", ballot.guild, ballot.cast_at, ballot.story, change))
    counts = [
        {"question": question, "guild": guild, "number": number, "change": change}
        for (question, guild, number), change in sorted(cast.items())
        if change
    ]
    if counts:
        writing.many(_COUNT, counts)
    finished = [
        {"story": story, "day": day, **_by_answer(number, change)}
        for (story, number), change in sorted(of_finishers.items())
        if change
    ]
    if finished:
        writing.many(
            f"UPDATE finish_counts SET {_PUBLISH}, go_on = go_on + :go_on, leave = leave + :leave"
            " WHERE story_id = :story",
            finished,
        )
    for story in sorted(sorted_anew):
        sort_by_votes(writing, story)
    count_scores(writing, scores)


def _by_answer(number: int, change: int) -> dict[str, int]:
    return {"go_on": change if number == CONTINUE else 0, "leave": change if number == LEAVE else 0}


_COUNT = (
    "INSERT INTO answer_counts (question_id, guild_id, number, count) VALUES (:question, :guild, :number, :change)"
    " ON CONFLICT (question_id, guild_id, number) DO UPDATE SET count = answer_counts.count + excluded.count"
)


def remove_ballots(writing: Writing, reader: int, now: int, question: int | None = None) -> int:
    """Delete *reader*'s answer to *question*, or all answers, and update the counts; return the number of answers.

    Posts of these questions are due to be redrawn after `DRAWN_SECONDS`. Call this before the reader's places are
    deleted, since the counts depend on whether the reader has finished the story.
    """
    where = "b.user_id = :reader" if question is None else "b.user_id = :reader AND b.question_id = :question"
    values = {"reader": reader, "question": question}
    rows = writing.rows(f"{_BALLOTS} WHERE {where}", values)
    if rows:
        writing.execute(f"DELETE FROM ballots AS b WHERE {where}", values)
        count_ballots(writing, [(_counted(row), -1) for row in rows if row["author"] is None])
    for row in rows:
        draw_posts(writing, row["question_id"], now + DRAWN_SECONDS)
    return len(rows)


def count_ballots_of(writing: Writing, reader: int, story: int, change: int) -> None:
    """Exclude *reader*'s answers to questions of *story* from the counts (*change* -1), or include them again (1).

    For a reader who becomes an author of the story, or no longer is one. The rows of ``ballots`` stay.
    """
    rows = writing.rows(
        f"{_BALLOTS} WHERE b.user_id = :reader AND q.story_id = :story", {"reader": reader, "story": story}
    )
    count_ballots(writing, [(_counted(row), change) for row in rows])
    for row in rows:
        draw_posts(writing, row["question_id"], AT_ONCE)


_BALLOTS = (
    "SELECT b.question_id, q.story_id, b.number, b.guild_id, b.cast_at, q.text, p.finished_at, w.user_id AS author"
    " FROM ballots b JOIN questions q ON q.id = b.question_id"
    " LEFT JOIN places p ON p.user_id = b.user_id AND p.story_id = q.story_id"
    " LEFT JOIN story_authors w ON w.user_id = b.user_id AND w.story_id = q.story_id"
)


def count_finished(writing: Writing, reader: int, stories: Mapping[int, int], change: int) -> None:
    """Add *reader* to the counts of readers who finished *stories* (*change* 1), or subtract the reader (-1).

    *stories* maps each story's id to the epoch second at which the reader finished it. The reader's answer to the
    default question is counted in ``finish_counts``, too, unless the reader is an author of the story.
    """
    writing.many(
        _FINISH,
        [
            {"story": story, "reader": reader, "change": change, "day": day_of(at)}
            for story, at in sorted(stories.items())
        ],
    )


_DAY = "finish_counts.day"
_PUBLISH = (
    ", ".join(
        f"told_{each} = {released_sql(f'finish_counts.{each}', f'finish_counts.told_{each}', _DAY, ':day')}"
        for each in ("readers", "go_on", "leave")
    )
    + f", day = CASE WHEN :day > {_DAY} THEN :day ELSE {_DAY} END"
)
"""SQL assignments: before the true counts change, publish their values of the last midnight."""


_ANSWERED = (
    "(SELECT count(*) FROM questions q JOIN ballots b ON b.question_id = q.id AND b.user_id = :reader"
    " AND b.number = {number} WHERE q.story_id = :story AND q.text IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM story_authors w WHERE w.story_id = q.story_id AND w.user_id = b.user_id))"
)

_FINISH = (
    "INSERT INTO finish_counts (story_id, day, readers, go_on, leave) VALUES (:story, :day, :change,"
    f" :change * {_ANSWERED.format(number=CONTINUE)}, :change * {_ANSWERED.format(number=LEAVE)})"
    f" ON CONFLICT (story_id) DO UPDATE SET {_PUBLISH}, readers = finish_counts.readers + excluded.readers,"
    " go_on = finish_counts.go_on + excluded.go_on, leave = finish_counts.leave + excluded.leave"
)
