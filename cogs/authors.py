"""`/author` and `/manage author`: authorship claims, and panels for a story's text, versions and statistics."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import discord
from discord import app_commands

from bot.cards import bars_png
from bot.domain.author_stats import AuthorStats
from bot.domain.uploads import Base, Change, Draft, Remover, Upload
from bot.errors import ReaderError
from bot.interactions.allowances import spend
from bot.interactions.answering import LOOKUP
from bot.interactions.audience import audience_of, owners_store, store_for
from bot.interactions.client import Interaction
from bot.interactions.components import attached, component, modal, picked_id, typed
from bot.interactions.groups import author, manage_author
from bot.interactions.options import ShelfStory, StoryArgument
from bot.interactions.permissions import managed_shelves
from bot.interactions.replies import acknowledge, ask, explain, redraw, send, send_files, think
from bot.services.authors import panel_of, receipt, restore_story, stories_screen
from bot.services.rights import allow, allow_answering, allow_unlinking
from bot.services.uploads import create_draft, download, preview_screen, publish, upload_of
from bot.stories.added_chapters import AddedChapter
from bot.stories.model import StorySummary
from bot.texts import say
from bot.ui.author_stats import Chart, author_stats_csv, author_stats_screen, charts_of
from bot.ui.authors import (
    CLAIMS_SHOWN,
    FILE,
    NOTES,
    TEXT,
    TITLE,
    answered_screen,
    claimed_screen,
    claims_screen,
    delete_screen,
    left_screen,
    new_chapter_modal,
    new_text_modal,
    to_panel,
    unlinked_screen,
    version_screen,
    versions_screen,
)
from bot.ui.ids import (
    ClaimAction,
    ExportAuthorStats,
    LeaveStory,
    OwnStories,
    OwnStoryAction,
    OwnStoryModal,
    PickOwnStory,
    PickVersion,
    PutBack,
    ShowAuthorStats,
    ShowClaims,
)
from bot.ui.screen import Screen
from bot.ui.uploads import FIELDS, changed_details, details_modal, details_panel, result_screen

TYPED_FILE = "chapter.txt"
"""File name of a chapter that was typed into a modal."""


@author.command(extras=LOOKUP)
async def stories(interaction: Interaction) -> None:
    """See your stories: change their text, add chapters, take them down"""
    await send(interaction, await stories_screen(interaction, 0), private=True)


@component(OwnStories, work="lookup")
async def turn_stories(interaction: Interaction, press: OwnStories) -> None:
    """Turn the list of the member's stories to another page."""
    await redraw(interaction, await stories_screen(interaction, press.page))


@component(PickOwnStory, work="lookup")
async def open_story(interaction: Interaction, press: PickOwnStory) -> None:
    """Open the panel of the picked story."""
    await redraw(interaction, await panel_of(interaction, picked_id(interaction)))


@component(OwnStoryAction, work=lambda press: "form" if press.action in FORMS else "act")
async def on_story(interaction: Interaction, press: OwnStoryAction) -> None:
    """Show a story's panel, or carry out the pressed action of the panel."""
    uploads, user = store_for(interaction).uploads, interaction.user.id
    match press.action:
        case "open":
            await redraw(interaction, await panel_of(interaction, press.story))
        case "replace":
            await allow(interaction, press.story, "replace")
            await ask(interaction, new_text_modal(press.story))
        case "add-chapter":
            await allow(interaction, press.story, "add-chapter")
            await ask(interaction, new_chapter_modal(press.story))
        case "permissions":
            await allow(interaction, press.story, "edit")
            draft = await _unsaved_draft(interaction, press.story)
            await ask(interaction, details_modal(draft, "wishes", OwnStoryModal("permissions", press.story)))
        case "edit":
            await allow(interaction, press.story, "edit")
            await acknowledge(interaction)
            upload = await upload_of(interaction, press.story)
            draft, *_ = await create_draft(interaction, upload, "edit", press.story, upload)
            await redraw(interaction, details_panel(draft))
        case "versions":
            await allow(interaction, press.story, "see-versions")
            versions = await store_for(interaction).versions.of(press.story)
            await redraw(interaction, versions_screen(await uploads.own_story(press.story), versions))
        case "withdraw":
            standing = await allow(interaction, press.story, "withdraw")
            by: Remover = "author" if {"uploader", "author"} & standing.roles else "manager"
            story = await uploads.own_story(press.story)
            await uploads.take_off(press.story, story.ownership.guild, user, by)
            await redraw(interaction, result_screen(story.story.title, say("own-withdrawn"), to_panel(press.story)))
        case "restore":
            text = await restore_story(interaction, press.story)
            story = await uploads.own_story(press.story)
            await redraw(interaction, result_screen(story.story.title, text, to_panel(press.story)))
        case "delete":
            await allow(interaction, press.story, "delete")
            story = await uploads.own_story(press.story)
            await redraw(interaction, delete_screen(story, await uploads.losses(press.story)))
        case "delete-now":
            await allow(interaction, press.story, "delete")
            story = await uploads.own_story(press.story)
            await acknowledge(interaction)  # deleting a book with many readers takes a while
            await uploads.delete(press.story, story.ownership.guild, user)
            await redraw(interaction, result_screen(story.story.title, say("own-deleted")))


