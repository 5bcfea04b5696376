"""`check`: print how story files are parsed, as text for writers or as JSON for other programs."""

import asyncio
import json
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from itertools import accumulate
from pathlib import Path
from typing import Any

from bot.config import Settings
from bot.domain.uploads import warnings_of
from bot.errors import found_at
from bot.importing.folder import SourceFile, corrections_of, survey
from bot.importing.worker import (
    Progress,
    ReadingProcesses,
    examine_file,
    read_ahead,
    reading_processes,
    show_nothing,
)
from bot.operations.progress import on_terminal
from bot.stories import Chapter, Refused, Story
from bot.stories.decisions import Decision, DecisionField, Examined, Rule
from bot.stories.formats import stories_toml as toml
from bot.stories.formats import takes_front_matter
from bot.stories.formats.stories_toml import Corrections
from bot.stories.lengths import minutes
from bot.stories.model import ChapterName
from bot.stories.note_weight import weigh
from bot.stories.pages import pages_of
from bot.stories.sections.explained import Explained
from bot.stories.wishes import read_wishes
from bot.ui.markdown import page_text

QUOTES_SHOWN = 10
"""Maximum number of a story's best quotes to show."""

_SIGNS = 3
"""Maximum number of words or looks that are named as a reason."""

_NAME_CHARS = 11  # width of the column of names
_SHOWN_CHARS = 76
"""Maximum characters of a shown text; a longer text is truncated."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Result of parsing one file: a story or a problem."""

    file: str
    key: str
    story: Story | None
    problem: str | None
    warnings: tuple[str, ...] = ()
    """Problems of the file's entry in ``stories.toml``."""
    decisions: tuple[Decision, ...] = ()
    lines: tuple[Explained, ...] = ()

    @property
    def chapters(self) -> int:
        return len(self.story.chapters) if self.story else 0

    @property
    def all_warnings(self) -> list[str]:
        """Warnings for the writer, about the entry and the story."""
        return [*self.warnings, *(warnings_of(self.story) if self.story else ())]


# -- why -----------------------------------------------------------------------------

_WHY: dict[Rule, str] = {
    "stories.toml": "stands in stories.toml",
    "front matter": "stands in the front matter",
    "label": "has a label",
    "markup": "the file's markup says so",
    "head": "stands in the head of a copied page or message",
    "looks": "by its looks",
    "heading": "a heading",
    "file name": "the file's name, since no line looks like a title",
    "opening words": "the opening words, since neither a line nor the file's name looks like a title",
    "begins": "stands before the words of `begins`",
    "ends": "stands after the words of `ends`",
    "telling": "says what authors say to readers",
    "end mark": "stands below the end mark",
    "no heading": "no heading stands above it",
    "cut": "cut at scenes and paragraphs to fit a phone",
    "note": "a note, a warning or a tag says so",
    "one chapter": "it has one chapter",
    "words": "counted by its words",
    "path": "the file's path, since it states no id",
    "points": "passages that stand by themselves",
    "unstated": "nothing says it",
}
_WHY_OF: dict[tuple[DecisionField, Rule], str] = {
    ("end mark", "end mark"): "a line that marks the end",
    ("status", "end mark"): "the end mark says so",
}
_SURE: tuple[Rule, ...] = ("stories.toml", "front matter", "label", "words", "cut")
"""Rules that do not guess. Their decisions need no hint."""

_KEYS: tuple[DecisionField, ...] = ("title", "author", "summary", "rating", "language", "status")
"""Fields that a line at the top of a file can set as well as front matter."""

_NOTES: tuple[DecisionField, ...] = ("note before", "note after")
_BOUNDS_ALSO = (
    'begins = "…" or ends = "…" in stories.toml, or begins: … or ends: … in the front matter: its first and last words'
)
_BOUNDS = 'begins = "…" or ends = "…" in stories.toml: its first and last words'
_INSTEAD: dict[DecisionField, str] = {
    "title": "title: …",
    "author": "author: …",
    "summary": "summary: …",
    "id": 'id = "…" in stories.toml',
    "rating": "rating: … (general, teen, mature or explicit)",
    "language": "language: …",
    "status": "status: … (complete, in progress, one-shot, on hiatus or abandoned)",
    "quotes": "quotes: no",
    "chapter": "Chapter 1: … on a line of its own above each chapter",
    "note before": _BOUNDS,
    "note after": _BOUNDS,
    "end mark": _BOUNDS,
}
_IN_FRONT_MATTER: dict[DecisionField, str] = {
    "id": "id: … in the front matter",
    "note before": _BOUNDS_ALSO,
    "note after": _BOUNDS_ALSO,
    "end mark": _BOUNDS_ALSO,
}
"""Hints for files with front matter, in place of those in `_INSTEAD`."""

