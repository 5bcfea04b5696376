"""Questions at the end of stories: asking, changing, closing and replying, and the view for readers.

Each story has one default question, created by `keep_default`. An author may ask an *own question* instead. A question
that *waits* has not been approved by the mods of its shelf yet. `bot.store.ballots` stores the readers' answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from bot.domain.anonymity import day_of, in_steps
from bot.domain.notices import REPLY, Notice, NoticeKind
from bot.domain.questions import (
    ASKED_A_DAY,
    DAY_SECONDS,
    LEAVE,
    Choice,
    Counts,
    Finishers,
    NewQuestion,
    Question,
    Reply,
    Role,
    Rules,
)
from bot.domain.rights import EVERYONE, Audience
from bot.domain.uploads import DRAFT_SECONDS
from bot.errors import QuestionGone, ReaderError, StoryGone
from bot.store.audit import record
from bot.store.database import Database, Family, Reading, Row, Value, Writing, lookup, named_list, transaction
from bot.store.engines import OF_QUESTION, Turn, alone, shared, whole_story
from bot.store.follows import queue_news
from bot.store.outbox import queue_notice
from bot.store.rows import NAME, as_value, name_of, released_sql
from bot.store.visibility import shelf_of, visible_sql, why_not_visible

_OPEN = "{q}.closed_at IS NULL AND {q}.waits = 0 AND ({q}.closes_at IS NULL OR {q}.closes_at > :now)"

IS_OPEN = _OPEN.format(q="q")
"""Condition: the question *q* is open."""

RESTS = (
    "(q.text IS NULL AND EXISTS (SELECT 1 FROM questions o WHERE o.story_id = q.story_id AND o.text IS NOT NULL"
    f" AND {_OPEN.format(q='o')}))"
)
"""Condition: *q* is the default question, and an own question of its story is open."""


AT_ONCE = 0
"""Due time of posts (messages that show a question) that need an immediate update."""


class Questions(Family):
    """Questions of the stories that an audience may see.

    The caller checks the rights of users. Times are in seconds since 1970.
    """

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._audience = audience
        self._visible = visible_sql(audience)

    # -- looking ------------------------------------------------------------------

    @lookup
    def asked(self, reading: Reading, story: int, guild: int | None) -> Question:
        """Return a story's current question: the open own question, otherwise the default one. Raises `StoryGone`."""
        now = self._db.now()
        row = reading.row(
            f"SELECT q.id FROM questions q WHERE q.story_id = :story AND (q.text IS NULL OR {IS_OPEN})"
            " ORDER BY q.text IS NULL, q.id LIMIT 1",
            {"story": story, "now": now},
        )
        if row is None:
            raise StoryGone
        return standing_of(reading, row["id"], guild, now)

    @lookup
    def defaults(self, reading: Reading, stories: Sequence[int], guild: int | None) -> dict[int, Question]:
        """Return the default questions of some stories, by story id."""
        listed, values = named_list("story", stories)
        found = _read(reading, f"q.story_id IN {listed} AND q.text IS NULL", values, guild, self._db.now())
        return {each.story: each for each in found}

    @lookup
    def find(self, reading: Reading, question: int, guild: int | None) -> Question:
        """Return a question. Raises `QuestionGone`, or `StoryGated` or `StoryGone` if its story is not visible."""
        found = standing_of(reading, question, guild, self._db.now())
        if not reading.row(f"SELECT 1 FROM {self._visible} s WHERE s.id = :story", {"story": found.story}):
            raise why_not_visible(reading, found.story, self._audience)
        return found

    async def removed_from(self, question: int) -> int | None:
        """Return the id of the story of a question that was removed; None for any other question."""
        row = await self._db.row(
            "SELECT story_id FROM questions WHERE id = :question AND removed = 1", {"question": question}
        )
        return row["story_id"] if row else None

    @lookup
    def of(self, reading: Reading, story: int, guild: int | None, limit: int) -> list[Question]:
        """Return at most *limit* questions of a story: the default question, then the own questions, newest first."""
        condition = "q.story_id = :story AND q.waits = 0 AND q.removed = 0"
        found = _read(reading, condition, {"story": story}, guild, self._db.now())
        return sorted(found, key=lambda each: (not each.is_default, -each.id))[:limit]

    @lookup
    def closed(self, reading: Reading, story: int, guild: int | None, limit: int) -> list[Question]:
        """Return at most *limit* closed own questions of a story, newest first."""
        rows = reading.rows(
            "SELECT q.id FROM questions q WHERE q.story_id = :story AND q.text IS NOT NULL"
            " AND q.waits = 0 AND q.removed = 0"
            " AND (q.closed_at IS NOT NULL OR q.closes_at <= :now) ORDER BY q.id DESC LIMIT :limit",
            {"story": story, "now": self._db.now(), "limit": limit},
        )
        listed, values = named_list("question", [row["id"] for row in rows])
        found = _read(reading, f"q.id IN {listed}", values, guild, self._db.now())
        return sorted(found, key=lambda each: -each.id)

    async def listed(self, story: int, *, default: bool) -> list[int]:
        """Return the ids of a story's questions: the open own question, then the closed ones, newest first.

        With *default*, the default question comes before the closed ones.
        """
        rows = await self._db.rows(
            "SELECT q.id FROM questions q WHERE q.story_id = :story AND q.waits = 0 AND q.removed = 0"
            " AND (q.text IS NOT NULL OR :default = 1)"
            f" ORDER BY CASE WHEN q.text IS NULL THEN 1 WHEN {IS_OPEN} THEN 0 ELSE 2 END, q.id DESC",
            {"story": story, "default": int(default), "now": self._db.now()},
        )
        return [row["id"] for row in rows]

    @lookup
    def came_of(self, reading: Reading, chapter: int) -> Question | None:
        """Return the newest own question whose result a chapter reports; None if none has enough answers."""
        found = _read(
            reading, "q.chapter_id = :chapter AND q.text IS NOT NULL", {"chapter": chapter}, None, self._db.now()
        )
        return max((each for each in found if each.is_told), key=lambda each: each.id, default=None)

    @lookup
    def news_of(self, reading: Reading, chapter: int) -> Question | None:
        """Return the question of `came_of`, unless an earlier chapter of the same day (UTC) reported a result."""
        earlier = _read(
            reading,
            "q.text IS NOT NULL AND q.chapter_id < :chapter AND q.story_id = (SELECT story_id FROM chapters"
            " WHERE id = :chapter) AND c.added_at / :day = (SELECT added_at / :day FROM chapters WHERE id = :chapter)",
            {"chapter": chapter, "day": DAY_SECONDS},
            None,
            self._db.now(),
        )
        return None if any(each.is_told for each in earlier) else self.came_of.within(reading, chapter)

    # -- asking -------------------------------------------------------------------

    @transaction
    def ask(self, writing: Writing, new: NewQuestion, *, waits: bool = False) -> int:
        """Store an own question and return its id. A question that *waits* opens after approval by the shelf's mods.

        Raises `ReaderError` if the story has an open or waiting own question, or if the asker has asked `ASKED_A_DAY`
        questions in the last day; `StoryGone` if the story is gone.
        """
        writing.take(*whole_story(new.story), alone("reader", new.asker))
        now = self._db.now()
        _close_expired(writing, "story_id", new.story, now)
        counted = writing.row(
            "SELECT count(*) AS today FROM questions WHERE user_id = :asker AND text IS NOT NULL AND asked_at > :since",
            {"asker": new.asker, "since": now - DAY_SECONDS},
        )
        if counted is not None and counted["today"] >= ASKED_A_DAY:
            raise ReaderError("questions-a-day", most=ASKED_A_DAY)
        if writing.rows(
            "SELECT 1 FROM questions WHERE story_id = :story AND text IS NOT NULL AND closed_at IS NULL",
            {"story": new.story},
        ):
            raise ReaderError("question-open")
        return _write_question(writing, new, now, waits=waits)

    @transaction
    def change(self, writing: Writing, question: int, new: NewQuestion, *, waits: bool = False) -> int:
        """Change an own question and return its id. If the change *waits* for approval, store a new question instead.

        The id of a new question stops an old *Approve* button from approving the new words. Raises `ReaderError` if the
        question has answers, waits for approval or is closed, and `QuestionGone` for the default question.
        """
        writing.take(*_turns(question))
        now = self._db.now()
        _close_expired(writing, "story_id", new.story, now)
        _require_unanswered(writing, question)
        if waits:
            [before] = writing.rows("SELECT post_in FROM questions WHERE id = :question", {"question": question})
            _forget_question(writing, question, now)
            return _write_question(writing, replace(new, post_in=before["post_in"]), now, waits=True)
        changed = writing.execute(
            "UPDATE questions SET text = :text, closes_at = :closes_at, hidden = :hidden, asked_at = :now"
            " WHERE id = :question AND text IS NOT NULL",
            {**_question_columns(new, now), "question": question},
        )
        if changed < 1:
            raise QuestionGone
        writing.execute("DELETE FROM answers WHERE question_id = :question", {"question": question})
        _write_answers(writing, question, new.answers)
        draw_posts(writing, question, AT_ONCE)
        return question

    @transaction
    def set_rules(self, writing: Writing, question: int, rules: Rules) -> None:
        """Set the *rules* of a default question. Raises `ReaderError` if the question has answers or is closed."""
        writing.take(*_turns(question))
        _require_unanswered(writing, question)
        writing.execute(
            "UPDATE questions SET quorum = :quorum, threshold = :threshold, hidden = :hidden WHERE id = :question",
            {"question": question, "quorum": rules.quorum, "threshold": rules.threshold, "hidden": int(rules.hidden)},
        )
        draw_posts(writing, question, AT_ONCE)

    @lookup
    def waiting(self, reading: Reading, guild: int, limit: int) -> list[Question]:
        """Return at most *limit* questions that wait for the mods of a server, oldest first."""
        condition = "q.waits = 1 AND q.story_id IN (SELECT id FROM stories WHERE shelf = :shelf)"
        found = _read(reading, condition, {"shelf": str(guild)}, guild, self._db.now())
        return sorted(found, key=lambda each: each.id)[:limit]

    async def total_waiting(self, guild: int) -> int:
        """Count the questions that wait for the mods of a server."""
        return await self._db.number(
            "SELECT count(*) FROM questions q JOIN stories s ON s.id = q.story_id"
            " WHERE q.waits = 1 AND s.shelf = :shelf",
            {"shelf": str(guild)},
        )

    @transaction
    def approve(self, writing: Writing, question: int) -> None:
        """Open a waiting question, notify its asker, and queue the post in the channel that the asker picked.

        Raises `QuestionGone` if the question no longer waits.
        """
        writing.take(*_turns(question))
        now = self._db.now()
        _notify_asker(writing, question, "question-approved", now)
        rows = writing.rows(
            "UPDATE questions SET waits = 0, closes_at = closes_at + :now - asked_at, asked_at = :now,"
            " chapters = (SELECT s.chapters FROM stories s WHERE s.id = questions.story_id)"
            " WHERE id = :question AND waits = 1 RETURNING story_id",
            {"question": question, "now": now},
        )
        if not rows:
            raise QuestionGone
        draw_posts_of(writing, rows[0]["story_id"], AT_ONCE)
        _queue_post(writing, question, now)

    @transaction
    def decline(self, writing: Writing, question: int) -> None:
        """Delete a waiting question and notify its asker. Raises `QuestionGone` if the question no longer waits."""
        writing.take(*_turns(question))
        if not _delete_waiting(writing, question, "question-declined", self._db.now()):
            raise QuestionGone

    @transaction
    def remove(self, writing: Writing, question: int, by: int) -> None:
        """Delete an own question with its answers, and log that user *by* did so. Raises `QuestionGone`."""
        writing.take(*_turns(question))
        now = self._db.now()
        story = _forget_question(writing, question, now)
        record(writing, shelf_of(writing, story), by, "remove-question", story, now=now)
        draw_posts_of(writing, story, AT_ONCE)

    # -- closing ------------------------------------------------------------------

    @transaction
    def close(self, writing: Writing, question: int) -> None:
        """Close a question, which also shows hidden counts. Raises `ReaderError` if the question is not open."""
        writing.take(*_turns(question))
        if not close_question(writing, question, self._db.now()):
            raise ReaderError("question-closed")

    async def close_due(self) -> int:
        """Close the questions whose time is up, each in its own transaction; return the number of closed questions."""
        due = await self._db.rows(f"SELECT id FROM questions WHERE {_IS_EXPIRED}", {"now": self._db.now()})
        return sum([await self._close_due(row["id"]) for row in due])

    @transaction
    def _close_due(self, writing: Writing, question: int) -> int:
        writing.take(*_turns(question))
        return _close_expired(writing, "id", question, self._db.now())

    async def next_due(self) -> int | None:
        """Return the time at which the next question closes by itself; None if no open question has a time limit."""
        row = await self._db.row(
            "SELECT min(closes_at) AS due FROM questions"
            " WHERE closes_at IS NOT NULL AND closed_at IS NULL AND waits = 0"
        )
        return row["due"] if row else None

    @transaction
    def reopen(self, writing: Writing, question: int, role: Role) -> None:
        """Open a default question again and delete its reply. The counts of its answers stay visible.

        Raises `ReaderError` if the reply is by an author and *role* is not *author*.
        """
        writing.take(*_turns(question))
        story = _require_may_reply(writing, question, role)
        writing.execute(
            "UPDATE questions SET closed_at = NULL, hidden = 0, choice = NULL, line = '', replied_by = NULL"
            " WHERE id = :question AND text IS NULL",
            {"question": question},
        )
        sort_by_votes(writing, story)
        draw_posts(writing, question, AT_ONCE)

    @transaction
    def reply(self, writing: Writing, question: int, reader: int, role: Role, choice: Choice | None, line: str) -> None:
        """Store the reply of *reader* to the answers. A *choice*, for a default question, also closes the question.

        A choice other than the last announced one is news for the followers and the servers of the voters.
        Raises `ReaderError` if an author has replied and *role* is not *author*.
        """
        writing.take(*_turns(question))
        story, now = _require_may_reply(writing, question, role), self._db.now()
        before = writing.row(
            "SELECT choice, announced_choice FROM questions WHERE id = :question", {"question": question}
        )
        if choice is not None:
            close_question(writing, question, now)
        writing.execute(_REPLY, {"question": question, "choice": choice, "line": line, "reader": reader})
        if choice is not None and before is not None and choice not in (before["choice"], before["announced_choice"]):
            queue_news(writing, story, [REPLY], now)
        draw_posts(writing, question, AT_ONCE)


