"""What must hold after a trial: nothing twice, nothing missed, and every count as its rows say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bot.domain.reactions import Emoji
from bot.ui.ids import ReadPosted
from tests.standin.server import StandIn
from tests.standin.world import Message
from tests.trial.readers import ANSWERS, QUESTION, Person

Rows = Callable[[str], list[Any]]

BALLOTS = "SELECT b.user_id, b.number FROM ballots b JOIN questions q ON q.id = b.question_id WHERE {}"

COUNTS = {
    "answers in a server": (
        "SELECT question_id, guild_id, number, count(*) FROM ballots GROUP BY 1, 2, 3",
        "SELECT question_id, guild_id, number, count FROM answer_counts WHERE guild_id <> 0 AND count > 0",
    ),
    "answers": (
        "SELECT question_id, number, count(*) FROM ballots GROUP BY 1, 2",
        "SELECT question_id, number, count FROM answer_counts WHERE guild_id = 0 AND count > 0",
    ),
    "stories that readers want more of": (
        "SELECT q.story_id, count(*) FROM ballots b JOIN questions q ON q.id = b.question_id"
        " WHERE q.text IS NULL AND b.number = 1 GROUP BY 1",
        "SELECT id, go_on FROM stories WHERE go_on > 0",
    ),
    "readers of an emoji": (
        "SELECT story_id, emoji, count(DISTINCT user_id) FROM reactions GROUP BY 1, 2",
        "SELECT story_id, emoji, readers FROM reaction_counts WHERE readers > 0",
    ),
}
"""Two statements that find the same."""


def is_quiet(rows: Rows) -> bool:
    """Whether nothing is due or under way any more."""
    asked = "SELECT 1 FROM questions WHERE closes_at IS NOT NULL AND closed_at IS NULL"
    shown = "SELECT 1 FROM question_posts WHERE due_at IS NOT NULL"
    runs = "SELECT 1 FROM schedules WHERE begun_at IS NOT NULL OR run = 0"
    return not rows(f"{asked} UNION ALL {shown} UNION ALL {runs}")


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
    yield from _question(discord, rows)
    yield from _runs(discord, rows)
    [(stories,)] = rows("SELECT count(*) - count(DISTINCT key) FROM stories")
    if stories:
        yield "a story was loaded twice"


def _acts(people: list[Person], rows: Rows) -> Iterator[str]:
    votes = dict(rows(BALLOTS.format("q.text IS NULL")))
    chosen = dict(rows(BALLOTS.format("q.text IS NOT NULL")))
    for person in people:
        reader = person.reader.user.id
        if votes.get(reader) not in person.vote:
            yield f"reader {reader} voted {person.vote}, stored is {votes.get(reader)}"
        if chosen.get(reader) not in person.ballot:
            yield f"reader {reader} answered {person.ballot}, stored is {chosen.get(reader)}"


def _question(discord: StandIn, rows: Rows) -> Iterator[str]:
    """Each server has the own question once, closed and with its last counts."""
    counts = Counter(number for _, number in rows(BALLOTS.format("q.text IS NOT NULL")))
    posts = [each for each in discord.world.shown() if is_posted(each)]
    if len(posts) != len(discord.world.guilds):
        yield f"{len(posts)} posts of the question in {len(discord.world.guilds)} servers"
    for post in posts:
        missed = [answer for n, answer in enumerate(ANSWERS, 1) if f" {counts[n]} · {answer}" not in post.text]
        if missed or "1" in post.labels:
            yield f"the question in {post.channel.id} shows {post.text!r}, {dict(counts)} is counted"


def is_posted(message: Message) -> bool:
    """Whether a message shows the own question."""
    return f"**{QUESTION}**" in message.text


def _runs(discord: StandIn, rows: Rows) -> Iterator[str]:
    """Each run of a schedule is posted once."""
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
