"""Plain text of Project Gutenberg: remove the site's header and footer, its credits, and its marks for pictures."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import zip_longest

from bot.stories.formats.typed_emphasis import emphasised_book
from bot.stories.sections.headings import is_named_part, read_chapter
from bot.stories.sections.labels import LabelKind, Labelled
from bot.stories.sections.lines import undecorated

_HEADER_LINES = 1000  # lines at the start of a file that are searched for the end of its header
_LONGEST_MARK = 4000  # maximum characters of a picture mark; a longer bracket is text
_LONGEST_NOTE = 20_000  # maximum characters of a transcriber's note
_WIDTH = 72  # characters of a full line
CREDIT_BLOCKS = 6
"""Number of blocks at the start of a book that are searched for credits."""


@dataclass(slots=True)
class Book:
    """A book without the site's header and footer."""

    body: str
    labels: list[Labelled] = field(default_factory=list[Labelled])
    notes_before: list[str] = field(default_factory=list[str])
    notes_after: list[str] = field(default_factory=list[str])


START = re.compile(
    r"\s*\*{3}\s?START OF (?:THE|THIS) PROJECT GUTENBERG|\s*\*\s?END\s?\*?\s?THE SMALL PRINT|\s*\*END THE SMALL PRINT",
    re.I,
)
"""The mark above a book."""
_START_CLOSES = re.compile(r"\*(?:END)?\*\s*$|\*{3}\s*$", re.I)
END = re.compile(
    r"\s*\*{3}\s?END OF (?:THE|THIS) PROJECT GUTENBERG|\s*\*{3}\s?START: FULL LICENSE|"
    r"\s*(?:\*+\s?)?(?:this is the )?end of (?:the |this )?project gutenberg\b",
    re.I,
)
"""The mark below a book."""
_FIRST_LINE = re.compile(
    r"\W*(?:The\s+)?Project Gutenberg(?:'s|’s)?(?:\s+(?:E-?Text|E-?Book|Edition)(?:\s+of)?|,)?[\s,]+"
    r"(?P<title>\S.{0,200}?)(?:,\s+by\s+(?P<author>[^,#]{2,80}))?\W*",
    re.I,
)


def read_gutenberg(text: str) -> Book | None:
    """Return the book in a file of Project Gutenberg, or None for any other file."""
    lines = text.split("\n")
    start = _book_start(lines)
    if start is None:
        return None
    end = _book_end(lines, start)
    book = Book("\n".join(lines[start:end]), list(read_header(lines[:start])))
    _take_notes(book)
    _take_credits(book)
    book.body = emphasised_book(without_illustrations(_PICTURE_FILE.sub("", book.body)))
    return book


def _book_start(lines: Sequence[str]) -> int | None:
    """Return the index of the line after the last mark that ends the site's header, or None."""
    start = next((i for i in reversed(range(len(lines[:_HEADER_LINES]))) if START.match(lines[i][:80])), None)
    if start is None:
        return None
    closing = (i for i, line in enumerate(lines[start : start + 5], start) if _START_CLOSES.search(line[-20:]))
    return 1 + next(closing, start)


def _book_end(lines: Sequence[str], start: int) -> int:
    """Return the index of the line where the site's footer begins; the number of lines if there is no footer."""
    for i in range(start, len(lines)):
        if END.match(lines[i][:80]) and (len(lines) - i < 600 or lines[i].lstrip().startswith("***")):
            return i
    return len(lines)


_DETAILS = (
    "subtitle, editor, editors, translator, translators, illustrator, illustrators, contributor, contributors, "
    "commentator, compiler, annotator, photographer, composer, adapter, release date, posting date, date last updated, "
    "last updated, most recently updated, original publication, language, credits, series, series title, edition, "
    "volume, produced by"
)
_LABELS: dict[str, LabelKind] = {
    "title": "title",
    **dict.fromkeys(("author", "authors", "by"), "author"),
    **dict.fromkeys(_DETAILS.split(", "), "metadata"),
}
_LABEL = re.compile(r"\s{0,40}(?P<open>\[?)(?P<label>[A-Za-z][A-Za-z ]{1,30}):(?P<value>.*)")


def read_header(lines: Sequence[str]) -> Iterator[Labelled]:
    """Yield each labelled line of the site's header (``Title: …``)."""
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
        if text := _joined(values):
            yield Labelled(_LABELS[label], label, text)


def _joined(values: Sequence[str]) -> str:
    """Join the lines of a value, with a colon before a subtitle: a line that would have fit on the one before."""
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