def _turns(question: int) -> tuple[Turn, Turn]:
    """Return the locks for changing a question: meanwhile nobody answers the question or replaces its story."""
    return shared("story", question, OF_QUESTION), alone("question", question)


_REPLY = (
    "UPDATE questions SET line = :line, replied_by = :reader, choice = :choice,"
    " chapter_id = CASE WHEN text IS NOT NULL OR choice IS NOT DISTINCT FROM :choice THEN chapter_id END,"
    " announced_choice = CASE WHEN choice IS NOT DISTINCT FROM :choice THEN announced_choice ELSE :choice END"
    " WHERE id = :question"
)


def _question_columns(new: NewQuestion, now: int) -> dict[str, Value]:
    closes_at = None if new.ends == "chapter" else now + int(new.ends) * DAY_SECONDS
    return {"text": new.text, "now": now, "closes_at": closes_at, "hidden": int(new.hidden)}


def _write_answers(writing: Writing, question: int, answers: Sequence[str]) -> None:
    writing.many(
        "INSERT INTO answers (question_id, number, text) VALUES (:question, :number, :text)",
        [{"question": question, "number": number, "text": text} for number, text in enumerate(answers, start=1)],
    )


def _write_question(writing: Writing, new: NewQuestion, now: int, *, waits: bool) -> int:
    rows = writing.rows(
        "INSERT INTO questions"
        " (story_id, text, user_id, guild_id, post_in, asked_at, waits, closes_at, chapters, hidden)"
        " SELECT s.id, :text, :asker, :guild, :post_in, :now, :waits, :closes_at, s.chapters, :hidden FROM stories s"
        " WHERE s.id = :story RETURNING id",
        {
            **_question_columns(new, now),
            "story": new.story,
            "asker": new.asker,
            "guild": new.guild,
            "post_in": new.post_in,
            "waits": int(waits),
        },
    )
    if not rows:
        raise StoryGone
    question = int(rows[0]["id"])
    _write_answers(writing, question, new.answers)
    draw_posts_of(writing, new.story, AT_ONCE)
    if waits:
        queue_notice(writing, Notice("question", shelf_of(writing, new.story), 0, question), now)
    return question


