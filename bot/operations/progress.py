"""How far a long load or check is, said every few seconds: on a terminal, or in the log."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable

from bot.importing.loading import Progress

log = logging.getLogger(__name__)

LOG_SECONDS = 5.0
"""Between two lines of the log."""

TERMINAL_SECONDS = 0.5
"""Between two changes of the line on a terminal."""


def now_and_then(
    tell: Callable[[int, int], object], seconds: float, clock: Callable[[], float] = time.monotonic
) -> Progress:
    """Return a progress that has *tell* called with how many files are done, and of how many, once in so many *seconds*."""
    last = clock()

    async def progress(done: int, files: int) -> None:
        nonlocal last
        if (now := clock()) - last >= seconds:
            last = now
            tell(done, files)

    return progress


def in_log() -> Progress:
    """Return a progress that writes to the log."""
    return now_and_then(lambda done, files: log.info("Stories: %s of %s files", f"{done:,}", f"{files:,}"), LOG_SECONDS)


def on_terminal() -> Progress:
    """Return a progress that keeps one line of the terminal up to date; silent where nobody sits at one."""
    if not sys.stderr.isatty():
        return now_and_then(lambda done, files: None, float("inf"))
    return now_and_then(
        lambda done, files: print(f"\r{done:,} of {files:,} files\x1b[K", end="\r", file=sys.stderr, flush=True),
        TERMINAL_SECONDS,
    )
