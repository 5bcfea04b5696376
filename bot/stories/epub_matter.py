"""What stands in a book and is not the book: cover, title page, imprint, contents, colophon, licence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import PurePosixPath

from bot.stories.epub_document import Document
from bot.stories.epub_package import Package
from bot.stories.html_tree import attribute, elements, kinds, line_of, names_in, raw_text

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
_SMALL = 400
"""Words: what is called a title page and has more is not only that."""

_COVER_WORDS = 40

_RIGHTS = re.compile(r"all rights reserved|\bisbn\b|©\s*(?:copyright\s*)?\d{4}|copyright\s*(?:©|\(c\))?\s*\d{4}", re.I)


def is_matter(document: Document, package: Package) -> bool:
    """Whether a page is none of the story's, by what the book calls it or by what it says."""
    root = document.page.root
    tops = [node for node in islice(elements(root), 3) if node.name in _TOPS]
    said = package.kinds.get(document.path, set()) | kinds(root)
    said |= {kind for node in tops for kind in (*kinds(node), attribute(node, "id").lower())}
    head = next((node for node in elements(root) if node.name in ("h1", "h2", "h3")), None)
    titles = [entry.title for entry in package.contents if entry.path == document.path]
    names = [PurePosixPath(document.path).stem, *titles, *([line_of(head)] if head is not None else [])]
    words = len(raw_text(root).split())
    if said & _ALWAYS or any(_LICENCE.fullmatch(name) for name in names):
        return True
    if words <= _SMALL and (said & _WHILE_SMALL or any(_NAMES.fullmatch(name) for name in names)):
        return True
    if words <= _COVER_WORDS and any(_COVER.fullmatch(name) for name in names):
        return True
    return words <= _SMALL and not titles and bool(_RIGHTS.search(raw_text(root)))


_TOPS = frozenset({"section", "div", "article"})


def take_title_off(documents: Sequence[Document], package: Package) -> None:
    """Take off what stands first in a book and only repeats its title and its author."""
    about = package.about
    known = _words(f"{about.title or ''} {about.author or ''}")
    left = 2 * len(known) + 2
    for document in documents:
        anchors: list[str] = []
        for taken, piece in enumerate(document.pieces):
            said = _words(piece.block.text)
            left -= len(said)
            if left < 0 or not set(said) <= {*known, "by"}:
                rest = document.pieces[taken:]
                document.pieces = [replace(rest[0], anchors=(*anchors, *rest[0].anchors)), *rest[1:]]
                return
            anchors += piece.anchors
        document.pieces = []


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
