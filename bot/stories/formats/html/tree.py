"""Parse a page into a tree of elements, and read its nodes.

A page may be nested without limit, so trees are walked with a stack and never by recursion.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any, cast

from justhtml import JustHTML, Node, Text

from bot.stories.formats.encoding import MAX_BYTES, decode, in_encoding
from bot.stories.model import Refused

MAX_TAGS = 250_000
"""Maximum number of tags in a page; a book of a million words, with a span in each short paragraph, has as many."""


def read_table(name: str) -> dict[str, Any]:
    """Return the content of a TOML file beside this module."""
    return tomllib.loads(files("bot.stories.formats.html").joinpath(name).read_text("utf-8"))


NAMES = {key: frozenset(names.split()) for key, names in read_table("names.toml").items()}
"""Names that pages give their elements; see ``names.toml``."""

HEADINGS = {f"h{level}": level for level in range(1, 7)}
"""Level of each heading element."""

PHRASES = {key: re.compile(phrases, re.I | re.X) for key, phrases in read_table("phrases.toml").items()}
"""Patterns for pages, lines and links that are not the story; see ``phrases.toml``."""

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,30})|^\s*<\?xml[^>]{0,100}encoding=[\"']([\w.:-]{2,30})", re.I
)
_HEAD_BYTES = 4096  # bytes in which a page declares its encoding
_TEXT_RUN = 32_768  # characters before a break; the parser is slow to join longer runs of text
_WESTERN = frozenset({"iso8859-1", "ascii", "iso8859-9"})
_PAGE_ENCODINGS = re.compile(r"cp\d|iso8859|iso2022|koi8|mac|shift|euc|gb|big5|hz|johab|tis|kz")
"""Encodings that a page may declare; UTF-8 and UTF-16 are recognised by their bytes instead."""

# Characters to drop: controls, soft hyphens, word joiners, byte order marks, and the noncharacters that this program
# uses as emphasis marks.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\xad\u2060\ufdd0-\ufdef\ufeff\ufffe\uffff]")

_LONE_LT = re.compile(r"<(?![A-Za-z/!?])")
_CLOSED_TWICE = re.compile(r"(</p\s*>)(?:\s*</p\s*>)+", re.I)
"""Repeated ends of a paragraph; a browser makes an empty paragraph of each but the first."""

_DECLARES_XHTML = re.compile(r"\A\s*<\?xml|xmlns=[\"']http://www\.w3\.org/1999/xhtml[\"']")
_SUBSET = re.compile(r"\A(?:\s|<\?[^>]*>)*<!DOCTYPE\b[^\[<>]{0,400}\[[^\]]*\]\s*>", re.I)
"""A document type with declarations, such as entities, which are ignored."""

_SELF_CLOSED = re.compile(r"<([A-Za-z][\w:.-]*)(\s[^<>]*)?/>")


def decode_markup(data: bytes) -> tuple[str, str | None]:
    """Return the text of a page, and a warning if its encoding was guessed. Raises `Refused` if *data* is not text."""
    declared = _declared(data[:_HEAD_BYTES]) if len(data) <= MAX_BYTES else None
    text = warning = None
    if declared is not None and (data.isascii() or in_encoding(data, "utf-8") is None):
        text = in_encoding(data, declared)  # a page saved by another program may declare a wrong encoding
    if text is None:
        text, warning = decode(data)
    if "\x00" in text:
        raise Refused("nul-page", "this is not a page (it holds NUL bytes)")
    return text, warning


def _declared(head: bytes) -> str | None:
    """Return the encoding that a page declares, or None; UTF-8 and UTF-16 are recognised by their bytes instead."""
    match = _CHARSET.search(head)
    try:
        name = codecs.lookup((match[1] or match[2]).decode("ascii")).name if match else ""
    except (LookupError, UnicodeError):
        return None
    return "cp1252" if name in _WESTERN else name if _PAGE_ENCODINGS.match(name) else None


def visible(text: str) -> str:
    """Return *text* without invisible characters."""
    return text if text.isprintable() else _UNSEEN.sub("", text)


def tags_in(text: str) -> int:
    """Return the number of tags in a page; a tag that is not closed counts as two, because elements cost most."""
    tags = text.count("<")
    return max(tags, 2 * (tags - text.count("</")))


def too_many_tags(name: str) -> Refused:
    """Return the error for a page or a book with more than `MAX_TAGS` tags."""
    return Refused(
        "tags",
        "{name} has more than {most:,} tags (one that is not closed counts twice), which no story needs",
        name=name,
        most=MAX_TAGS,
    )


def parse_page(text: str) -> Node:
    """Return the tree of a page, parsed as XHTML if it declares that. Raises `Refused` for too many tags."""
    return parse_xhtml(text) if _DECLARES_XHTML.search(text[:_HEAD_BYTES]) else parse_html(text)


def parse_html(text: str) -> Node:
    """Return the tree of a page. Raises `Refused` for more than `MAX_TAGS` tags."""
    text = _LONE_LT.sub("&lt;", text)
    if tags_in(text) > MAX_TAGS:
        raise too_many_tags("it")
    return JustHTML(_with_breaks(_CLOSED_TWICE.sub(r"\1", text)), sanitize=False, scripting_enabled=False).root


def parse_xhtml(text: str) -> Node:
    """Return the tree of an XHTML page, in which any element may close itself. Raises `Refused` for too many tags."""
    before, *sections = text.split("<![CDATA[")
    text = _SUBSET.sub("", before + "".join(map(_escaped, sections)), count=1)
    return parse_html(_SELF_CLOSED.sub(_closed, text))


def _escaped(section: str) -> str:
    """Return the text after the start of a CDATA section, with its content escaped and without its end."""
    inside, end, after = section.partition("]]>")
    return (inside.replace("&", "&amp;").replace("<", "&lt;") if end else inside) + after


def _closed(match: re.Match[str]) -> str:
    name = match[1]
    return match[0] if name.lower() in NAMES["void"] else f"<{name}{match[2] or ''}></{name}>"


def _with_breaks(text: str) -> str:
    """Return long *text* with a ``<wbr>`` every `_TEXT_RUN` characters, as stray end tags would join runs of text."""
    if len(text) < 8 * _TEXT_RUN:
        return text
    pieces: list[str] = []
    start = 0
    while (end := text.find("</", start + _TEXT_RUN)) >= 0:
        pieces.append(text[start:end])
        start = end
    return "<wbr>".join([*pieces, text[start:]])


# -- looking at a tree ----------------------------------------------------------


def children(node: Node) -> list[Node | Text]:
    """Return the child elements and texts of an element."""
    return cast("list[Node | Text]", node.children or [])


def inner(node: Node) -> list[Node]:
    """Return the child elements of an element."""
    return [child for child in children(node) if isinstance(child, Node)]


def attribute(node: Node, name: str) -> str:
    """Return the value of an attribute; empty if it is missing."""
    return (node.attrs or {}).get(name) or ""


def words_of(node: Node, name: str) -> frozenset[str]:
    """Return the words of an attribute that lists words, in lower case."""
    return frozenset(attribute(node, name).lower().split())


def classes(node: Node) -> frozenset[str]:
    """Return the classes of an element, with and without a number added by a converter (``userstuff2``)."""
    found = words_of(node, "class")
    return found | {name.rstrip("0123456789") for name in found} if found else found


def kinds(node: Node) -> frozenset[str]:
    """Return the semantic types of an element: the words of ``epub:type`` and ``role``."""
    types = words_of(node, "epub:type") | words_of(node, "role")
    return frozenset(word.removeprefix("doc-").rpartition(":")[2] for word in types) if types else types


def is_named(node: Node, names: str) -> bool:
    """Return whether a class or a semantic type of an element is among the *names* of that key in ``names.toml``."""
    return bool(node.attrs) and not NAMES[names].isdisjoint(classes(node) | kinds(node))


_NO_ELEMENTS = frozenset(("#", "!"))
"""First characters of the names of documents, comments and declarations."""


def elements(root: Node, *, unless: Callable[[Node], bool] | None = None) -> Iterator[Node]:
    """Yield every element below *root*, in page order; one for which *unless* is true is skipped with its content."""
    to_do = inner(root)[::-1]
    while to_do:
        node = to_do.pop()
        if node.name[:1] in _NO_ELEMENTS or (unless is not None and unless(node)):
            continue
        yield node
        if node.children:
            to_do += [child for child in reversed(node.children) if isinstance(child, Node)]


def nodes_of(root: Node, selector: str) -> list[Node]:
    """Return the elements below *root* that match a CSS selector."""
    return cast("list[Node]", root.query(selector))


def raw_text(node: Node) -> str:
    """Return all text in an element, with its white space."""
    pieces: list[str] = []
    to_do: list[Node | Text] = [node]
    while to_do:
        item = to_do.pop()
        if isinstance(item, Text):
            pieces.append(item.data or "")
        else:
            to_do.extend(reversed(children(item)))
    return visible("".join(pieces))


def short_text(node: Node, most: int = 20) -> str | None:
    """Return the text of an element on one line; None if the element has *most* nodes or more, itself included."""
    pieces: list[str] = []
    to_do: list[Node | Text] = [node]
    for _ in range(most):
        if not to_do:
            return visible(" ".join("".join(pieces).split()))
        item = to_do.pop()
        if isinstance(item, Text):
            pieces.append(item.data or "")
        else:
            to_do.extend(reversed(children(item)[: most + 1]))
    return None


def line_of(node: Node) -> str:
    """Return all text in an element on one line."""
    return " ".join(raw_text(node).split())
