"""Screens of an unpublished upload: preview, details, modals. Also the report after loading the stories folder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import discord
from discord import ui

from bot.domain.uploads import PUBLISHING, Draft
from bot.stories.emphasis import within
from bot.stories.formats import FORMATS
from bot.stories.formats.corrections import BOUNDS, WHOLE
from bot.stories.formats.front_matter import DISPLACED, SUMMARY_CHARS, TITLE_CHARS
from bot.stories.lengths import minutes
from bot.stories.metadata import MetadataField, field_of, value_of
from bot.stories.model import Chapter, Page, Story, StorySummary
from bot.stories.note_weight import weigh
from bot.stories.pages import pages_of
from bot.stories.ratings import read_rating
from bot.stories.status import read_status
from bot.texts import listed, say
from bot.ui.chapters import list_name
from bot.ui.components import Style, button, button_rows, modal, option, text_field
from bot.ui.custom_id import ModalId
from bot.ui.ids import AskDetails, DetailRow, DetailsModal, DraftAction
from bot.ui.limits import ELLIPSIS, EMBED_AUTHOR, EMBED_TITLE, INPUT_VALUE, clip
from bot.ui.markdown import escape, page_text
from bot.ui.screen import ACCENT, QUIET, Group, Item, Screen, notice
from bot.ui.stories import VALUES_OF, value_words

SUMMARY, DETAILS, NOTES, CHAPTERS, WARNINGS = 600, 600, 300, 500, 500
"""Maximum lengths of the fields in the preview, in characters."""

BEGINNING, ENDING = 280, 160
"""Maximum lengths of the first and the last words in the preview, in characters before escaping."""

OUTSIDE = 100
"""Maximum length of a line right above or below the story in the preview, in characters."""


def format_names() -> str:
    """Return the names of all file formats: “Text, Markdown, …, or RTF”."""
    return listed([each.name for each in FORMATS], "or")


def draft_screen(
    draft: Draft,
    story: Story,
    warnings: Sequence[str],
    twin: StorySummary | None = None,
    *,
    waits: bool = False,
) -> Screen:
    """Return the preview of an upload, with buttons to publish, edit and cancel it.

    For a very short story with longer notes, a button that confirms the text replaces the one to publish. *twin* is a
    story that the upload could replace. *waits* means that managers must approve the upload.
    """
    footer = say("upload-footer" if draft.change in PUBLISHING else "upload-footer-replaces")
    if waits:
        footer = say("upload-footer-waits")
    items = [
        *_publishing(draft, story, twin, waits=waits),
        button(DraftAction("edit", draft.id), say("upload-edit")),
        button(DraftAction("cancel", draft.id), say("upload-cancel")),
    ]
    if twin:
        warnings = [say("upload-twin", title=twin.title), *warnings]
    if len(story.chapters) == 1 and weigh(story).is_heavy and WHOLE not in draft.upload.details:
        warnings = [*warnings, say("upload-bounds")]
    shown = story.chapters[-1] if draft.change == "add-chapter" else None
    if draft.replaces is not None:
        return Screen(preview_embeds(story, warnings, footer, shown), [items])
    answer = "unsaid" if draft.wrote is None else "yes" if draft.wrote else "no"
    wrote = say("upload-wrote-means", answer=answer)
    return Screen(preview_embeds(story, warnings, footer, shown, wrote), [items, _wrote_buttons(draft)])


def shrinkage_warnings(before: StorySummary, story: Story) -> list[str]:
    """Return a warning if a new text has fewer chapters or words than the story *before*, else an empty list."""
    chapters, words, had = len(story.chapters), story.words, before.words
    if chapters < before.chapters:
        return [say("upload-fewer-chapters", chapters_had=before.chapters, chapters=chapters, had=had, words=words)]
    return [say("upload-fewer-words", had=had, words=words)] if words < had else []


def _wrote_buttons(draft: Draft) -> Group:
    """Return the buttons for whether the sender wrote the story, with the sender's answer highlighted."""
    mine, not_mine = (Style.primary if draft.wrote is wrote else Style.secondary for wrote in (True, False))
    return [
        button(DraftAction("mine", draft.id), say("upload-mine"), style=mine),
        button(DraftAction("not-mine", draft.id), say("upload-not-mine"), style=not_mine),
    ]


