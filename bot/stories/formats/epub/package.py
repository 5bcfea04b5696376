"""Read the package file of a book: metadata, order of pages, table of contents, encryption."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from bot.stories.formats.archive import Archive
from bot.stories.formats.html.blocks import notes_of
from bot.stories.formats.html.page import Page, Piece, open_page
from bot.stories.formats.html.tree import (
    attribute,
    decode_markup,
    elements,
    kinds,
    line_of,
    parse_html,
    parse_xhtml,
    visible,
)
from bot.stories.model import Refused
from bot.stories.sections.labels import Labelled
from bot.stories.sections.parts import Sections

_MAX_TAGS = 100_000  # maximum tags of an XML file; the package of a thousand chapters has some 5,000
_CONTAINER = "META-INF/container.xml"
_LOCKS = ("META-INF/rights.xml", "META-INF/sinf.xml", "META-INF/license.lcpl")
_FONTS = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
"""Algorithms that obfuscate fonts, and leave the text readable."""

_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/xml", "text/xml", "text/x-oeb1-document"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents, with its target."""

    title: str
    path: str
    anchor: str


@dataclass(slots=True)
class Document:
    """A page of the book, with the pieces that are read from the page."""

    path: str
    page: Page
    pieces: list[Piece] = field(default_factory=list[Piece])


@dataclass(slots=True)
class Package:
    """A book, as its package file describes it."""

    spine: list[str] = field(default_factory=list[str])
    """Paths of the book's pages, in reading order."""
    contents: list[Entry] = field(default_factory=list[Entry])
    about: Sections = field(default_factory=Sections)
    """Title, author, summary and metadata."""
    is_published: bool = False
    """Whether a publisher released the book; such a book has no notes to readers."""


def read_package(archive: Archive) -> Package:
    """Return the package of a book. Raises `Refused` if the book is encrypted or damaged, or has no package or page."""
    _check_locks(archive)
    path = _package_path(archive)
    root = _parse_xml(archive.read(path), "the book's package")
    package = Package()
    items: dict[str, Element] = {}
    for item in _within(root, "item"):
        items.setdefault(item.get("id", ""), item)
    paths = {key: archive.path_of(path, item.get("href", "")) for key, item in items.items()}
    _read_metadata(package, root)
    _read_contents(package, archive, root, items, paths)
    _read_spine(package, archive, root, items, paths)
    return package


def _check_locks(archive: Archive) -> None:
    if any(archive.find(path) for path in _LOCKS):
        raise Refused(
            "keys",
            "the book is encrypted (it holds the keys of a shop or a library); I read only books that are open",
        )
    locks = archive.read("META-INF/encryption.xml")
    root = _parse_xml(locks, "encryption.xml") if locks else None
    if any(method.get("Algorithm") not in _FONTS for method in _within(root, "EncryptionMethod")):
        raise Refused("locked", "the book is encrypted (copy protection); I read only books that are open")


def _package_path(archive: Archive) -> str:
    container = archive.read(_CONTAINER)
    if not container:
        raise Refused("container", "the book is no EPUB: {name} is missing", name=_CONTAINER)
    for rootfile in _within(_parse_xml(container, _CONTAINER), "rootfile"):
        path = archive.path_of("", rootfile.get("full-path", "").replace("%", "%25"))
        if rootfile.get("media-type", "application/oebps-package+xml") == "application/oebps-package+xml":
            if archive.find(path) is None:
                english = "the book is damaged: its package “{name}” is missing"
                raise Refused("package", english, name=path[:80])
            return path
    raise Refused("no-package", "the book is no EPUB: {name} names no package", name=_CONTAINER)


def _read_spine(
    package: Package, archive: Archive, root: Element, items: dict[str, Element], paths: dict[str, str]
) -> None:
    listed = {entry.path for entry in package.contents}
    seen: set[str] = set()
    for reference in _within(next(_within(root, "spine"), None), "itemref"):
        name = reference.get("idref", "")
        path = paths.get(name)
        if path is None or path in seen or items[name].get("media-type", "text/html").lower() not in _PAGES:
            continue
        if reference.get("linear", "yes").lower() == "no" and path not in listed:
            continue
        seen.add(path)
        if archive.find(path) is None:
            archive.warn(f"“{path[:80]}” is missing from the book")
        else:
            package.spine.append(path)
    if not package.spine:
        raise Refused("spine", "the book has no pages to read (its spine is empty)")


# -- metadata -------------------------------------------------------------------


