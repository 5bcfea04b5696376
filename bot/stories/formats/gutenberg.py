"""Project Gutenberg's plain text: what the site put around a book is taken off, and its marks are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.stories.emphasis import marked
from bot.stories.sections.blocks import is_rule
from bot.stories.sections.headings import is_named_part, read_chapter
from bot.stories.sections.labels import Labelled
from bot.stories.sections.lines import undecorated

HEADER_LINES = 1000
"""Lines among which the book must begin."""

LONGEST_MARK = 4000
"""Characters: a bracket that is not closed within them is none."""

LONGEST_NOTE = 20_000

FEW_PAIRS = 3
"""Pairs of underscores from which on a file that uses them for nothing else is taken to mean italics."""


MOST_SIGNS = 20_000
"""Signs in one paragraph: more of them mean no emphasis."""

STRAY_SHARE = 0.02
"""Of the underscores, that a slip of somebody's may have left without a partner."""


@dataclass(slots=True)
class Book:
    """A book without what the site says around it."""

    body: str
    labels: list[Labelled] = field(default_factory=list[Labelled])
    notes_before: list[str] = field(default_factory=list[str])
    notes_after: list[str] = field(default_factory=list[str])


_START = re.compile(
    r"\s*\*{3}\s?START OF (?:THE|THIS) PROJECT GUTENBERG|\s*\*\s?END\s?\*?\s?THE SMALL PRINT|\s*\*END THE SMALL PRINT",
    re.I,
)
_START_CLOSES = re.compile(r"\*(?:END)?\*\s*$|\*{3}\s*$", re.I)
_END = re.compile(
    r"\s*\*{3}\s?END OF (?:THE|THIS) PROJECT GUTENBERG|\s*\*{3}\s?START: FULL LICENSE|"
    r"\s*(?:\*+\s?)?(?:this is the )?end of (?:the |this )?project gutenberg\b",
    re.I,
)
_FIRST_LINE = re.compile(
    r"\W*(?:The\s+)?Project Gutenberg(?:'s|’s)?(?:\s+(?:E-?Text|E-?Book|Edition)(?:\s+of)?|,)?[\s,]+"
    r"(?P<title>\S.{0,200}?)(?:,\s+by\s+(?P<author>[^,#]{2,80}))?\W*",
    re.I,
)


def read_gutenberg(text: str) -> Book | None:
    """The book in a file of Project Gutenberg's, or None where the file is not one."""
    lines = text.split("\n")
    start = _begins(lines)
    if start is None:
        return None
    end = _ends(lines, start)
    book = Book("\n".join(lines[start:end]), list(read_header(lines[:start])))
    _take_notes(book)
    _take_credits(book)
    book.body = emphasised(without_illustrations(_without_picture_files(book.body)), bold=True)
    return book


def _begins(lines: Sequence[str]) -> int | None:
    """The line after the last mark that the site's header ends with."""
    found = None
    for i, line in enumerate(lines[:HEADER_LINES]):
        if _START.match(line[:80]):
            closed = next((j for j in range(i, min(i + 5, len(lines))) if _START_CLOSES.search(lines[j][-20:])), i)
            found = closed + 1
    return found


def _ends(lines: Sequence[str], start: int) -> int:
    """The line where the site's footer begins."""
    for i in range(start, len(lines)):
        if _END.match(lines[i][:80]):
            rest = len(lines) - i
            if rest < 600 or lines[i].lstrip().startswith("***"):
                return i
    return len(lines)


_LABELS = {
    label: kind
    for kind, labels in (
        ("title", "title"),
        ("author", "author, authors, by"),
        (
            "metadata",
            "subtitle, editor, editors, translator, translators, illustrator, illustrators, contributor, contributors, "
            "commentator, compiler, annotator, photographer, composer, adapter, release date, posting date, "
            "date last updated, last updated, most recently updated, original publication, language, credits, series, "
            "series title, edition, volume, produced by",
        ),
    )
    for label in labels.split(", ")
}
_LABEL = re.compile(r"\s{0,40}(?P<open>\[?)(?P<label>[A-Za-z][A-Za-z ]{1,30}):(?P<value>.*)")
_WIDTH = 72


