"""Submissions of stories, and their drafts before publication."""

from dataclasses import replace
from typing import Literal

import discord
from discord import app_commands

from bot.domain.uploads import Draft, Upload
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, modal, typed
from bot.interactions.groups import author
from bot.interactions.replies import acknowledge, ask, redraw, think
from bot.services.authors import author_text, receipt
from bot.services.rights import allow_draft, allow_submitting
from bot.services.uploads import (
    change_details,
    download,
    fresh_preview,
    preview_upload,
    publish_or_send,
    replace_twin,
    waits_for_manager,
)
from bot.stories.formats.corrections import WHOLE
from bot.stories.formats.front_matter import TITLE_CHARS
from bot.texts import say
from bot.ui.authors import to_panel
from bot.ui.ids import AskDetails, DetailsModal, DraftAction
from bot.ui.uploads import FIELDS, changed_details, details_modal, details_panel, format_names, result_screen


@author.command()
@app_commands.describe(
    file=f"{format_names()} file",
    title="Replaces the title in the file",
    byline="Replaces the author in the file",
)
@app_commands.rename(byline="author")
async def submit(
    interaction: Interaction,
    file: discord.Attachment,
    title: app_commands.Range[str, 1, TITLE_CHARS] | None = None,
    byline: app_commands.Range[str, 1, TITLE_CHARS] | None = None,
) -> None:
    """Add your own story to this server, if the mods allow it"""
    await allow_submitting(interaction)
    await think(interaction)
    details = {name: value for name, value in (("title", title), ("author", byline)) if value}
    await preview_upload(interaction, Upload(file.filename, await download(file), details))


@component(DraftAction)
async def on_draft(interaction: Interaction, press: DraftAction) -> None:
    """Carry out the pressed action on a draft: cancel, edit, preview, answer a question about it, or publish."""
    drafts = store_for(interaction).drafts
    draft = await drafts.find(press.draft, interaction.user.id)
    if press.action == "cancel":
        await drafts.drop(draft.id, draft.user)
        items = to_panel(draft.replaces) if draft.replaces is not None else []
        await redraw(interaction, result_screen(say("upload-cancelled-title"), say("upload-cancelled"), items))
        return
    await allow_draft(interaction, draft)
    if press.action == "edit":
        await redraw(interaction, details_panel(draft, waits=await waits_for_manager(interaction, draft)))
        return
    await acknowledge(interaction)  # a book takes a while to read
    if press.action in ("preview", "whole", "mine", "not-mine"):
        if press.action != "preview":
            draft = _with_answer(draft, press.action)
            await drafts.change(draft)
        await redraw(interaction, await fresh_preview(interaction, draft))
    elif press.action == "twin":
        await redraw(interaction, await replace_twin(interaction, draft))
    else:
        published = await publish_or_send(interaction, draft)
        if published is None:
            await redraw(interaction, result_screen(draft.title, say("upload-sent")))
            return
        note = await author_text(interaction, draft, published)
        await redraw(interaction, receipt(interaction, published, draft.change, note))


def _with_answer(draft: Draft, answer: Literal["whole", "mine", "not-mine"]) -> Draft:
    """Return a draft with its sender's answer: that the story is whole, or whether the sender wrote the story."""
    if answer == "whole":
        return replace(draft, upload=replace(draft.upload, details=draft.upload.details | {WHOLE: "yes"}))
    return replace(draft, wrote=answer == "mine")


@component(AskDetails, work="form")
async def ask_details(interaction: Interaction, press: AskDetails) -> None:
    """Open a modal for the details of a draft in one row of its panel."""
    draft = await store_for(interaction).drafts.find(press.draft, interaction.user.id)
    await allow_draft(interaction, draft)
    await ask(interaction, details_modal(draft, press.row))


@modal(DetailsModal)
async def take_details(interaction: Interaction, submitted: DetailsModal) -> None:
    """Save the typed details of a draft, and redraw its panel."""
    draft = await store_for(interaction).drafts.find(submitted.draft, interaction.user.id)
    await allow_draft(interaction, draft)
    await acknowledge(interaction)
    details = changed_details(draft, submitted.row, {name: typed(interaction, name) for name in FIELDS[submitted.row]})
    changed = await change_details(interaction, draft, details)
    await redraw(interaction, details_panel(changed, waits=await waits_for_manager(interaction, changed)))
