"""Chapters and threads of other sites as a browser saves them: where each keeps the text, and what it says of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from justhtml import Node

from bot.stories.formats.html.blocks import notes_of, read_pieces
from bot.stories.formats.html.contents import without_contents
from bot.stories.formats.html.page import Page, heading_of
from bot.stories.formats.html.pieces import as_prose
from bot.stories.formats.html.story import tell, with_chapters
from bot.stories.formats.html.titles import author_of_head, title_of_head
from bot.stories.formats.html.tree import attribute, classes, elements, line_of, raw_text
from bot.stories.sections.ending import take_ending
from bot.stories.sections.opening import take_chapter_notes
from bot.stories.sections.parts import Part, Sections, has_prose


@dataclass(frozen=True, slots=True)
class Site:
    """Where a site keeps what: ``tag.class``, ``.class`` or ``#id``, each within the one before it."""

    text: str
    title: str = ""
    author: str = ""
    heading: str = ""
    note: str = ""


SITES = (
    Site(".chapter-content", ".fic-header h2", ".fic-header h3 a", ".fic-header h1", ".author-note"),  # Royal Road
    Site(".chp_raw", ".chp_byauthor a", ".chp_byauthor a", ".chapter-title", ".wi_authornotes_body"),  # Scribble Hub
    Site(".panel-reading", "", ".author a", "h1.h2"),  # Wattpad
    Site(".aa_ht", "h1.headline", "a.y_eU"),  # Literotica
    Site("#storycontent", "#content b", "#content a"),  # FanFiction.net, as telephones get it
)

_THREAD_TITLE = "h1.p-title-value"


def read_site(page: Page) -> Sections | None:
    """The sections of a chapter, or of a thread, that some site shows, or None where this is none."""
    thread = _read_thread(page)
    if thread is not None:
        return thread
    for site in SITES:
        texts = [node for node in _found(page.root, site.text) if raw_text(node).strip()]
        if texts:
            return _read_chapter(page, site, texts)
    return None


def _read_chapter(page: Page, site: Site, texts: Sequence[Node]) -> Sections:
    title = _line(page.root, site.title) or title_of_head(page)
    names = map(line_of, _found(page.root, site.author)) if site.author else ()
    author = next((name for name in names if name and name != title), None) or author_of_head(page)
    pieces = without_contents(read_pieces(texts, page.styles, lambda node: "comment-marker" in classes(node)))
    sections = tell(with_chapters(pieces), title, author)
    heading = _line(page.root, site.heading)
    if heading and heading != title and len(sections.parts) == 1 and sections.parts[0].heading is None:
        sections.parts[0].heading = heading_of(heading)
    notes = {id(node) for node in _found(page.root, site.note)} if site.note else set[int]()
    is_after = False
    for node in elements(page.root):
        is_after = is_after or node is texts[0]
        if id(node) in notes:
            (sections.notes_after if is_after else sections.notes_before).extend(notes_of(node, page.styles))
    return sections


def _read_thread(page: Page) -> Sections | None:
    """The posts of a thread that carry its story: those that are marked as such, or all of who began it."""
    posts = [post for post in _posts(page.root) if post.text is not None]
    if not posts:
        return None
    sections = Sections(_line(page.root, _THREAD_TITLE) or title_of_head(page), posts[0].author or None)
    is_marked = any(post.mark for post in posts)
    for post in posts:
        if post.text is not None and (post.mark if is_marked else post.author == posts[0].author):
            heading = heading_of(post.mark) if post.mark else None
            part = Part(heading, as_prose(read_pieces([post.text], page.styles)))
            take_chapter_notes(part)
            take_ending(part)
            sections.parts.append(part)
    sections.parts = [part for part in sections.parts if has_prose(part.blocks)]
    if sections.parts:
        sections.end_marker = sections.parts[-1].end_marker
    return sections


@dataclass(slots=True)
class _Post:
    author: str
    mark: str = ""
    text: Node | None = None


def _posts(root: Node) -> list[_Post]:
    """The posts of a page of XenForo (SpaceBattles, Sufficient Velocity and others)."""
    posts: list[_Post] = []
    for node in elements(root):
        names = classes(node)
        if "message" in names:
            posts.append(_Post(attribute(node, "data-author")))
        elif posts and "threadmarklabel" in names:
            posts[-1].mark = posts[-1].mark or line_of(node)
        elif posts and "bbwrapper" in names:
            posts[-1].text = posts[-1].text or node
    return posts


def _found(root: Node, selector: str) -> Iterator[Node]:
    """The elements that *selector* names, in order."""
    first, _, rest = selector.partition(" ")
    for node in elements(root):
        if _is(node, first):
            yield from _found(node, rest) if rest else (node,)


def _is(node: Node, selector: str) -> bool:
    tag, _, name = selector.partition(".")
    if selector.startswith("#"):
        return attribute(node, "id") == selector[1:]
    return (not tag or node.name == tag) and (not name or name in classes(node))


def _line(root: Node, selector: str) -> str:
    node = next(_found(root, selector), None) if selector else None
    return line_of(node) if node is not None else ""
