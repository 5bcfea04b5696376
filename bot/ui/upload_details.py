"""The details of an upload beside its file: a panel with a row of them for each modal."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import discord
from discord import ui

from bot.domain.uploads import Draft
from bot.domain.versions import PUBLISHING
from bot.stories.formats.front_matter import SUMMARY_CHARS, TITLE_CHARS
from bot.texts import say
from bot.ui.components import Style, button, modal, option, packed, text_field
from bot.ui.custom_id import ModalId
from bot.ui.filters import VALUES, value_words
from bot.ui.ids.uploads import AskDetails, DetailRow, DetailsModal, DraftAction
from bot.ui.limits import EMBED_TITLE, INPUT_VALUE, clip
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, Screen

AS_THE_FILE_SAYS = "-"
"""The option that leaves a detail to the file."""

SHOWN_CHARS = 160
"""Characters of a detail that the panel shows: five of them fit into one field."""

TAGS_CHARS = 2000
WORDS_CHARS = 200
"""Characters of the words with which a story begins or ends: enough to find them."""

LINES_CHARS = 2000
"""Characters of several lines of a story, by their first words."""


@dataclass(frozen=True, slots=True)
class DetailField:
    """How the modal asks for one detail: as text of at most *limit* characters, or as one of the *options*."""

    limit: int = TITLE_CHARS
    options: tuple[str, ...] = ()
    is_long: bool = False
    hint: Literal["names", "begins", "ends", "headings", "plain", "notes"] | None = None


_NAMES = DetailField(TAGS_CHARS, hint="names")
_WISH = DetailField(options=("yes", "no"))


ROWS: dict[DetailRow, dict[str, DetailField]] = {
    "story": {
        "title": DetailField(),
        "author": DetailField(),
        "summary": DetailField(SUMMARY_CHARS, is_long=True),
        "language": DetailField(50),
        "series": DetailField(),
    },
    "rating": {
        "rating": DetailField(options=VALUES["rating"]),
        "status": DetailField(options=VALUES["status"]),
        "warnings": _NAMES,
    },
    "tags": {
        "fandoms": _NAMES,
        "relationships": _NAMES,
        "characters": _NAMES,
        "tags": DetailField(TAGS_CHARS, is_long=True, hint="names"),
    },
    "wishes": {
        "quotes": _WISH,
        "votes": _WISH,
        "reviews": _WISH,
        "downloads": _WISH,
        "sharing": _WISH,
    },
    "bounds": {
        "begins": DetailField(WORDS_CHARS, hint="begins"),
        "ends": DetailField(WORDS_CHARS, hint="ends"),
    },
    "lines": {
        "headings": DetailField(LINES_CHARS, is_long=True, hint="headings"),
        "plain": DetailField(LINES_CHARS, is_long=True, hint="plain"),
        "notes": DetailField(LINES_CHARS, is_long=True, hint="notes"),
    },
}
"""The rows of the panel; a modal takes five fields (https://docs.discord.com/developers/components/reference)."""


def details_panel(draft: Draft, *, waits: bool = False) -> Screen:
    """What is set of an upload as readers would see it, with a button for each row; it *waits* for managers, or not."""
    values = draft.understood | draft.upload.details
    embed = discord.Embed(title=clip(draft.title, EMBED_TITLE, escape), colour=ACCENT)
    for row, details in ROWS.items():
        if lines := [_line(key, detail, value) for key, detail in details.items() if (value := values.get(key))]:
            embed.add_field(name=say(f"panel-row-{row}"), value="\n".join(lines), inline=False)
    embed.set_footer(text=say("panel-footer"))
    items = [
        button(DraftAction("publish", draft.id), publish_label(draft, waits=waits), 0, style=Style.success),
        button(DraftAction("preview", draft.id), say("upload-preview"), 0),
        button(DraftAction("cancel", draft.id), say("upload-cancel"), 0),
    ]
    asks = [button(AskDetails(row, draft.id), say(f"panel-button-{row}"), 1) for row in ROWS]
    return Screen([embed], [*items, *packed(asks, 1)])


def _line(key: str, detail: DetailField, value: str) -> str:
    shown = _option_words(key, value) if value in detail.options else value
    return say(
        "panel-line", detail=say(f"panel-detail-{key}"), value=clip(" / ".join(shown.splitlines()), SHOWN_CHARS, escape)
    )


def _option_words(key: str, value: str) -> str:
    return value_words("rating" if key == "rating" else "status" if key == "status" else "wish", value)


def publish_label(draft: Draft, *, waits: bool) -> str:
    """What the button says that publishes a draft, saves it as a new version, or sends it to managers."""
    return say("upload-send" if waits else "upload-publish" if draft.change in PUBLISHING else "upload-save")


def details_modal(draft: Draft, row: DetailRow, custom_id: ModalId | None = None) -> ui.Modal:
    """The modal for the details of one row; *custom_id* is for what is no draft yet."""
    fields = [_field(draft, key, detail) for key, detail in ROWS[row].items()]
    return modal(custom_id or DetailsModal(row, draft.id), say(f"panel-row-{row}"), fields)


def _field(draft: Draft, key: str, detail: DetailField) -> ui.Label[ui.Modal]:
    now = _present_value(draft, key, detail)
    label = say(f"panel-detail-{key}")
    hint = say(f"panel-hint-{detail.hint}") if detail.hint else None
    if not detail.options:
        most = min(detail.limit, INPUT_VALUE)
        return text_field(key, label, most, hint=hint, default=now, is_long=detail.is_long)
    options = [
        option(say("panel-as-file"), AS_THE_FILE_SAYS, default=not now),
        *(option(_option_words(key, one), one, default=one == now) for one in detail.options),
    ]
    return ui.Label(text=label, description=hint, component=ui.Select(custom_id=key, options=options, required=False))


def _present_value(draft: Draft, key: str, detail: DetailField) -> str:
    """What the modal shows of a detail before anything is typed; an option, or nothing where none fits."""
    text = (draft.upload.details.get(key) or draft.understood.get(key) or "")[: detail.limit]
    return text if not detail.options or text in detail.options else ""


def changed_details(draft: Draft, row: DetailRow, typed: Mapping[str, str]) -> dict[str, str]:
    """Return the details of *draft* after a modal; a field that was left as it was changes nothing."""
    details = dict(draft.upload.details)
    for key, detail in ROWS[row].items():
        text = typed.get(key, "").strip()
        text = "" if text == AS_THE_FILE_SAYS and detail.options else text
        if text != _present_value(draft, key, detail).strip():
            details.pop(key, None)
            details |= {key: text} if text else {}
    return details
