"""What the elements of a page are, by their names, their classes and what they say of themselves."""

from __future__ import annotations

import re

from justhtml import Node, Text

from bot.stories.formats.html.styles import Styles, style_of
from bot.stories.formats.html.tree import attribute, children, classes, kinds, little_text, names_in
from bot.stories.sections.blocks import is_rule

HEADINGS = {f"h{level}": level for level in range(1, 7)}
"""The level of each heading."""

BLOCKS = names_in(
    "html body address article aside blockquote center dd details div dl dt fieldset figcaption figure "
    "footer h1 h2 h3 h4 h5 h6 header hgroup hr legend li main ol p pre listing section summary table "
    "caption tbody thead tfoot tr ul search xmp plaintext"
)
"""What begins a line of its own."""

PREFORMATTED = frozenset({"pre", "listing", "xmp", "plaintext"})
"""What keeps its white space."""

_UNREAD = names_in(
    "head script style template noscript nav form button select input textarea iframe object embed applet "
    "audio video canvas svg map img picture dialog datalist rp frameset noframes noembed menu"
)
_ROLES = names_in("navigation search menu menubar toolbar alert alertdialog dialog banner contentinfo")
_IN_MARGIN = names_in("pagenum pageno page-number pagenumber page-num pagebreak comment-marker")
"""Numbers of printed pages and of comments."""

_VERSE = names_in(
    "poem poetry verse stanza lg linegroup line-group verse-group song lyrics lyric poetry-container hymn"
)
_STANZAS = names_in("stanza lg linegroup line-group verse-group")
_LINE = names_in("verse vers verseline verse-line poetryline poetry-line poem-line")
_LINE_OF_VERSE = names_in("line l i v indent")
"""Within a verse only: in prose ``i`` and ``indent`` are paragraphs."""

_BREAK = re.compile(
    r"(?:scene|section|thought|line|text|transition)[-_ ]?(?:break|divider|separator)|"
    r"asterism|ornament|divider|fleuron|tb$",
    re.I,
)
_NOTE_REFERENCE = names_in("noteref fnanchor footnote-ref footnoteref footnote-reference sdfootnoteanc sdendnoteanc")
_NOTE_NUMBER = names_in("sdfootnotesym sdfootnotesym-western sdendnotesym sdendnotesym-western")


def is_unseen(node: Node, styles: Styles) -> bool:
    """Whether nothing of an element is for a reader: scripts, forms, what is hidden, what stands in the margin."""
    if node.name in _UNREAD:
        return True
    if not node.attrs:
        return False
    if "hidden" in node.attrs or style_of(node, styles).is_hidden:
        return True
    if attribute(node, "aria-hidden").strip().lower() == "true":
        return not is_rule(little_text(node) or "")
    return bool(kinds(node) & (_ROLES | _IN_MARGIN) or classes(node) & _IN_MARGIN)


def is_verse(node: Node) -> bool:
    """Whether lines in an element are those of a verse."""
    return bool(node.attrs) and bool(classes(node) & _VERSE or kinds(node) & _VERSE)


def is_stanza(node: Node) -> bool:
    return bool(node.attrs) and bool(classes(node) & _STANZAS)


def is_line(node: Node, *, in_verse: bool) -> bool:
    """Whether an element is one line of a verse (Gutenberg's ``<div class="verse indent2">``)."""
    if not node.attrs or node.name not in ("div", "p", "li"):
        return False
    names = classes(node)
    if not names & _LINE and not (in_verse and names & _LINE_OF_VERSE):
        return False
    return not any(isinstance(child, Node) and child.name in BLOCKS for child in children(node))


def parts_scenes(words: str) -> bool:
    """Whether a class, or the name of a picture, says that it stands between scenes."""
    return _BREAK.search(words) is not None


def is_inner_link(node: Node) -> bool:
    """Whether a link leads to a place in the same book."""
    target = attribute(node, "href")
    return bool(target) and ":" not in target.partition("#")[0]


def _is_sup(node: Node | Text | None) -> bool:
    return isinstance(node, Node) and node.name == "sup"


def is_note_number(node: Node) -> bool:
    """Whether this is the bare number that a footnote begins with, which would run into its first word."""
    return bool(classes(node) & _NOTE_NUMBER) and bool(re.fullmatch(r"\d+", little_text(node) or ""))


def is_note_reference(node: Node) -> bool:
    """Whether this is the bare number of a note, which would run into the word before it."""
    raised = is_inner_link(node) and (_is_sup(node.parent) or any(map(_is_sup, children(node))))
    said = raised or "noteref" in kinds(node) or bool(classes(node) & _NOTE_REFERENCE)
    return said and bool(re.fullmatch(r"\d+", little_text(node) or ""))
