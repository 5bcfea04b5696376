"""Stories of sites and programs whose markup says what each part is, by the selectors of ``sites.toml``.

Pages that were copied are read by their lines, in `bot.stories.sites`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from justhtml import Node, matches

from bot.stories.emphasis import MARKS, plain
from bot.stories.formats.html.blocks import read_pieces
from bot.stories.formats.html.lists import as_prose
from bot.stories.formats.html.page import Page, Piece
from bot.stories.formats.html.titles import author_of_head, title_of_head
from bot.stories.formats.html.tree import attribute, classes, elements, line_of, nodes_of, read_table
from bot.stories.model import Refused
from bot.stories.sections.assembly import read_sections, take_notes
from bot.stories.sections.bylines import read_byline
from bot.stories.sections.headings import Heading, heading_of
from bot.stories.sections.labels import Labelled, read_label
from bot.stories.sections.lines import read_end_mark
from bot.stories.sections.parts import Part, Sections, has_prose
from bot.stories.sites.archive import NO_WORK, stats_in

_OVER_NOTES = re.compile(r"(?:Chapter )?(?:(?P<summary>Summary)|(?:End )?Notes):?")
_CHAPTER = re.compile(r"Chapter (\d+)(?:: (.*))?", re.S)
_BOLD_LABEL = re.compile("{}(.+?)(?::{}|{}:)\\s*(.*)".format(*MARKS["bold"], MARKS["bold"][1]))
_OF_READERS = frozenset({"comments", "kudos", "bookmarks", "hits"})
"""Labels that are left out: counts of readers' reactions."""

_ARCHIVE = "Organization for Transformative Works"
"""Author that the ``meta`` element of every page of the Archive names."""


@dataclass(frozen=True, slots=True)
class Site:
    """Selectors of a site's elements; see ``sites.toml``."""

    signs: Sequence[str]
    roles: Mapping[str, str]
    title: str = ""
    author: str = ""
    labels: str = ""
    out: str = ""
    anchor: str = ""
    is_strict: bool = False
    is_typed: bool = False

    def leaves_out(self, node: Node) -> bool:
        return bool(self.out and node.attrs) and matches(node, self.out)

    def role(self, node: Node) -> str:
        """Return the role of an element; empty if the element around it has one for both."""
        if node.name == "p":  # most elements, none of which has a role
            return ""
        return next((role for role, selector in self.roles.items() if matches(node, selector)), "")


_SITES = [Site(**each) for each in read_table("sites.toml").values()]
_NAME = re.compile(r"[#.][\w-]+")


def read_site(pages: Sequence[Page]) -> Sections | None:
    """Return the sections of a story from a known site on one page or on several, or None for other pages.

    Raises `Refused` for a page of the Archive without a story: a warning, a lock, an error.
    """
    names = {name for page in pages for node in (page.root, *page.marked) for name in _names(node)}
    for site in _SITES:
        is_likely = not names.isdisjoint(_NAME.findall(site.signs[0]))  # quick test for pages of no site
        if is_likely and all(any(_found(page, sign) for page in pages) for sign in site.signs):
            return _read(site, pages)
    if any(page.metas.get("author") == _ARCHIVE for page in pages):
        raise Refused("no-work", NO_WORK)
    return None


def _names(node: Node) -> Iterator[str]:
    yield f"#{attribute(node, 'id')}"
    yield from (f".{name}" for name in classes(node))


def _found(page: Page, selector: str) -> list[Node]:
    """Return the marked elements of a page that match *selector*, its body included."""
    return [node for node in (page.root, *page.marked) if matches(node, selector)] if selector else []


def _read(site: Site, pages: Sequence[Page]) -> Sections:
    sections = Sections()
    title = next(filter(None, _lines(pages, site.title)), None)
    line = next((line for line in _lines(pages, site.author) if line not in ("", title)), "")
    title, line = (title, line.removeprefix(title).strip()) if title else line.rpartition(" by ")[::2]
    sections.title, sections.author = title or None, read_byline(line) or line or None
    if len(pages) == 1:
        sections.title = sections.title or title_of_head(pages[0])
        sections.author = sections.author or author_of_head(pages[0])
    for terms in (node for page in pages for node in _found(page, site.labels)):
        _take_terms(sections, terms)
    pieces = [piece for page in pages for piece in read_pieces([page.root], page.styles, site.leaves_out, site.role)]
    _take_labels(sections, [piece for piece in pieces if piece.role == "labels"])
    _take_pieces(sections, site, [piece for piece in pieces if piece.role != "labels"])
    return _finished(sections, is_typed=site.is_typed)


def _lines(pages: Sequence[Page], selector: str) -> Iterator[str]:
    return (line_of(node) for page in pages for node in _found(page, selector))


# -- labels ---------------------------------------------------------------------------------


def _take_terms(sections: Sections, terms: Node) -> None:
    """Take the labels in a list of terms."""
    for label, node in _described(terms):
        if label == "stats":
            for name, value in stats_in(line_of(node)) if not nodes_of(node, "dl") else ():
                sections.take(Labelled("metadata", name.lower(), value))
        elif label not in _OF_READERS:
            of_series = nodes_of(node, ".position")  # the other links are to other works
            items = [line_of(item) for item in of_series or nodes_of(node, "li")]
            sections.take(Labelled("metadata", label, ", ".join(filter(None, items)) or line_of(node)))


