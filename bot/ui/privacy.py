"""What is stored of a reader, in plain words, and what they can do about it."""

from bot.domain.anonymity import SMALLEST_GROUP
from bot.texts import say
from bot.ui.components import Style, button
from bot.ui.ids.privacy import ExportFiles, PrivacyAction
from bot.ui.me import to_tab
from bot.ui.screen import Screen, notice


def privacy_screen() -> Screen:
    """What is stored, with Export and Delete."""
    items = [
        button(PrivacyAction("export"), say("privacy-export"), 1),
        button(ExportFiles(0), say("privacy-files"), 1),
        button(PrivacyAction("ask"), say("privacy-ask-delete"), 1, style=Style.danger),
    ]
    return notice(say("privacy-stored", fewest=SMALLEST_GROUP), say("privacy-title"), items)


def more_files_screen(part: int) -> Screen:
    """Leads to the next *part* of the files."""
    return notice(say("privacy-files-more"), items=[button(ExportFiles(part), say("privacy-files-next"), 0)])


def confirm_screen() -> Screen:
    """Asks once more before everything is deleted."""
    items = [
        button(PrivacyAction("delete"), say("privacy-delete"), 0, style=Style.danger),
        button(to_tab("data"), say("privacy-keep"), 0),
    ]
    return notice(say("privacy-confirm"), say("privacy-confirm-title"), items)