_NOTES_OF_CHAPTERS = "A/N: … on the first line of a note, ---- on a line below its last; else it is the story"


def why(decision: Decision) -> str:
    """Return the reason of a decision, with its line in the file."""
    reason = _WHY_OF.get((decision.field, decision.rule), _WHY[decision.rule])
    if decision.signs:
        reason += f": {quoted(decision.signs[:_SIGNS])}"
    return f"line {decision.line}: {reason}" if decision.line is not None else reason


def quoted(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)


def instead(decision: Decision, chapters: int, file: str) -> str | None:
    """Return what to write in *file* to change a decision, or None. *chapters* is the story's number of chapters."""
    if decision.field == "detail":
        return f"{decision.name}: …"
    if decision.field in _NOTES and chapters > 1:
        return _NOTES_OF_CHAPTERS
    in_front_matter = _IN_FRONT_MATTER.get(decision.field) if takes_front_matter(file) else None
    return in_front_matter or _INSTEAD.get(decision.field)


# -- as JSON -------------------------------------------------------------------------


def as_json(result: Checked) -> str:
    """Return a parsed file and the reasons of all decisions as a JSON object on one line."""
    story = result.story
    return json.dumps(
        {
            "file": result.file,
            "status": "refused" if story is None else "loaded",
            "problem": result.problem,
            "warnings": result.all_warnings,
            "story": _story_json(story, result.key) if story else None,
            "decisions": [_decision_json(each, result) for each in result.decisions],
            "lines": [_line_json(line) for line in result.lines],
        },
    )


def _line_json(line: Explained) -> dict[str, Any]:
    return {
        "line": line.number,
        "text": line.text,
        "role": line.role,
        "looks": list(line.looks),
        "words": list(line.words),
        "law": line.law,
    }


def _decision_json(decision: Decision, result: Checked) -> dict[str, Any]:
    return {
        "field": decision.name or decision.field,
        "value": decision.value,
        "chapter": decision.chapter,
        "line": decision.line,
        "rule": decision.rule,
        "why": why(decision),
        "instead": instead(decision, result.chapters, result.file),
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
        "number": chapter.name.number,
        "label": chapter.name.label,
        "title": chapter.title,
        "notes_before": list(chapter.notes_before),
        "notes_after": list(chapter.notes_after),
        "prose": chapter.prose,
        "verse_blocks": chapter.verse_blocks,
        "scene_breaks": chapter.scene_breaks,
        "pages": [page_text(page.text, page.spans) for page in pages_of(chapter)],
    }


# -- as text -------------------------------------------------------------------------


def as_text(result: Checked, *, explain: bool = False) -> str:
    """Return a parsed file and the reasons of all decisions as text for its writer; *explain* adds those of lines."""
    story = result.story
    rows = [result.file]
    if story is None:
        rows.append(f"  REFUSED: {result.problem}")
    else:
        for decision in result.decisions:
            rows += _rows(story, decision, result.key)
        rows += _bounds(story, result.lines)
        rows += _explained(result.lines) if explain else ()
        rows += _best_quotes(story)
        rows += _hints(result, doubted=weigh(story).is_heavy)
    return "\n".join([*rows, *(f"  WARNING: {warning}" for warning in result.all_warnings)])


def _rows(story: Story, decision: Decision, key: str) -> Iterator[str]:
    """Yield the lines about one decision."""
    if decision.field == "chapter" and decision.chapter is not None:
        chapter = story.chapters[decision.chapter - 1]
        yield _chapter_row(chapter, decision)
        if len(story.chapters) > 1:  # else the story's own begin and end say it
            yield f"    {'begins':11} {_start(chapter.prose)}"
            yield f"    {'ends':11} {_end(chapter.prose)}"
    elif decision.field == "pages":
        pass  # the line about the chapter has their number
    elif decision.chapter is not None:
        yield f"    {_row(decision.field.capitalize(), _start(decision.value), decision)}"
    elif decision.field == "quotes":
        yield f"  {_row('Quotes', _quotes(story, decision), decision)}"
    elif decision.field == "length":
        value = f"{decision.value}, {count(story.words, 'word')}, about {minutes(story.words):,} min"
        yield f"  {_row('Length', value, decision)}"
    else:
        name = (decision.name or decision.field).capitalize().replace("Id", "ID")
        value = decision.value or (key if decision.field == "id" else "—")
        yield f"  {_row(name, _start(value), decision)}"