def _publishing(draft: Draft, story: Story, twin: StorySummary | None, *, waits: bool) -> list[Item]:
    """Return the first buttons of a preview: to publish, to replace the *twin*, or to confirm a very short story."""
    is_stated = not {WHOLE, *BOUNDS}.isdisjoint(draft.upload.details)
    if weigh(story).is_doubtful and not is_stated:
        return [button(DraftAction("whole", draft.id), say("upload-whole"))]
    label = say("upload-publish-new") if twin and not waits else publish_label(draft, waits=waits)
    if twin is None:
        return [button(DraftAction("publish", draft.id), label, style=Style.success)]
    return [
        button(DraftAction("publish", draft.id), label),
        button(DraftAction("twin", draft.id), say("upload-replace-twin"), style=Style.primary),
    ]


def preview_embeds(
    story: Story,
    warnings: Sequence[str],
    footer: str,
    chapter: Chapter | None = None,
    wrote: str | None = None,
) -> list[discord.Embed]:
    """Return the preview of a parsed file: details, notes, chapters, first and last words, and *warnings*.

    The first words are of *chapter*, if given, else of the story. *wrote* tells whether the sender is the author.
    """
    embed = discord.Embed(title=clip(story.title, EMBED_TITLE, escape), colour=ACCENT)
    if story.author:
        embed.set_author(name=clip(say("by", author=story.author), EMBED_AUTHOR))
    embed.description = clip(story.summary, SUMMARY, escape) if story.summary else None
    embed.add_field(name=say("upload-length"), value=_length(story), inline=False)
    rating = read_rating(story.metadata, story.all_notes)
    status = read_status(story.metadata, len(story.chapters), story.end_marker)
    if details := details_text(story.metadata, rating, status, DETAILS):
        embed.add_field(name=say("upload-details"), value=details, inline=False)
    for side, notes in (("before", story.notes_before), ("after", story.notes_after)):
        if notes:
            embed.add_field(
                name=say(f"upload-note-{side}"), value=clip("\n\n".join(notes), NOTES, escape), inline=False
            )
    if len(story.chapters) > 1:
        embed.add_field(name=say("chapters"), value=clip(_chapters(story), CHAPTERS, escape), inline=False)
    page = _bounds_embed(story, chapter)
    if warnings:  # last, next to the buttons, so that the sender reads them before a press
        page.add_field(name=say("upload-warnings"), value=clip(_bullets(warnings), WARNINGS, escape), inline=False)
    if wrote:
        page.add_field(name=say("upload-wrote"), value=wrote, inline=False)
    page.set_footer(text=footer)
    return [embed, page]


def _bullets(warnings: Sequence[str]) -> str:
    return "\n".join(f"• {warning[:1].upper()}{warning[1:]}" for warning in warnings)


def _bounds_embed(story: Story, chapter: Chapter | None) -> discord.Embed:
    """Return where a text begins and ends, with the lines right outside; it begins with *chapter*, if given."""
    chapters = list(story.chapters)
    opening, last = chapter or chapters[0], chapters[-1]
    above = [*(() if chapter else story.notes_before), *opening.notes_before]
    below = [*filter(None, [story.end_marker]), *last.notes_after, *story.notes_after]
    first = pages_of(opening)[0]
    begins = [_outside("above", above[-1].split("\n")[-1])] if above else []
    begins.append(_beginning(first))
    ends = [_outside("below", below[0].split("\n")[0])] if below else []
    if last.prose == first.text and len(last.prose) <= BEGINNING:  # the first words include the last
        return discord.Embed(title=say("upload-begins"), description="\n\n".join([*begins, *ends]), colour=ACCENT)
    embed = discord.Embed(title=say("upload-begins"), description="\n\n".join(begins), colour=ACCENT)
    embed.add_field(name=say("upload-ends"), value="\n\n".join([_ending(last.prose), *ends]), inline=False)
    return embed


def _outside(side: Literal["above", "below"], line: str) -> str:
    """Return the sentence on a line right above or below the story."""
    return say(f"upload-right-{side}", line=clip(line, OUTSIDE, escape))


def _beginning(page: Page) -> str:
    """Return the first words of a page as readers will see them."""
    text = clip(page.text, BEGINNING)
    shown = len(text) if text == page.text else len(text) - len(ELLIPSIS)
    return page_text(text, within(page.spans, 0, shown))


def _chapters(story: Story) -> str:
    return "\n".join(list_name(chapter.name) for chapter in story.chapters[:CHAPTERS])


def _ending(prose: str) -> str:
    """Return the last words of *prose*, escaped."""
    words = " ".join(prose[-ENDING:].split(" ")[1:]) if len(prose) > ENDING else prose
    return clip(words if words == prose else f"…{words}", 2 * ENDING + 2, escape)


