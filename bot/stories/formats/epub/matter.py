"""Find pages of a book outside its story: cover, title page, imprint, contents, licence, tags and dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import PurePosixPath

from bot.stories.formats.epub.package import Document, Package
from bot.stories.formats.html.blocks import blocks_of
from bot.stories.formats.html.page import words_in
from bot.stories.formats.html.tree import NAMES, PHRASES, attribute, elements, kinds, line_of, raw_text
from bot.stories.sections.blocks import Block
from bot.stories.sections.labels import Labelled, read_label
from bot.stories.sections.parts import Sections
from bot.stories.sites.fanfiction import details_in

_SMALL = 400  # maximum words of a title page or an imprint; a longer page has other text, too
_COVER_WORDS = 40
_TITLE_PIECES = 12  # pieces at the start of a book that are searched for title and author


def is_outside_story(document: Document, package: Package) -> bool:
    """Return whether a page is outside the story, by its names in the book or by its text."""
    root = document.page.root
    names = _names(document, package)
    tops = [node for node in islice(elements(root), 3) if node.name in ("section", "div", "article")]
    page_kinds = set(kinds(root)) | {kind for node in tops for kind in (*kinds(node), attribute(node, "id").lower())}
    words = len(raw_text(root).split())
    if page_kinds & NAMES["matter"] or any(map(PHRASES["licence"].fullmatch, names)):
        return True
    if words <= _SMALL and (page_kinds & NAMES["small_matter"] or any(map(PHRASES["title_page"].fullmatch, names))):
        return True
    if words <= _COVER_WORDS and any(map(PHRASES["cover"].fullmatch, names)):
        return True
    is_listed = any(entry.path == document.path for entry in package.contents)
    return words <= _SMALL and not is_listed and bool(PHRASES["imprint"].search(raw_text(root)))


def is_note(document: Document, package: Package) -> bool:
    """Return whether a page has notes, or is about the author or about other books."""
    return any(PHRASES["around"].fullmatch(name.strip()) for name in _names(document, package))


def _names(document: Document, package: Package) -> list[str]:
    """Return the names of a page: its file name, its titles in the table of contents, its first heading."""
    head = next((node for node in elements(document.page.root) if node.name in ("h1", "h2", "h3")), None)
    titles = [entry.title for entry in package.contents if entry.path == document.path]
    return [PurePosixPath(document.path).stem, *titles, *([line_of(head)] if head is not None else [])]


def remove_title(documents: Sequence[Document], about: Sections) -> None:
    """Remove the pieces at the start of a book that only repeat its title and author."""
    names = [" ".join(words_in(name)) for name in (about.title, about.author) if name]
    repeats = re.compile(rf"(?: (?:by|{'|'.join(map(re.escape, filter(None, names)))}))+")
    pieces = (piece for document in documents for piece in document.pieces)
    words_so_far, taken = "", 0
    for number, piece in enumerate(islice(pieces, _TITLE_PIECES), 1):
        words_so_far += "".join(f" {word}" for word in words_in(piece.block.text))
        if repeats.fullmatch(words_so_far):
            taken = number
    for document in documents:
        removed, rest = document.pieces[:taken], document.pieces[taken:]
        taken -= len(removed)
        if rest:
            anchors = (anchor for piece in removed for anchor in piece.anchors)
            rest[0] = replace(rest[0], anchors=(*anchors, *rest[0].anchors))
        document.pieces = rest


# -- pages with nothing but metadata of a posted story: title, summary, tags, dates --------

_PAGES_BEFORE = 3  # pages that are searched: a cover, a page of tags and one of notes; later pages are the story
_MOST_WORDS = 300  # maximum words of a summary; a page with more has other text
_LEAST_DETAILS = 3  # minimum labelled lines; a page with fewer may be a letter
_DETAIL = re.compile(r"([^\W\d_][\w -]{0,30}): *(\S.*)")


def without_about(documents: Sequence[Document], about: Sections) -> list[Document]:
    """Return *documents* without the pages that have only metadata; add that metadata to *about*."""
    kept: list[Document] = []
    for i, document in enumerate(documents):
        stated = _metadata_of(document, about) if i < min(_PAGES_BEFORE, len(documents) - 1) else None
        if stated is None:
            kept.append(document)
            continue
        about.title = about.title or stated.title
        about.author = about.author or stated.author
        about.metadata |= stated.metadata
        about.summary = about.summary or stated.summary
    return kept


def _metadata_of(document: Document, about: Sections) -> Sections | None:
    """Return the metadata on a page; None if the page has other text, too, or hardly any metadata."""
    stated = Sections()
    known = [_plain(text) for text in (f"{about.title} by {about.author}", about.title or "", about.author or "")]
    details = 0
    for block in blocks_of([document.page.root], document.page.styles):
        label = _label(block)
        if block.is_rule:
            continue
        if label is not None and label.kind == "metadata":
            details += read_label(block.text) is not None
            if label.label == "rated" and " - " in label.value:  # FanFiction.Net has all details on one line
                for name, value in details_in(f"Rated: {label.value}"):
                    stated.take(Labelled("metadata", name, value))
            else:
                stated.take(label)
        elif label is not None and label.kind in ("title", "author", "summary"):
            stated.summary += [label.value] if label.kind == "summary" and label.value else []
        elif not (PHRASES["exported"].fullmatch(block.text) or _plain(block.text) in known):
            stated.summary.append(block.text)
    if details < _LEAST_DETAILS:
        return None
    if about.summary and not all(_plain(text) in _plain(" ".join(about.summary)) for text in stated.summary):
        return None
    if sum(len(text.split()) for text in stated.summary) > _MOST_WORDS:
        return None
    return stated


def _label(block: Block) -> Labelled | None:
    if not block.is_line:
        return None
    match = _DETAIL.fullmatch(block.text)
    return read_label(block.text) or (Labelled("metadata", match[1].lower(), match[2]) if match else None)


def _plain(text: str) -> str:
    return " ".join(words_in(text))
