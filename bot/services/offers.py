"""A file that somebody sends, shown to them before anyone else sees it."""

from __future__ import annotations

import discord

from bot.domain.uploads import Details, Draft, details_of
from bot.errors import UploadRefused
from bot.interactions.audience import seen
from bot.interactions.client import Interaction
from bot.interactions.replies import send
from bot.operations.check import warnings_of
from bot.services.uploads import read_upload
from bot.stories.formats.encoding import MAX_BYTES
from bot.stories.model import Entry, Story
from bot.texts import say
from bot.ui.uploads import draft_screen


async def download(file: discord.Attachment) -> bytes:
    """The bytes of an attachment. Raises `UploadRefused` for one that is too large, before it is fetched."""
    if file.size > MAX_BYTES:
        raise UploadRefused(file.filename, say("upload-too-many-bytes", bytes=file.size, most=MAX_BYTES))
    try:
        return await file.read()
    except discord.HTTPException as error:
        raise UploadRefused(file.filename, say("upload-not-sent")) from error


async def offer(
    interaction: Interaction, name: str, data: bytes, details: Details, replaces: Entry | None = None
) -> None:
    """Show how an upload reads, and keep it until its sender decides."""
    draft, story = await drafted(interaction, name, data, details, replaces.id if replaces else None)
    await send(interaction, draft_screen(draft, story, list(warnings_of(story))), private=True)


async def drafted(
    interaction: Interaction, name: str, data: bytes, details: Details, replaces: int | None
) -> tuple[Draft, Story]:
    """An upload as a draft, and how it reads; one with an id takes the place of the story that has it."""
    uploads, guild = seen(interaction).uploads, interaction.guild_id or 0
    story, _ = await read_upload(interaction.client.read, name, data, details)
    if replaces is None and story.id is not None and (known := await uploads.with_key(guild, story.id)):
        replaces = known[0]
    draft = await uploads.keep_draft(guild, interaction.user.id, name, data, details, details_of(story), replaces)
    return draft, story
