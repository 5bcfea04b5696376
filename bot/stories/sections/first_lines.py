"""Take from the first lines of a text what their likeliest reading says; where none stands out, rules decide."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from itertools import groupby

from bot.stories.ratings import bare_rating
from bot.stories.sections.author_lines import is_byword, read_author_line
from bot.stories.sections.blocks import Block
from bot.stories.sections.chain import Role, best_reading, points_of, stands_out
from bot.stories.sections.chapters import headings_in
from bot.stories.sections.headings import is_named_part, may_head, read_chapter
from bot.stories.sections.labels import Labelled, has_label, is_subtitle
from bot.stories.sections.looks import Line, Looks, body_of, lines_from_start
from bot.stories.sections.notes import is_greeting, is_telling
from bot.stories.sections.opening import is_for, is_from_to, is_gift, titled_by_rules
from bot.stories.sections.parts import Sections
from bot.stories.sections.plays import has_speeches
from bot.stories.sections.posting import hardly_said, is_heard
from bot.stories.sections.title_lines import read_title_line
from bot.stories.sections.titles import read_byline, read_kind, read_signed, read_title, read_title_and_byline


def titled(sections: Sections, blocks: list[Block]) -> list[Block]:
    """Take the title and the author from the first lines; return the other blocks, among which notes are known."""
    read = read_start(blocks) if sections.title is None else None
    if read is None:
        return titled_by_rules(sections, blocks)
    return _rest(sections, blocks, _with_title(blocks, read))


def _with_title(blocks: list[Block], read: list[tuple[Line, Role]]) -> list[tuple[Line, Role]]:
    """Return what is *read*, with the title and the author that rules find where it has none."""
    known = looks_known(blocks)
    if all(any(is_ == role for _, is_ in read) or f"{role} labelled" in known for role in ("title", "author")):
        return read
    if not any(role == "said" for _, role in read[:-1]):
        return read
    by_rules = Sections()
    titled_by_rules(by_rules, blocks)
    found: list[tuple[Line, Role]] = read
    names: list[tuple[Role, str | None]] = [("title", by_rules.title), ("author", by_rules.author)]
    for role, name in names:
        at = next((n for n, (line, is_) in enumerate(read[:-1]) if is_ == "said" and name and name in line.text), None)
        if at is not None and f"{role} labelled" not in known and not any(is_ == role for _, is_ in found):
            found = [*found[:at], (found[at][0], role), *found[at + 1 :]]
    return found


def _with_name_below(read: list[tuple[Line, Role]]) -> list[tuple[Line, Role]]:
    """Return what is *read*, with the line below a ``by`` on a line of its own as the author's name."""
    at = next((n for n, (line, _) in enumerate(read[:-2]) if is_byword(line.text)), None)
    if at is None:
        return read
    named: list[tuple[Line, Role]] = [(line, "author") for line, _ in read[at : at + 2]]
    others: list[tuple[Line, Role]] = [(line, "said" if role == "author" else role) for line, role in read]
    return [*others[:at], *named, *others[at + 2 :]]


def _with_signed_title(read: list[tuple[Line, Role]]) -> list[tuple[Line, Role]]:
    """Return what is *read*, with a line as title that says who wrote it, where no other is title or author."""
    if any(role in ("title", "author") for _, role in read):
        return read
    signed = (
        n
        for n, (line, role) in enumerate(read[:-1])
        if role == "said" and not line.kind and len(line.text) <= _TITLE_LINE
        if read_title_line(line.text, is_signed=False).author is not None
    )
    at = next(signed, None)
    return read if at is None else [*read[:at], (read[at][0], "title"), *read[at + 1 :]]


_TITLE_LINE = 120  # characters of a line with title and author at most


def looks_known(blocks: Sequence[Block]) -> list[str]:
    """Return what labels among the first blocks name, so that no other line need do so."""
    kinds = {label.kind for block in blocks[:_BLOCKS_OF_LABELS] for label in block.labels or ()}
    return [
        *(["title labelled"] if "title" in kinds else []),
        *(["author labelled"] if "author" in kinds else []),
    ]


_BLOCKS_OF_LABELS = 24


def read_start(blocks: Sequence[Block]) -> list[tuple[Line, Role]] | None:
    """Return the likeliest reading of the lines down to the first of the story, or None where it is unsure."""
    lines = lines_from_start(blocks)
    points = points_of("first_lines")
    looks = Looks(lines, body_of(blocks), from_end=False, known=looks_known(blocks), counted=points.looks)
    reading = best_reading(map(looks.of, range(len(lines))), points)
    if not reading.roles:
        return None
    start = lines[len(reading.roles) - 1].block
    if not stands_out(reading, blocks[start:], blocks[:start]):
        return None
    read = _with_signed_title(_with_name_below(list(zip(lines, reading.roles, strict=False))))
    if any(_is_doubtful(line, role, blocks) for line, role in read):
        return None
    return read if _is_heard(read) and not has_speeches(blocks[:_BLOCKS_OF_A_PLAY]) else None


def _is_sentence(line: str) -> bool:
    return line.endswith((".", "。")) and (len(line.split()) > _TITLE_WORDS or line[:1] in '"“«„「—–')


_TITLE_WORDS = 6  # of a title that ends as a sentence does, at most
_BLOCKS_OF_A_PLAY = 40  # at its beginning, by which it is known


def _is_heard(read: Sequence[tuple[Line, Role]]) -> bool:
    """Return whether lines above the story say anything that an author or a site says, or nobody else."""
    above = [(line, role) for line, role in read[:-1] if not line.is_rule]
    return not above or any(
        role != "said" or line.kind or (is_heard(Block((line.text,))) and not line.text.endswith(":"))
        for line, role in above
    )


