"""`load`: the library is brought in line with the stories folder, and each file is reported."""

from __future__ import annotations

from bot.config import Settings
from bot.importing.loading import Loaded, Progress, load_folder, summary, untold
from bot.importing.worker import ReadFile, reading_process
from bot.store import Store


async def load_stories(store: Store, settings: Settings, read: ReadFile, progress: Progress = untold) -> list[Loaded]:
    """Load the folder that the settings name. Raises `HostError`."""
    mature = settings.unrated_is_mature
    return await load_folder(store, settings.stories_dir, read, unrated_is_mature=mature, progress=progress)


async def load(settings: Settings) -> int:
    """Load the folder and print the report; the exit status is 1 where a file was refused. Raises `HostError`."""
    async with Store.open(settings.database) as store, reading_process() as read:
        report = await load_stories(store, settings, read)
    for line in report:
        print(line)
    print(summary(report))
    return 1 if any(line.outcome == "refused" for line in report) else 0
