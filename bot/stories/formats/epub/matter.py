"""What stands in a book and is not the book: cover, title page, imprint, contents, colophon, licence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import PurePosixPath

from bot.stories.formats.epub.document import Document
from bot.stories.formats.epub.package import Package
from bot.stories.formats.html.tree import attribute, elements, kinds, line_of, names_in, raw_text

_ALWAYS = names_in(
    "halftitlepage halftitle half-title imprint copyright-page copyright colophon toc table-of-contents landmarks loi "
    "lot loa lov page-list licence license"
)
_WHILE_SMALL = names_in("cover coverimage cover-image titlepage title-page")
_LICENCE = re.compile(
    r"(?:un)?copy[-_ ]?right(?:[-_ ]?(?:page|notice))?|colophon|imprint|legal[-_ ]notice|"
    r"(?:the[-_ ])?(?:full[-_ ])?(?:project[-_ ]gutenberg(?:[-_ ]tm)?[-_ ])?licen[cs]e",
    re.I,
)
_NAMES = re.compile(
    r"title[-_ ]?page|half[-_ ]?title(?:[-_ ]?page)?|toc|table[-_ ]of[-_ ]contents|contents|nav|navigation|loi|"
    r"list[-_ ]of[-_ ]illustrations",
    re.I,
)
_COVER = re.compile(r"(?:front[-_ ]?)?cover(?:[-_ ]?(?:page|image))?", re.I)
_AROUND = re.compile(
    r"about[-_ ]the[-_ ](?:author|publisher|translator)s?|(?:also|(?:other|more)[-_ ]books?)[-_ ]by\b.{0,80}|"
    r"(?:praise|acclaim)[-_ ]for\b.{0,80}|newsletter|author[-_ ]?bio(?:graphy)?|a[-_ ]note[-_ ]from[-_ ]the[-_ ]author|"
    r"author['’]?s?[-_ ]notes?",
    re.I,
)
_SMALL = 400
"""Words: what is called a title page and has more is not only that."""

_COVER_WORDS = 40

_RIGHTS = re.compile(r"all rights reserved|\bisbn\b|©\s*(?:copyright\s*)?\d{4}|copyright\s*(?:©|\(c\))?\s*\d{4}", re.I)


_TITLE_PIECES = 12
"""Paragraphs at the start of a book among which its title and its author are looked for."""


def is_matter(document: Document, package: Package) -> bool:
    """Whether a page is none of the story's, by what the book calls it or by what it says."""
    root = document.page.root
    names = _names(document, package)
    tops = [node for node in islice(elements(root), 3) if node.name in _TOPS]
    said = package.kinds.get(document.path, set()) | kinds(root)
    said |= {kind for node in tops for kind in (*kinds(node), attribute(node, "id").lower())}
    words = len(raw_text(root).split())
    if said & _ALWAYS or any(_LICENCE.fullmatch(name) for name in names):
        return True
    if words <= _SMALL and (said & _WHILE_SMALL or any(_NAMES.fullmatch(name) for name in names)):
        return True
    if words <= _COVER_WORDS and any(_COVER.fullmatch(name) for name in names):
        return True
    is_listed = any(entry.path == document.path for entry in package.contents)
    return words <= _SMALL and not is_listed and bool(_RIGHTS.search(raw_text(root)))


def is_around(document: Document, package: Package) -> bool:
    """Whether a page speaks of the author, or of other books: what it says is a note."""
    return any(_AROUND.fullmatch(name.strip()) for name in _names(document, package))


def _names(document: Document, package: Package) -> list[str]:
    """What a page is called: its file, its entries in the table of contents, its first heading."""
    head = next((node for node in elements(document.page.root) if node.name in ("h1", "h2", "h3")), None)
    titles = [entry.title for entry in package.contents if entry.path == document.path]
    return [PurePosixPath(document.path).stem, *titles, *([line_of(head)] if head is not None else [])]


_TOPS = frozenset({"section", "div", "article"})


def take_title_off(documents: Sequence[Document], package: Package) -> None:
    """Take off what stands first in a book and only repeats its title and its author."""
    about = package.about
    names = [" ".join(_words(name)) for name in (about.title, about.author) if name]
    repeats = re.compile(rf"(?: (?:by|{'|'.join(map(re.escape, filter(None, names)))}))+")
    places = [(document, i) for document in documents for i in range(len(document.pieces))]
    said, taken = "", 0
    for number, (document, i) in enumerate(islice(places, _TITLE_PIECES), 1):
        said += "".join(f" {word}" for word in _words(document.pieces[i].block.text))
        if repeats.fullmatch(said):
            taken = number
    for document in documents:
        gone, rest = document.pieces[:taken], document.pieces[taken:]
        taken -= len(gone)
        if rest:
            anchors = (anchor for piece in gone for anchor in piece.anchors)
            rest[0] = replace(rest[0], anchors=(*anchors, *rest[0].anchors))
        document.pieces = rest


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
