"""All that the bot stores, in the words of the domain. The one place with SQL.

`Store` is imported when it is first asked for: it brings all that reads stories, and a look at one table, as `status`
takes, is over at once.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.store.store import Store


def __getattr__(name: str) -> object:
    if name != "Store":
        raise AttributeError(name)
    from bot.store.store import Store

    return Store


__all__ = ["Store"]
