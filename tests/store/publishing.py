"""Stories that are put on a shelf, and uploads that are kept as drafts and published, without a word to Discord."""

from __future__ import annotations

from bot.domain.uploads import Change, Draft, Upload
from bot.store import Store
from bot.store.publishing import FOLDER, Publication, Source
from bot.store.uploads import NewVersion, Publisher
from bot.stories import Story, read_story
from bot.stories.added_chapters import AddedChapter
from bot.stories.formats.corrections import Correction

GUILD, OTHER = 900, 901
ANN, BEN = 31, 32

KETTLE = b"Title: The Kettle\n\nThe kettle sang, which nobody wanted.\n\nIt sang until four, and then it slept.\n"


def parsed(upload: Upload) -> Story:
    return read_story(upload.data, upload.name, Correction.of(upload.details, "typed"), upload.chapters)


async def put_on_shelf(store: Store, key: str, story: Story, source: Source | None = None, shelf: str = FOLDER) -> int:
    """Put a story on a shelf, as a load of the folder does; return its id."""
    publication = Publication(key, story, source or Source(key, 1, 1, "d", 1))
    [published] = await store.publishing.publish_all(shelf, [publication])
    return published.story


async def drafted(
    store: Store,
    data: bytes = KETTLE,
    user: int = ANN,
    change: Change = "publish",
    replaces: int | None = None,
    guild: int = GUILD,
    chapters: tuple[AddedChapter, ...] = (),
) -> Draft:
    upload = Upload("kettle.txt", data, {}, chapters)
    return await store.drafts.keep(guild, user, upload, {}, change, replaces)


async def publish(store: Store, draft: Draft) -> int:
    upload = draft.upload
    source = Source(upload.name, upload.size, 0, str(hash(upload.data)), 1)
    return (await store.uploads.publish(draft, NewVersion(parsed(upload), source), Publisher(draft.user))).story


async def put(store: Store, *args: object, **kwargs: object) -> int:
    return await publish(store, await drafted(store, *args, **kwargs))  # type: ignore[arg-type]
