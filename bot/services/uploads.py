"""Uploads: a Discord attachment becomes a draft, and a draft becomes a story on its server's shelf."""

import asyncio
import tempfile
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import discord

from bot.domain.rights import may
from bot.domain.uploads import (
    Base,
    Change,
    Draft,
    OwnStory,
    Upload,
    UploadDetails,
    details_of,
    kept_details,
    upload_warnings_of,
)
from bot.errors import ReaderError, StoryGated
from bot.importing.worker import ReadFile
from bot.interactions.allowances import spend
from bot.interactions.audience import audience_of
from bot.interactions.client import Interaction, Oneshot
from bot.interactions.permissions import standing_in, standing_of
from bot.interactions.replies import send
from bot.services.rights import allow_draft, allow_here, may_here
from bot.store import Store
from bot.store.publishing import Source
from bot.store.uploads import NewVersion, Publisher
from bot.stories import PARSER_VERSION, Refused, Story
from bot.stories.formats.corrections import WHOLE, Correction
from bot.stories.formats.encoding import MAX_BYTES
from bot.stories.model import StorySummary
from bot.texts import say, translated
from bot.ui.screen import Screen
from bot.ui.uploads import draft_screen, shrinkage_warnings

MOST_CHAPTERS = 500
"""Maximum number of chapter files added to a story's file."""


async def read_upload(read: ReadFile, upload: Upload, member: int) -> tuple[Story, str]:
    """Return the story in an upload, with the uploader's details in place of the file's, and the digest of its bytes.

    Waits only for other uploads of the same *member*. Raises `ReaderError` if the upload cannot be read.
    """
    _allow_size(upload.name, upload.size)
    if len(upload.chapters) > MOST_CHAPTERS:
        raise ReaderError("too-many-added", most=MOST_CHAPTERS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload"  # the file's own name may be invalid on this system
        await asyncio.to_thread(path.write_bytes, upload.data)
        try:
            correction = Correction.of(upload.details, say("upload-typed"))
            return await read(path, upload.name, correction, upload.chapters, member=member)
        except Refused as refusal:
            if refusal.reason == "doubtful":
                story, notes = str(refusal.values["story"]), str(refusal.values["notes"])
                raise ReaderError("upload-doubtful", file=upload.name[:100], story=story, notes=notes) from refusal
            raise ReaderError("upload-refused", file=upload.name[:100], reason=refusal_text(refusal)) from refusal


def refusal_text(refusal: Refused) -> str:
    """Return the reason why a file cannot be read as a story, in the reader's language if translated."""
    values = {
        name: refusal_text(value) if isinstance(value, Refused) else value for name, value in refusal.values.items()
    }
    return translated(f"refused-{refusal.reason}", str(refusal), **values)


async def read_draft(read: ReadFile, upload: Upload, member: int) -> tuple[Story, str]:
    """Parse an upload for a preview, even if the uploader has not confirmed yet that it is the whole story.

    Returns the story and the digest of the upload's bytes. Raises `ReaderError` if the upload cannot be read.
    """
    return await read_upload(read, replace(upload, details=upload.details | {WHOLE: "yes"}), member)


async def download(file: discord.Attachment) -> bytes:
    """Return the bytes of an attachment. Raises `ReaderError` if it is too large, or if Discord does not send it."""
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
    interaction: Interaction, upload: Upload, change: Change = "publish", story: int | None = None
) -> None:
    """Save an upload as a draft, and show its sender the preview."""
    draft, read, digest = await create_draft(interaction, upload, change, story)
    await send(interaction, await preview_screen(interaction, draft, read, digest), private=True)


async def preview_screen(interaction: Interaction, draft: Draft, read: Story, digest: str) -> Screen:
    """Return the preview of a draft."""
    twin, waits = await twin_of(interaction, draft, digest), await waits_for_manager(interaction, draft)
    warnings = list(upload_warnings_of(read, is_whole=WHOLE in draft.upload.details))
    if draft.change == "replace" and draft.replaces is not None:
        before = (await interaction.client.store.uploads.own_story(draft.replaces)).story
        warnings = [*shrinkage_warnings(before, read), *warnings]
    return draft_screen(draft, read, warnings, twin, waits=waits)


async def twin_of(interaction: Interaction, draft: Draft, digest: str) -> StorySummary | None:
    """Return the sender's own story with the same bytes or title, which a draft of a new story may replace, if any."""
    if draft.replaces is not None:
        return None
    return await interaction.client.store.uploads.twin(draft.guild, draft.user, digest, draft.title)


