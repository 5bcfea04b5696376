"""Parse the bytes of a story file into a `Story`.

The reader for the file's format turns the bytes into `Sections`. Front matter overrides the sections, and a correction
overrides both. A correction is an entry of ``stories.toml``, or what somebody typed in Discord about an upload.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath

from bot.stories.added_chapters import AddedChapter, add_chapters
from bot.stories.emphasis import plain, unmarked
from bot.stories.facts import facts_of
from bot.stories.formats import ENDINGS, EXPORT_INSTEAD, format_of, takes_front_matter
from bot.stories.formats.corrections import Correction, bound
from bot.stories.formats.front_matter import Stated, near_key, plain_key, read_front_matter
from bot.stories.model import PARAGRAPH_BREAK, SCENE_BREAK, Chapter, ChapterName, PageLength, Refused, Span, Story
from bot.stories.note_weight import MIN_STORY_WORDS, weigh
from bot.stories.page_frames import frames_of
from bot.stories.page_places import Frame
from bot.stories.pages import starts_of_story, words_between
from bot.stories.passages import passage_starts
from bot.stories.quotes.selection import select_quotes
from bot.stories.sections.blocks import Block
from bot.stories.sections.explained import Explained, explained
from bot.stories.sections.labels import read_label
from bot.stories.sections.lines import capitalised
from bot.stories.sections.naming import name_chapters
from bot.stories.sections.parts import Sections
from bot.stories.visible import is_visible, unsteered, visible_line

FOLDER_DOCS = ("CHANGELOG", "CONTRIBUTING", "COPYING", "LICENCE", "LICENSE", "README")
"""Names, without suffix, of files that document a folder and are not stories."""

NO_STORIES = (".", "_")
"""First characters of the names of hidden files and folders, and of drafts, none of which is loaded."""

_TITLE_WORDS_CHARS = 60  # maximum characters of the opening words that replace a missing title

_SONG_LABELS = {"song", "songs", "music"}
_CREDITS_A_SONG = re.compile(
    r"\b(?:songs?|songfic|lyrics?|(?:don['’]t|do not|doesn['’]t) own|nothing is mine|chansons?|paroles"
    r"|canci[óo]n(?:es)?|letras?|canzon[ei]|m[úu]sica|lied(?:er|text)?|песн\w+)\b|歌詞|歌词|歌",
    re.IGNORECASE,
)


def is_story_file(within: PurePath) -> bool:
    """Return whether the path *within* a folder is a story's: of a known format, not hidden, no draft, no README."""
    about = within.stem.upper() == "README" or within.stem in FOLDER_DOCS
    return format_of(within.name) is not None and not about and not any(p.startswith(NO_STORIES) for p in within.parts)


def read_story(
    data: bytes, name: str, correction: Correction | None = None, added: Sequence[AddedChapter] = ()
) -> Story:
    """Return the story in *data*, the bytes of a file called *name*, with the chapters *added* to it.

    Raises `Refused` if the file has no story or its format is unknown.
    """
    sections, stated = _read_file(data, name)
    sections.outside = None  # nobody asks for reasons, and they take memory
    return _story_of(sections, stated, name, correction, added)


def read_explained(data: bytes, name: str, correction: Correction | None = None) -> tuple[Story, list[Explained]]:
    """Return the story as `read_story` does, and why each line around it has its role.

    There are no such lines in a book. Raises `Refused`.
    """
    sections, stated = _read_file(data, name)
    outside, sections.outside = sections.outside, None
    lines = [] if outside is None else explained(outside)
    return _story_of(sections, stated, name, correction), lines