async def _unsaved_draft(interaction: Interaction, story: int) -> Draft:
    """Return an unsaved draft with the current text and details of *story*."""
    store = store_for(interaction)
    understood, guild = await store.uploads.permissions(story), (await store.uploads.ownership(story)).guild
    upload = await upload_of(interaction, story)
    base = Base(len(upload.chapters), upload.details)
    return Draft(0, guild, interaction.user.id, upload, understood, "edit", story, base=base)


FORMS: dict[str, Change] = {"replace": "replace", "add-chapter": "add-chapter", "permissions": "edit"}
"""Kind of change that each modal makes, by the action that opens the modal."""


@modal(OwnStoryModal)
async def take_form(interaction: Interaction, submitted: OwnStoryModal) -> None:
    """Preview the submitted text or chapters, or save the submitted permissions.

    On an error, send a typed chapter back as a file.
    """
    try:
        change = FORMS[submitted.form]
        await allow(interaction, submitted.story, change)
        await acknowledge(interaction)
        if submitted.form == "permissions":
            await redraw(interaction, await _save_permissions(interaction, submitted.story))
        else:
            await redraw(interaction, await _preview_change(interaction, submitted.story, change))
    except ReaderError as error:
        written = "\n\n".join(filter(None, (typed(interaction, name) for name in (TITLE, NOTES, TEXT))))
        if not written:
            raise
        await send_files(interaction, {TYPED_FILE: written.encode()}, explain(error))


async def _save_permissions(interaction: Interaction, story: int) -> Screen:
    """Save the typed permissions of a story; return the confirmation."""
    draft = await _unsaved_draft(interaction, story)
    details = changed_details(draft, "wishes", {name: typed(interaction, name) for name in FIELDS["wishes"]})
    changed = await publish(interaction, replace(draft, upload=replace(draft.upload, details=details)))
    return receipt(interaction, changed, "edit")


async def _preview_change(interaction: Interaction, story: int, change: Change) -> Screen:
    """Save the new text or the added chapters of *story* as a draft; return the draft's preview."""
    present = await upload_of(interaction, story)
    if change == "replace":
        upload = await _new_text(interaction)
    else:
        upload = replace(present, chapters=(*present.chapters, *await _new_chapters(interaction)))
    return await preview_screen(interaction, *await create_draft(interaction, upload, change, story, present))


async def _new_text(interaction: Interaction) -> Upload:
    """Return the modal's file as the new text of the whole story. Raises `ReaderError` if there is no file."""
    file = attached(interaction, FILE)
    if file is None:
        raise ReaderError("chapter-empty")
    return Upload(file.filename, await download(file))


async def _new_chapters(interaction: Interaction) -> list[AddedChapter]:
    """Return the modal's new chapters: a file, a typed text, or both. Raises `ReaderError` if there is neither."""
    file, text = attached(interaction, FILE), typed(interaction, TEXT).strip()
    title, notes = typed(interaction, TITLE).strip() or None, typed(interaction, NOTES).strip() or None
    chapters: list[AddedChapter] = []
    if file is not None:
        chapters.append(AddedChapter(file.filename, await download(file), title, notes))
        title = notes = None
    if text:
        chapters.append(AddedChapter(TYPED_FILE, text.encode(), title, notes))
    if not chapters:
        raise ReaderError("chapter-empty")
    return chapters


@component(PickVersion, work="lookup")
async def show_version(interaction: Interaction, press: PickVersion) -> None:
    """Show the picked version of a story."""
    store = store_for(interaction)
    standing = await allow(interaction, press.story, "see-versions")
    version = await store.versions.find(picked_id(interaction), press.story)
    await redraw(interaction, version_screen(await store.uploads.own_story(press.story), version, standing))


@component(PutBack)
async def restore_version(interaction: Interaction, press: PutBack) -> None:
    """Restore a story to an earlier version."""
    store = store_for(interaction)
    await allow(interaction, press.story, "put-back")
    version = await store.versions.find(press.version, press.story)
    await acknowledge(interaction)
    guild, upload = (await store.uploads.ownership(press.story)).guild, await store.versions.upload(version.id)
    draft = Draft(0, guild, interaction.user.id, upload, {}, "put-back", press.story)
    changed = await publish(interaction, draft)
    await redraw(interaction, receipt(interaction, changed, "put-back"))


MOST_QUESTIONS = 10
"""Maximum number of questions in a story's statistics: the default question, then the newest ones."""


