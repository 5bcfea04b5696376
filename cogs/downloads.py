"""Downloads: a story as a file, if its writer allows it."""

import asyncio

from bot.domain.downloads import as_epub, as_text, file_name
from bot.errors import NotWished, ReaderError
from bot.interactions.allowances import spend
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component
from bot.interactions.replies import send_files, think
from bot.ui.ids.stories import Download


@component(Download, work="lookup")
async def download(interaction: Interaction, press: Download) -> None:
    """Send a story as a file."""
    stories = store_for(interaction).stories
    story = await stories.entry(press.story)
    if not story.wishes.download:
        raise NotWished("download")
    spend(interaction, "export")
    await think(interaction)
    whole = await stories.whole(story.id)
    data = await asyncio.to_thread(as_epub if press.format == "epub" else as_text, whole)
    if len(data) > interaction.filesize_limit:
        raise ReaderError("too-large")
    name = file_name(whole, ".epub" if press.format == "epub" else ".txt")
    await send_files(interaction, {name: data})
