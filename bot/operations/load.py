"""`load`: load the stories folder into the library, and print a report on each file."""

import logging

from bot.config import Settings
from bot.errors import HostError, LoadingElsewhere, NothingStored
from bot.importing.loading import Loaded, load_folder, summary
from bot.importing.worker import Progress, ReadFile, reading_processes, show_nothing
from bot.operations.progress import on_terminal
from bot.store import Store

log = logging.getLogger(__name__)


async def load_stories(
    store: Store, settings: Settings, read: ReadFile, progress: Progress = show_nothing
) -> list[Loaded]:
    """Load the stories folder. Raises `HostError`; `LoadingElsewhere` if another process is loading the folder."""
    async with store.only("load", waits=False) as is_ours:
        if not is_ours:
            raise LoadingElsewhere("Another process loads the stories folder just now. All see what it loads.")
        report = await load_folder(
            store,
            settings.stories_dir,
            read,
            unrated_is_mature=settings.unrated_is_mature,
            takes_adult=settings.adult_stories,
            progress=progress,
        )
        if hidden := await store.publishing.take_adult(settings.adult_stories):
            log.warning("ADULT_STORIES is no: %s stories for adults, loaded before, show nowhere.", f"{hidden:,}")
        return report


async def load(settings: Settings) -> int:
    """Load the folder and print the report; return the exit status, 1 if a file was refused. Raises `HostError`."""
    async with Store.open(settings.store) as store, reading_processes() as processes:
        try:
            report = await load_stories(store, settings, processes.read, on_terminal())
        except NothingStored:
            raise HostError("Stories that are not written yet stay as they were: make room, then load again.") from None
    for line in report:
        print(line)
    print(summary(report))
    return 1 if any(line.outcome == "refused" for line in report) else 0