def _story_of(
    sections: Sections,
    stated: Stated | None,
    name: str,
    correction: Correction | None,
    added: Sequence[AddedChapter] = (),
) -> Story:
    if correction:
        bound(sections, correction.stated, correction.where)
    for chapter in added:
        new, _ = _read_file(chapter.data, chapter.name)
        add_chapters(sections, new, chapter)
    if correction:
        correction.onto(sections)
    title = visible_line(sections.title or "") or visible_line(_title_of_file(name) or "")
    chapters = _chapters(sections, title or "")
    if not any(_has_word(chapter.prose) for chapter in chapters):
        raise Refused("only-notes", "I find no story in it, only notes or labels")
    opening = next(chapter.prose for chapter in chapters if is_visible(chapter.prose))
    story = Story(
        title=title or _opening_words(opening),
        author=visible_line(sections.author or ""),
        summary=unsteered(PARAGRAPH_BREAK.join(part for part in sections.summary if part)) or None,
        metadata={unsteered(label): unsteered(value) for label, value in sections.metadata.items()},
        notes_before=tuple(map(plain, sections.notes_before)),
        notes_after=tuple(map(plain, sections.notes_after)),
        end_marker=sections.end_marker,
        chapters=chapters,
        warnings=tuple(sections.warnings),
        id=(correction and correction.stated.id) or (stated and stated.id),
        order=correction.order if correction else None,
        is_named=bool(visible_line(sections.title or "")),
    )
    is_stated = (stated and stated.states_bounds) or (
        correction and (correction.is_whole or correction.stated.states_bounds)
    )
    if not is_stated and story.words < MIN_STORY_WORDS and (weight := weigh(story)).is_doubtful:
        raise Refused(
            "doubtful",
            "the story has {story} words, the notes around it {notes}; if that is right, write the first words of"
            " the story as {bound}",
            story=weight.story,
            notes=weight.notes,
            bound="`begins: …` in the front matter" if takes_front_matter(name) else '`begins = "…"` in stories.toml',
        )
    return story


def _read_file(data: bytes, name: str) -> tuple[Sections, Stated | None]:
    """Return the sections and the front matter of one file. Raises `Refused`."""
    suffix = PurePath(name).suffix.lower()
    if suffix in EXPORT_INSTEAD:
        raise Refused(f"export-{suffix[1:]}", EXPORT_INSTEAD[suffix])
    if (read_as := format_of(name)) is None:
        formats = ", ".join(ENDINGS)
        if not suffix:
            raise Refused(
                "no-ending", "a file without an ending is not a format I read; I read {formats}", formats=formats
            )
        raise Refused("format", "{ending} is not a format I read; I read {formats}", ending=suffix, formats=formats)
    stated = None
    if read_as.has_front_matter:
        stated, data = read_front_matter(data, or_text=suffix == ".txt")
    sections = read_as.read(data)
    if read_as.has_front_matter:
        sections.warnings += _near_labels(sections.metadata)
    if stated:
        bound(sections, stated, "front matter")
        stated.onto(sections)
    return sections, stated


def _near_labels(labels: Iterable[str]) -> Iterator[str]:
    """Yield a warning for each unknown label that nearly equals a known one."""
    for name in map(plain_key, labels):
        if read_label(f"{name.replace('_', ' ')}: x") is None and (near := near_key(name)) is not None:
            yield f"`{name}` becomes a detail on the card; did you mean `{near}`?"


def _chapters(sections: Sections, title: str) -> tuple[Chapter, ...]:
    chapters: list[Chapter] = []
    proses: list[tuple[str, tuple[Span, ...]]] = []
    for part in sections.parts:
        proses.append(unmarked(_prose(part.blocks, sections.gap)))
        part.blocks = []  # a book is in memory once
    quotes = select_quotes([prose for prose, _ in proses], with_verse=not _credits_a_song(sections))
    names = name_chapters([part.heading for part in sections.parts])
    frames = _frames(sections, names, title)
    for name, part, (prose, spans), selected, frame in zip(names, sections.parts, proses, quotes, frames, strict=True):
        starts = starts_of_story(prose, spans, frame, is_whole=len(names) == 1)
        passages = passage_starts(prose)
        chapters.append(
            Chapter(
                name=_cleaned(name),
                prose=prose,
                notes_before=tuple(map(plain, part.notes_before)),
                notes_after=tuple(map(plain, part.notes_after)),
                quotes=selected,
                words=len(prose.split()),
                page_starts=starts,
                spans=spans,
                page_words={length: words_between(prose, each) for length, each in starts.items()},
                passage_starts=passages,
                passage_words=words_between(prose, passages),
            )
        )
    return tuple(chapters)


