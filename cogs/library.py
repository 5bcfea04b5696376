"""The library of a server, for its managers: `/manage story`."""

import discord
from discord import app_commands

from bot.domain.uploads import Upload, upload_warnings_of
from bot.errors import ReaderError
from bot.interactions.allowances import spend
from bot.interactions.answering import LOOKUP
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.groups import manage_story
from bot.interactions.options import RatingChoice, ShelfStory, StatusChoice
from bot.interactions.replies import send, think
from bot.services.author_stories import panel_of, restore_story
from bot.services.rights import allow, allow_here, allow_submitting, may_here
from bot.services.uploads import download, preview_upload, read_draft
from bot.store.stories import named
from bot.stories.formats.front_matter import SUMMARY_CHARS, TITLE_CHARS
from bot.texts import say
from bot.ui.limits import CHOICES
from bot.ui.screen import Screen
from bot.ui.story_lists import choice_name
from bot.ui.uploads import format_names, preview_embeds, settled_screen


@manage_story.command()
@app_commands.describe(
    file=f"{format_names()} file",
    title="Replaces the title in the file",
    author="Replaces the author in the file",
    summary="What the story is about",
    rating="Mature and explicit stories only show in age-restricted channels",
    status="Complete, in progress and more",
    language="Language of the story",
    downloads="Let readers download it",
)
async def add(
    interaction: Interaction,
    file: discord.Attachment,
    title: app_commands.Range[str, 1, TITLE_CHARS] | None = None,
    author: app_commands.Range[str, 1, TITLE_CHARS] | None = None,
    summary: app_commands.Range[str, 1, SUMMARY_CHARS] | None = None,
    rating: RatingChoice | None = None,
    status: StatusChoice | None = None,
    language: app_commands.Range[str, 1, 50] | None = None,
    downloads: bool | None = None,
) -> None:
    """Add a story to this server, with a preview first"""
    await allow_submitting(interaction)
    await think(interaction)
    given = {"title": title, "author": author, "summary": summary, "rating": rating, "status": status}
    given |= {"language": language, "downloads": None if downloads is None else "yes" if downloads else "no"}
    details = {name: value for name, value in given.items() if value}
    await preview_upload(interaction, Upload(file.filename, await download(file), details))


@manage_story.command()
@app_commands.describe(story="A story uploaded here", file="The new version")
async def replace(interaction: Interaction, story: ShelfStory, file: discord.Attachment) -> None:
    """Upload a new version and keep places, votes and reactions"""
    await allow(interaction, story.id, "replace")
    await think(interaction)
    await preview_upload(interaction, Upload(file.filename, await download(file)), "replace", story.id)


@manage_story.command()
@app_commands.describe(story="A story uploaded here")
async def edit(interaction: Interaction, story: ShelfStory) -> None:
    """Change a story: its text, chapters, details, permissions and versions"""
    await allow(interaction, story.id, "edit")
    await send(interaction, await panel_of(interaction, story.id), private=True)


@manage_story.command()
@app_commands.describe(story="Title or author. If it wasn't uploaded here, it's only hidden here")
async def remove(interaction: Interaction, story: ShelfStory) -> None:
    """Remove a story and keep everything readers did"""
    store, guild, user = store_for(interaction), interaction.guild_id or 0, interaction.user.id
    await allow_here(interaction, "remove")
    if (await store.uploads.ownership(story.id)).guild == guild:
        await store.uploads.take_off(story.id, guild, user, "manager")
    else:
        await store.publishing.hide(story.id, guild, user)
    await send(interaction, settled_screen(story.title, say("shelf-removed")), private=True)


@manage_story.command()
@app_commands.describe(story="A removed story")
async def restore(interaction: Interaction, story: str) -> None:
    """Bring back a removed story"""
    await allow_here(interaction, "restore-removed")
    store, guild, user = store_for(interaction), interaction.guild_id or 0, interaction.user.id
    removed = await store.uploads.off_shelf(guild, limit=1000)
    found = next((entry for entry in removed if story in (named(entry), entry.title)), None)
    if found is None:
        raise ReaderError("story-not-found", title=story[:100])
    if (await store.uploads.ownership(found.id)).guild == guild:
        text = await restore_story(interaction, found.id)
    else:
        await store.publishing.restore(found.id, guild, user)
        text = say("shelf-restored")
    await send(interaction, settled_screen(found.title, text), private=True)


@restore.autocomplete("story")
async def _removed(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    if not await may_here(interaction, "restore-removed"):
        return []
    guild, manager = interaction.guild_id or 0, interaction.user.id
    removed = await store_for(interaction).uploads.off_shelf(guild, 200, manager)
    fitting = [entry for entry in removed if typed.casefold() in entry.title.casefold()][:CHOICES]
    return [app_commands.Choice(name=choice_name(entry), value=named(entry)) for entry in fitting]


@manage_story.command(extras=LOOKUP)
@app_commands.describe(file="A story file")
async def check(interaction: Interaction, file: discord.Attachment) -> None:
    """Preview a file without adding it"""
    spend(interaction, "upload")
    await think(interaction)
    upload = Upload(file.filename, await download(file))
    story, _ = await read_draft(interaction.client.read, upload, interaction.user.id)
    shown = preview_embeds(story, list(upload_warnings_of(story)), say("upload-footer-check"))
    await send(interaction, Screen(shown), private=True)
