"""Garbage collection that holds nobody up."""

import gc

THRESHOLDS = (10_000, 10, 10)
"""How many new objects are looked through at once, and after how many such rounds the older ones are, too.

A press leaves some hundred objects that refer to one another.
"""


async def freeze() -> None:
    """Leave all that there is now out of later collections; to be called when the bot is ready.

    A collection of everything takes a tenth of a second, in which nobody is answered. After this it is only of what
    came since. In a new session what the last one left behind is collected first.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