def read_header(lines: Sequence[str]) -> Iterator[Labelled]:
    """What the site's header says of the book."""
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in lines:
        match = _LABEL.match(line)
        label = match["label"].lower() if match else ""
        if match and label in _LABELS and label not in found:
            value = match["value"].strip()
            current = found[label] = [value.removesuffix("]") if match["open"] else value]
        elif not line.strip() or not (line.startswith(" ") or current):
            current = None
        elif current is not None and match is None and not line.startswith("["):
            current.append(line.strip())
        else:
            current = None
    first = next((_FIRST_LINE.fullmatch(line[:300]) for line in lines if line.strip()), None)
    for label in ("title", "author"):
        if label not in found and first and first[label] and "small print" not in first[label].lower():
            found[label] = [first[label].strip()]
    for label, values in found.items():
        if text := _continued(values):
            kind = _LABELS[label]
            if kind == "title":
                yield Labelled("title", label, text)
            elif kind == "author":
                yield Labelled("author", label, text)
            else:
                yield Labelled("metadata", label, text)


def _continued(values: Sequence[str]) -> str:
    """A value and its further lines: a subtitle follows a title that did not need a second line."""
    text = ""
    for value in values:
        if not text:
            text = value
        elif len(text) + len(value.split(maxsplit=1)[0]) > _WIDTH - 10 or value[:1].islower() or text[-1:] in ".,;:—-":
            text += f" {value}"
        else:
            text += f": {value}"
    return text.strip()


# -- credits and transcribers' notes ----------------------------------------------

_CREDITS = re.compile(
    r"\W*(?:(?:this\s+)?(?:e-?text|e-?book|file|etext)\s+(?:was\s+)?(?:prepared|produced|transcribed|scanned)|"
    r"(?:produced|prepared|transcribed|scanned|proofed|proofread|digitized|typed)\b.{0,40}\b(?:by|from)\b|"
    r"html (?:version|file) (?:produced )?by|updated editions? by|additional (?:proof|editing))",
    re.I,
)
CREDIT_BLOCKS = 6
"""Blocks at the head of a book among which who made the file is named."""


def is_credit(text: str) -> bool:
    """Whether a paragraph at the head of a book names who made the file."""
    return len(text) < 1500 and _CREDITS.match(text[:200]) is not None


def _take_credits(book: Book) -> None:
    """Take who made the file from the head of the book: it is said of the file, not of the story."""
    parts = re.split(r"(\n[ \t]*\n\s*)", book.body.lstrip("\n"), maxsplit=CREDIT_BLOCKS)
    kept: list[str] = []
    credits: list[str] = []
    for i in range(0, len(parts), 2):
        block = parts[i]
        gap = parts[i + 1] if i + 1 < len(parts) else ""
        if is_credit(block) and i + 1 < len(parts):
            credits.append(" ".join(block.split()))
        else:
            kept += [block, gap]
    if credits:
        book.body = "".join(kept)
        book.labels.append(Labelled("metadata", "credits", "; ".join(credits)))


_NOTE = re.compile(r"^[ \t]*(?P<open>[\[{(]?)[*_= ]{0,3}Transcriber(?:'s|s'|’s|s’|s)?[ _]+Notes?\b", re.I | re.M)
_NOTE_ENDS = re.compile(r"\n[ \t]*\n[ \t]*\n[ \t]*\n[ \t]*\n|\n[ \t]*(?:-{5,}|_{5,}|={5,}|\*(?: {0,8}\*){2,})[ \t]*\n")
_CLOSING = {"[": "]", "{": "}", "(": ")"}


