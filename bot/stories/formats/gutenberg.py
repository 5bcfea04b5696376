"""Plain text of Project Gutenberg: remove the site's header and footer, its credits, and its marks for pictures."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import zip_longest

from bot.stories.formats.typed_emphasis import emphasised_book
from bot.stories.sections.headings import read_chapter
from bot.stories.sections.labels import LabelKind, Labelled

_HEADER_LINES = 1000  # lines at the start of a file that are searched for the end of its header
_WIDTH = 72  # characters of a full line
_CHAPTER_GAP = 5  # line ends between two chapters
CREDIT_BLOCKS = 6
"""Number of blocks at the start of a book that are searched for credits."""


@dataclass(slots=True)
class Book:
    """A book without the site's header and footer."""

    body: str
    labels: list[Labelled] = field(default_factory=list[Labelled])


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
    _take_credits(book)
    book.body = emphasised_book(without_illustrations(book.body))
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


# -- credits ----------------------------------------------

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


_IN_BRACKETS = r"(?:[^\[\]]|\[[^\[\]]{0,300}\])"
"""Pattern of a character, or of words in brackets, within brackets."""

# -- illustrations -------------------------------------------------------------------

_ILLUSTRATION = re.compile(
    r"(?P<before>(?<!\s)\s*+|)\[(?:Illustrations?|Frontispiece|Decoration|Ornament|Music)\b(?=[\]:. ,\n])"
    rf"(?P<words>{_IN_BRACKETS}{{0,4000}}+)\](?P<after>\s*)"
)


def without_illustrations(text: str) -> str:
    """Return *text* without the marks of pictures; a chapter heading within a mark stays."""
    return _ILLUSTRATION.sub(_instead_of, text) if "[" in text else text


def _instead_of(mark: re.Match[str]) -> str:
    """Return the text in place of the mark of a picture: the headings in it, or the gap between two paragraphs."""
    before, after = mark["before"], mark["after"]
    heads = [line for line in mark["words"].split("\n") if read_chapter(line.strip(" \t_:"))]
    if heads:
        return "\n\n\n" + "\n\n".join(heads) + after
    if "\n" not in before or "\n" not in after:
        return before + after
    gap = max(before.count("\n"), after.count("\n"))
    return "\n" * (gap if gap >= _CHAPTER_GAP else 2) + after.rpartition("\n")[2]
