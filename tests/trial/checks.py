"""What must hold after a trial: nothing twice, nothing missed, and every count as its rows say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bot.domain.reactions import Emoji
from bot.ui.ids.schedules import ReadPosted
from tests.standin.server import StandIn
from tests.trial.readers import Person

Rows = Callable[[str], list[Any]]

COUNTS = {
    "votes of a story in a server": (
        "SELECT story_id, coalesce(guild_id, -1), choice, count(*) FROM votes GROUP BY 1, 2, 3",
        "SELECT story_id, guild_id, 'continue', go_on FROM vote_counts WHERE guild_id <> 0 AND go_on > 0"
        " UNION SELECT story_id, guild_id, 'leave', leave FROM vote_counts WHERE guild_id <> 0 AND leave > 0",
    ),
    "votes of a story": (
        "SELECT story_id, choice, count(*) FROM votes GROUP BY 1, 2",
        "SELECT story_id, 'continue', go_on FROM vote_counts WHERE guild_id = 0 AND go_on > 0"
        " UNION SELECT story_id, 'leave', leave FROM vote_counts WHERE guild_id = 0 AND leave > 0",
    ),
    "readers of an emoji": (
        "SELECT story_id, emoji, count(DISTINCT user_id) FROM reactions GROUP BY 1, 2",
        "SELECT story_id, emoji, readers FROM reaction_counts WHERE readers > 0",
    ),
    "who gave an emoji": (
        "SELECT DISTINCT story_id, emoji, user_id FROM reactions",
        "SELECT story_id, emoji, user_id FROM story_reactors",
    ),
}
"""Two statements that find the same."""


def is_quiet(rows: Rows) -> bool:
    """Whether nothing is due or under way any more."""
    polls = "SELECT 1 FROM polls WHERE due_at IS NOT NULL"
    runs = "SELECT 1 FROM schedules WHERE begun_at IS NOT NULL OR run = 0"
    return not rows(f"{polls} UNION ALL {runs}")


def emoji_differ(discord: StandIn, people: Iterable[Person], rows: Rows) -> list[str]:
    """The emoji that stand on a message and are not stored, or the other way round."""
    posts = {person.post.id: person.post for person in people}
    given = [(post.id, emoji, users) for post in posts.values() for emoji, users in post.reactions.items()]
    there = {(post, Emoji.read(emoji).key, user.id) for post, emoji, users in given for user in users}
    stored = {tuple(row) for row in rows("SELECT message_id, emoji, user_id FROM reactions WHERE message_id <> 0")}
    missed = [f"an emoji is missed: {each}" for each in there - stored]
    return missed + [f"one too many: {each}" for each in stored - there]


def differences(discord: StandIn, people: list[Person], rows: Rows) -> Iterator[str]:
    """Yield what is not as it should be, a line each."""
    for name, (one, other) in COUNTS.items():
        if (counted := _sorted(rows(one))) != (kept := _sorted(rows(other))):
            yield f"{name}: rows say {counted}, the counts {kept}"
    yield from emoji_differ(discord, people, rows)
    yield from _acts(people, rows)
    yield from _posts(discord, rows)
    [(stories,)] = rows("SELECT count(*) - count(DISTINCT key) FROM stories")
    if stories:
        yield "a story was loaded twice"


def _acts(people: list[Person], rows: Rows) -> Iterator[str]:
    votes = {row[0]: row[1] for row in rows("SELECT user_id, choice FROM votes")}
    ballots = Counter(row[0] for row in rows("SELECT user_id FROM ballots"))
    chosen = {row[0]: row[1] for row in rows("SELECT user_id, choice FROM ballots")}
    for person in people:
        reader = person.reader.user.id
        if votes.get(reader) not in person.vote:
            yield f"reader {reader} voted {person.vote}, stored is {votes.get(reader)}"
        if chosen.get(reader) not in person.ballot or ballots[reader] > 1:
            yield f"reader {reader} chose {person.ballot} in a poll, stored is {chosen.get(reader)}"


def _posts(discord: StandIn, rows: Rows) -> Iterator[str]:
    """What the bot posted by itself: each result once, each run of a schedule once."""
    results = Counter[str]()
    for request in discord.api.requests or ():
        if request.method == "POST" and request.status == 200 and isinstance(request.body, dict):
            results[str(request.body.get("nonce", ""))] += 1
    for poll, closed in rows("SELECT id, closed_at FROM polls"):
        if closed is None or results[f"poll-{poll}"] != 1:
            yield f"poll {poll} was closed at {closed}, and its result posted {results[f'poll-{poll}']} times"
    posted = Counter[tuple[int, int, int]]()
    for message in discord.world.shown():
        ids = [str(each.get("custom_id", "")) for each in message.items()]
        for parts in (each.split(":") for each in ids if each.startswith(f"{ReadPosted.PREFIX}:")):
            posted[int(parts[1]), int(parts[2]), int(parts[3])] += 1
    for plan, kind, run, state in rows("SELECT id, kind, run, state FROM schedules"):
        times = [number for (its, _, _), number in posted.items() if its == plan]
        if run != 1 or state != "running" or not times or set(times) != {1}:
            yield f"the {kind} {plan} is {state}, run {run}, posted {times} times"


def _sorted(rows: list[Any]) -> list[tuple[Any, ...]]:
    return sorted(map(tuple, rows), key=repr)
