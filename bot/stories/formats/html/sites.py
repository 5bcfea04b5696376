"""Chapters and threads of other sites, saved by a browser; for most sites, selectors find text and details."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from justhtml import Node

from bot.stories.formats.html.blocks import notes_of, read_pieces
from bot.stories.formats.html.contents import without_contents
from bot.stories.formats.html.lists import as_prose
from bot.stories.formats.html.page import Page
from bot.stories.formats.html.story import assemble, keep_prose, with_chapters
from bot.stories.formats.html.titles import author_of_head, title_of_head
from bot.stories.formats.html.tree import attribute, classes, elements, line_of, raw_text
from bot.stories.sections.assembly import take_notes
from bot.stories.sections.headings import heading_of
from bot.stories.sections.parts import Part, Sections


@dataclass(frozen=True, slots=True)
class Site:
    """Selectors for a site's elements: ``tag.class``, ``.class`` or ``#id``; a space means *within*."""

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
)
_THREAD_TITLE = "h1.p-title-value"


def read_site(page: Page) -> Sections | None:
    """Return the sections of a chapter or a thread from a known site, or None for other pages."""
    if (thread := _read_thread(page)) is not None:
        return thread
    names = {name for node in page.marked for name in _selectors(node)}
    for site in SITES:
        if site.text not in names:
            continue
        texts = [node for node in _found(page.root, site.text) if raw_text(node).strip()]
        if texts:
            return _read_chapter(page, site, texts)
    return None


def _read_chapter(page: Page, site: Site, texts: Sequence[Node]) -> Sections:
    title = _line(page.root, site.title) or title_of_head(page)
    names = map(line_of, _found(page.root, site.author)) if site.author else ()
    author = next((name for name in names if name and name != title), None) or author_of_head(page)
    pieces = without_contents(read_pieces(texts, page.styles, lambda node: "comment-marker" in classes(node)))
    sections = assemble(with_chapters(pieces), title, author)
    heading = _line(page.root, site.heading)
    if heading != title:
        _set_heading(sections, heading)
    notes = {id(node) for node in _found(page.root, site.note)} if site.note else set[int]()
    is_after = False
    for node in page.elements:
        is_after = is_after or node is texts[0]
        if id(node) in notes:
            (sections.notes_after if is_after else sections.notes_before).extend(notes_of(node, page.styles))
    return sections


def _set_heading(sections: Sections, heading: str) -> None:
    """Use *heading*, found elsewhere on the page, for an only chapter that has no heading."""
    if heading and len(sections.parts) == 1 and sections.parts[0].heading is None:
        sections.parts[0].heading = heading_of(heading)


def _found(root: Node, selector: str) -> Iterator[Node]:
    """Yield the elements that match *selector*, in order."""
    first, _, rest = selector.partition(" ")
    for node in elements(root):
        if _is(node, first):
            yield from _found(node, rest) if rest else (node,)


def _selectors(node: Node) -> Iterator[str]:
    """Yield the selectors for an element's id and classes."""
    yield f"#{attribute(node, 'id')}"
    yield from (f".{name}" for name in classes(node))


def _is(node: Node, selector: str) -> bool:
    tag, _, name = selector.partition(".")
    if selector.startswith("#"):
        return attribute(node, "id") == selector[1:]
    return (not tag or node.name == tag) and (not name or name in classes(node))


def _line(root: Node, selector: str) -> str:
    node = next(_found(root, selector), None) if selector else None
    return line_of(node) if node is not None else ""


# -- threads of XenForo (SpaceBattles, Sufficient Velocity and others) ---------------------


@dataclass(slots=True)
class _Post:
    author: str
    mark: str = ""
    """Label of the post's threadmark, which marks the post as a chapter; empty without one."""
    text: Node | None = None


def _read_thread(page: Page) -> Sections | None:
    """Return the sections of a thread, or None for other pages.

    The story is in the posts with a threadmark, or else in all posts by the author of the thread.
    """
    posts: list[_Post] = []
    for node in page.marked:
        names = classes(node)
        if "message" in names:
            posts.append(_Post(attribute(node, "data-author")))
        elif posts and "threadmarklabel" in names:
            posts[-1].mark = posts[-1].mark or line_of(node)
        elif posts and "bbwrapper" in names:
            posts[-1].text = posts[-1].text or node
    texts = [(post, post.text) for post in posts if post.text is not None]
    if not texts:
        return None
    author = texts[0][0].author
    sections = Sections(_line(page.root, _THREAD_TITLE) or title_of_head(page), author or None)
    is_marked = any(post.mark for post, _ in texts)
    for post, text in texts:
        if post.mark if is_marked else post.author == author:
            part = Part(heading_of(post.mark) if post.mark else None, as_prose(read_pieces([text], page.styles)))
            take_notes(part)
            sections.parts.append(part)
    keep_prose(sections)
    return sections
