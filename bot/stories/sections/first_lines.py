"""Take title, author and notes from the lines above a story, by the roles that `start` finds or else by rules."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace
from itertools import groupby

from bot.stories.ratings import bare_rating
from bot.stories.sections.author_lines import is_likely_name, read_author_line
from bot.stories.sections.blocks import Block
from bot.stories.sections.chain import Role
from bot.stories.sections.chapters import headings_in
from bot.stories.sections.headings import is_named_part, may_head, read_chapter
from bot.stories.sections.labels import Labelled, is_subtitle
from bot.stories.sections.looks import Line
from bot.stories.sections.notes import MOST_NOTES, is_telling
from bot.stories.sections.opening import dedicates, is_from_to, title_by_rules
from bot.stories.sections.parts import Sections
from bot.stories.sections.signs import NUMBERED
from bot.stories.sections.start import Start, looks_known, may_be_title, read_start
from bot.stories.sections.title_lines import read_title_line
from bot.stories.sections.titles import read_byline, read_kind, read_signed, read_title, read_title_and_byline


def take_names(sections: Sections, blocks: list[Block]) -> list[Block]:
    """Take the title and the author from the first lines; return the other blocks, some of them marked as notes."""
    start = read_start(blocks) if sections.title is None else None
    if start is None or sections.title is not None:
        return title_by_rules(sections, blocks)
    if start.is_sure:
        return _take_sure_names(sections, blocks, _with_title(blocks, start.read))
    return title_by_rules(sections, _take_unsure_names(sections, blocks, start))


def _take_unsure_names(sections: Sections, blocks: Sequence[Block], start: Start) -> list[Block]:
    """Take title and author though the story's beginning is unsure; return the other blocks.

    Those above the title are marked as notes.
    """
    read = start.read
    named = [
        (line, role) for line, role in read[:-1] if role == "author" or (role == "title" and may_be_title(line.text))
    ]
    title = next((line for line, role in named if role == "title"), None)
    if not named:
        return list(blocks)
    rest: list[Block] = []
    for i, block in enumerate(blocks[: named[-1][0].block + 1]):
        taken = {line.at: role for line, role in named if line.block == i}
        if title is not None and i == title.block:
            rest += _take_title(sections, block.lines[title.at], is_signed=len(named) > 1)
        for at in (at for at, role in taken.items() if role == "author"):
            sections.author = sections.author or read_author_line(block.lines[at])
        runs = _without_lines(_as_note(block) if title is not None and i < title.block else block, taken)
        is_above = title is not None and i == title.block and title.at > 0 and runs
        rest += [_as_note(runs[0]), *runs[1:]] if is_above else runs
    return [*rest, *blocks[named[-1][0].block + 1 :]]


def _as_note(block: Block) -> Block:
    return block if block.is_rule or block.labels is not None else replace(block, is_note=True)


def _without_lines(block: Block, taken: Container[int]) -> list[Block]:
    """Return *block* without the *taken* lines, as a block for each run of the other lines."""
    kept = enumerate(at for at in range(len(block.lines)) if at not in taken)
    runs = [[at for _, at in run] for _, run in groupby(kept, key=lambda each: each[1] - each[0])]
    return [block if len(run) == len(block.lines) else block.between(run[0], run[-1] + 1) for run in runs]


def _with_title(blocks: list[Block], read: list[tuple[Line, Role]]) -> list[tuple[Line, Role]]:
    """Return *read*; if no line is the title, or none the author, the line in which rules find one gets that role."""
    known = looks_known(blocks)
    if all(any(is_ == role for _, is_ in read) or f"{role} labelled" in known for role in ("title", "author")):
        return read
    if not any(role == "said" for _, role in read[:-1]):
        return read
    by_rules = Sections()
    title_by_rules(by_rules, blocks)
    found: list[tuple[Line, Role]] = read
    names: list[tuple[Role, str | None]] = [("title", by_rules.title), ("author", by_rules.author)]
    for role, name in names:
        at = next((n for n, (line, is_) in enumerate(read[:-1]) if is_ == "said" and name and name in line.text), None)
        if at is None or f"{role} labelled" in known or any(is_ == role for _, is_ in found):
            continue
        if (role == "author" and "©" not in read[at][0].text) or (
            role == "title" and at == 0 and _may_be_title(read[0][0], read[1][0])
        ):
            found = [*found[:at], (found[at][0], role), *found[at + 1 :]]
    return found


_WORDS_OF_A_TITLE = 8  # maximum words of a title in lower case without a label below it
_NO_TITLE = re.compile(r"[|»›·•/\\#@<>\t_]|\s{3,}|https?:|[:,]$|\. ")


def _may_be_title(line: Line, below: Line) -> bool:
    """Return whether *line* may be the title, by its words and the line *below*."""
    words = line.text.split()
    if len(words) == 1 and line.text[0].islower():  # an account's name
        return bool(below.label)
    is_short = len(words) <= _WORDS_OF_A_TITLE or line.text[:1].isupper()
    return bool(below.label) or (is_short and _NO_TITLE.search(line.text) is None)


def _take_sure_names(sections: Sections, blocks: Sequence[Block], read: Sequence[tuple[Line, Role]]) -> list[Block]:
    """Take title and author from the lines of *read*; return the other blocks, with text above the story as notes."""
    kept: list[Block] = []
    start = read[-1][0]
    may_be_headed = any(blocks[line.block].is_heading or may_head(blocks[line.block].lines[0]) for line, _ in read[:-1])
    headings = headings_in(blocks[:MOST_NOTES]) if may_be_headed else {}
    is_signed = any(role == "author" or read_byline(line.text) is not None for line, role in read[:-1])
    has_title = any(role == "title" for _, role in read)
    is_rated = any(label.label == "rating" for block in blocks[: start.block] for label in block.labels or ())
    for (i, role, is_label), run in groupby(read[:-1], key=lambda each: _group_key(*each, blocks, headings)):
        lines = [line for line, _ in run]
        part = blocks[i].between(lines[0].at, lines[-1].at + 1) if len(lines) < len(blocks[i].lines) else blocks[i]
        if is_label and any(block.is_heading or _has_chapter(block) for block in kept) and _take_labels(sections, part):
            continue
        if part.is_rule or is_label or role == "" or _is_heading(lines[0]) or is_from_to(part):
            kept.append(part)
        elif role == "title" or (role == "author" and not has_title and read_title_and_byline(part.lines[0])):
            kept += _take_title(sections, part.lines[0], is_signed=is_signed)
            if i + 1 == start.block and blocks[i].is_line and _may_also_begin_story(part.text):
                sections.first_line = blocks[i]
        elif role == "author" and not is_subtitle(part.lines[0]) and not dedicates(part.lines, blocks[i + 1 :]):
            sections.author = sections.author or next(filter(None, map(read_author_line, part.lines)), None)
        elif kept and (above := kept[-1].labels) and not above[-1].value:
            kept.append(part)  # the text of the label above
        elif part.is_line and (numbered := NUMBERED.fullmatch(part.text.strip())) is not None and not headings:
            kept.append(
                replace(part, lines=(f"{numbered['number']}. {numbered['title']}",), marked=(), is_heading=True)
            )
        elif (
            not headings
            and i + 1 == start.block
            and len(part.lines) > 1
            and (numbered := NUMBERED.fullmatch(part.lines[-1].strip())) is not None
        ):
            kept += _with_rating(part.between(0, len(part.lines) - 1), sections, is_page=True, is_rated=is_rated)
            kept.append(Block((f"{numbered['number']}. {numbered['title']}",), 1, is_heading=True))
        elif kept and _is_title_below(kept[-1], part):
            kept[-1] = replace(kept[-1], lines=(*kept[-1].lines, part.text.strip(_QUOTES)), marked=())
        else:
            kept += _with_rating(part, sections, is_page=len(read) > _LINES_OF_A_PAGE, is_rated=is_rated)
    first = blocks[start.block].after(start.at) if start.at else blocks[start.block]
    return [*kept, replace(first, begins_story=True), *blocks[start.block + 1 :]]


def _has_chapter(block: Block) -> bool:
    return not block.is_note and block.labels is None and read_chapter(block.lines[0]) is not None


def _take_labels(sections: Sections, part: Block) -> bool:
    """Take labels of the story from *part*, below a chapter's heading; return whether *part* has only such labels.

    Nothing is taken if a label is a note, a summary or empty.
    """
    labels = part.labels or ()
    if not labels or any(label.kind in ("note", "summary") or not label.value for label in labels):
        return False
    for label in labels:
        sections.take(label)
    return True


def _is_title_below(heading: Block, part: Block) -> bool:
    """Return whether *part* is a chapter's title, and *heading*, above it, only the chapter's number."""
    chapter = read_chapter(heading.lines[0]) if heading.is_line and not heading.is_note else None
    is_bare = chapter is not None and chapter.number is not None and chapter.title is None
    return is_bare and part.is_line and len(part.text.split()) <= _HEADING_WORDS and not is_telling(part)


def _with_rating(part: Block, sections: Sections, *, is_page: bool, is_rated: bool) -> list[Block]:
    """Return *part* as a note; unless the story *is_rated* already, a rating in *part* becomes a label above the note.

    A line with the kind of story or the author is taken instead.
    """
    shown = (bare_rating(line, is_page=is_page) for line in part.lines)
    rating = None if is_rated else next(filter(None, shown), None)
    return [*([Block((f"Rating: {rating}",))] if rating else []), *_take_kind_or_author(sections, part)]


_HEADING_WORDS = 8  # maximum words of a chapter's title
_QUOTES = '"“”„«» '
_LINES_OF_A_PAGE = 5  # maximum lines of a post down to the story's first line; a site's page has more
_LINES_OF_A_HEADING = 3  # maximum lines of a heading with its title


def _may_also_begin_story(line: str) -> bool:
    """Return whether *line*, used as the title for lack of a better one, may be the story's first line."""
    return line.rstrip().endswith((":", ",")) or not read_title(line, below="text")