def _bounds(story: Story, lines: Sequence[Explained]) -> Iterator[str]:
    """Yield where the story begins and ends, with the lines just outside, and the lines that a law keeps in it."""
    opening, ending = story.chapters[0].prose, story.chapters[-1].prose
    above = [line for line in lines if line.is_above and line.role not in ("story", "break")]
    below = [line for line in lines if not line.is_above and line.role not in ("story", "break")]
    yield f"  Your story begins “{_start(opening)}”"
    yield from (f"    just above  {_line_row(line)}" for line in above[-1:])
    yield f"  and ends “{_end(ending)}”"
    yield from (f"    just below  {_line_row(line)}" for line in below[:1])
    yield from (f"    also in it  {_line_row(line)}" for line in lines if line.law is not None and line.role == "story")


def _line_row(line: Explained) -> str:
    """Return a line with its number, its role and one reason for it."""
    is_said = line.role == "note" and line.words and any(look.endswith(" words") for look in line.looks)
    reason = line.law or (f"says {quoted(line.words[:_SIGNS])}" if is_said else quoted(line.looks[:1]))
    return f"{_number(line)}, {line.role}: {_start(line.text)}" + (f"  ({reason})" if reason else "")


def _explained(lines: Sequence[Explained]) -> Iterator[str]:
    """Yield each line at the ends of the file, with its role and all reasons for it."""
    yield "  Lines around the story, and its first and last"
    for line in lines:
        yield f"    {_number(line)}, {line.role}: {_start(line.text)}"
        reasons = {"looks": quoted(line.looks), "words": quoted(line.words), "law": line.law}
        yield from (f"      {name:6} {reason}" for name, reason in reasons.items() if reason)


def _number(line: Explained) -> str:
    return f"line {line.number}" if line.number is not None else "a line"


def _row(name: str, value: str, decision: Decision) -> str:
    return f"{name:11} {'' if len(name) <= _NAME_CHARS else ' '}{value}  ({why(decision)})"


def _quotes(story: Story, decision: Decision) -> str:
    there = sum(len(chapter.quotes) for chapter in story.chapters)
    if read_wishes(story.metadata).quote:
        return f"{there:,}{', the best by their points below' if there else ''}"
    return f"no; {count(there, 'passage')} could be drawn otherwise" if there else "no"


def _called(name: ChapterName) -> str:
    """Return a chapter's name: its label, its number or its title.

    The messages that members see have names of chapters, too, but parsing all messages takes longer than a file.
    """
    if name.label is not None:
        return name.label
    return f"Chapter {name.number}" if name.number is not None else name.title or "Opening"


def _chapter_row(chapter: Chapter, decision: Decision) -> str:
    counts = [count(chapter.words, "word"), count(chapter.pages, "page")]
    counts += [
        count(n, noun) for n, noun in ((chapter.scene_breaks, "scene break"), (chapter.verse_blocks, "verse")) if n
    ]
    title = [f"“{chapter.title}”"] if chapter.title and chapter.title != _called(chapter.name) else []
    return f"  {_row(_called(chapter.name), ', '.join([*title, *counts]), decision)}"


def _best_quotes(story: Story) -> Iterator[str]:
    """Yield the best quotes with their scores and positions, unless the author forbids quotes."""
    if not read_wishes(story.metadata).quote:
        return
    starts = list(accumulate((len(chapter.prose) for chapter in story.chapters), initial=0))
    quotes = [(number, quote) for number, chapter in enumerate(story.chapters) for quote in chapter.quotes]
    for number, quote in nlargest(QUOTES_SHOWN, quotes, key=lambda placed: placed[1].score):
        percent = 100 * (starts[number] + quote.start) // starts[-1]
        place = f"{_called(story.chapters[number].name)}, {percent} %" if len(story.chapters) > 1 else f"{percent} %"
        first, *others = (line for line in quote.text.split("\n") if line)
        yield from (f"    {quote.score:3}  {first}", *(f"         {line}" for line in others), f"         ({place})")