def _forget_question(writing: Writing, question: int, now: int) -> int:
    """Delete the words and answers of an own question; return its story's id. Raises `QuestionGone`.

    The row stays for a day: it counts towards the asker's daily limit, and the question's posts still need an update.
    """
    rows = writing.rows(
        "UPDATE questions SET removed = 1, waits = 0, text = '', line = '', replied_by = NULL, chapter_id = NULL,"
        " closed_at = coalesce(closed_at, :now) WHERE id = :question AND text IS NOT NULL AND removed = 0"
        " RETURNING story_id",
        {"question": question, "now": now},
    )
    if not rows:
        raise QuestionGone
    for table in ("answers", "ballots", "answer_counts"):
        writing.execute(f"DELETE FROM {table} WHERE question_id = :question", {"question": question})
    return int(rows[0]["story_id"])


def _notify_asker(writing: Writing, question: int, kind: NoticeKind, now: int) -> None:
    row = writing.row(
        "SELECT q.user_id, q.story_id, s.title FROM questions q JOIN stories s ON s.id = q.story_id"
        " WHERE q.id = :question AND q.waits = 1",
        {"question": question},
    )
    if row is not None and row["user_id"]:
        guild = shelf_of(writing, row["story_id"])
        queue_notice(writing, Notice(kind, guild, row["user_id"], row["story_id"], row["title"]), now)


