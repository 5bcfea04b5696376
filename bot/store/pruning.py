"""Daily deletion of old rows, and the bound on every table's growth.

`BOUNDS` must name every table; a test checks this.
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.anonymity import DAY_SECONDS, day_of
from bot.domain.authors import WAITS_SECONDS as CLAIM_SECONDS
from bot.store.audit import KEPT_SECONDS as LOGGED_SECONDS
from bot.store.database import Family, Writing, transaction
from bot.store.done_interactions import first_id, forget_old
from bot.store.drafts import drop_lapsed
from bot.store.erased import drop_old_reports
from bot.store.publishing import drop_unpublished
from bot.store.questions import drop_unapproved
from bot.store.search import KEPT_SECONDS as QUERY_SECONDS

YEAR_SECONDS = 365 * DAY_SECONDS
POST_SECONDS = YEAR_SECONDS
"""Seconds after a message about a story was sent, until it is forgotten and its emoji no longer count."""

SESSION_SECONDS = 180 * DAY_SECONDS
"""Seconds after the message of a shared reading was sent, until the shared reading is deleted."""

BALLOT_SECONDS = YEAR_SECONDS
"""Seconds for which ballots are kept after an author's own question closes. Its counts stay."""

SCORE_DAYS = 62
"""Days after its last change until a count of a weekly or monthly leaderboard is deleted."""

_PRUNED_AT = "pruned-at"
_LAST_QUOTE = "pruned-quote"

BOUNDS: Final[Mapping[str, str]] = {
    "audit_log": "90 days",
    "author_links": "10 authors a story; 3 open claims a reader, and those to own uploads; 30 days",
    "authors": "one for each user ever linked to a story",
    "answer_counts": "one for each question, server and answer",
    "answers": "5 a question",
    "ballots": "one for each reader and question; an author's question: a year after it closes",
    "bookmarks": "1,000 a reader",
    "bot_state": "named by the code",
    "chapters": "with its story",
    "custom_emoji": "one for each custom emoji that readers gave",
    "departures": "one for each server",
    "done_interactions": "15 minutes",
    "drafts": "5 a member, one day; submissions 30 days",
    "erased": "each row expires",
    "facet_names": "with the stories",
    "facets": "200 a story",
    "finish_counts": "one for each story",
    "follows": "500 a reader",
    "given_times": "one for each purpose and bucket",
    "heartbeats": "one for each process; a day",
    "hidden_stories": "one for each server and story",
    "leaderboard": "one for each entry, server and period; weeks and months 62 days",
    "migrations": "named by the code",
    "mutes": "25 a reader and kind",
    "outbox": "one for each recipient and item; until delivered or tried too often",
    "pages": "with its story",
    "passages": "with its story",
    "places": "one for each reader and story",
    "question_posts": "one for each message with a question; until it shows that the question is gone",
    "questions": "one default question a story; 3 other questions a member and day",
    "posts": "a year",
    "prose_slices": "with its story",
    "quote_decks": "one for each reader or server and story; a day for those with a filter",
    "quotes": "with its story; up to 500 chosen by readers, a day for those that nobody saved",
    "reaction_counts": "with the reactions",
    "reactions": "one for each reader, emoji, and message or page",
    "reading_lists": "one for each reader and story",
    "review_reports": "one for each reader and review; 180 days after the reader's data was deleted",
    "review_times": "an hour",
    "reviews": "one for each reader and chapter; 5 an hour",
    "saved_queries": "30 a reader and kind, 30 days",
    "saved_quotes": "1,000 a reader",
    "schedules": "1 quote of the day and 10 serials a server",
    "settings": "one for each setting of a reader or server",
    "shared_readings": "180 days",
    "sources": "one for each story",
    "stories": "the limits on uploads",
    "story_servers": "with its story",
    "told_readerships": "one for each story",
    "upload_bytes": "with versions and drafts",
    "upload_files": "with versions and drafts",
    "uploads": "one for each story",
    "versions": "10 a story",
}
"""The reason why each table does not grow without limit."""


class Pruning(Family):
    """Deletes old rows. Any process may do so, more than once."""

    async def next_due(self) -> float:
        """Return the time of the next run, in epoch seconds; 0 before the first run."""
        row = await self._db.row("SELECT value FROM bot_state WHERE name = :name", {"name": _PRUNED_AT})
        return int(row["value"]) + DAY_SECONDS if row else 0

    @transaction
    def prune(self, writing: Writing) -> None:
        """Delete all rows that have reached the age at which their table is pruned."""
        writing.take_everything()
        now = self._db.now()
        for table, (column, seconds) in _BY_AGE.items():
            writing.execute(f"DELETE FROM {table} WHERE {column} <= :since", {"since": now - seconds})
        for table, seconds in _BY_MESSAGE.items():  # by the time in the id: no index on time is needed
            before = first_id(now - seconds)
            writing.execute(f"DELETE FROM {table} WHERE message_id < :before", {"before": before})
        drop_lapsed(writing, now)
        drop_unapproved(writing, now)
        drop_unpublished(writing, now)
        drop_old_reports(writing, now)
        forget_old(writing, now)
        writing.execute(
            "DELETE FROM ballots WHERE question_id IN (SELECT id FROM questions WHERE text IS NOT NULL"
            " AND closed_at <= :since)",
            {"since": now - BALLOT_SECONDS},
        )
        writing.execute(
            "DELETE FROM questions WHERE removed = 1 AND asked_at <= :since AND closed_at <= :since",
            {"since": now - DAY_SECONDS},
        )
        writing.execute(
            "DELETE FROM leaderboard WHERE (period <> 'all' AND day < :since)"
            " OR (count = 0 AND told = 0 AND day < :today)",
            {"since": day_of(now) - SCORE_DAYS, "today": day_of(now)},
        )
        writing.execute("DELETE FROM quote_decks WHERE scope LIKE '%:%:%'")
        writing.execute("DELETE FROM quote_decks WHERE story_id <> 0 AND story_id NOT IN (SELECT id FROM stories)")
        self._prune_chosen_quotes(writing)
        _write(writing, _PRUNED_AT, now)

    def _prune_chosen_quotes(self, writing: Writing) -> None:
        """Delete quotes that readers chose but nobody saved or reacted to, except those added since the last run."""
        row = writing.row("SELECT value FROM bot_state WHERE name = :name", {"name": _LAST_QUOTE})
        writing.execute(
            "DELETE FROM quotes WHERE number IS NULL AND saves = 0 AND loved = 0 AND verdict = 0 AND id <= :last",
            {"last": int(row["value"]) if row else 0},
        )
        latest = writing.row("SELECT max(id) AS latest FROM quotes")
        _write(writing, _LAST_QUOTE, (latest["latest"] or 0) if latest else 0)


_BY_MESSAGE: Mapping[str, int] = {"posts": POST_SECONDS, "shared_readings": SESSION_SECONDS}
"""Tables whose rows are about a message, and the seconds after the message for which a row is kept."""

_BY_AGE: Mapping[str, tuple[str, int]] = {
    "saved_queries": ("used_at", QUERY_SECONDS),
    "audit_log": ("at", LOGGED_SECONDS),
    "author_links": ("CASE WHEN state <> 'linked' THEN since END", CLAIM_SECONDS),
    "review_times": ("left_at", 60 * 60),
    "erased": ("until", 0),
    "heartbeats": ("beat_at", DAY_SECONDS),
}


def _write(writing: Writing, name: str, value: int) -> None:
    writing.execute(
        "INSERT INTO bot_state (name, value) VALUES (:name, :value)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {"name": name, "value": str(value)},
    )
