"""What a writer states of a story in so many keys: YAML between ``---`` lines at the very start of a file.

The keys and their limits are Archive of Our Own's. YAML is only composed, never constructed: every value is the text
that stands there, so a title may be ``1984`` or ``No``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import yaml

from bot.stories.formats.encoding import decode
from bot.stories.metadata import field_of
from bot.stories.model import PARAGRAPH_BREAK, Refused
from bot.stories.sections.labels import read_label
from bot.stories.sections.parts import Sections

MAX_BYTES = 64 * 1024
MAX_DEPTH = 8

TITLE_CHARS, SUMMARY_CHARS, NOTE_CHARS, TAG_CHARS = 255, 1250, 5000, 150
MAX_TAGS = 75

LISTS = ("fandom", "characters", "relationships", "tags", "warnings")
_LISTED = {field_of(name) for name in LISTS}
DISPLACED = " in the file"
"""What ends the label of words that a correction took the place of."""

METADATA = ("language", "rating", *LISTS, "status", "published", "updated", "series")
KEYS = ("id", "title", "author", "summary", *METADATA, "notes_before", "notes_after")
"""What can be stated; in front matter, any other key is metadata by its own name."""

Tree = str | list["Tree"] | dict[str, "Tree"]
"""A value as it is written."""

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_AFTER = re.compile(r"end ?notes?|final note|nachwort|afterword")
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


@dataclass(slots=True)
class Stated:
    """What a writer states of a story beside its text; None and empty where nothing is said."""

    id: str | None = None
    title: str | None = None
    author: str | None = None
    summary: str | None = None
    metadata: dict[str, str] = field(default_factory=dict[str, str])
    notes_before: list[str] = field(default_factory=list[str])
    notes_after: list[str] = field(default_factory=list[str])
    warnings: list[str] = field(default_factory=list[str])

    def take(self, key: str, value: Tree, where: str) -> None:
        """Put *value* where its key says; *where* is for messages. Raises `Refused` for what cannot be its value."""
        name = plain_key(key)
        kind = read_label(f"{name.replace('_', ' ')}: x")
        if name == "id":
            self.id = _id(_one_line(value, name, where), where)
        elif name in ("notes_before", "notes_after") or (kind and kind.kind == "note"):
            after = name == "notes_after" or _AFTER.fullmatch(name.replace("_", " "))
            self._take_notes(_paragraphs(value, name, where), name, where, after=bool(after))
        elif kind and kind.kind == "title" and self.title is None:
            self.title = self._short(_one_line(value, name, where), name, where, TITLE_CHARS)
        elif kind and kind.kind == "author" and self.author is None:
            self.author = self._short(_flat(value), name, where, TITLE_CHARS)
        elif kind and kind.kind == "summary" and self.summary is None:
            summary = PARAGRAPH_BREAK.join(_paragraphs(value, name, where)) or None
            self.summary = self._short(summary, name, where, SUMMARY_CHARS)
        elif flat := _flat(value):
            if field_of(label := name.replace("_", " ")) in _LISTED:
                self._check_tags(value, name, where)
            known = self.metadata.get(label)
            self.metadata[label] = f"{known}; {flat}" if known else flat

    def onto(self, sections: Sections, *, corrects: bool = False) -> None:
        """Let what is stated win over what the text of the file says, of which no word is lost.

        Where it *corrects* the file, metadata that it names take the place of the file's.
        """
        suffix = DISPLACED if corrects else ""
        for name in ("title", "author"):
            stated, found = getattr(self, name), getattr(sections, name)
            if stated is not None:
                setattr(sections, name, stated)
                _displace(sections, name + suffix, found, stated)
        if self.summary is not None:
            _displace(sections, "summary" + suffix, PARAGRAPH_BREAK.join(filter(None, sections.summary)), self.summary)
            sections.summary = [self.summary]
        found = sections.metadata
        sections.metadata = dict(self.metadata)
        fields = {field_of(label, value) for label, value in self.metadata.items()} - {None}
        for label, value in found.items():
            if corrects and field_of(label, value) in fields:
                continue
            if label not in self.metadata:
                sections.metadata[label] = value
            elif not corrects:
                _displace(sections, label, value, self.metadata[label])
        sections.notes_before[:0] = self.notes_before
        sections.notes_after += self.notes_after
        sections.warnings += self.warnings

    def _take_notes(self, notes: list[str], name: str, where: str, *, after: bool) -> None:
        self._short("\n\n".join(notes), name, where, NOTE_CHARS)
        (self.notes_after if after else self.notes_before).extend(notes)

    def _check_tags(self, value: Tree, name: str, where: str) -> None:
        tags = [_flat(tag) for tag in value] if isinstance(value, list) else _flat(value).split(",")
        if len(tags) > MAX_TAGS:
            self.warnings.append(f"{where}: `{name}` has {len(tags)} entries, Archive of Our Own allows {MAX_TAGS}")
        for tag in tags:
            self._short(tag.strip(), name, where, TAG_CHARS)

    def _short(self, text: str | None, name: str, where: str, limit: int) -> str | None:
        """*text* as it is, with a warning where Archive of Our Own would not take it."""
        if text is not None and len(text) > limit:
            self.warnings.append(f"{where}: `{name}` has {len(text):,} characters, Archive of Our Own allows {limit:,}")
        return text or None


def read_front_matter(data: bytes, *, or_text: bool) -> tuple[Stated | None, bytes]:
    """What the front matter of a file states, and the file without it; None where there is none. Raises `Refused`.

    In plain text (*or_text*), labelled lines between two rules are as common: what is no YAML is text there.
    """
    if not data[:16].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\x00", b"").startswith(b"---"):
        return None, data
    text, warning = decode(data)
    found = _split(text)
    if found is None:
        return None, data
    yaml_text, rest = found
    try:
        stated = _stated(yaml_text)
    except Refused:
        if or_text:
            return None, data
        raise
    if not rest.strip():
        raise Refused("I find no story in it, only front matter")
    stated.warnings += [warning] if warning else []
    return stated, rest.encode()


def plain_key(key: str) -> str:
    """*key* as it is looked up: ``Notes Before`` and ``notes-before`` are ``notes_before``."""
    return re.sub(r"[\s_-]+", "_", _clean(key)).strip("_").lower()


_OPENS = re.compile(r"---[^\S\n]*\n")
_CLOSES = re.compile(r"^(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)", re.M)
_A_KEY = re.compile(r"(?:\s*(?:#.*)?\n)*[\"']?\w[\w /.'-]{0,60}[\"']?[^\S\n]*:(?:\s|$)")


def _split(text: str) -> tuple[str, str] | None:
    """The YAML and the story after it, or None where the file opens with a rule or prose."""
    opening = _OPENS.match(text)
    closing = _CLOSES.search(text, opening.end()) if opening else None
    if not opening or not closing or not _A_KEY.match(text, opening.end(), closing.start()):
        return None
    return text[opening.end() : closing.start()], text[closing.end() :]


def _stated(text: str) -> Stated:
    size = len(text.encode())
    if size > MAX_BYTES:
        raise Refused(f"the front matter has {size:,} bytes; it may have {MAX_BYTES:,}")
    stated = Stated()
    seen: set[str] = set()
    for key, value, line in _pairs(text):
        where = f"front matter, line {line}"
        if plain_key(key) in seen:
            raise Refused(f"{where}: `{_clean(key)}` is given twice")
        seen.add(plain_key(key))
        stated.take(key, value, where)
    return stated


def _pairs(text: str) -> Iterator[tuple[str, Tree, int]]:
    """The keys of the front matter with their values and lines."""
    try:
        _check_events(text)
        root = yaml.SafeLoader(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else 1
        reason = " ".join((error.problem or error.context or "no YAML").split())
        raise Refused(f"front matter, line {line}: {reason}; a value with : or # in it needs quotation marks") from None
    except yaml.YAMLError:
        raise Refused("the front matter holds characters that YAML does not allow") from None
    if not isinstance(root, yaml.MappingNode):
        raise Refused("front matter, line 2: it is no list of `key: value`")
    lines = text.split("\n")
    for key, value in cast("list[tuple[yaml.Node, yaml.Node]]", root.value):
        line = key.start_mark.line + 2
        if not isinstance(key, yaml.ScalarNode):
            raise Refused(f"front matter, line {line}: a key must be a word")
        yield str(key.value), _tree(value, lines), line


def _check_events(text: str) -> None:
    """Refuse what makes a small file large or slow before anything is built of it."""
    depth = 0
    loader: Any = yaml.SafeLoader(text)
    while loader.check_event():
        event = loader.get_event()
        line = event.start_mark.line + 2
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Refused(f"front matter, line {line}: a value that begins with * or & needs quotation marks")
        if getattr(event, "tag", None):
            raise Refused(f"front matter, line {line}: a value that begins with ! needs quotation marks")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise Refused(f"front matter, line {line}: lists in lists are too deep")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


_NULL = "tag:yaml.org,2002:null"
_HASH_WORD = re.compile(r"[^\S\n]+#\S.*")


def _tree(node: yaml.Node, lines: list[str]) -> Tree:
    if isinstance(node, yaml.SequenceNode):
        return [_tree(item, lines) for item in cast("list[yaml.Node]", node.value)]
    if isinstance(node, yaml.MappingNode):
        pairs = cast("list[tuple[yaml.Node, yaml.Node]]", node.value)
        return {_flat(_tree(key, lines)): _tree(value, lines) for key, value in pairs}
    if node.tag == _NULL:
        return ""
    value = str(node.value)
    if cast("yaml.ScalarNode", node).style is None:  # `Letter #4` is no `Letter` with a comment
        end = node.end_mark
        word = _HASH_WORD.fullmatch(lines[end.line], end.column) if end.line < len(lines) else None
        value += word[0].rstrip() if word else ""
    return value


def _clean(text: str) -> str:
    return _NO_TEXT.sub("", text.replace("\r\n", "\n")).strip()


def _flat(value: Tree) -> str:
    """Any value in one line: a list is parted by commas."""
    if isinstance(value, str):
        return " ".join(_clean(value).split())
    if isinstance(value, list):
        return ", ".join(filter(None, map(_flat, value)))
    return "; ".join(f"{_flat(key)}: {_flat(item)}" for key, item in value.items())


def _one_line(value: Tree, name: str, where: str) -> str | None:
    if not isinstance(value, str):
        raise Refused(f"{where}: `{name}` must be text")
    return _flat(value) or None


def _paragraphs(value: Tree, name: str, where: str) -> list[str]:
    if isinstance(value, Mapping):
        raise Refused(f"{where}: `{name}` must be text or a list of texts")
    texts = [value] if isinstance(value, str) else [item if isinstance(item, str) else _flat(item) for item in value]
    return [part.strip() for text in texts for part in _BLANK_LINES.split(_clean(text)) if part.strip()]


def _id(value: str | None, where: str) -> str | None:
    if value is not None and not _ID.fullmatch(value):
        raise Refused(f"{where}: `id` must be 1 to 64 letters (a to z), digits, - or _")
    return value


def _displace(sections: Sections, label: str, found: str | None, stated: str) -> None:
    """Keep the words of the file that what is stated takes the place of."""
    if found and " ".join(found.casefold().split()) not in " ".join(stated.casefold().split()):
        known = sections.metadata.get(label)
        sections.metadata[label] = f"{known}; {found}" if known else found