def _group_key(line: Line, role: Role, blocks: Sequence[Block], headings: Container[int]) -> tuple[int, str, bool]:
    """Return the key by which consecutive lines are grouped.

    It is the block index, the role, and whether the line is taken as a label or as part of one. In a block of labels
    the role is empty for all lines but an unlabelled title or author; in a heading it is empty, too. So the lines of
    labels and of headings stay together.
    """
    block = blocks[line.block]
    if block.labels is not None:
        is_named = line.label == "" and (role == "title" or (role == "author" and _has_likely_name(line.text)))
        return line.block, role if is_named else "", not is_named
    is_of_heading = line.at == 0 or (len(block.lines) <= _LINES_OF_A_HEADING and role != "author")
    if line.block in headings and is_of_heading:
        return line.block, "", False
    return line.block, "" if _is_heading(line) else role, bool(line.label)


def _has_likely_name(line: str) -> bool:
    name = read_author_line(line)
    return name is not None and is_likely_name(name)


def _is_heading(line: Line) -> bool:
    return line.kind == "a heading" or is_named_part(line.text)


def _take_kind_or_author(sections: Sections, part: Block) -> list[Block]:
    """Take the kind of story or the author from *part*, a text above the story; else return it as a note."""
    line = part.lines[0]
    if part.is_line and (kind := read_kind(line)) is not None:
        sections.take(Labelled("metadata", "type", kind))
        return []
    if (
        part.is_line
        and sections.author is None
        and not is_subtitle(line)
        and (author := read_byline(line) or read_signed(line)) is not None
    ):
        sections.author = author
        return []
    return [replace(part, is_note=True)]


_STARS = "✧･ﾟ:*"  # ornaments that are repeated around a title


def _take_title(sections: Sections, line: str, *, is_signed: bool) -> list[Block]:
    """Take the title from *line*; return other details in the line as labels.

    If another line names the author (*is_signed*), ``Deliver by Low Water`` is only a title.
    """
    if not is_signed and line[:1] in "*_" and (both := read_title_and_byline(line)) is not None:
        sections.title, sections.author = both
        return []
    around = _STARS if line[:1] in _STARS else "_"
    read = read_title_line(line.strip(around + " ") or line, is_signed=is_signed)
    sections.title, sections.author = read.title, sections.author or read.author
    return [Block(read.labels)] if read.labels else []