def _described(terms: Node) -> Iterator[tuple[str, Node]]:
    """Yield each description in a list of terms (``dl``) with its term, in lower case and without its colon."""
    label = ""
    for node in elements(terms):
        if node.name == "dt":
            label = line_of(node).rstrip(": ").lower()
        elif node.name == "dd" and label:
            yield label, node


def _take_labels(sections: Sections, pieces: Sequence[Piece]) -> None:
    """Take labels in bold type, each with the text up to the next label."""
    rows: list[list[str]] = []
    for piece in pieces:
        for at, line in enumerate(piece.block.prose.split("\n")):
            if (match := _BOLD_LABEL.fullmatch(line)) is not None:
                rows.append([match[1], match[2]])
            elif rows:
                rows[-1][1] += f"\n{line}" if at else f"\n\n{line}"
    for name, said in rows:
        text = plain(said).strip()
        known = read_label(f"{name}: x")
        kind = known.kind if known is not None and known.kind in ("title", "author", "summary") else "metadata"
        if text and text not in (sections.title, sections.author):
            sections.take(Labelled(kind, name.strip().lower(), text))


# -- chapters and notes ---------------------------------------------------------------------


def _take_pieces(sections: Sections, site: Site, pieces: Sequence[Piece]) -> None:
    """Sort *pieces* into notes and chapters."""
    texts: list[list[Piece]] = []
    over: Piece | None = None  # the line above quoted notes
    headings = {i for i, piece in enumerate(pieces) if _is_heading(piece, site)}
    begins = min(headings, default=0)
    for i, piece in enumerate(pieces):
        text = piece.block.text
        is_quoted = over is not None and piece.role == "quoted"
        is_text = piece.role in ("text", "quoted") or not (piece.role or site.is_strict or i < begins)
        if is_quoted or piece.role == "note":
            _take_note(sections, over, piece, has_begun=bool(texts and texts[-1]))
            continue
        follows = i + 1 < len(pieces) and pieces[i + 1].role == "quoted"
        over = piece if follows and piece.role != "text" and _OVER_NOTES.fullmatch(text) else None
        if i in headings:
            sections.parts.append(Part(heading_of(text) if site.is_typed else _heading(text), []))
            texts.append([])
        elif is_text and over is None:
            if not sections.parts:
                sections.parts.append(Part(None, []))
                texts.append([])
            texts[-1].append(piece)
    for part, own in zip(sections.parts, texts, strict=True):
        part.blocks = as_prose(own)


def _is_heading(piece: Piece, site: Site) -> bool:
    is_at_anchor = bool(site.anchor and piece.level) and any(name.startswith(site.anchor) for name in piece.anchors)
    return piece.role == "heading" or is_at_anchor


def _heading(text: str) -> Heading:
    """Return the heading of a chapter that the Archive numbers; the rest is what the author calls it."""
    match = _CHAPTER.fullmatch(text)
    return Heading(match[2], f"Chapter {match[1]}", int(match[1])) if match else Heading(text, text, None)


def _take_note(sections: Sections, over: Piece | None, piece: Piece, *, has_begun: bool) -> None:
    """Take the block of a note or a summary; *over* is the line above it, and *has_begun* says whether text is."""
    part = sections.parts[-1] if sections.parts else None
    label = read_label(piece.block.text) if over is None else None
    if label is not None and label.kind == "note" and not label.value:
        return  # the note is below
    notes = [block.text for block in as_prose([piece]) if not block.is_rule]
    match = _OVER_NOTES.fullmatch(over.block.text) if over is not None else None
    if over is not None and over.role == "after":
        sections.notes_after += notes
    elif part is None and match is not None and match["summary"]:
        sections.summary += notes
    elif part is None:
        sections.notes_before += notes
    else:
        (part.notes_after if has_begun else part.notes_before).extend(notes)


def _finished(sections: Sections, *, is_typed: bool) -> Sections:
    """Take typed notes and end marks from the text. The notes of an only chapter become those of the story."""
    if is_typed and len(sections.parts) == 1 and sections.parts[0].heading is None:
        _take_typed(sections, sections.parts[0])
    for part in sections.parts:
        if is_typed:
            before, after = part.notes_before, part.notes_after
            take_notes(part)
            part.notes_before, part.notes_after = [*before, *part.notes_before], [*part.notes_after, *after]
        elif len(part.blocks) > 1 and part.blocks[-1].is_line:
            part.end_marker = read_end_mark(part.blocks[-1].text)
            part.blocks = part.blocks[:-1] if part.end_marker else part.blocks
        while part.blocks and part.blocks[-1].is_rule:
            part.blocks.pop()
    sections.parts = [part for part in sections.parts if has_prose(part.blocks)]
    if sections.parts:
        sections.end_marker = sections.parts[-1].end_marker
    if len(sections.parts) == 1:
        part = sections.parts[0]
        sections.notes_before += part.notes_before
        sections.notes_after[:0] = part.notes_after
        part.notes_before, part.notes_after = [], []
    return sections


def _take_typed(sections: Sections, part: Part) -> None:
    """Take the chapters and the notes that an author typed into the only text of a page."""
    found = read_sections(part.blocks, is_titled=True)
    if not found.parts:
        return
    sections.parts = found.parts
    sections.parts[0].notes_before[:0] = [*part.notes_before, *found.notes_before]
    sections.parts[-1].notes_after += [*found.notes_after, *part.notes_after]