async def create_draft(
    interaction: Interaction,
    upload: Upload,
    change: Change = "publish",
    story: int | None = None,
    base: Upload | None = None,
) -> tuple[Draft, Story, str]:
    """Save an upload as a draft of a new story, or of a new version of *story*.

    Returns the draft, its parsed story and its digest. If *upload* is an edited version of the story's present upload,
    *base* is that present upload; publishing then applies the changes to the story's latest version. A new text keeps
    the story's details that it does not state itself. A file with the ``id`` of an existing story replaces that story.
    Raises `ReaderError` if the member may not replace it, and for a file that managers or another member removed.
    """
    spend(interaction, "upload")
    store, guild = interaction.client.store, interaction.guild_id or 0
    read, digest = await read_draft(interaction.client.read, upload, interaction.user.id)
    if story is None:
        manages = await may_here(interaction, "restore-removed")
        await _allow_removed_file(store, guild, interaction.user.id, digest, manages=manages)
        if read.id is not None and (known := await store.uploads.with_key(guild, read.id)) is not None:
            if not may("replace", await standing_of(interaction, known)):
                raise ReaderError("id-taken", id=read.id)
            story, change = known, "replace"
    if change == "replace" and story is not None:
        new, (upload, base) = upload, await _with_old_details(interaction, upload, read, story)
        if upload != new:
            read, digest = await read_draft(interaction.client.read, upload, interaction.user.id)
    was = Base(len(base.chapters), base.details) if base is not None else None
    draft = await store.drafts.keep(guild, interaction.user.id, upload, details_of(read), change, story, was)
    return draft, read, digest


async def _with_old_details(interaction: Interaction, upload: Upload, read: Story, story: int) -> tuple[Upload, Upload]:
    """Return *upload* with the details of *story* that the new text does not state, and the story's present upload."""
    present = await upload_of(interaction, story)
    before = await interaction.client.store.uploads.stated(story) | present.details
    return replace(upload, details=kept_details(read, upload.details, before)), present


async def _allow_removed_file(store: Store, guild: int, user: int, digest: str, *, manages: bool = False) -> None:
    """Raise `ReaderError` if *user* may not add a file as a new story, since managers or another member removed it.

    A member who *manages* the server may add what managers removed.
    """
    if not manages and await store.uploads.removed_by_managers(guild, digest):
        raise ReaderError("may-not-act", act="restore-removed")
    if await store.uploads.withdrawn_by_another(guild, digest, user):
        raise ReaderError("may-not-act", act="restore")


async def change_details(interaction: Interaction, draft: Draft, details: UploadDetails) -> Draft:
    """Save new *details* of a draft, and return the draft. Raises `ReaderError` if it cannot be read with them."""
    spend(interaction, "upload")
    draft = replace(draft, upload=replace(draft.upload, details=details))
    read, _ = await reading_of(interaction.client, draft)
    changed = replace(draft, understood=details_of(read))
    await interaction.client.store.drafts.change(changed)
    return changed


async def reading_of(client: Oneshot, draft: Draft) -> tuple[Story, str]:
    """Return the parsed story and the digest of a draft. Raises `ReaderError` if the draft cannot be read."""
    upload, _ = await upload_now(client, draft)
    return await read_draft(client.read, upload, draft.user)


async def fresh_preview(interaction: Interaction, draft: Draft) -> Screen:
    """Return the preview of a draft, parsed anew."""
    spend(interaction, "upload")
    return await preview_screen(interaction, draft, *await reading_of(interaction.client, draft))


async def replace_twin(interaction: Interaction, draft: Draft) -> Screen:
    """Make a draft a new version of the sender's own story with the same bytes or title; return its preview."""
    read, digest = await reading_of(interaction.client, draft)
    twin = await twin_of(interaction, draft, digest)
    if twin is not None:
        draft = replace(draft, replaces=twin.id, change="replace")
        await allow_draft(interaction, draft)
        upload, present = await _with_old_details(interaction, draft.upload, read, twin.id)
        draft = replace(draft, upload=upload, base=Base(len(present.chapters), present.details))
        read, digest = await reading_of(interaction.client, draft)
        draft = replace(draft, understood=details_of(read))
        await interaction.client.store.drafts.change(draft)
    return await preview_screen(interaction, draft, read, digest)