def _take_notes(book: Book) -> None:
    """Take the transcriber's notes: those in the first tenth of the book stand before it, others after."""
    text = book.body
    kept: list[str] = []
    last = 0
    for match in _NOTE.finditer(text):
        if match.start() < last:
            continue
        near = min(max(len(text) // 10, 4000), len(text) // 2)
        head, tail = match.start() < near, match.start() > len(text) - near
        if match["open"]:
            end = _closing(text, match.start("open"), LONGEST_NOTE)
        elif head or tail:
            stop = _NOTE_ENDS.search(text, match.end(), match.start() + LONGEST_NOTE)
            end = stop.start() if stop and (head or text[stop.end() :].strip()) else len(text) if tail else None
        else:
            end = None
        if end is None:
            continue
        note = text[match.start() : end].strip()
        (book.notes_before if head else book.notes_after).append(note)
        kept.append(text[last : match.start()])
        last = end
    book.body = "".join([*kept, text[last:]])


def _closing(text: str, start: int, limit: int) -> int | None:
    """Where the bracket that opens at *start* is closed: the place after it."""
    opening = text[start]
    end = min(start + limit, len(text))
    depth = 0
    at = start
    while (closed := text.find(_CLOSING[opening], at, end)) >= 0:
        depth += text.count(opening, at, closed) - 1
        at = closed + 1
        if depth == 0:
            return at
    return None


# -- illustrations -------------------------------------------------------------------

_PICTURE_FILE = re.compile(
    r"^[ \t]*\w[\w-]{0,60}\.(?:jpe?g|png|gif)[ \t]{1,4}\(\d+[KMB]+\)[ \t]*\n(?:\s*Full Size[ \t]*\n)?\s*", re.M
)
_ILLUSTRATION = re.compile(r"\[(?:Illustrations?|Frontispiece|Decoration|Ornament|Music)\b(?=[\]:. ,\n])")


def without_illustrations(text: str) -> str:
    """*text* without the marks where a picture stood; a chapter's heading within one stays."""
    kept: list[str] = []
    last = 0
    for match in _ILLUSTRATION.finditer(text):
        end = _closing(text, match.start(), LONGEST_MARK) if match.start() >= last else None
        if end is None:
            continue
        before = text[last : match.start()]
        inside = text[match.end() : end - 1]
        heads = [line.strip(" \t_:") for line in inside.split("\n") if _heads(line.strip(" \t_:"))]
        gap = before[len(before.rstrip()) :]
        after = _space(text, end)
        if heads and "\n" in gap:
            kept.append(before.rstrip() + "\n\n\n" + "\n\n".join(heads))
            last = end
        elif ("\n" in gap or not before.strip()) and ("\n" in after or end + len(after) == len(text)):
            lines = sorted((gap.count("\n"), after.count("\n")))
            count = lines[1] if lines[1] >= 5 else lines[0] if lines[0] < 3 else 2
            indent = (after or gap).rpartition("\n")[2]
            kept.append(before.rstrip() + "\n" * max(2, count) + indent)
            last = end + len(after)
        else:
            kept.append(before)
            last = end
    return "".join([*kept, text[last:]]) if kept else text


def _without_picture_files(text: str) -> str:
    return _PICTURE_FILE.sub("", text)


def _space(text: str, start: int) -> str:
    end = start
    while end < len(text) and text[end].isspace():
        end += 1
    return text[start:end]


def _heads(line: str) -> bool:
    return bool(line) and (
        read_chapter(line) is not None or is_named_part(line) or undecorated(line).lower() in ("contents", "contents.")
    )


# -- emphasis ----------------------------------------------------------------------------

_ITALIC = marked("", "italic")
_BOLD = marked("", "bold")
_WORDS_OF_A_NAME = re.compile(r"\S*(?:://|@|www\.)\S*")


def emphasised(text: str, *, bold: bool = False) -> str:
    """*text* with its ``_italics_``, and its ``=bold=`` where asked for, as marks."""
    paragraphs = re.split(r"(\n[ \t]*\n)", text)
    return "".join(
        paragraph
        if paragraph.isspace()
        else _paired(_paired(paragraph, "_", _ITALIC), "=", _BOLD)
        if bold
        else _paired(paragraph, "_", _ITALIC)
        for paragraph in paragraphs
    )


def _paired(paragraph: str, sign: str, marks: str) -> str:
    """A paragraph with each pair of *sign* around words turned into marks; any other stays."""
    if sign not in paragraph:
        return paragraph
    characters = list(paragraph)
    for opened, closed in _pairs(paragraph, sign):
        characters[opened], characters[closed] = marks
    return "".join(characters)


def _pairs(paragraph: str, sign: str) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    if paragraph.count(sign) > MOST_SIGNS:
        return pairs
    opened: int | None = None
    for match in re.finditer(re.escape(sign), paragraph):
        i = match.start()
        before, after = paragraph[i - 1 : i] or " ", paragraph[i + 1 : i + 2] or " "
        if before == sign or after == sign:
            continue  # a rule, or a blank to fill in
        if opened is not None and not before.isspace() and not after.isalnum():
            pairs.append((opened, i))
            opened = None
        elif not before.isalpha() and not after.isspace():  # after a digit, too: 13_th_
            opened = i
    return pairs


def means_italics(text: str) -> bool:
    """Whether a file that is not Gutenberg's uses underscores for italics and for nothing else."""
    signs = text.count("_")
    if signs < 2 * FEW_PAIRS:
        return False
    pairs = used = 0
    for paragraph in re.split(r"\n[ \t]*\n", text):
        if "_" not in paragraph:
            continue
        if any(is_rule(line) for line in paragraph.split("\n") if "_" in line):
            used += sum(line.count("_") for line in paragraph.split("\n") if is_rule(line))
        pairs += len(_pairs(paragraph, "_"))
    return pairs >= FEW_PAIRS and signs - used - 2 * pairs <= signs * STRAY_SHARE
