"""Stories in EPUB 2 and 3, as made by archives, FanFicFare and publishers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.stories.formats.archive import Archive
from bot.stories.formats.epub.chapters import all_marked, with_chapters_of
from bot.stories.formats.epub.matter import is_note, is_outside_story, remove_title, without_about
from bot.stories.formats.epub.package import Document, Package, read_package
from bot.stories.formats.html.blocks import read_pieces
from bot.stories.formats.html.contents import with_footnotes, without_contents
from bot.stories.formats.html.gutenberg import is_boilerplate
from bot.stories.formats.html.page import NOTE, Piece, open_page
from bot.stories.formats.html.reader import role
from bot.stories.formats.html.sites import read_site
from bot.stories.formats.html.story import assemble
from bot.stories.formats.html.tree import (
    MAX_TAGS,
    attribute,
    decode_markup,
    elements,
    kinds,
    parse_xhtml,
    tags_in,
    too_many_tags,
    words_of,
)
from bot.stories.metadata import value_of
from bot.stories.model import Refused
from bot.stories.sections.parts import Sections


def read_epub(data: bytes) -> Sections:
    """Return the sections of an EPUB. Raises `Refused` if it is damaged, encrypted or too large."""
    archive = Archive(data)
    package = read_package(archive)
    documents = list(_documents(archive, package))
    pages = [document.page for document in documents]
    sections = read_site(pages)
    if sections is None or not any(page.by_id("preface") for page in pages):
        documents = without_about(documents, package.about)
    if sections is None:
        sections = _read_book(package, documents)
    else:
        _add_missing(sections, package.about)
    sections.warnings += archive.warnings
    return sections


def _documents(archive: Archive, package: Package) -> Iterator[Document]:
    """Yield the pages of the spine that are not empty. Raises `Refused` if a page is damaged, or has too many tags."""
    sheets: dict[str, str] = {}
    tags = 0
    for path in package.spine:
        data = archive.read(path)
        if not data.strip():
            continue
        try:
            text, warning = decode_markup(data)
        except Refused as refusal:
            raise Refused("in-book", "“{name}” in the book: {why}", name=path[:80], why=refusal) from refusal
        if warning is not None:
            archive.warn(f"“{path[:80]}” is {warning}")
        tags += tags_in(text)
        if tags > MAX_TAGS:
            raise too_many_tags("the book")
        root = parse_xhtml(text)
        linked: list[str] = []
        for link in elements(root, unless=lambda node: node.name == "body"):
            if link.name != "link" or "stylesheet" not in words_of(link, "rel"):
                continue
            sheet = archive.path_of(path, attribute(link, "href"))
            if sheet not in sheets:
                sheets[sheet] = archive.read(sheet).decode("utf-8", "replace")
            linked.append(sheets[sheet])
        yield Document(path, open_page(root, linked))


def _read_book(package: Package, documents: list[Document]) -> Sections:
    """Return the sections of a book that is from no known site."""
    kept: list[Document] = []
    for document in documents:
        if is_outside_story(document, package):
            continue
        if is_note(document, package):
            document.pieces = [replace(piece, role=NOTE) for piece in _pieces(document)]
        else:
            document.pieces = with_footnotes(without_contents(_pieces(document)))
        kept.append(document)
    about = package.about
    remove_title(kept, about)
    pieces = with_chapters_of(kept, package.contents)
    sections = assemble(pieces, about.title, about.author, is_book=package.is_published, only_marked=all_marked(pieces))
    sections.author = sections.author or about.author
    sections.summary = about.summary or sections.summary
    sections.metadata = about.metadata | sections.metadata
    return sections


def _pieces(document: Document) -> list[Piece]:
    return read_pieces(
        [document.page.root],
        document.page.styles,
        lambda node: is_boilerplate(node) or "backlink" in kinds(node),
        role,
    )


def _add_missing(sections: Sections, about: Sections) -> None:
    """Add title, author, summary and language from the package to *sections* that lack them."""
    sections.title = sections.title or about.title
    sections.author = sections.author or about.author
    sections.summary = sections.summary or about.summary
    if "language" in about.metadata and not value_of(sections.metadata, "language"):
        sections.metadata["language"] = about.metadata["language"]
