"""`check`: shows how story files are read, in words for writers, or as JSON for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from itertools import accumulate
from pathlib import Path
from typing import Any

from bot.domain.uploads import warnings_of
from bot.importing.folder import SourceFile, corrections_of, survey
from bot.stories import Chapter, Refused, Story, read_story
from bot.stories.formats import stories_toml as toml
from bot.stories.formats.stories_toml import Corrections
from bot.stories.lengths import minutes
from bot.stories.model import ChapterName
from bot.ui.chapters import short_name
from bot.ui.markdown import page_text

QUOTES_SHOWN = 10
"""How many of a story's best quotes are shown."""


@dataclass(frozen=True, slots=True)
class Checked:
    """How one file is read."""

    file: str
    key: str
    story: Story | None
    problem: str | None
    warnings: tuple[str, ...] = ()
    """What is wrong with its entry in ``stories.toml``."""


def check(paths: Sequence[Path], *, as_json: bool) -> tuple[str, bool]:
    """Return how the files under *paths* are read, and whether all of them can be."""
    results = [result for path in paths for result in (_folder(path) if path.is_dir() else _file(path))]
    if as_json:
        text = json.dumps({"files": [_as_json(result) for result in results]}, indent=1)
    else:
        text = "\n\n".join(_as_text(result) for result in results)
    return text, all(result.problem is None for result in results)


def _folder(folder: Path) -> Iterator[Checked]:
    """Yield the files of a folder as a load would take them: the first with a key keeps it."""
    files = survey(folder) or []
    names = [file.name for file in files]
    corrections = corrections_of(folder, names)
    general = [str(problem) for problem in corrections.problems if problem.file not in names]
    if general:
        yield Checked(str(folder / toml.FILE), toml.FILE, None, "; ".join(general))
    taken: dict[str, str] = {}
    for file in files:
        result = _checked(file, corrections)
        other = taken.setdefault(result.key, file.name)
        if other != file.name:
            result = replace(result, story=None, problem=f"{other} has the same key “{result.key}”")
        yield result


def _file(path: Path) -> Iterator[Checked]:
    """Yield one file, with what the ``stories.toml`` beside it says of it."""
    names = [file.name for file in survey(path.parent) or []]
    corrections = corrections_of(path.parent, names) if path.is_file() else Corrections()
    result = _checked(SourceFile(path, path.name), corrections)
    general = [str(problem) for problem in corrections.problems] if not corrections.is_read else []
    yield replace(result, warnings=(*general, *result.warnings))


def _checked(file: SourceFile, corrections: Corrections) -> Checked:
    warnings = tuple(str(problem) for problem in corrections.problems if problem.file == file.name)
    if file.problem is not None:
        return Checked(str(file.path), file.key, None, file.problem, warnings)
    try:
        story = read_story(file.path.read_bytes(), file.name, corrections.entries.get(file.name))
    except Refused as refusal:
        return Checked(str(file.path), file.key, None, str(refusal), warnings)
    except OSError as error:
        return Checked(str(file.path), file.key, None, f"it cannot be read: {error.strerror or error}", warnings)
    return Checked(str(file.path), story.id or file.key, story, None, warnings)


def _as_json(result: Checked) -> dict[str, Any]:
    story = result.story
    return {
        "file": result.file,
        "status": "refused" if story is None else "loaded",
        "problem": result.problem,
        "warnings": [*result.warnings, *(warnings_of(story) if story else ())],
        "story": _story_json(story, result.key) if story else None,
    }


def _story_json(story: Story, key: str) -> dict[str, Any]:
    return {
        "key": key,
        "title": story.title,
        "author": story.author,
        "summary": story.summary,
        "language": story.language,
        "metadata": story.metadata,
        "words": story.words,
        "notes_before": list(story.notes_before),
        "notes_after": list(story.notes_after),
        "end_marker": story.end_marker,
        "chapters": [_chapter_json(chapter) for chapter in story.chapters],
        "quotes": [quote.text for chapter in story.chapters for quote in chapter.quotes],
        "worths": [quote.score for chapter in story.chapters for quote in chapter.quotes],
    }


def _chapter_json(chapter: Chapter) -> dict[str, Any]:
    return {
        "title": chapter.title,
        "notes_before": list(chapter.notes_before),
        "notes_after": list(chapter.notes_after),
        "prose": chapter.prose,
        "verse_blocks": chapter.verse_blocks,
        "scene_breaks": chapter.scene_breaks,
        "pages": [page_text(page.text, page.spans) for page in chapter.pages],
    }


def _as_text(result: Checked) -> str:
    story = result.story
    if story is None:
        return "\n".join(
            [f"{result.file}\n  REFUSED: {result.problem}", *(f"  WARNING: {warning}" for warning in result.warnings)]
        )
    rows = [
        result.file,
        f"  Title      {story.title}",
        f"  Author     {story.author or '—'}",
        f"  Summary    {story.summary or '—'}",
        *(f"  {name.capitalize():10} {value}" for name, value in story.metadata.items()),
        f"  Length     {story.words:,} words, about {minutes(story.words)} min",
        *_paragraphs("Note before", story.notes_before),
    ]
    for chapter in story.chapters:
        rows.append(
            f"  {_name(chapter.name)}: {chapter.words:,} words, {len(chapter.pages)} pages,"
            f" {chapter.scene_breaks} scene breaks, {chapter.verse_blocks} verses"
        )
        rows += [f"    begins   {_start(chapter.prose)}", f"    ends     {_end(chapter.prose)}"]
        rows += _paragraphs("  note before", chapter.notes_before) + _paragraphs("  note after", chapter.notes_after)
    rows += [f"  End mark   {story.end_marker}"] if story.end_marker else []
    rows += _paragraphs("Note after", story.notes_after)
    rows += _quote_rows(story)
    rows += [f"  WARNING: {warning}" for warning in (*result.warnings, *warnings_of(story))]
    return "\n".join(rows)


def _name(name: ChapterName) -> str:
    """What the author calls a chapter, with its title in quotation marks."""
    called = short_name(replace(name, title=None) if name.number is not None else name)
    return f"{called} “{name.title}”" if name.title and name.title != called else called


def _quote_rows(story: Story) -> Iterator[str]:
    """Yield how many quotes there are, and the best with their points and places."""
    starts = list(accumulate((len(chapter.prose) for chapter in story.chapters), initial=0))
    quotes = [(number, quote) for number, chapter in enumerate(story.chapters) for quote in chapter.quotes]
    yield f"  Quotes     {len(quotes)}" + (", the best of them, by their points:" if quotes else "")
    for number, quote in nlargest(QUOTES_SHOWN, quotes, key=lambda placed: placed[1].score):
        percent = 100 * (starts[number] + quote.start) // starts[-1]
        place = f"{short_name(story.chapters[number].name)}, {percent} %" if len(story.chapters) > 1 else f"{percent} %"
        first, *others = (line for line in quote.text.split("\n") if line)
        yield from (f"    {quote.score:3}  {first}", *(f"         {line}" for line in others), f"         ({place})")


def _paragraphs(name: str, notes: Sequence[str]) -> list[str]:
    return [f"  {name}: {_start(note)}" for note in notes]


def _start(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 76 else words[:75] + "…"


def _end(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 76 else "…" + words[-75:]