def _queue_post(writing: Writing, question: int, now: int) -> None:
    """Queue a notice to post the question in the channel that its asker picked, if any."""
    row = writing.row(
        "SELECT q.user_id, q.guild_id, s.title FROM questions q JOIN stories s ON s.id = q.story_id"
        " WHERE q.id = :question AND q.post_in <> 0",
        {"question": question},
    )
    if row is not None:
        queue_notice(writing, Notice("question-post", row["guild_id"], row["user_id"], question, row["title"]), now)


def _delete_waiting(writing: Writing, question: int, kind: NoticeKind, now: int) -> bool:
    """Delete a waiting question and notify its asker; return False if the question does not wait."""
    _notify_asker(writing, question, kind, now)
    return writing.execute("DELETE FROM questions WHERE id = :question AND waits = 1", {"question": question}) > 0


def _require_unanswered(writing: Writing, question: int) -> None:
    values = {"question": question}
    row = writing.row("SELECT closed_at, waits FROM questions WHERE id = :question AND removed = 0", values)
    if row is None:
        raise QuestionGone
    if row["waits"]:
        raise ReaderError("question-waits-for-mods")
    if row["closed_at"] is not None:
        raise ReaderError("question-closed")
    if writing.rows("SELECT 1 FROM answer_counts WHERE question_id = :question AND count > 0", values):
        raise ReaderError("question-answered")