def _hints(result: Checked, *, doubted: bool) -> Iterator[str]:
    """Yield hints on changing guessed decisions; if *doubted* (many notes for a short story), also those on notes."""
    guessed = [each for each in result.decisions if each.rule not in _SURE or (doubted and each.field in _NOTES)]
    keys = [f"{decision.field}: …" for decision in guessed if decision.field in _KEYS]
    rest = [decision for decision in guessed if decision.field not in (*_KEYS, "quotes")]
    others = (instead(decision, result.chapters, result.file) for decision in rest)
    if guessed:
        yield "  To have it otherwise, write"
    if keys:
        where = (
            "in the front matter, or as lines at the top" if takes_front_matter(result.file) else "as lines at the top"
        )
        yield f"    {', '.join(keys)} {where}"
    yield from (f"    {hint}" for hint in dict.fromkeys(others) if hint)


def count(number: int, noun: str) -> str:
    """Return *number* and *noun*, such as "1 page" and "2 pages"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _start(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN_CHARS else words[: _SHOWN_CHARS - 1] + "…"


def _end(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN_CHARS else "…" + words[1 - _SHOWN_CHARS :]


Write = Callable[[str], object]


async def check(_: Settings, paths: Sequence[Path], json: bool, explain: bool) -> int:
    """Print how each file under *paths* is parsed; return 1 if there is no file or one is refused, else 0."""
    progress = show_nothing if sys.stdout.isatty() else on_terminal()  # the output shows the progress
    return 0 if await report(paths, sys.stdout.write, json=json, explain=explain, progress=progress) else 1


async def report(
    paths: Sequence[Path],
    write: Write,
    *,
    json: bool = False,
    explain: bool = False,
    progress: Progress = show_nothing,
) -> bool:
    """Write how each file under *paths* is parsed; return whether there are files and none is refused."""
    is_first, all_read = True, True
    write('{"files": [\n' if json else "")
    async with reading_processes() as processes:
        async for result in _results(paths, processes, progress):
            write("" if is_first else ",\n" if json else "\n\n")
            write(as_json(result) if json else as_text(result, explain=explain))
            is_first, all_read = False, all_read and result.problem is None
    write("\n]}\n" if json else "\n")
    return all_read and not is_first


async def _results(paths: Sequence[Path], processes: ReadingProcesses, progress: Progress) -> AsyncGenerator[Checked]:
    for path in paths:
        if found_at(path) == "folder":
            async for result in _folder(path, processes, progress):
                yield result
        else:
            yield await _file(path)


async def _folder(folder: Path, processes: ReadingProcesses, progress: Progress) -> AsyncGenerator[Checked]:
    """Yield the parsed files of a folder. As in a load, of files with the same key only the first is accepted."""
    files = await asyncio.to_thread(survey, folder) or []
    if not files:
        yield Checked(str(folder), "", None, "no stories found")
    names = [file.name for file in files]
    corrections = corrections_of(folder, names)
    general = [str(problem) for problem in corrections.problems if problem.file not in names]
    if general:
        yield Checked(str(folder / toml.FILE), toml.FILE, None, "; ".join(general))
    taken: dict[str, str] = {}

    def start(file: SourceFile) -> asyncio.Task[Checked]:
        async def read() -> Examined:
            return await processes.examine(file.path, file.name, corrections.entries.get(file.name))

        return asyncio.create_task(_checked(file, corrections, read))

    done = 0
    async for file, task in read_ahead(files, start):
        result = await task
        done += 1
        other = taken.setdefault(result.key, file.name)
        if other != file.name:
            result = replace(result, story=None, problem=f"{other} has the same key “{result.key}”")
        yield result
        await progress(done, len(files))


async def _file(path: Path) -> Checked:
    """Parse one file, with its entry in the ``stories.toml`` beside it."""
    corrections = corrections_of(path.parent, [path.name])
    general = [str(problem) for problem in corrections.problems] if not corrections.is_read else []

    async def read() -> Examined:
        return examine_file(path, path.name, corrections.entries.get(path.name))

    result = await _checked(SourceFile(path, path.name), corrections, read)
    return replace(result, warnings=(*general, *result.warnings))


async def _checked(file: SourceFile, corrections: Corrections, read: Callable[[], Awaitable[Examined]]) -> Checked:
    warnings = tuple(str(problem) for problem in corrections.problems if problem.file == file.name)
    try:
        if file.problem is not None:
            return Checked(str(file.path), file.key, None, file.problem, warnings)
        examined = await read()
    except Refused as refusal:
        return Checked(str(file.path), file.key, None, str(refusal), warnings)
    except OSError as error:
        return Checked(str(file.path), file.key, None, f"it cannot be read: {error.strerror or error}", warnings)
    story = examined.story
    return Checked(str(file.path), story.id or file.key, story, None, warnings, examined.decisions, examined.lines)