def _length(story: Story) -> str:
    pages = sum(chapter.pages for chapter in story.chapters)
    parts = [say("chapter-words", words=story.words), say("upload-pages", count=pages)]
    if len(story.chapters) > 1:
        parts.insert(1, say("upload-chapters", count=len(story.chapters)))
    parts.append(say("chapter-minutes", minutes=minutes(story.words)))
    counts = {
        "scenes": sum(chapter.scene_breaks for chapter in story.chapters),
        "verses": sum(chapter.verse_blocks for chapter in story.chapters),
        "quotes": sum(len(chapter.quotes) for chapter in story.chapters),
    }
    parts += [say(f"upload-count-{what}", count=count) for what, count in counts.items() if count]
    return " · ".join(parts)


def reading_screen(done: int, files: int) -> Screen:
    """Return the progress of loading the stories folder: *done* of *files* files."""
    text = say("folder-reading-files", done=done, files=files) if files else say("folder-reading")
    return result_screen(say("folder-reading-title"), text)


def report_screen(summary: str, changed: Sequence[str]) -> Screen:
    """Return the report after loading the stories folder: a summary, and the changed and refused files."""
    embed = discord.Embed(title=say("folder-read-title"), description=escape(summary), colour=QUIET)
    if changed:
        embed.add_field(name=say("folder-changed"), value=clip("\n".join(changed), 1000, escape), inline=False)
    return Screen([embed], [])


def result_screen(title: str, text: str, groups: Sequence[Group] = ()) -> Screen:
    """Return the result of an action on a story or an upload; *title* is escaped here, *text* is not."""
    return notice(text, clip(title, EMBED_TITLE, escape), groups)


NAME_CHARS = 40
VALUE_CHARS = 160
WARNINGS_CHARS = 300

_FIRST_FIELDS: tuple[MetadataField, ...] = ("rating", "status", "warnings")
_CONTROL_FIELDS: tuple[MetadataField, ...] = ("quotes", "votes", "reviews", "downloads", "sharing", "servers")
"""Fields that control the bot's use of a story; readers do not see them."""


def details_text(metadata: Mapping[str, str], rating: str | None, status: str | None, limit: int) -> str:
    """Return the details, a line each, in at most *limit* characters; if some do not fit, the last line counts them."""
    warnings = value_of(metadata, "warnings")
    rows = [
        _detail_row(say("details-rating"), _with_value(rating, value_of(metadata, "rating"))),
        _detail_row(say("details-status"), _with_value(status, value_of(metadata, "status"))),
        _detail_row(say("details-warnings"), warnings, WARNINGS_CHARS),
        *(_detail_row(label.capitalize(), value) for label, value in metadata.items() if _is_detail(label, value)),
    ]
    return _truncated_rows([row for row in rows if row], limit)


def _is_detail(label: str, value: str) -> bool:
    return field_of(label, value) not in (*_FIRST_FIELDS, *_CONTROL_FIELDS) and not label.endswith(DISPLACED)


def _with_value(known: str | None, stated: str | None) -> str | None:
    """Return the *stated* words of the file, with the *known* value if they do not contain it: "NC-17 (explicit)"."""
    if known is None or stated is None:
        return stated or (known and known.capitalize())
    return stated if known in stated.lower() else f"{stated} ({known})"


def _detail_row(name: str, value: str | None, limit: int = VALUE_CHARS) -> str:
    return f"{clip(name, NAME_CHARS, escape)}: {clip(value, limit, escape)}" if value else ""


def _truncated_rows(rows: list[str], limit: int) -> str:
    text = ""
    for i, row in enumerate(rows):
        more = say("and-more", count=len(rows) - i)
        last = i == len(rows) - 1
        if len(text) + len(row) + (1 if last else len(more) + 2) > limit:
            return f"{text}\n{more}".strip()
        text = f"{text}\n{row}".strip()
    return text


FROM_FILE = "-"
"""Value of the option that keeps the detail as it is in the file."""

SHOWN_CHARS = 160
"""Maximum length of a detail in the panel, in escaped characters; five details fit into a field of an embed."""

TAGS_CHARS = 2000
WORDS_CHARS = 200
"""Maximum length, in characters, of the words that an uploader enters to mark where the story begins or ends."""

LINES_CHARS = 2000
"""Maximum length, in characters, of the field where an uploader lists lines of the text by their first words."""


