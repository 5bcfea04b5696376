"""What the readers of a trial do, and what must be stored of it: what was shown as done, and nothing else."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal

from tests.standin.driver import Reader
from tests.standin.interactions import Answer, Interaction
from tests.standin.world import LOADING, Message

READ, VOTED = "The Lighthouse Post", "A Spoon for the King"
VOTES = {"I want more": 1, "Perfect as is": 2}
ASKED, QUESTION, ANSWERS = "Hm", "What comes?", ("Rain", "Snow", "Fog")
"""The author of a third story asks a question of their own, which is posted in every server."""
EMOJI = ("🎉", "🕯️", "❤️")

ANSWER_SECONDS = 8.0
"""For which a reader waits, beyond the three that Discord gives: a deferred answer comes later."""

Outcome = Literal["done", "refused", "lost"]


@dataclass(slots=True)
class Seen:
    """What readers of all servers met."""

    outcomes: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    """The sentences with which presses were refused."""
    away: list[float] = field(default_factory=list)
    """Seconds until the answers to what was pressed while the database was away."""
    is_away: bool = False


@dataclass(eq=False)
class Person:
    """A reader in a server. A set has the values that may be stored: more where nobody knows what a press came to."""

    reader: Reader
    chance: random.Random
    seen: Seen
    post: Message
    """A page that everybody in the server sees."""
    question: Message
    """The own question, in their server."""
    vote: set[int | None] = field(default_factory=lambda: {None})
    ballot: set[int | None] = field(default_factory=lambda: {None})
    place: str | None = None
    """The text of the page where they must be; None where they may be elsewhere."""
    page: Message | None = None
    panel: Message | None = None
    _number: int = 1

    async def act(self) -> None:
        """Do one thing, by chance."""
        does: list[Callable[[], Awaitable[None]]] = [self.turn, self.turn, self.cast, self.choose, self.give]
        await self.chance.choice(does)()

    async def turn(self) -> None:
        """Read on, or back."""
        if self.page is None:
            self._number = 1
            opened = await self.reader.command("read", story=READ, wait=False)
            if await self._outcome(opened) == "done":
                self.page, self.place = opened.shown, _words(opened.shown)
            return
        ways = [label for label in ("Next", "Back") if label in self.page.labels]
        is_last = self._number >= 4 or "Next" not in ways
        label = "Back" if "Back" in ways and (is_last or self.chance.random() < 0.3) else "Next"
        self.place = None
        pressed = await self.reader.press(self.page, label, wait=False)
        if await self._outcome(pressed) == "done":
            self._number += 1 if label == "Next" else -1
            self.place = _words(self.page)
        else:
            self.page = None

    async def cast(self) -> None:
        """Answer the default, in its details."""
        if self.panel is None:
            opened = await self.reader.command("vote", story=VOTED, wait=False)
            if await self._outcome(opened) != "done":
                return
            self.panel = opened.shown
        label = self.chance.choice(list(VOTES))
        self.vote.add(VOTES[label])
        if await self._outcome(await self.reader.press(self.panel, label, wait=False)) == "done":
            self.vote = {VOTES[label]}

    async def choose(self) -> None:
        """Answer the own question where it is posted, while it is open."""
        number = self.chance.randint(1, len(ANSWERS))
        if str(number) not in self.question.labels:
            return
        self.ballot.add(number)
        pressed = await self.reader.press(self.question, str(number), wait=False)
        if await self._outcome(pressed, _has_receipt) == "done":
            self.ballot = {number}

    async def give(self) -> None:
        """Put an emoji on the page that all see, or take it off."""
        emoji = self.chance.choice(EMOJI)
        if self.reader.user in self.post.reactions.get(emoji, []):
            await self.reader.unreact(self.post, emoji)
        else:
            await self.reader.react(self.post, emoji)

    async def find_place(self) -> str:
        """Open the story where it was left."""
        opened = await self.reader.command("read", story=READ, wait=False)
        await opened.done(30)
        await self.reader.discord.until(lambda: not opened.shown.flags & LOADING, 30)
        return _words(opened.shown)

    async def _outcome(self, made: Interaction, is_over: Callable[[Interaction, int], bool] | None = None) -> Outcome:
        was_away = self.seen.is_away
        drawn = made.message.edits if made.message is not None else 0
        outcome = await self._answered(made, drawn, is_over or _is_settled)
        self.seen.outcomes[outcome if not was_away else f"{outcome} while away"] += 1
        if was_away and self.seen.is_away and made.answer is not None:
            self.seen.away.append(made.waited)
        return outcome

    async def _answered(self, made: Interaction, drawn: int, is_over: Callable[[Interaction, int], bool]) -> Outcome:
        end = time.monotonic() + ANSWER_SECONDS
        try:
            await made.done(ANSWER_SECONDS)
            await self.reader.discord.until(lambda: is_over(made, drawn), max(end - time.monotonic(), 0.1))
        except TimeoutError:
            return "lost"
        sentence = next((each.content for each in (made.original, *made.followups) if each and each.content), None)
        if sentence is None:
            return "done"
        self.seen.said[sentence.partition(":")[0]] += 1
        return "refused"


def _words(page: Message) -> str:
    """What a page says, without the counts of emoji under the last one: others give more meanwhile."""
    return "\n".join(line for line in page.text.split("\n") if not any(emoji[0] in line for emoji in EMOJI))


def _is_settled(made: Interaction, drawn: int) -> bool:
    """Whether a deferred answer has come."""
    if made.answer is Answer.DEFER_UPDATE:
        return bool(made.followups) or (made.original is not None and made.original.edits > drawn)
    return made.original is None or made.original.deleted or not made.original.flags & LOADING or bool(made.followups)


def _has_receipt(made: Interaction, _: int) -> bool:
    """Whether a press on a message that others press, too, has a word of its own: others have it drawn as well."""
    return bool(made.followups) or made.answer is Answer.MESSAGE


async def go_on(person: Person, over: asyncio.Event, pause: float) -> None:
    """Have a person act until it is *over*, with about *pause* seconds between two acts."""
    while not over.is_set():
        await asyncio.sleep(person.chance.uniform(0.3, 1.7) * pause)
        await person.act()
