"""What can be said of an upload beside its file: a panel of rows, each of which opens a modal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import discord
from discord import ui

from bot.domain.uploads import Draft
from bot.stories.formats.front_matter import SUMMARY_CHARS, TITLE_CHARS
from bot.texts import say, upper_first
from bot.ui.components import Style, button, sent
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


@dataclass(frozen=True, slots=True)
class DetailField:
    """One detail as the modal asks for it: in so many characters, or as one of the *options*."""

    limit: int = TITLE_CHARS
    options: tuple[str, ...] = ()
    is_long: bool = False
    hint: Literal["names", "servers", "begins", "ends"] | None = None
    is_question: bool = False


_NAMES = DetailField(TAGS_CHARS, hint="names")
_WISH = DetailField(options=("yes", "no"), is_question=True)


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
    },
    "places": {
        "sharing": _WISH,
        "servers": DetailField(1000, hint="servers", is_question=True),
    },
    "bounds": {
        "begins": DetailField(WORDS_CHARS, hint="begins"),
        "ends": DetailField(WORDS_CHARS, hint="ends"),
    },
}
"""The rows of the panel; a modal takes five fields (https://docs.discord.com/developers/components/reference)."""


def details_panel(draft: Draft) -> Screen:
    """All details of an upload as readers would see them, with a button for each row."""
    shown = draft.understood | draft.details
    embed = discord.Embed(title=clip(shown.get("title") or draft.name, EMBED_TITLE, escape), colour=ACCENT)
    for row, details in ROWS.items():
        lines = [_line(key, detail, shown.get(key)) for key, detail in details.items()]
        embed.add_field(name=say(f"panel-row-{row}"), value="\n".join(lines), inline=False)
    embed.set_footer(text=say("panel-footer"))
    items = [
        button(DraftAction("publish", draft.id), publish_label(draft), 0, style=Style.success),
        button(DraftAction("preview", draft.id), say("upload-preview"), 0),
        button(DraftAction("cancel", draft.id), say("upload-cancel"), 0),
        *(button(AskDetails(row, draft.id), say(f"panel-row-{row}"), 1 + i // 3) for i, row in enumerate(ROWS)),
    ]
    return Screen([embed], sent(items))


def _line(key: str, detail: DetailField, value: str | None) -> str:
    shown = _option_words(key, value) if value in detail.options else value or "—"
    return say("panel-line", detail=say(f"panel-detail-{key}"), value=clip(shown, SHOWN_CHARS, escape))


def _option_words(key: str, value: str) -> str:
    return value_words("rating" if key == "rating" else "status" if key == "status" else "wish", value)


def publish_label(draft: Draft) -> str:
    return say("upload-publish" if draft.replaces is None else "upload-save")


def details_modal(draft: Draft, row: DetailRow) -> ui.Modal:
    """Asks for the details of one row."""
    modal = ui.Modal(title=say(f"panel-row-{row}"), custom_id=str(DetailsModal(row, draft.id)), timeout=15 * 60)
    for key, detail in ROWS[row].items():
        label = say(f"panel-detail-{key}")
        modal.add_item(
            ui.Label(
                text=say("panel-question", detail=label) if detail.is_question else label,
                description=say(f"panel-hint-{detail.hint}") if detail.hint else None,
                component=_input(draft, key, detail),
            )
        )
    return modal


def _input(draft: Draft, key: str, detail: DetailField) -> ui.Item[ui.Modal]:
    stands = _stands(draft, key, detail)
    if detail.options:
        options = [
            discord.SelectOption(label=say("panel-as-file"), value=AS_THE_FILE_SAYS, default=not stands),
            *(
                discord.SelectOption(label=upper_first(_option_words(key, one)), value=one, default=one == stands)
                for one in detail.options
            ),
        ]
        return ui.Select[ui.Modal](custom_id=key, options=options, required=False)
    return ui.TextInput[ui.Modal](
        custom_id=key,
        style=discord.TextStyle.paragraph if detail.is_long else discord.TextStyle.short,
        default=stands or None,
        required=False,
        max_length=min(detail.limit, INPUT_VALUE),
    )


def _stands(draft: Draft, key: str, detail: DetailField) -> str:
    """What the modal shows of a detail before anything is typed; an option, or nothing where none fits."""
    text = (draft.details.get(key) or draft.understood.get(key) or "")[: detail.limit]
    return text if not detail.options or text in detail.options else ""


def changed_details(draft: Draft, row: DetailRow, typed: Mapping[str, str]) -> dict[str, str]:
    """What is said of *draft* after so much was typed: what was left as it stood says no more than before."""
    said = dict(draft.details)
    for key, detail in ROWS[row].items():
        text = typed.get(key, "").strip()
        text = "" if text == AS_THE_FILE_SAYS and detail.options else text
        if text != _stands(draft, key, detail).strip():
            said.pop(key, None)
            said |= {key: text} if text else {}
    return said