def _require_may_reply(writing: Writing, question: int, role: Role) -> int:
    """Return the id of a question's story. Raises `ReaderError` if an author has replied and *role* is not *author*."""
    row = writing.row(
        "SELECT q.story_id, w.user_id AS author FROM questions q LEFT JOIN story_authors w"
        " ON w.story_id = q.story_id AND w.user_id = q.replied_by WHERE q.id = :question AND q.removed = 0",
        {"question": question},
    )
    if row is None:
        raise QuestionGone
    if role != "author" and row["author"] is not None:
        raise ReaderError("author-answered")
    return int(row["story_id"])


# -- for other parts of the store ------------------------------------------------------


def keep_default(writing: Writing, story: int, now: int) -> None:
    """Create a story's default question if it is missing."""
    writing.execute(
        "INSERT INTO questions (story_id, asked_at) VALUES (:story, :now)"
        " ON CONFLICT (story_id) WHERE text IS NULL DO NOTHING",
        {"story": story, "now": now},
    )


def close_question(writing: Writing, question: int, now: int) -> bool:
    """Close a question; return False if it was not open."""
    rows = writing.rows(
        "UPDATE questions SET chapter_id = NULL,"
        " closed_at = CASE WHEN closes_at < :now THEN closes_at ELSE :now END"
        " WHERE id = :question AND closed_at IS NULL AND waits = 0 RETURNING story_id, text",
        {"question": question, "now": now},
    )
    for row in rows:
        if row["text"] is None:
            sort_by_votes(writing, row["story_id"])
        draw_posts_of(writing, row["story_id"], AT_ONCE)
    return bool(rows)


