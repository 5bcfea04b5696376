"""What is stored of a reader, in plain words, and what they can do about it."""

from typing import Literal, get_args

from bot.domain.anonymity import SMALLEST_GROUP
from bot.texts import say
from bot.ui.components import Style, button
from bot.ui.ids.privacy import ExportFiles, PrivacyAction
from bot.ui.me import to_tab
from bot.ui.screen import Screen, notice

Part = Literal["stored", "seen", "kept"]

PARTS: tuple[Part, ...] = get_args(Part)
"""What is stored, who sees it, and what stays where it is deleted."""


def privacy_screen() -> Screen:
    """What is stored, in short, with Export and Delete."""
    items = [
        button(PrivacyAction("export"), say("privacy-export"), 1),
        button(ExportFiles(0), say("privacy-files"), 1),
        button(PrivacyAction("stored"), say("privacy-what-stored"), 2),
        button(PrivacyAction("ask"), say("privacy-ask-delete"), 2, style=Style.danger),
    ]
    return notice(say("privacy-short"), say("privacy-title"), items)


def stored_screen(part: Part) -> Screen:
    """One part of what is said of a reader's data, with the ways to the others: all at once are two phone screens."""
    others: list[Part] = [each for each in PARTS if each != part]
    items = [button(PrivacyAction(each), say(f"privacy-what-{each}"), 0) for each in others]
    text = say("privacy-seen-by", fewest=SMALLEST_GROUP) if part == "seen" else say(f"privacy-says-{part}")
    return notice(text, say(f"privacy-what-{part}"), [*items, button(to_tab("data"), say("me-back"), 0)])


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
