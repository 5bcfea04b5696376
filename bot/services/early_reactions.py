"""Emoji put on a message of the bot's before its row is written.

Discord tells of an emoji as soon as somebody gives it. On a new message that may be before it has answered the bot with
the message's id. Such an emoji waits here until the row is there.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.reactions import Emoji

WAITS_SECONDS = 10.0
"""Seconds for which an emoji waits: no answer of Discord's takes longer."""

MOST = 1000
"""How many emoji wait at most; the oldest give way."""


@dataclass(frozen=True, slots=True)
class _Given:
    message: int
    reader: int
    emoji: Emoji


class EarlyReactions:
    """The emoji that wait, each with the time at which it came."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._waiting: OrderedDict[_Given, float] = OrderedDict()

    def hold(self, message: int, reader: int, emoji: Emoji) -> None:
        """Keep an emoji until its message's row is written; forget those that have waited for too long."""
        oldest = self._clock() - WAITS_SECONDS
        while self._waiting and (len(self._waiting) >= MOST or next(iter(self._waiting.values())) < oldest):
            self._waiting.popitem(last=False)
        self._waiting[_Given(message, reader, emoji)] = self._clock()

    def drop(self, message: int, reader: int | None = None, emoji: Emoji | None = None) -> None:
        """Forget what came off a message: one reader's emoji, all of one emoji, or all of them."""
        for given in [each for each in self._waiting if each.message == message]:
            if reader in (None, given.reader) and emoji in (None, given.emoji):
                del self._waiting[given]

    def on(self, message: int) -> list[tuple[int, Emoji]]:
        """Return who gave which emoji on a message and waits; they wait no longer."""
        oldest = self._clock() - WAITS_SECONDS
        found = [(each, at) for each, at in self._waiting.items() if each.message == message]
        for each, _ in found:
            del self._waiting[each]
        return [(each.reader, each.emoji) for each, at in found if at >= oldest]
