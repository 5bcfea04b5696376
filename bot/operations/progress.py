"""Progress of a long load or check, shown every few seconds on a terminal or in the log."""

import logging
import sys
import time
from collections.abc import Callable

from bot.importing.worker import Progress, show_nothing

log = logging.getLogger(__name__)

LOG_SECONDS = 5.0
"""Seconds between two lines of the log."""

TERMINAL_SECONDS = 0.5
"""Seconds between two updates of the line on a terminal."""


def now_and_then(
    tell: Callable[[int, int], object], seconds: float, clock: Callable[[], float] = time.monotonic
) -> Progress:
    """Return a callback that calls *tell* with the numbers of done and all files, at most once in *seconds*."""
    last = clock()

    async def progress(done: int, files: int) -> None:
        nonlocal last
        if (now := clock()) - last >= seconds:
            last = now
            tell(done, files)

    return progress


def in_log() -> Progress:
    """Return a callback that writes progress to the log."""
    return now_and_then(lambda done, files: log.info("Stories: %s of %s files", f"{done:,}", f"{files:,}"), LOG_SECONDS)


def on_terminal() -> Progress:
    """Return a callback that updates a line of the terminal; one that does nothing if stderr is no terminal."""
    if not sys.stderr.isatty():
        return show_nothing
    shown = now_and_then(lambda done, files: _write_line(f"{done:,} of {files:,} files"), TERMINAL_SECONDS)

    async def progress(done: int, files: int) -> None:
        await shown(done, files)
        if done == files:
            _write_line("")

    return progress


def _write_line(text: str) -> None:
    """Overwrite the current line with *text*."""
    print(f"\r{text}{_CLEAR}", end="\r", file=sys.stderr, flush=True)


_CLEAR = "\x1b[K"  # escape sequence that clears the rest of the line