def _frames(sections: Sections, names: Sequence[ChapterName], title: str) -> Iterator[dict[PageLength, Frame]]:
    """Yield the room around the text of each chapter's pages."""
    last = len(names) - 1
    for number, (name, part) in enumerate(zip(names, sections.parts, strict=True)):
        is_opening, is_end = number == 0, number == last
        yield frames_of(
            name,
            opening=(title, sections.author, facts_of(sections.metadata)) if is_opening else None,
            chapters=len(names),
            has_note_before=bool(part.notes_before or (is_opening and sections.notes_before)),
            has_note_after=bool(part.notes_after or (is_end and sections.notes_after)),
            is_end=is_end,
        )


def _cleaned(name: ChapterName) -> ChapterName:
    """Return *name* without control characters and direction marks, which would disturb a line of a list."""
    if name.title is None and name.label is None:
        return name
    return replace(name, title=visible_line(name.title or ""), label=visible_line(name.label or ""))


def _credits_a_song(sections: Sections) -> bool:
    """Return whether labels or notes credit a song; verse in the story may then be its lyrics."""
    around = [*sections.notes_before, *sections.notes_after]
    for part in sections.parts:
        around += [*part.notes_before, *part.notes_after]
    return bool(_SONG_LABELS & sections.metadata.keys()) or any(map(_CREDITS_A_SONG.search, around))


def _prose(blocks: Sequence[Block], gap: int) -> str:
    """Return *blocks* as prose in the form that `bot.stories.model` describes, with emphasis marks."""
    texts: list[str] = []
    scene = False
    for block in blocks:
        is_rule = block.is_rule
        scene = scene or is_rule or block.gap > gap
        if is_rule:
            continue
        if texts:
            texts.append(SCENE_BREAK if scene else PARAGRAPH_BREAK)
        texts.append(block.prose)
        scene = False
    return "".join(texts)


def _has_word(text: str) -> bool:
    """Return whether *text* has a visible letter, digit or symbol, such as an emoji."""
    return any(unicodedata.category(sign)[0] in "LNS" and is_visible(sign) for sign in text)


_NO_TITLES = frozenset({"message", "untitled", "document", "text", "file", "attachment", "new text document"})
"""Default file names, which say nothing about a story; Discord names a long paste ``message.txt``."""


def _title_of_file(name: str) -> str | None:
    """Return a title from a file name, or None for a number, a hash or a default name such as ``message.txt``."""
    words = [word for word in re.split(r"[\s_\-.]+", PurePath(name).stem) if word]
    if any(map(_looks_hashed, words)) or not any(re.search(r"[^\W\d_]{2,}", word) for word in words):
        return None
    if re.sub(r" ?\(?\d{1,3}\)?$", "", " ".join(words).lower()) in _NO_TITLES:
        return None
    title = " ".join(words)
    return capitalised(title) if title.islower() else title


def _looks_hashed(word: str) -> bool:
    if re.fullmatch(r"[0-9a-fA-F]{6,}", word):
        return bool(re.search(r"\d", word))
    return len(word) >= 8 and len(re.findall(r"\d", word)) >= 3 and not re.fullmatch(r"\D+\d{1,4}", word)


def _opening_words(prose: str) -> str:
    line = unsteered(next(filter(is_visible, prose.split("\n")))).strip()
    if len(line) <= _TITLE_WORDS_CHARS:
        return line.rstrip(".,;:") or line
    kept = (
        line[:_TITLE_WORDS_CHARS].rsplit(None, 1)[0] if " " in line[:_TITLE_WORDS_CHARS] else line[:_TITLE_WORDS_CHARS]
    )
    return kept.rstrip(" .,;:–—-") + "…"
