"""Uploads: a file from Discord becomes a draft, and a draft a story on its server's shelf."""

import asyncio
import secrets
import tempfile
from pathlib import Path

import discord

from bot.domain.uploads import Draft, UploadDetails, details_of, warnings_of
from bot.errors import ReaderError
from bot.importing.worker import ReadFile
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.replies import send
from bot.store import Store
from bot.store.publishing import Source
from bot.stories import PARSER_VERSION, Refused, Story
from bot.stories.formats.corrections import Correction
from bot.stories.formats.encoding import MAX_BYTES
from bot.stories.model import StorySummary
from bot.texts import say
from bot.ui.uploads import draft_screen


async def read_upload(read: ReadFile, name: str, data: bytes, details: UploadDetails) -> tuple[Story, str]:
    """Return the story in an uploaded file, with *details* in place of its own, and the digest of the file's bytes.

    Raises `ReaderError` if the file cannot be read.
    """
    _allow_size(name, len(data))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload"  # a file's own name may be none that this system takes
        await asyncio.to_thread(path.write_bytes, data)
        try:
            return await read(path, name, Correction.of(details, say("upload-typed")))
        except Refused as refusal:
            raise ReaderError("upload-refused", file=name[:100], reason=str(refusal)) from refusal


async def publish(store: Store, read: ReadFile, draft: Draft, *, unrated_is_mature: bool = False) -> int:
    """Publish a draft in place of the story that it replaces, else as a new one; return the story's id."""
    story, digest = await read_upload(read, draft.name, draft.data, draft.details)
    key = await store.uploads.key(draft.replaces, draft.guild) if draft.replaces is not None else story.id
    source = Source(draft.name, len(draft.data), 0, digest, PARSER_VERSION)
    published = await store.publishing.publish(
        str(draft.guild),
        key or secrets.token_hex(8),
        story,
        source,
        unrated_is_mature=unrated_is_mature,
        home=draft.guild,
    )
    await store.uploads.keep(published.story, draft)
    return published.story


async def download(file: discord.Attachment) -> bytes:
    """Return the bytes of an attachment. Raises `ReaderError` for one that is too large, before it is fetched."""
    _allow_size(file.filename, file.size)
    try:
        return await file.read()
    except discord.HTTPException as error:
        raise ReaderError("upload-refused", file=file.filename[:100], reason=say("upload-not-sent")) from error


def _allow_size(name: str, size: int) -> None:
    if size > MAX_BYTES:
        reason = say("upload-too-many-bytes", bytes=size, most=MAX_BYTES)
        raise ReaderError("upload-refused", file=name[:100], reason=reason)


async def preview_upload(
    interaction: Interaction, name: str, data: bytes, details: UploadDetails, replaces: StorySummary | None = None
) -> None:
    """Save an upload as a draft, and show its sender how it reads."""
    draft, story = await create_draft(interaction, name, data, details, replaces.id if replaces else None)
    await send(interaction, draft_screen(draft, story, list(warnings_of(story))), private=True)


async def create_draft(
    interaction: Interaction, name: str, data: bytes, details: UploadDetails, replaces: int | None
) -> tuple[Draft, Story]:
    """Save an upload as a draft, and return how it reads; it replaces the story of this server with the same id."""
    uploads, guild = store_for(interaction).uploads, interaction.guild_id or 0
    story, _ = await read_upload(interaction.client.read, name, data, details)
    if replaces is None and story.id is not None and (known := await uploads.with_key(guild, story.id)):
        replaces = known[0]
    draft = await uploads.keep_draft(guild, interaction.user.id, name, data, details, details_of(story), replaces)
    return draft, story