def _read_metadata(package: Package, root: Element) -> None:
    about = package.about
    metadata = next(_within(root, "metadata"), root)
    refined: dict[tuple[str, str], str] = {}
    roles: dict[str, set[str]] = defaultdict(set)
    for meta in _within(metadata, "meta"):
        about_id, name = meta.get("refines", "").removeprefix("#"), meta.get("property", "")
        refined.setdefault((about_id, name), _text_of(meta))
        if name == "role":  # the author of a book may be the author of its preface, too
            roles[about_id].add(_text_of(meta).lower())
    titles = [(element.get("id", ""), text) for element in _within(metadata, "title") if (text := _text_of(element))]
    about.title = next((text for _, text in titles), None)
    authors: list[str] = []
    for element in _within(metadata, "creator", "contributor"):
        own = element.get("role", "").lower()
        own_roles = {own} if own else roles.get(element.get("id", ""), {"aut"})
        name = _text_of(element)
        if name and element.tag == "creator" and "aut" in own_roles and name not in authors:
            authors.append(name)
        elif name:
            for role in _ROLES.keys() & own_roles:
                about.take(Labelled("metadata", _ROLES[role], name))
    about.author = ", ".join(authors) or None
    for element in _within(metadata, "description"):
        about.summary += _description("".join(element.itertext()))
    for tag, label in (("language", "language"), ("publisher", "publisher"), ("date", "published")):
        if text := next((text for element in _within(metadata, tag) if (text := _text_of(element))), ""):
            about.metadata[label] = text
    if tags := dict.fromkeys(text for element in _within(metadata, "subject") if (text := _text_of(element))):
        about.metadata["tags"] = ", ".join(tags)
    if series := _series(metadata, refined):
        about.metadata["series"] = series
    numbers = " ".join(_text_of(element).lower() for element in _within(metadata, "identifier", "source"))
    publisher = about.metadata.get("publisher", "").lower()
    package.is_published = ("isbn" in numbers or "gutenberg.org" in numbers or bool(publisher)) and not any(
        site in f"{numbers} {publisher}" for site in _FAN_SITES
    )


_ROLES = {"trl": "translator", "ill": "illustrator", "edt": "editor"}
_FAN_SITES = ("archive of our own", "archiveofourown", "fanfic", "ao3", "wattpad", "fichub", "royalroad", "fimfiction")


def _description(text: str) -> list[str]:
    """Return the paragraphs of a description, which is often HTML."""
    if "<" in text or "&" in text:
        page = open_page(parse_html(text))
        return notes_of(page.root, page.styles)
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n") if paragraph.strip()]


def _series(metadata: Element, refined: dict[tuple[str, str], str]) -> str:
    plain = {meta.get("name", ""): " ".join(meta.get("content", "").split()) for meta in _within(metadata, "meta")}
    name, index = plain.get("calibre:series", ""), plain.get("calibre:series_index", "")
    for meta in _within(metadata, "meta"):
        if not name and meta.get("property") == "belongs-to-collection":
            key = meta.get("id", "")
            if refined.get((key, "collection-type"), "series") == "series":
                name, index = _text_of(meta), refined.get((key, "group-position"), "")
    return f"{name} [{index.removesuffix('.0')}]" if name and index else name


# -- the table of contents ------------------------------------------------------


def _read_contents(
    package: Package, archive: Archive, root: Element, items: dict[str, Element], paths: dict[str, str]
) -> None:
    spine = next(_within(root, "spine"), None)
    nav = next((key for key, item in items.items() if "nav" in item.get("properties", "").split()), None)
    ncx = spine.get("toc") if spine is not None else None
    if ncx not in items:
        ncx = next((k for k, item in items.items() if item.get("media-type") == "application/x-dtbncx+xml"), None)
    for key, links in ((nav, _nav_links), (ncx, _ncx_links)):
        path = paths.get(key) if key is not None else None
        if path and archive.find(path) and not package.contents:
            package.contents = [
                Entry(title, archive.path_of(path, href), unquote(href.partition("#")[2]))
                for title, href in links(archive, path)
                if title and href
            ]


def _nav_links(archive: Archive, path: str) -> Iterator[tuple[str, str]]:
    navs = [node for node in elements(parse_xhtml(decode_markup(archive.read(path))[0])) if node.name == "nav"]
    toc = next((nav for nav in navs if "toc" in kinds(nav)), next(iter(navs), None))
    for link in elements(toc) if toc is not None else ():
        if link.name == "a":
            yield line_of(link), attribute(link, "href")


def _ncx_links(archive: Archive, path: str) -> Iterator[tuple[str, str]]:
    points = next(_within(_parse_xml(archive.read(path), "the table of contents"), "navMap"), None)
    for point in _within(points, "navPoint"):
        label, content = point.find("navLabel"), point.find("content")
        if label is not None and content is not None:
            yield _text_of(label), content.get("src", "")


# -- XML ---------------------------------------------------------------------------


def _parse_xml(data: bytes, name: str) -> Element:
    """Return the root element of an XML file called *name*; names in the tree are without namespaces.

    Raises `Refused` if the file is damaged, declares entities, or has more than `_MAX_TAGS` tags.
    """
    if data.count(b"<") > _MAX_TAGS:
        raise Refused("elements", "{name} has more than {most:,} elements", name=name, most=_MAX_TAGS)
    if b"<!ENTITY" in data.replace(b"\x00", b""):  # in UTF-16 every other byte is NUL
        raise Refused("book-entities", "{name} declares XML entities, which no book needs", name=name)
    try:
        root = ElementTree.fromstring(data.lstrip(b" \t\r\n"))
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise Refused("damaged", "{name} is damaged: {fault}", name=name, fault=str(error)) from error
    for element in root.iter():
        element.tag = _local_name(element.tag)
        element.attrib = {_local_name(key): visible(value) for key, value in element.attrib.items()}
    return root


def _local_name(name: str) -> str:
    return name.rpartition("}")[2]


def _within(root: Element | None, *tags: str) -> Iterator[Element]:
    """Return the elements with these tags at any depth, in order."""
    return (element for element in root.iter() if element.tag in tags) if root is not None else iter(())


def _text_of(element: Element) -> str:
    """Return all text in an element as one line."""
    return visible(" ".join("".join(element.itertext()).split()))