def _close_expired(writing: Writing, column: Literal["id", "story_id"], number: int, now: int) -> int:
    """Close a question, or a story's questions, if the time is up; return the number of closed questions."""
    rows = writing.rows(
        f"SELECT id FROM questions WHERE {column} = :number AND {_IS_EXPIRED}", {"number": number, "now": now}
    )
    return sum(close_question(writing, row["id"], now) for row in rows)


_IS_EXPIRED = "closes_at <= :now AND closed_at IS NULL AND waits = 0"


def close_by_chapters(writing: Writing, story: int, new: Sequence[int], now: int) -> None:
    """Close a story's own question because of *new* chapters (their ids).

    The question stays open unless the story has more chapters than when it was asked, so a chapter that is removed and
    published again closes nothing. The first new chapter reports the results of all own questions that no chapter has
    reported yet.
    """
    if not new:
        return
    for row in writing.rows(
        "SELECT q.id FROM questions q JOIN stories s ON s.id = q.story_id AND s.chapters > q.chapters"
        " WHERE q.story_id = :story AND q.text IS NOT NULL AND q.waits = 0 AND q.removed = 0 AND q.chapter_id IS NULL"
        " ORDER BY q.id",
        {"story": story},
    ):
        close_question(writing, row["id"], now)
        writing.execute(
            "UPDATE questions SET chapter_id = :chapter WHERE id = :question",
            {"question": row["id"], "chapter": new[0]},
        )


def close_question_of_story(writing: Writing, story: int, now: int) -> None:
    """Close the own question of a story that leaves its shelf; delete a question that waits for approval."""
    values = {"story": story}
    writing.execute("DELETE FROM questions WHERE story_id = :story AND waits = 1", values)
    for row in writing.rows(
        "SELECT id FROM questions WHERE story_id = :story AND text IS NOT NULL AND closed_at IS NULL", values
    ):
        close_question(writing, row["id"], now)


