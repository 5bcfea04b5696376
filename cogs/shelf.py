"""The library as those who run a server keep it: add, replace, edit, remove, restore, check."""

from __future__ import annotations

import asyncio

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Interaction, Oneshot
from bot.audience import seen
from bot.check import warnings_of
from bot.drafts import Details, Draft
from bot.errors import HostError, NotNow, NotOfThisServer, StoryNotFound, UploadRefused
from bot.loading import summary
from bot.presses import pressed, typed
from bot.replies import redraw, send
from bot.store.library import named
from bot.stories.formats.encoding import MAX_BYTES
from bot.stories.model import Entry
from bot.story_option import StoryArgument
from bot.ui.ids import EditDraft, OnDraft
from bot.ui.limits import CHOICES
from bot.ui.lists import choice_name
from bot.ui.screen import Screen
from bot.ui.uploads import FIELDS, details_of, draft_screen, edit_modal, report_screen, settled
from bot.uploading import publish, read_upload


@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
@app_commands.default_permissions(manage_guild=True)
class Shelf(commands.GroupCog, group_name="library", group_description="The stories of this server"):
    """Seen by those who may manage the server, unless its own settings say otherwise."""

    def __init__(self) -> None:
        self._reloading = asyncio.Lock()

    @app_commands.command()
    @app_commands.describe(
        file="The story: a text, Markdown, HTML or EPUB file",
        title="Its title, if the file does not say",
        author="Who wrote it, if the file does not say",
    )
    async def add(
        self,
        interaction: Interaction,
        file: discord.Attachment,
        title: app_commands.Range[str, 1, 255] | None = None,
        author: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        """Add a story to this server; you see how it reads before anyone else does."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await _offer(interaction, file.filename, await _download(file), Details(title, author))

    @app_commands.command()
    @app_commands.describe(story="A story that was uploaded here", file="Its new text")
    async def replace(self, interaction: Interaction, story: StoryArgument, file: discord.Attachment) -> None:
        """Replace the text of a story; places, votes and reactions stay."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        _, _, details = await _uploaded(interaction, story)
        await _offer(interaction, file.filename, await _download(file), details, story.id)

    @app_commands.command()
    @app_commands.describe(story="A story that was uploaded here")
    async def edit(self, interaction: Interaction, story: StoryArgument) -> None:
        """Change what is said of a story: title, author, summary, rating, status."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        name, data, details = await _uploaded(interaction, story)
        await _offer(interaction, name, data, details, story.id)

    @app_commands.command()
    @app_commands.describe(story="A story that was uploaded here")
    async def remove(self, interaction: Interaction, story: StoryArgument) -> None:
        """Take a story off the shelf; all that readers did with it is kept."""
        await _uploaded(interaction, story)
        await seen(interaction).shelving.remove([story.id])
        text = "It is off the shelf, with all that readers did kept. `/library restore` brings it back."
        await send(interaction, settled(story.title, text), private=True)

    @app_commands.command()
    @app_commands.describe(story="A story that was removed")
    async def restore(self, interaction: Interaction, story: str) -> None:
        """Put a removed story back."""
        store = seen(interaction)
        removed = await store.uploads.on_shelf(interaction.guild_id or 0, removed=True, limit=1000)
        found = next((entry for entry in removed if story in (named(entry), entry.title)), None)
        if found is None:
            raise StoryNotFound(story)
        await store.shelving.restore(found.id)
        await send(interaction, settled(found.title, "It is back on the shelf."), private=True)

    @restore.autocomplete("story")
    async def _removed(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        removed = await seen(interaction).uploads.on_shelf(interaction.guild_id or 0, removed=True, limit=200)
        fitting = [entry for entry in removed if typed.casefold() in entry.title.casefold()][:CHOICES]
        return [app_commands.Choice(name=choice_name(entry), value=named(entry)) for entry in fitting]

    @app_commands.command()
    async def reload(self, interaction: Interaction) -> None:
        """Read the bot's stories folder again, for files that were added or changed."""
        load = interaction.client.reload
        if load is None or self._reloading.locked():
            raise NotNow
        async with self._reloading:
            await send(
                interaction,
                settled("Reading the folder…", "This may take a while; the answer comes here."),
                private=True,
            )
            try:
                report = await load()
            except HostError as error:
                await redraw(interaction, settled("The folder was not read", str(error)))
            else:
                changed = [str(line) for line in report if line.outcome != "unchanged"]
                await redraw(interaction, report_screen(summary(report), changed))

    @app_commands.command()
    @app_commands.describe(file="A story file")
    async def check(self, interaction: Interaction, file: discord.Attachment) -> None:
        """How a file would be read, without adding it."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        data = await _download(file)
        story = await read_upload(interaction.client.read, file.filename, data)
        draft = Draft(0, 0, 0, file.filename, data, Details(), Details(), None)
        screen = draft_screen(draft, story, list(warnings_of(story)))
        screen.embeds[0].set_footer(text="Nothing was added.")
        await send(interaction, Screen(screen.embeds), private=True)


async def _download(file: discord.Attachment) -> bytes:
    """The bytes of an attachment. Raises `UploadRefused` for one that is too large, before it is fetched."""
    if file.size > MAX_BYTES:
        raise UploadRefused(file.filename, f"it has {file.size:,} bytes; a story may have {MAX_BYTES:,}")
    try:
        return await file.read()
    except discord.HTTPException as error:
        raise UploadRefused(file.filename, "Discord did not hand it over; please send it again") from error


async def _uploaded(interaction: Interaction, story: Entry) -> tuple[str, bytes, Details]:
    """The file and the details of a story of this server. Raises `NotOfThisServer`."""
    uploads = seen(interaction).uploads
    kept = await uploads.of(story.id) if await uploads.key(story.id, interaction.guild_id or 0) else None
    if kept is None:
        raise NotOfThisServer(story.title)
    return kept


async def _offer(
    interaction: Interaction, name: str, data: bytes, details: Details, replaces: int | None = None
) -> None:
    """Show how an upload reads, and keep it until its sender decides."""
    story = details.applied(await read_upload(interaction.client.read, name, data))
    draft = await seen(interaction).uploads.keep_draft(
        interaction.guild_id or 0, interaction.user.id, name, data, details, Details.of(story), replaces
    )
    await send(interaction, draft_screen(draft, story, list(warnings_of(story))), private=True)


@pressed(OnDraft)
async def on_draft(interaction: Interaction, press: OnDraft) -> None:
    """Publish, Edit or Cancel."""
    store, client = seen(interaction), interaction.client
    draft = await store.uploads.draft(press.draft, interaction.user.id)
    if press.action == "edit":
        modal = edit_modal(draft)
        modal.stop()
        await interaction.response.send_modal(modal)
    elif press.action == "cancel":
        await store.uploads.drop_draft(draft.id)
        await redraw(interaction, settled("Cancelled", "Nothing was changed."))
    else:
        await interaction.response.defer()  # a book takes a while to read
        await publish(store, client.read, draft, unrated_is_mature=client.unrated_is_mature)
        text = "It is on this server's shelf: `/story` and `/read` find it."
        await redraw(interaction, settled(draft.understood.title or draft.name, text))


async def edit_draft(interaction: Interaction, asked: EditDraft) -> None:
    """What was typed about an upload: kept, and the preview drawn again."""
    store = seen(interaction)
    draft = await store.uploads.draft(asked.draft, interaction.user.id)
    await interaction.response.defer()
    details = details_of(draft, {name: typed(interaction, name) for name in FIELDS})
    story = details.applied(await read_upload(interaction.client.read, draft.name, draft.data))
    await store.uploads.change_draft(draft.id, details, Details.of(story))
    await redraw(interaction, draft_screen(draft, story, list(warnings_of(story))))


async def setup(bot: Oneshot) -> None:
    await bot.add_cog(Shelf())
    bot.add_dynamic_items(on_draft)
    bot.modals.add(EditDraft, edit_draft)
