"""`migrate`: run all pending migrations of a PostgreSQL database, including those that contract the schema.

At a start, the bot only runs migrations that work with the previous release. The others run here, once no older process
is running.
"""

import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.config import Settings
from bot.errors import HostError
from bot.store.store import Store


async def migrate(settings: Settings, *, is_backed_up: bool) -> int:
    """Run and print all pending migrations. Raises `HostError` if there are some and *is_backed_up* is false."""
    if settings.server is None:
        async with Store.open(settings.database):  # opening migrates the file, and keeps a copy of it
            print(f"DATABASE {settings.database} is up to date. A file is brought up to date at each start.")
        return 0
    from bot.store.engines.postgresql import bring_up_to_date, lacking, shown  # its driver is an extra

    name, left = shown(settings.server), await asyncio.to_thread(lacking, settings.server)
    if not left:
        print(f"DATABASE {name} is up to date.")
        return 0
    now = int(time.time())
    if not is_backed_up:
        file = Path(f"oneshot-{datetime.fromtimestamp(now, UTC):%Y%m%d}-before-{left[0].number:03}.dump")
        steps = "\n".join(f"  {step.name}{', which takes something away' if step.contracts else ''}" for step in left)
        raise HostError(
            f"DATABASE {name} has not had these steps:\n{steps}\nFirst make a backup with PostgreSQL's own tools:\n"
            f"  pg_dump --format=custom --file={file} --dbname={name}\n"
            "Then: python -m bot migrate --backed-up"
        )
    for step in await asyncio.to_thread(bring_up_to_date, settings.server, now, contracting=True):
        print(f"{step.name} is done.")
    print(f"DATABASE {name} is up to date.")
    return 0