def drop_unapproved(writing: Writing, now: int) -> None:
    """Delete the questions that have waited for approval longer than drafts may, and notify their askers."""
    for row in writing.rows(
        "SELECT id FROM questions WHERE waits = 1 AND asked_at <= :since ORDER BY id",
        {"since": now - DRAFT_SECONDS["waiting"]},
    ):
        _delete_waiting(writing, row["id"], "question-lapsed", now)


def forget_asker(writing: Writing, reader: int, now: int) -> None:
    """Close the own questions of *reader*, and delete the words of these and of the reader's replies; votes stay."""
    for row in writing.rows(
        "SELECT id, story_id FROM questions WHERE user_id = :reader AND text IS NOT NULL", {"reader": reader}
    ):
        close_question(writing, row["id"], now)
        draw_posts(writing, row["id"], AT_ONCE)
        values = {"question": row["id"]}
        writing.execute("UPDATE questions SET text = '' WHERE id = :question", values)
        writing.execute("UPDATE answers SET text = '' WHERE question_id = :question", values)
    writing.execute("DELETE FROM questions WHERE user_id = :reader AND waits = 1", {"reader": reader})
    for row in writing.rows(
        "UPDATE questions SET choice = NULL, line = '', replied_by = NULL, announced_choice = NULL, chapter_id ="
        " CASE WHEN text IS NULL THEN NULL ELSE chapter_id END WHERE replied_by = :reader RETURNING id",
        {"reader": reader},
    ):
        draw_posts(writing, row["id"], AT_ONCE)


def draw_posts(writing: Writing, question: int, at: int, *, besides: int = 0) -> None:
    """Schedule an update of a question's posts at the time *at* or sooner, except for the message *besides*.

    Rows are updated in the order of their message ids, to avoid deadlocks.
    """
    values = {"question": question, "at": at, "besides": besides}
    posts = writing.rows(f"SELECT message_id FROM question_posts WHERE {_DUE_LATER} ORDER BY message_id", values)
    if posts:
        writing.many(
            "UPDATE question_posts SET"
            " again_at = CASE WHEN tries = 0 OR again_at < :at THEN again_at ELSE :at END,"
            " due_at = CASE WHEN tries > 0 OR due_at < :at THEN due_at ELSE :at END"
            f" WHERE message_id = :message AND {_DUE_LATER}",
            [{**values, "message": row["message_id"]} for row in posts],
        )


_DUE_LATER = (
    "question_id = :question AND message_id <> :besides"
    " AND coalesce(CASE WHEN tries > 0 THEN again_at ELSE due_at END, :at + 1) > :at"
)


def draw_posts_of(writing: Writing, story: int, at: int) -> None:
    """Schedule an update of the posts of all questions of a story: the open question may have changed."""
    for row in writing.rows("SELECT id FROM questions WHERE story_id = :story ORDER BY id", {"story": story}):
        draw_posts(writing, row["id"], at)


def sort_by_votes(writing: Writing, story: int) -> None:
    """Update ``stories.go_on``, by which lists sort: the number of votes to continue, 0 while counts are hidden."""
    writing.execute(_SORT, {"story": story})


_SORT = (
    "UPDATE stories SET go_on = coalesce((SELECT c.count FROM questions q JOIN answer_counts c ON c.question_id = q.id"
    "  AND c.guild_id = 0 AND c.number = 1 WHERE q.story_id = :story AND q.text IS NULL"
    "  AND (q.hidden = 0 OR q.closed_at IS NOT NULL)), 0) WHERE id = :story"
)


# -- reading ------------------------------------------------------------------------


def standing_of(reading: Reading, question: int, guild: int | None, now: int) -> Question:
    """Return a question with the counts of its answers, overall and in *guild*. Raises `QuestionGone`."""
    for found in _read(reading, "q.id = :question AND q.removed = 0", {"question": question}, guild, now):
        return found
    raise QuestionGone


