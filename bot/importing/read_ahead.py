"""Files of a folder are read some ahead of what is done with them, in their order, so that all cores have work."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable, Sequence
from typing import Any, TypeVar

from bot.importing.worker import CORES

File = TypeVar("File")
Reading = TypeVar("Reading", bound="asyncio.Task[Any] | None")

AHEAD = 4 * CORES
"""Files that are read or wait for a process at once: some are longer than others."""

FEW_FILES = 40
"""Of no more than these, starting a second process takes longer than it saves."""


async def read_ahead(files: Sequence[File], start: Callable[[File], Reading]) -> AsyncGenerator[tuple[File, Reading]]:
    """Yield each file in order with its task, which *start* gives where the file is to be read.

    The caller awaits the task. Leaving early cancels those that are ahead.
    """
    ahead = AHEAD if len(files) > FEW_FILES else 0
    started: deque[tuple[File, Reading]] = deque()
    try:
        for file in files:
            started.append((file, start(file)))
            if len(started) > ahead:
                yield started.popleft()
        while started:
            yield started.popleft()
    finally:
        for _, task in started:
            if task is not None:
                task.cancel()
