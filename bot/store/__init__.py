"""The store: everything the bot keeps, in terms of the domain. No other package contains SQL.

`Store` is imported on first use, since it imports the code that reads stories. Short commands such as ``status`` read
one table without it.
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
