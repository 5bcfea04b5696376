"""The preview of an upload, which its uploader sees before anyone else, and the report of a load of the folder."""

from collections.abc import Sequence

import discord

from bot.domain.uploads import Draft
from bot.domain.versions import PUBLISHING
from bot.stories.emphasis import within
from bot.stories.formats import FORMATS
from bot.stories.formats.corrections import BOUNDS, WHOLE
from bot.stories.lengths import minutes
from bot.stories.model import Chapter, Page, Story, StorySummary
from bot.stories.note_weight import weigh
from bot.stories.ratings import read_rating
from bot.stories.status import read_status
from bot.texts import listed, say
from bot.ui.chapters import list_name
from bot.ui.components import Style, button
from bot.ui.details import details_text
from bot.ui.ids.uploads import DraftAction
from bot.ui.limits import ELLIPSIS, EMBED_AUTHOR, EMBED_TITLE, clip
from bot.ui.markdown import escape, page_text
from bot.ui.screen import ACCENT, QUIET, Item, Screen, notice
from bot.ui.upload_details import publish_label

SUMMARY, DETAILS, NOTES, CHAPTERS, WARNINGS = 600, 600, 300, 500, 500
"""Characters of each, at most."""

BEGINNING, ENDING = 280, 160
"""Characters of the first words and of the last ones."""


def format_names() -> str:
    """Return the formats of files that are read: “Text, Markdown, …, or RTF”."""
    return listed([each.name for each in FORMATS], "or")


def draft_screen(
    draft: Draft,
    story: Story,
    warnings: Sequence[str],
    twin: StorySummary | None = None,
    *,
    waits: bool = False,
) -> Screen:
    """The preview of an upload, with Publish, Edit and Cancel; a doubtful one is first said to be all of the story.

    *twin* is a story that it may replace instead. One that *waits* is sent to the managers, and not published at once.
    """
    footer = say("upload-footer" if draft.change in PUBLISHING else "upload-footer-replaces")
    if waits:
        footer = say("upload-footer-waits")
    items = [
        *_publishing(draft, story, twin, waits=waits),
        button(DraftAction("edit", draft.id), say("upload-edit"), 0),
        button(DraftAction("cancel", draft.id), say("upload-cancel"), 0),
    ]
    if twin:
        warnings = [say("upload-twin", title=twin.title), *warnings]
    if len(story.chapters) == 1 and weigh(story).is_heavy and WHOLE not in draft.upload.details:
        warnings = [*warnings, say("upload-bounds")]
    shown = story.chapters[-1] if draft.change == "add-chapter" else None
    if draft.replaces is not None:
        return Screen(preview_embeds(story, warnings, footer, shown), items)
    answer = "unsaid" if draft.wrote is None else "yes" if draft.wrote else "no"
    wrote = say("upload-wrote-means", answer=answer)
    return Screen(preview_embeds(story, warnings, footer, shown, wrote), [*items, *_wrote_buttons(draft)])


def lessened(before: StorySummary, story: Story) -> list[str]:
    """What a new text takes away from the story that was there *before*, in one line; none where it takes nothing."""
    chapters, words, had = len(story.chapters), story.words, before.words
    if chapters < before.chapters:
        return [say("upload-fewer-chapters", chapters_had=before.chapters, chapters=chapters, had=had, words=words)]
    return [say("upload-fewer-words", had=had, words=words)] if words < had else []


def _wrote_buttons(draft: Draft) -> list[Item]:
    """The two answers to whether the sender wrote the story; the one they gave is marked."""
    mine, not_mine = (Style.primary if draft.wrote is wrote else Style.secondary for wrote in (True, False))
    return [
        button(DraftAction("mine", draft.id), say("upload-mine"), 1, style=mine),
        button(DraftAction("not-mine", draft.id), say("upload-not-mine"), 1, style=not_mine),
    ]


def _publishing(draft: Draft, story: Story, twin: StorySummary | None, *, waits: bool) -> list[Item]:
    """The first buttons of a preview."""
    is_stated = not {WHOLE, *BOUNDS}.isdisjoint(draft.upload.details)
    if weigh(story).is_doubtful and not is_stated:
        return [button(DraftAction("whole", draft.id), say("upload-whole"), 0)]
    label = say("upload-publish-new") if twin and not waits else publish_label(draft, waits=waits)
    if twin is None:
        return [button(DraftAction("publish", draft.id), label, 0, style=Style.success)]
    return [
        button(DraftAction("publish", draft.id), label, 0),
        button(DraftAction("twin", draft.id), say("upload-replace-twin"), 0, style=Style.primary),
    ]


def preview_embeds(
    story: Story,
    warnings: Sequence[str],
    footer: str,
    chapter: Chapter | None = None,
    wrote: str | None = None,
) -> list[discord.Embed]:
    """How a file reads: what it says of itself, its notes and chapters, and the words with which it begins and ends.

    It begins with those of *chapter*, else of the story. *Wrote* is what its sender said to the question whether they
    wrote it.
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
    first = next(page for each in ([chapter] if chapter else story.chapters) for page in each.pages)
    page = discord.Embed(title=say("upload-begins"), description=_beginning(first), colour=ACCENT)
    prose = [chapter.prose for chapter in story.chapters][-1]
    if prose != first.text or len(prose) > BEGINNING:  # else the first words are also the last
        page.add_field(name=say("upload-ends"), value=_ending(prose), inline=False)
    if warnings:  # last, beside the buttons: what its sender should look at before they press one
        page.add_field(name=say("upload-warnings"), value=clip(_listed(warnings), WARNINGS, escape), inline=False)
    if wrote:
        page.add_field(name=say("upload-wrote"), value=wrote, inline=False)
    page.set_footer(text=footer)
    return [embed, page]


def _listed(warnings: Sequence[str]) -> str:
    return "\n".join(f"• {warning[:1].upper()}{warning[1:]}" for warning in warnings)


def _beginning(page: Page) -> str:
    """The first words of a page as readers will see them."""
    text = clip(page.text, BEGINNING)
    shown = len(text) if text == page.text else len(text) - len(ELLIPSIS)
    return page_text(text, within(page.spans, 0, shown))


def _chapters(story: Story) -> str:
    return "\n".join(list_name(chapter.name) for chapter in story.chapters[:CHAPTERS])


def _ending(prose: str) -> str:
    """The last words of the story proper: what comes after them in the file was taken for a note."""
    words = " ".join(prose[-ENDING:].split(" ")[1:]) if len(prose) > ENDING else prose
    return clip(words if words == prose else f"…{words}", 2 * ENDING + 2, escape)


def _length(story: Story) -> str:
    pages = sum(len(chapter.pages) for chapter in story.chapters)
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
    """How far a load of the folder is."""
    text = say("folder-reading-files", done=done, files=files) if files else say("folder-reading")
    return settled_screen(say("folder-reading-title"), text)


def report_screen(summary: str, changed: Sequence[str]) -> Screen:
    """What became of the files of the folder: what changed, and what was refused with the reason."""
    embed = discord.Embed(title=say("folder-read-title"), description=escape(summary), colour=QUIET)
    if changed:
        embed.add_field(name=say("folder-changed"), value=clip("\n".join(changed), 1000, escape), inline=False)
    return Screen([embed], [])


def settled_screen(title: str, text: str, items: Sequence[Item] = ()) -> Screen:
    """What replaces an upload that was published or cancelled; *title* is not escaped yet."""
    return notice(text, clip(title, EMBED_TITLE, escape), [*items])