@author.command()
@app_commands.describe(story="Title or author")
async def claim(interaction: Interaction, story: StoryArgument) -> None:
    """Claim a story you wrote"""
    authors = store_for(interaction).authors
    made = await authors.claim(story.id, interaction.user.id, interaction.client.owner_server or 0)
    interaction.client.dispatch("due")
    is_here = await authors.shelf(story.id) == interaction.guild_id
    await send(interaction, claimed_screen(made, here=is_here), private=True)


@manage_author.command(extras=LOOKUP)
async def claims(interaction: Interaction) -> None:
    """Answer pending claims"""
    await send(interaction, await _claims_screen(interaction), private=True)


@manage_author.command()
@app_commands.describe(story="Title or author", user="The author to unlink")
async def unlink(interaction: Interaction, story: ShelfStory, user: discord.User) -> None:
    """Unlink an author from a story"""
    await allow_unlinking(interaction, story.id)
    if not await store_for(interaction).authors.unlink(story.id, user.id, interaction.user.id):
        raise ReaderError("not-linked", title=story.title)
    await send(interaction, unlinked_screen(story, user.id), private=True)


async def _claims_screen(interaction: Interaction) -> Screen:
    shelves = await managed_shelves(interaction)
    return claims_screen(await store_for(interaction).authors.claims(interaction.user.id, shelves, CLAIMS_SHOWN + 1))


@component(ShowClaims, work="lookup")
async def show_claims(interaction: Interaction, _: ShowClaims) -> None:
    """Show the pending claims that the member may answer."""
    await send(interaction, await _claims_screen(interaction), private=True)


@component(ClaimAction)
async def on_claim(interaction: Interaction, press: ClaimAction) -> None:
    """Approve or decline a claim, if the member may answer it."""
    authors, by = store_for(interaction).authors, interaction.user.id
    claim = await authors.find_claim(press.claim)
    await allow_answering(interaction, claim)
    approved = press.action == "approve"
    await (authors.approve(claim, by) if approved else authors.refuse(claim, by))
    interaction.client.dispatch("due")
    if press.listed:
        await redraw(interaction, await _claims_screen(interaction))
        return
    adult = interaction.guild_id is None or audience_of(interaction).adult  # claims are also sent by direct message
    await redraw(interaction, answered_screen(claim, approved=approved, adult=adult))


@component(LeaveStory)
async def leave_story(interaction: Interaction, press: LeaveStory) -> None:
    """Unlink the member from a story as its author, whatever the story's rating."""
    if not await store_for(interaction).authors.unlink(press.story, interaction.user.id):
        raise ReaderError("not-linked-any-more")
    await redraw(interaction, left_screen())


async def _author_stats(interaction: Interaction, story: StorySummary) -> AuthorStats:
    """Return the statistics of *story*, whatever its rating. Callers check the permission."""
    store = owners_store(interaction, (await store_for(interaction).uploads.ownership(story.id)).guild)
    since, weeks = await store.author_stats.weeks(story.id, int(interaction.client.clock()))
    return AuthorStats(
        story=story,
        readers=await store.author_stats.readership(story.id),
        reactions=await store.reactions.tally(story.id),
        weeks=weeks,
        since=datetime.fromtimestamp(since, UTC).date(),
        heat=await store.heats.find(story.id),
        questions=[
            each
            for each in await store.questions.of(story.id, interaction.guild_id, MOST_QUESTIONS)
            if story.wishes.vote or not each.is_default
        ],
        saves=await store.leaderboard.saves(story.id),
        reviews=await store.review_lists.count(story.id, interaction.guild_id or 0),
    )


async def _show_author_stats(interaction: Interaction, story: StorySummary) -> None:
    stats = await _author_stats(interaction, story)
    charts, drawn = charts_of(stats), list[tuple[Chart, bytes]]()
    if charts:
        spend(interaction, "image")
        await think(interaction)
        async with interaction.client.charting:
            drawn = await asyncio.to_thread(lambda: [(chart, bars_png(chart.bars)) for chart in charts])
    await send(interaction, author_stats_screen(stats, drawn), private=True)


@component(ShowAuthorStats)
async def show_author_stats(interaction: Interaction, press: ShowAuthorStats) -> None:
    """Show a story's statistics, from the button in its panel."""
    await allow(interaction, press.story, "see-stats")
    await _show_author_stats(interaction, (await store_for(interaction).uploads.own_story(press.story)).story)


@component(ExportAuthorStats)
async def send_author_stats(interaction: Interaction, press: ExportAuthorStats) -> None:
    """Send the statistics of a story as a CSV file."""
    await allow(interaction, press.story, "see-stats")
    story = (await store_for(interaction).uploads.own_story(press.story)).story
    stats = await _author_stats(interaction, story)
    spend(interaction, "export")
    await send_files(interaction, {"desk.csv": author_stats_csv(stats)})
