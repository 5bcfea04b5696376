"""A reader's data: exported as files, or deleted."""

import json

from bot.domain.exports import part_of
from bot.interactions.allowances import spend
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component
from bot.interactions.replies import redraw, send, send_files, think
from bot.texts import say
from bot.ui.ids.privacy import ExportFiles, PrivacyAction
from bot.ui.privacy import confirm_screen, more_files_screen, stored_screen
from bot.ui.screen import notice


@component(PrivacyAction, work=lambda press: "act" if press.action == "delete" else "lookup")
async def on_privacy(interaction: Interaction, press: PrivacyAction) -> None:
    """Say what is stored, export it, or delete it after asking once more."""
    privacy, reader = store_for(interaction).privacy, interaction.user.id
    match press.action:
        case "export":
            spend(interaction, "export")
            data = json.dumps(await privacy.export(reader), indent=1, ensure_ascii=False).encode()
            await send_files(interaction, {"oneshot-data.json": data}, say("privacy-exported"))
        case "stored" | "seen" | "kept":
            await redraw(interaction, stored_screen(press.action))
        case "ask":
            await redraw(interaction, confirm_screen())
        case "delete":
            await privacy.delete(reader)
            await redraw(interaction, notice(say("privacy-deleted"), say("privacy-deleted-title"), []))


@component(ExportFiles, work="lookup")
async def on_files(interaction: Interaction, press: ExportFiles) -> None:
    """Send a part of the files that the reader uploaded."""
    privacy, reader = store_for(interaction).privacy, interaction.user.id
    spend(interaction, "export")
    await think(interaction)
    files, more = part_of(await privacy.files(reader), press.part, interaction.filesize_limit)
    if not files:
        await send(interaction, notice(say("privacy-files-none"), items=[]), private=True)
        return
    named = {f"{number}-{file.name}": await privacy.bytes_of(reader, file.digest) for number, file in enumerate(files)}
    await send_files(interaction, named, say("privacy-files-sent"))
    if more:
        await send(interaction, more_files_screen(press.part + 1), private=True)
