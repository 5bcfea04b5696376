"""How a file will be read, for the writer who made it: in words, or as JSON for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.readers import minutes
from bot.stories import Chapter, Refused, Story, read_story
from bot.stories.ratings import GATED, read_rating
from bot.stories.read import FORMATS
from bot.ui.markdown import page_text

QUOTES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of one file."""

    file: str
    key: str
    story: Story | None
    problem: str | None


def check(paths: Sequence[Path], *, as_json: bool) -> tuple[str, bool]:
    """How the files under *paths* are read, and whether every one can be."""
    results = [_checked(path, key) for path, key in _files(paths)]
    if as_json:
        text = json.dumps({"files": [_as_json(result) for result in results]}, indent=1)
    else:
        text = "\n\n".join(_as_text(result) for result in results)
    return text, all(result.problem is None for result in results)


def _files(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Each file with its key: its path without its ending, within the folder that was named."""
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                if file.suffix.lower() in FORMATS and file.is_file() and not file.name.startswith("."):
                    yield file, file.relative_to(path).with_suffix("").as_posix()
        else:
            yield path, path.stem


def _checked(path: Path, key: str) -> Checked:
    try:
        return Checked(str(path), key, read_story(path.read_bytes(), path.name), None)
    except Refused as refusal:
        return Checked(str(path), key, None, str(refusal))
    except OSError as error:
        return Checked(str(path), key, None, f"it cannot be read: {error.strerror or error}")


def _as_json(result: Checked) -> dict[str, Any]:
    story = result.story
    return {
        "file": result.file,
        "status": "refused" if story is None else "loaded",
        "problem": result.problem,
        "warnings": list(warnings_of(story)) if story else [],
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


def warnings_of(story: Story) -> Iterator[str]:
    """What its writer should look at."""
    yield from story.warnings
    if (rating := read_rating(story.metadata, story.all_notes)) in GATED:
        yield f"rated {rating}: it will be shown only in age-restricted channels"
    if not any(chapter.quotes for chapter in story.chapters):
        yield "no passage stands by itself as a quote"


def _as_text(result: Checked) -> str:
    story = result.story
    if story is None:
        return f"{result.file}\n  REFUSED: {result.problem}"
    rows = [
        result.file,
        f"  Title      {story.title}",
        f"  Author     {story.author or '—'}",
        f"  Summary    {story.summary or '—'}",
        *(f"  {name.capitalize():10} {value}" for name, value in story.metadata.items()),
        f"  Length     {story.words:,} words, about {minutes(story.words)} min",
        *_paragraphs("Note before", story.notes_before),
    ]
    for number, chapter in enumerate(story.chapters, start=1):
        title = f" “{chapter.title}”" if chapter.title else ""
        rows.append(
            f"  Chapter {number}{title}: {chapter.words:,} words, {len(chapter.pages)} pages,"
            f" {chapter.scene_breaks} scene breaks, {chapter.verse_blocks} verses"
        )
        rows += [f"    begins   {_start(chapter.prose)}", f"    ends     {_end(chapter.prose)}"]
        rows += _paragraphs("  note before", chapter.notes_before) + _paragraphs("  note after", chapter.notes_after)
    rows += [f"  End mark   {story.end_marker}"] if story.end_marker else []
    rows += _paragraphs("Note after", story.notes_after)
    quotes = [quote.text for chapter in story.chapters for quote in chapter.quotes]
    rows.append(f"  Quotes     {len(quotes)}" + (", for example:" if quotes else ""))
    rows += [f"    {text}" for text in quotes[:QUOTES_SHOWN]]
    rows += [f"  WARNING: {warning}" for warning in warnings_of(story)]
    return "\n".join(rows)


def _paragraphs(name: str, notes: Sequence[str]) -> list[str]:
    return [f"  {name}: {_start(note)}" for note in notes]


def _start(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 76 else words[:75] + "…"


def _end(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 76 else "…" + words[-75:]