def _is_doubtful(line: Line, role: Role, blocks: Sequence[Block]) -> bool:
    """Return whether *line* hardly has its *role* by what rules know.

    What is told begins with no label and no plea; what is said is no speech, no long tale, and no head of a letter.
    """
    block = blocks[line.block]
    alone = Block((line.text,))
    if role == "told" and (line.label or is_telling(alone)):
        return True
    if role == "title" and (line.label or is_greeting(line.text)):
        return True
    if role in ("title", "author") and (_is_sentence(line.text) or (role == "title" and is_from_to(alone))):
        return True
    if role != "said" or line.kind:
        return False
    is_letter = line.at == 0 and is_from_to(block) and not is_gift(block, blocks[line.block + 1 :])
    return is_letter or hardly_said(block if not any(map(has_label, block.lines)) else Block((line.text,)))


def _rest(sections: Sections, blocks: Sequence[Block], read: Sequence[tuple[Line, Role]]) -> list[Block]:
    """Take title and author from the lines that are *read*; return the other blocks, with what is said as notes."""
    kept: list[Block] = []
    start = read[-1][0]
    may_be_headed = any(blocks[line.block].is_heading or may_head(blocks[line.block].lines[0]) for line, _ in read[:-1])
    headings = headings_in(blocks) if may_be_headed else {}
    is_signed = any(role == "author" or read_byline(line.text) is not None for line, role in read[:-1])
    has_title = any(role == "title" for _, role in read)
    is_rated = any(label.label == "rating" for block in blocks[: start.block] for label in block.labels or ())
    for (i, role, is_label), run in groupby(read[:-1], key=lambda each: _together(*each, blocks, headings)):
        lines = [line for line, _ in run]
        part = blocks[i].between(lines[0].at, lines[-1].at + 1) if len(lines) < len(blocks[i].lines) else blocks[i]
        if part.is_rule or is_label or role == "" or _is_heading(lines[0]) or is_from_to(part):
            kept.append(part)
        elif role == "title" or (role == "author" and not has_title and read_title_and_byline(part.lines[0])):
            kept += _take_title(sections, part.lines[0], is_signed=is_signed)
            if not kept and i + 1 == start.block and blocks[i].is_line and _may_be_told(part.text):
                sections.first_line = blocks[i]
        elif role == "author" and not is_subtitle(part.lines[0]) and not is_for(part.lines, blocks[i + 1 :]):
            sections.author = sections.author or next(filter(None, map(read_author_line, part.lines)), None)
        elif kept and (above := kept[-1].labels) and not above[-1].value:
            kept.append(part)  # the text of the label above
        elif kept and _heads(kept[-1], part):
            kept[-1] = replace(kept[-1], lines=(*kept[-1].lines, part.text.strip(_QUOTES)), marked=())
        else:
            kept += _with_rating(part, sections, is_page=len(read) > _LINES_OF_A_PAGE, is_rated=is_rated)
    first = blocks[start.block].after(start.at) if start.at else blocks[start.block]
    return [*kept, replace(first, begins_story=True), *blocks[start.block + 1 :]]


def _heads(heading: Block, part: Block) -> bool:
    """Return whether *part* is the title of the chapter whose *heading* above it is a number alone."""
    chapter = read_chapter(heading.lines[0]) if heading.is_line and not heading.is_note else None
    is_bare = chapter is not None and chapter.number is not None and chapter.title is None
    return is_bare and part.is_line and len(part.text.split()) <= _HEADING_WORDS and not is_heard(part)


def _with_rating(part: Block, sections: Sections, *, is_page: bool, is_rated: bool) -> list[Block]:
    """Return what *part* says, with the rating that a site shows in it as a label where no label has it."""
    shown = (bare_rating(line, is_page=is_page) for line in part.lines)
    rating = None if is_rated else next(filter(None, shown), None)
    return [*([Block((f"Rating: {rating}",))] if rating else []), *_said(sections, part)]


_HEADING_WORDS = 8  # words of a chapter's title at most
_QUOTES = '"“”„«» '
_LINES_OF_A_PAGE = 5
_LINES_OF_A_HEADING = 3  # with its title


def _may_be_told(line: str) -> bool:
    """Return whether the story may begin with a *line* that is its title for want of a better one."""
    return line.rstrip().endswith((":", ",")) or not read_title(line, below="text")


def _together(line: Line, role: Role, blocks: Sequence[Block], headings: Container[int]) -> tuple[int, str, bool]:
    """Return what lines have in common that say one thing: those of labels do, and those of a heading."""
    block = blocks[line.block]
    if block.labels is not None:
        return line.block, "", True
    if line.block in headings and (line.at == 0 or len(block.lines) <= _LINES_OF_A_HEADING):
        return line.block, "", False
    return line.block, "" if _is_heading(line) else role, bool(line.label)


def _is_heading(line: Line) -> bool:
    return line.kind == "a heading" or is_named_part(line.text)


def _said(sections: Sections, part: Block) -> list[Block]:
    """Take what *part*, which an author or a site says, tells about the story; return it as a note where nothing."""
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


_STARS = "✧･ﾟ:*"  # ornaments that repeat themselves


def _take_title(sections: Sections, line: str, *, is_signed: bool) -> list[Block]:
    """Take the title from *line*, with what else it says; return that as labels.

    Where the text *is_signed* on another line, ``Deliver by Low Water`` names no author.
    """
    if not is_signed and line[:1] in "*_" and (both := read_title_and_byline(line)) is not None:
        sections.title, sections.author = both
        return []
    around = _STARS if line[:1] in _STARS else "_"
    read = read_title_line(line.strip(around + " ") or line, is_signed=is_signed)
    sections.title, sections.author = read.title, sections.author or read.author
    return [Block(read.labels)] if read.labels else []