_BY_LANGUAGE: dict[str, list[str]] = tomllib.loads(
    files("bot.stories.formats").joinpath("gutenberg.toml").read_text("utf-8")
)["credits"]
_CREDITS = re.compile(rf"\W*(?:{'|'.join(phrase for phrases in _BY_LANGUAGE.values() for phrase in phrases)})", re.I)


def is_credit(text: str) -> bool:
    """Return whether a paragraph at the start of a book credits the people who made the file."""
    return len(text) < 1500 and _CREDITS.match(text[:200]) is not None


def _take_credits(book: Book) -> None:
    """Move the credits of the file from the start of the book to its labels."""
    parts = re.split(r"(\n[ \t]*\n\s*)", book.body.lstrip("\n"), maxsplit=CREDIT_BLOCKS)
    *pairs, last = zip_longest(parts[::2], parts[1::2], fillvalue="")
    kept = [block + gap for block, gap in pairs if not is_credit(block)] + [last[0]]
    credits = [" ".join(block.split()) for block, _ in pairs if is_credit(block)]
    if credits:
        book.body = "".join(kept)
        book.labels.append(Labelled("metadata", "credits", "; ".join(credits)))


_NOTE = re.compile(r"^[ \t]*(?P<open>[\[{(]?)[*_= ]{0,3}Transcriber(?:'s|s'|’s|s’|s)?[ _]+Notes?\b", re.I | re.M)
_NOTE_ENDS = re.compile(r"\n[ \t]*\n[ \t]*\n[ \t]*\n[ \t]*\n|\n[ \t]*(?:-{5,}|_{5,}|={5,}|\*(?: {0,8}\*){2,})[ \t]*\n")
_CLOSING = {"[": "]", "{": "}", "(": ")"}


def _take_notes(book: Book) -> None:
    """Move transcriber's notes at both ends, and any in brackets, from the body to `notes_before` or `notes_after`."""
    text = book.body
    kept: list[str] = []
    last = 0
    for match in _NOTE.finditer(text):
        if match.start() < last:
            continue
        near = min(max(len(text) // 10, 4000), len(text) // 2)
        head, tail = match.start() < near, match.start() > len(text) - near
        if match["open"]:
            end = _closing(text, match.start("open"), _LONGEST_NOTE)
        elif head or tail:
            stop = _NOTE_ENDS.search(text, match.end(), match.start() + _LONGEST_NOTE)
            end = stop.start() if stop and (head or text[stop.end() :].strip()) else len(text) if tail else None
        else:
            end = None
        if end is None:
            continue
        (book.notes_before if head else book.notes_after).append(text[match.start() : end].strip())
        kept.append(text[last : match.start()])
        last = end
    book.body = "".join([*kept, text[last:]])


def _closing(text: str, start: int, limit: int) -> int | None:
    """Return the offset after the bracket that closes the one at *start*; None without one in *limit* characters."""
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
_NON_SPACE = re.compile(r"\S")
_ILLUSTRATION = re.compile(r"\[(?:Illustrations?|Frontispiece|Decoration|Ornament|Music)\b(?=[\]:. ,\n])")


def without_illustrations(text: str) -> str:
    """Return *text* without the marks of pictures; a chapter heading within a mark stays."""
    kept: list[str] = []
    last = 0
    for match in _ILLUSTRATION.finditer(text):
        end = _closing(text, match.start(), _LONGEST_MARK) if match.start() >= last else None
        if end is None:
            continue
        before = text[last : match.start()]
        lines = [line.strip(" \t_:") for line in text[match.end() : end - 1].split("\n")]
        heads = [line for line in lines if line and (read_chapter(line) or is_named_part(line) or _is_contents(line))]
        gap = before[len(before.rstrip()) :]
        following = _NON_SPACE.search(text, end)
        after = text[end : following.start() if following else len(text)]
        if heads and "\n" in gap:
            kept.append(before.rstrip() + "\n\n\n" + "\n\n".join(heads))
            last = end
        elif ("\n" in gap or not before.strip()) and ("\n" in after or end + len(after) == len(text)):
            fewer, more = sorted((gap.count("\n"), after.count("\n")))
            count = more if more >= 5 else fewer if fewer < 3 else 2
            indent = (after or gap).rpartition("\n")[2]
            kept.append(before.rstrip() + "\n" * max(2, count) + indent)
            last = end + len(after)
        else:
            kept.append(before)
            last = end
    return "".join([*kept, text[last:]]) if kept else text


def _is_contents(line: str) -> bool:
    return undecorated(line).lower() in ("contents", "contents.")