def _read(reading: Reading, condition: str, values: dict[str, Value], guild: int | None, now: int) -> list[Question]:
    rows = reading.rows(f"{_SELECT_QUESTION} WHERE {condition}", {**values, "now": now, "today": day_of(now)})
    listed, ids = named_list("id", [row["id"] for row in rows])
    counts = {
        (each["question_id"], each["guild_id"], each["number"]): int(each["count"])
        for each in reading.rows(
            "SELECT question_id, guild_id, number, count FROM answer_counts"
            f" WHERE question_id IN {listed} AND guild_id IN (0, :guild)",
            {**ids, "guild": guild or 0},
        )
    }
    answer_texts: dict[int, list[str]] = {row["id"]: [] for row in rows}
    for each in reading.rows(
        f"SELECT question_id, text FROM answers WHERE question_id IN {listed} ORDER BY question_id, number", ids
    ):
        answer_texts[each["question_id"]].append(each["text"])
    return [_question_of(row, answer_texts[row["id"]], counts, guild, now) for row in rows]


_PUBLISHED_COUNTS = ", ".join(
    f"{released_sql(f'f.{each}', f'f.told_{each}', 'f.day', ':today')} AS finished_{each}"
    for each in ("readers", "go_on", "leave")
)

_SELECT_QUESTION = (
    "SELECT q.id, q.story_id, q.text, q.user_id AS asker, q.asked_at, q.waits, q.post_in, q.chapters AS after,"
    f" q.closes_at, q.closed_at, q.quorum, q.threshold, q.hidden, q.choice, q.line, c.position AS chapter_position,"
    f" {NAME}, {_PUBLISHED_COUNTS},"
    " (SELECT count(*) FROM story_authors w JOIN places p ON p.user_id = w.user_id AND p.story_id = w.story_id"
    "  WHERE w.story_id = q.story_id AND p.finished_at IS NOT NULL) AS authors_who_finished,"
    " CASE WHEN EXISTS (SELECT 1 FROM story_authors w WHERE w.story_id = q.story_id AND w.user_id = q.replied_by)"
    "  THEN 1 ELSE 0 END AS by_author,"
    f" CASE WHEN {RESTS} THEN 1 ELSE 0 END AS rests"
    " FROM questions q LEFT JOIN finish_counts f ON f.story_id = q.story_id AND q.text IS NULL"
    " LEFT JOIN chapters c ON c.id = q.chapter_id"
)


def _question_of(
    row: Row, answers: Sequence[str], counts: dict[tuple[int, int, int], int], guild: int | None, now: int
) -> Question:
    numbers = range(1, (len(answers) or LEAVE) + 1)
    overall, here = (
        tuple(counts.get((row["id"], where, number), 0) for number in numbers) for where in (0, guild or 0)
    )
    is_due = row["closes_at"] is not None and row["closes_at"] <= now
    has_expired = is_due and not row["waits"]  # perhaps `close_due` has not closed it yet
    closed_at = row["closes_at"] if has_expired and row["closed_at"] is None else row["closed_at"]
    is_told = closed_at is not None or not row["hidden"]
    has_reply = row["choice"] is not None or row["line"]
    return as_value(
        row,
        Question,
        answers=tuple(answers),
        closed_at=closed_at,
        rules=as_value(row, Rules),
        voters=sum(overall),
        counts=Counts(overall, here if guild is not None else None) if is_told else None,
        finishers=_finishers(row) if is_told else Finishers(),
        reply=as_value(row, Reply) if has_reply else None,
        chapter=name_of(row) if row["chapter_position"] is not None else None,
    )


def _finishers(row: Row) -> Finishers:
    """Return the counts of answers by readers who finished the story, rounded for publication."""
    go_on, leave = row["finished_go_on"] or 0, row["finished_leave"] or 0
    silent = (row["finished_readers"] or 0) - row["authors_who_finished"] - go_on - leave
    return Finishers(in_steps(go_on) or 0, in_steps(leave) or 0, in_steps(silent) or 0)
