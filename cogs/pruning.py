"""Deletes once a day what is too old, in the background."""

from bot.interactions.client import Oneshot
from bot.services.due_work import DueWork


class Prune(DueWork):
    """What is kept for how long stands in `bot.store.pruning`."""

    def __init__(self, bot: Oneshot) -> None:
        super().__init__(bot, self._prune, bot.store.pruning.next_due)

    async def _prune(self) -> None:
        pruning = self._bot.store.pruning
        if await pruning.next_due() <= self._bot.clock():
            await pruning.prune()
