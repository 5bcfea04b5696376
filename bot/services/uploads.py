"""Uploads: a file from Discord becomes a draft, and a draft a story on its server's shelf."""

from __future__ import annotations

import asyncio
import secrets
import tempfile
from pathlib import Path

from bot.domain.uploads import Details, Draft
from bot.errors import UploadRefused
from bot.importing.worker import ReadFile
from bot.store import Store
from bot.store.publishing import Source
from bot.stories import PARSER_VERSION, Refused, Story
from bot.stories.formats.corrections import Correction
from bot.stories.formats.encoding import MAX_BYTES
from bot.texts import say


async def read_upload(read: ReadFile, name: str, data: bytes, details: Details) -> tuple[Story, str]:
    """The story in an uploaded file, read as a file of the folder is, with what is said beside it.

    With it the digest of the file's bytes. Raises `UploadRefused`.
    """
    if len(data) > MAX_BYTES:
        raise UploadRefused(name, say("upload-too-many-bytes", bytes=len(data), most=MAX_BYTES))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"upload{Path(name).suffix.lower()}"
        await asyncio.to_thread(path.write_bytes, data)
        try:
            return await read(path, name, Correction.of(details, say("upload-typed")))
        except Refused as refusal:
            raise UploadRefused(name, str(refusal)) from refusal


async def publish(store: Store, read: ReadFile, draft: Draft, *, unrated_is_mature: bool = False) -> int:
    """Put a draft on its server's shelf: in the place of the story that it replaces, or under its id or a fresh key."""
    story, digest = await read_upload(read, draft.name, draft.data, draft.details)
    key = await store.uploads.key(draft.replaces, draft.guild) if draft.replaces is not None else story.id
    source = Source(draft.name, len(draft.data), 0, digest, PARSER_VERSION)
    shelved = await store.shelving.put(
        str(draft.guild),
        key or secrets.token_hex(8),
        story,
        source,
        unrated_is_mature=unrated_is_mature,
        home=draft.guild,
    )
    await store.uploads.keep(shelved.story, draft)
    return shelved.story