async def upload_now(client: Oneshot, draft: Draft) -> tuple[Upload, int]:
    """Return the upload that results from a draft, and the id of the version that is changed (0 for a new story)."""
    if draft.replaces is None:
        return draft.upload, 0
    version = await client.store.versions.latest(draft.replaces)
    return (draft.onto(await client.store.versions.upload(version)) if draft.base else draft.upload), version


async def publish_or_send(interaction: Interaction, draft: Draft) -> OwnStory | None:
    """Publish a draft and return its story; if the draft must be approved, submit it and return None.

    Raises `ReaderError` if the member may no longer publish it, or if it cannot be read or exceeds a limit.
    """
    client = interaction.client
    await allow_draft(interaction, draft)
    if not await waits_for_manager(interaction, draft):
        return await publish(interaction, draft)
    read, digest = await read_upload(client.read, draft.upload, draft.user)
    await _allow_removed_file(client.store, draft.guild, draft.user, digest)
    async with client.store.preparing.written(
        str(draft.guild), read, unrated_is_mature=client.unrated_is_mature, member=draft.user
    ) as story:
        await client.store.drafts.send(draft, story)
    client.dispatch("due")
    return None


async def publish(interaction: Interaction, draft: Draft) -> OwnStory:
    """Publish a draft and return its story. Callers check the permissions of the member and the sender.

    Raises `ReaderError` if the draft cannot be read, was published or dropped meanwhile, or exceeds a limit, or if its
    story was changed meanwhile.
    """
    client = interaction.client
    manages = interaction.guild_id == draft.guild and await may_here(interaction, "publish")
    upload, version = await upload_now(client, draft)
    read, digest = await read_upload(client.read, upload, draft.user)
    member = None if manages or draft.state == "waiting" else draft.user
    if draft.replaces is None:
        await _allow_removed_file(client.store, draft.guild, draft.user, digest, manages=member is None)
    unrated_is_mature, shelf = client.unrated_is_mature, str(draft.guild)
    preparing = client.store.preparing.prepared(shelf, read, unrated_is_mature=unrated_is_mature, member=member)
    source = Source(upload.name, upload.size, 0, digest, PARSER_VERSION)
    is_written = draft.replaces is not None or draft.story is not None
    async with nullcontext(draft.story) if is_written else preparing as prepared:
        new = NewVersion(read, source, version, prepared, unrated_is_mature)
        by = Publisher(interaction.user.id, manages)
        published = await client.store.uploads.publish(replace(draft, upload=upload), new, by)
    client.dispatch("due")
    await client.store.passages.index_rest()
    return await client.store.uploads.own_story(published.story)


async def find_submission(interaction: Interaction, submission: int) -> tuple[Draft, Store | None]:
    """Return a submission, and a store with its text; None for the store if not everybody here may see the text.

    Raises `ReaderError` if the member may not decide on the submission, or if it was answered.
    """
    await allow_here(interaction, "approve")
    draft = await interaction.client.store.drafts.find_waiting(submission, interaction.guild_id or 0)
    story = draft.story or 0
    text = interaction.client.store.for_audience(replace(audience_of(interaction), draft=story))
    try:
        await text.stories.entry(story)
    except StoryGated:
        return draft, None
    return draft, text


async def waits_for_manager(interaction: Interaction, draft: Draft) -> bool:
    """Return whether a manager must approve a draft: a member's new story, in a server that checks new stories."""
    if draft.replaces is not None or await may_here(interaction, "publish"):
        return False
    return (await interaction.client.store.settings.of_server(interaction.guild_id)).approval


async def approve(interaction: Interaction, draft: Draft) -> OwnStory:
    """Publish a submission in its sender's name, and return its story. Callers check the member's permission.

    Raises `ReaderError` if the sender left the server, or may no longer submit.
    """
    await _allow_sender(interaction, draft.user)
    return await publish(interaction, draft)


async def _allow_sender(interaction: Interaction, user: int) -> None:
    """Raise `ReaderError` if the sender of a submission has left, or may no longer submit here."""
    guild = interaction.guild
    try:
        member = await guild.fetch_member(user) if guild else None
    except discord.NotFound:
        member = None
    if member is None:
        raise ReaderError("sender-left")
    chosen = await interaction.client.store.settings.of_server(interaction.guild_id)
    if not may("submit", standing_in(member, member.guild_permissions, chosen)):
        raise ReaderError("sender-may-not")


async def upload_of(interaction: Interaction, story: int) -> Upload:
    """Return the current upload of a story. Raises `ReaderError` for a story of the stories folder."""
    upload = await interaction.client.store.versions.last(story)
    if upload is None:
        raise ReaderError("story-of-folder")
    return upload