@dataclass(frozen=True, slots=True)
class DetailField:
    """A field of the modal for one detail: text of at most *limit* characters, or one of the *options*."""

    limit: int = TITLE_CHARS
    options: tuple[str, ...] = ()
    is_long: bool = False
    hint: Literal["names", "begins", "ends", "headings", "plain", "notes"] | None = None


_NAMES = DetailField(TAGS_CHARS, hint="names")
_WISH = DetailField(options=("yes", "no"))


FIELDS: dict[DetailRow, dict[str, DetailField]] = {
    "story": {
        "title": DetailField(),
        "author": DetailField(),
        "summary": DetailField(SUMMARY_CHARS, is_long=True),
        "language": DetailField(50),
        "series": DetailField(),
    },
    "rating": {
        "rating": DetailField(options=VALUES_OF["rating"]),
        "status": DetailField(options=VALUES_OF["status"]),
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
"""Fields of each modal, by detail. Discord allows five (https://docs.discord.com/developers/components/reference)."""


def details_panel(draft: Draft, *, waits: bool = False) -> Screen:
    """Return the details of an upload, with a button for each modal. *waits* means that managers must approve it."""
    values = draft.understood | draft.upload.details
    embed = discord.Embed(title=clip(draft.title, EMBED_TITLE, escape), colour=ACCENT)
    for row, details in FIELDS.items():
        if lines := [_panel_line(key, detail, value) for key, detail in details.items() if (value := values.get(key))]:
            embed.add_field(name=say(f"panel-row-{row}"), value="\n".join(lines), inline=False)
    embed.set_footer(text=say("panel-footer"))
    items = [
        button(DraftAction("publish", draft.id), publish_label(draft, waits=waits), style=Style.success),
        button(DraftAction("preview", draft.id), say("upload-preview")),
        button(DraftAction("cancel", draft.id), say("upload-cancel")),
    ]
    asks = [button(AskDetails(row, draft.id), say(f"panel-button-{row}")) for row in FIELDS]
    return Screen([embed], [items, *button_rows(asks)])


def _panel_line(key: str, detail: DetailField, value: str) -> str:
    shown = _option_words(key, value) if value in detail.options else value
    return say(
        "panel-line", detail=say(f"panel-detail-{key}"), value=clip(" / ".join(shown.splitlines()), SHOWN_CHARS, escape)
    )


def _option_words(key: str, value: str) -> str:
    return value_words("rating" if key == "rating" else "status" if key == "status" else "wish", value)


def publish_label(draft: Draft, *, waits: bool) -> str:
    """Return the label of the button that publishes a draft, saves it as a new version, or sends it to managers."""
    return say("upload-send" if waits else "upload-publish" if draft.change in PUBLISHING else "upload-save")


def details_modal(draft: Draft, row: DetailRow, custom_id: ModalId | None = None) -> ui.Modal:
    """Return the modal for the details of one row. *custom_id* replaces the default, which has the draft's id."""
    fields = [_field(draft, key, detail) for key, detail in FIELDS[row].items()]
    return modal(custom_id or DetailsModal(row, draft.id), say(f"panel-row-{row}"), fields)


def _field(draft: Draft, key: str, detail: DetailField) -> ui.Label[ui.Modal]:
    now = _present_value(draft, key, detail)
    label = say(f"panel-detail-{key}")
    hint = say(f"panel-hint-{detail.hint}") if detail.hint else None
    if not detail.options:
        most = min(detail.limit, INPUT_VALUE)
        return text_field(key, label, most, hint=hint, default=now, is_long=detail.is_long)
    options = [
        option(say("panel-as-file"), FROM_FILE, default=not now),
        *(option(_option_words(key, one), one, default=one == now) for one in detail.options),
    ]
    return ui.Label(text=label, description=hint, component=ui.Select(custom_id=key, options=options, required=False))


def _present_value(draft: Draft, key: str, detail: DetailField) -> str:
    """Return the initial value of a detail in the modal; for a select, an option or nothing."""
    text = (draft.upload.details.get(key) or draft.understood.get(key) or "")[: detail.limit]
    return text if not detail.options or text in detail.options else ""


def changed_details(draft: Draft, row: DetailRow, typed: Mapping[str, str]) -> dict[str, str]:
    """Return the details of *draft* after the modal was submitted with *typed*. Unchanged fields change nothing."""
    details = dict(draft.upload.details)
    for key, detail in FIELDS[row].items():
        text = typed.get(key, "").strip()
        text = "" if text == FROM_FILE and detail.options else text
        if text != _present_value(draft, key, detail).strip():
            details.pop(key, None)
            details |= {key: text} if text else {}
    return details
