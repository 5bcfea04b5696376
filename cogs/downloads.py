"""Downloads: a story as a file, if its writer allows it."""

import asyncio
from typing import Literal

from discord import app_commands

from bot.domain.downloads import as_epub, as_text, file_name
from bot.errors import NotWished, ReaderError
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.options import StoryArgument
from bot.interactions.replies import send_files


@app_commands.command()
@app_commands.describe(story="Title or author, as much of it as you remember", format="An e-book, or plain text")
async def download(interaction: Interaction, story: StoryArgument, format: Literal["epub", "text"] = "epub") -> None:
    """Get a story as a file, if its writer allows it."""
    stories = store_for(interaction).stories
    if not (await stories.wishes(story.id)).download:
        raise NotWished("download")
    await interaction.response.defer(ephemeral=True, thinking=True)
    whole = await stories.whole(story.id)
    data = await asyncio.to_thread(as_epub if format == "epub" else as_text, whole)
    if len(data) > interaction.filesize_limit:
        raise ReaderError("too-large")
    name = file_name(whole, ".epub" if format == "epub" else ".txt")
    await send_files(interaction, {name: data})
