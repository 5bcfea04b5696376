"""What can be said of an upload beside its file: a panel of rows, each of which opens a modal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args

import discord
from discord import ui

from bot.drafts import Draft
from bot.stories.formats.front_matter import SUMMARY_CHARS, TITLE_CHARS
from bot.stories.ratings import Rating
from bot.stories.status import Status
from bot.ui.components import Style, button, sent
from bot.ui.ids.uploads import DetailRow, EditDetails, EditDraft, OnDraft
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
class Detail:
    """One detail as the modal asks for it: in so many characters, or as one of the *options*."""

    label: str
    limit: int = TITLE_CHARS
    options: tuple[str, ...] = ()
    is_long: bool = False
    hint: str | None = None


_YES_NO = ("yes", "no")
_ONE_BY_ONE = "Parted by commas"


@dataclass(frozen=True, slots=True)
class Row:
    """Details that are asked for together."""

    name: str
    details: dict[str, Detail] = field(hash=False)


ROWS: dict[DetailRow, Row] = {
    "story": Row(
        "Title and summary",
        {
            "title": Detail("Title"),
            "author": Detail("Author"),
            "summary": Detail("Summary", SUMMARY_CHARS, is_long=True),
            "language": Detail("Language", 50),
            "series": Detail("Series"),
        },
    ),
    "rating": Row(
        "Rating and status",
        {
            "rating": Detail("Rating", options=get_args(Rating)),
            "status": Detail("Status", options=get_args(Status)),
            "warnings": Detail("Content warnings", TAGS_CHARS, hint=_ONE_BY_ONE),
        },
    ),
    "tags": Row(
        "Fandom and tags",
        {
            "fandoms": Detail("Fandoms", TAGS_CHARS, hint=_ONE_BY_ONE),
            "relationships": Detail("Relationships", TAGS_CHARS, hint=_ONE_BY_ONE),
            "characters": Detail("Characters", TAGS_CHARS, hint=_ONE_BY_ONE),
            "tags": Detail("Tags", TAGS_CHARS, hint=_ONE_BY_ONE, is_long=True),
        },
    ),
    "wishes": Row(
        "The writer's wishes",
        {
            "quotes": Detail("May it be quoted?", options=_YES_NO),
            "votes": Detail("May readers vote on it?", options=_YES_NO),
            "downloads": Detail("May it be downloaded?", options=_YES_NO),
            "sharing": Detail("May pages of it be shown to all?", options=_YES_NO),
            "servers": Detail("Shown on which servers?", 1000, hint="this one, all, or ids of servers"),
        },
    ),
    "bounds": Row(
        "Beginning and end",
        {
            "begins": Detail("The story begins with the words", WORDS_CHARS, hint="All before is notes"),
            "ends": Detail("The story ends with the words", WORDS_CHARS, hint="All after is notes"),
        },
    ),
}
"""The rows of the panel; a modal takes five fields (https://docs.discord.com/developers/components/reference)."""


def panel_screen(draft: Draft) -> Screen:
    """All details of an upload as readers would see them, with a button for each row."""
    shown = draft.understood | draft.details
    embed = discord.Embed(title=clip(shown.get("title") or draft.name, EMBED_TITLE, escape), colour=ACCENT)
    for row in ROWS.values():
        lines = [
            f"{detail.label.rstrip('?')}: {clip(shown.get(key) or '—', SHOWN_CHARS, escape)}"
            for key, detail in row.details.items()
        ]
        embed.add_field(name=row.name, value="\n".join(lines), inline=False)
    embed.set_footer(text="A field that is left empty keeps what the file says.")
    items = [
        button(OnDraft("publish", draft.id), publish_label(draft), 0, style=Style.success),
        button(OnDraft("preview", draft.id), "Preview", 0),
        button(OnDraft("cancel", draft.id), "Cancel", 0),
        *(button(EditDetails(key, draft.id), row.name, 1 + i // 3) for i, (key, row) in enumerate(ROWS.items())),
    ]
    return Screen([embed], sent(items))


def publish_label(draft: Draft) -> str:
    return "Publish" if draft.replaces is None else "Save"


def details_modal(draft: Draft, row: DetailRow) -> ui.Modal:
    """Asks for the details of one row."""
    modal = ui.Modal(title=ROWS[row].name, custom_id=str(EditDraft(row, draft.id)), timeout=15 * 60)
    for key, detail in ROWS[row].details.items():
        modal.add_item(ui.Label(text=detail.label, description=detail.hint, component=_input(draft, key, detail)))
    return modal


def _input(draft: Draft, key: str, detail: Detail) -> ui.Item[ui.Modal]:
    stands = _stands(draft, key, detail)
    if detail.options:
        options = [
            discord.SelectOption(label="As the file says", value=AS_THE_FILE_SAYS, default=not stands),
            *(discord.SelectOption(label=one.capitalize(), value=one, default=one == stands) for one in detail.options),
        ]
        return ui.Select[ui.Modal](custom_id=key, options=options, required=False)
    return ui.TextInput[ui.Modal](
        custom_id=key,
        style=discord.TextStyle.paragraph if detail.is_long else discord.TextStyle.short,
        default=stands or None,
        required=False,
        max_length=min(detail.limit, INPUT_VALUE),
    )


def _stands(draft: Draft, key: str, detail: Detail) -> str:
    """What the modal shows of a detail before anything is typed; an option, or nothing where none fits."""
    text = (draft.details.get(key) or draft.understood.get(key) or "")[: detail.limit]
    return text if not detail.options or text in detail.options else ""


def changed(draft: Draft, row: DetailRow, typed: Mapping[str, str]) -> dict[str, str]:
    """What is said of *draft* after so much was typed: what was left as it stood says no more than before."""
    said = dict(draft.details)
    for key, detail in ROWS[row].details.items():
        text = typed.get(key, "").strip()
        text = "" if text == AS_THE_FILE_SAYS and detail.options else text
        if text != _stands(draft, key, detail).strip():
            said.pop(key, None)
            said |= {key: text} if text else {}
    return said
