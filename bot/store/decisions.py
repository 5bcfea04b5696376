"""What is decided about a vote: its rules, when it is closed, and the answer to it."""

from bot.domain.votes import DecisionRole, VoteChoice, VoteRules
from bot.errors import ReaderError
from bot.store.database import Family, Writing, transaction
from bot.store.news import queue_news
from bot.store.votes import sort_by_votes


class Decisions(Family):
    """Changes what is decided; `Votes.standing` reads it. The caller has checked who may."""

    @transaction
    def set_rules(self, writing: Writing, story: int, rules: VoteRules) -> None:
        """Hold the vote by *rules*. Raises `ReaderError` once somebody has voted."""
        writing.take_everything()
        changed = writing.execute(
            "INSERT INTO vote_rules (story_id, quorum, threshold, hidden)"
            " SELECT :story, :quorum, :threshold, :hidden WHERE NOT EXISTS"
            "  (SELECT 1 FROM vote_counts WHERE story_id = :story AND guild_id = 0 AND go_on + leave > 0)"
            " ON CONFLICT (story_id) DO UPDATE SET quorum = excluded.quorum, threshold = excluded.threshold,"
            " hidden = excluded.hidden",
            {
                "story": story,
                "quorum": rules.quorum,
                "threshold": rules.threshold,
                "hidden": int(rules.hidden),
            },
        )
        if changed < 1:
            raise ReaderError("vote-begun")

    @transaction
    def close(self, writing: Writing, story: int) -> None:
        """Let nobody vote any more; counts that were hidden show."""
        writing.take_everything()
        _close(writing, story, self._db.now())

    @transaction
    def reopen(self, writing: Writing, story: int, role: DecisionRole) -> None:
        """Let readers vote again, and forget the answer. What has been seen is not hidden again.

        Raises `ReaderError` where the author's answer would be forgotten by someone else.
        """
        writing.take_everything()
        _must_yield(writing, story, role)
        writing.execute("UPDATE vote_rules SET closed_at = NULL, hidden = 0 WHERE story_id = :story", {"story": story})
        sort_by_votes(writing, story)
        writing.execute("UPDATE decisions SET choice = NULL, line = '' WHERE story_id = :story", {"story": story})

    @transaction
    def answer(
        self, writing: Writing, story: int, reader: int, role: DecisionRole, choice: VoteChoice, line: str
    ) -> None:
        """Record the answer of *reader*, which closes the vote.

        Followers, and the servers where readers voted, are notified; not again of an answer that they know already.
        Raises `ReaderError` where the author has answered and somebody else would change it.
        """
        writing.take_everything()
        now = self._db.now()
        _must_yield(writing, story, role)
        _close(writing, story, now)
        before = writing.rows(
            "SELECT choice, announced_choice FROM decisions WHERE story_id = :story", {"story": story}
        )
        is_news = all(choice not in (row["choice"], row["announced_choice"]) for row in before)
        writing.execute(_ANSWER, {"story": story, "choice": choice, "line": line, "reader": reader, "now": now})
        if is_news:
            queue_news(writing, story, [("answer", 0)], now)


_ANSWER = (
    "INSERT INTO decisions (story_id, choice, line, user_id, decided_at, announced_choice)"
    " VALUES (:story, :choice, :line, :reader, :now, :choice)"
    " ON CONFLICT (story_id) DO UPDATE SET line = excluded.line, user_id = excluded.user_id,"
    " decided_at = excluded.decided_at, choice = excluded.choice,"
    " chapter_id = CASE WHEN decisions.choice IS NOT DISTINCT FROM excluded.choice THEN decisions.chapter_id END,"
    " announced_choice = CASE WHEN decisions.choice IS NOT DISTINCT FROM excluded.choice"
    "  THEN decisions.announced_choice ELSE excluded.announced_choice END"
)


def _close(writing: Writing, story: int, now: int) -> None:
    writing.execute(
        "INSERT INTO vote_rules (story_id, closed_at) VALUES (:story, :now) ON CONFLICT (story_id)"
        " DO UPDATE SET closed_at = coalesce(vote_rules.closed_at, excluded.closed_at)",
        {"story": story, "now": now},
    )
    sort_by_votes(writing, story)


def _must_yield(writing: Writing, story: int, role: DecisionRole) -> None:
    if role != "author" and writing.rows(
        "SELECT 1 FROM decisions d JOIN story_authors w ON w.story_id = d.story_id AND w.user_id = d.user_id"
        " WHERE d.story_id = :story AND d.choice IS NOT NULL",
        {"story": story},
    ):
        raise ReaderError("author-answered")
