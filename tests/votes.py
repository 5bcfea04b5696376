"""Questions, as tests answer the default under a story and look at it, and as values."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from bot.domain.questions import CHOICES, Choice, Counts, Finishers, Question, Reply, Role, Rules
from bot.store import Store
from bot.stories.model import ChapterName

_RULES, _FINISHERS = Rules(), Finishers()


def question_with(
    counts: tuple[int, ...],
    *,
    number: int = 1,
    text: str | None = None,
    answers: tuple[str, ...] = (),
    closed_at: int | None = None,
    rules: Rules = _RULES,
    finishers: Finishers = _FINISHERS,
    reply: Reply | None = None,
    chapter: ChapterName | None = None,
) -> Question:
    """A question as a value: the default, unless it has a text of its own."""
    return Question(
        id=number,
        story=number,
        text=text,
        answers=answers,
        asker=number,
        asked_at=0,
        closes_at=closed_at,
        closed_at=closed_at,
        after=1,
        waits=False,
        rests=False,
        post_in=0,
        rules=rules,
        voters=sum(counts),
        counts=Counts(counts, counts),
        finishers=finishers,
        reply=reply,
        chapter=chapter,
    )


async def default_of(store: Store, story: int, guild: int | None = None) -> Question:
    """The default question of a story. Raises `KeyError` where there is none."""
    return (await store.questions.defaults([story], guild))[story]


async def cast_vote(store: Store, story: int, reader: int, choice: Choice, guild: int | None) -> Question:
    """Answer it."""
    question = await default_of(store, story)
    return await store.ballots.cast(question.id, reader, CHOICES.index(choice) + 1, guild)


async def cast_votes(
    store: Store, story: int, votes: Iterable[tuple[int, Choice]], guild: int | None
) -> list[Question | BaseException]:
    """Answer it at once, each of *votes* a reader and a choice; what came of each."""
    question = (await default_of(store, story)).id
    cast = (store.ballots.cast(question, reader, CHOICES.index(choice) + 1, guild) for reader, choice in votes)
    return await asyncio.gather(*cast, return_exceptions=True)


async def unvote(store: Store, story: int, reader: int) -> bool:
    """Take an answer back; whether there was one."""
    return await store.ballots.withdraw((await default_of(store, story)).id, reader)


async def vote_of(store: Store, story: int, reader: int) -> Choice | None:
    """What a reader answered."""
    number = await store.ballots.of((await default_of(store, story)).id, reader)
    return None if number is None else CHOICES[number - 1]


async def votes_of(store: Store, story: int, guild: int | None = None) -> Counts:
    """How readers answered, everywhere and in a server, where that is not hidden."""
    counts = (await default_of(store, story, guild)).counts
    assert counts is not None
    return counts


async def set_rules(store: Store, story: int, rules: Rules) -> None:
    """Ask it by other rules."""
    await store.questions.set_rules((await default_of(store, story)).id, rules)


async def close_vote(store: Store, story: int) -> None:
    """Let nobody answer any more."""
    await store.questions.close((await default_of(store, story)).id)


async def reopen_vote(store: Store, story: int, role: Role) -> None:
    """Let readers answer again."""
    await store.questions.reopen((await default_of(store, story)).id, role)


async def answer_vote(store: Store, story: int, reader: int, role: Role, choice: Choice, line: str) -> None:
    """Reply to what readers answered."""
    await store.questions.reply((await default_of(store, story)).id, reader, role, choice, line)


async def reactions_of(store: Store, story: int) -> int:
    """Return how many reactions to a story count."""
    return sum(each.readers for each in await store.reactions.tally(story))
