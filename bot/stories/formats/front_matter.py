"""Metadata that a writer states by keys, in front matter of a story file or in an entry of ``stories.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import get_args

from bot.stories.formats.encoding import decode
from bot.stories.formats.front_syntax import Tree, pairs, split_front
from bot.stories.metadata import MetadataField, field_of
from bot.stories.model import PARAGRAPH_BREAK, Refused
from bot.stories.sections.labels import read_label
from bot.stories.sections.parts import Sections

MAX_BYTES = 64 * 1024
"""Maximum size of front matter, in bytes."""

TITLE_CHARS, SUMMARY_CHARS = 255, 1250
"""Maximum characters of a title or an author, and of a summary, that somebody types in Discord."""

DISPLACED = " in the file"
"""Suffix of the metadata label under which the file's own words are kept when a correction replaces them."""

KEYS = (
    *("id", "title", "author", "summary", "language", "rating"),
    *("fandom", "characters", "relationships", "tags", "warnings"),
    *("status", "published", "updated", "series", "notes_before", "notes_after", "begins", "ends"),
)
"""All known keys; any other key in front matter becomes the label of metadata."""

_NO_TYPOS = frozenset({"publisher"})  # keys that resemble a known one, but are meant as typed
_SIMILARITY = 0.8
"""Minimum similarity of a mistyped key to a known one, by `difflib`: of five letters, one may differ."""

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_AFTER = re.compile(r"end ?notes?|final note|nachwort|afterword")
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


@dataclass(slots=True)
class Stated:
    """The metadata that a writer states; None or empty if not stated."""

    id: str | None = None
    title: str | None = None
    author: str | None = None
    summary: str | None = None
    metadata: dict[str, str] = field(default_factory=dict[str, str])
    notes_before: list[str] = field(default_factory=list[str])
    notes_after: list[str] = field(default_factory=list[str])
    warnings: list[str] = field(default_factory=list[str])
    begins: str | None = None
    """The first words of the story proper."""
    ends: str | None = None
    """The last words of the story proper."""

    @property
    def states_bounds(self) -> bool:
        """Whether the story's first or last words are stated."""
        return bool(self.begins or self.ends)

    def take(self, key: str, value: Tree, where: str) -> None:
        """Store *value* under its *key*; *where* is for messages. Raises `Refused` for an invalid value."""
        name = plain_key(key)
        kind = read_label(f"{name.replace('_', ' ')}: x")
        if name == "id":
            id_ = _one_line(value, name, where)
            if id_ is not None and not _ID.fullmatch(id_):
                raise Refused("id", "{where}: `id` must be 1 to 64 letters (a to z), digits, - or _", where=where)
            self.id = id_
        elif name in ("begins", "ends"):
            setattr(self, name, _one_line(value, name, where))
        elif name in ("notes_before", "notes_after") or (kind and kind.kind == "note"):
            after = name == "notes_after" or _AFTER.fullmatch(name.replace("_", " "))
            notes = _paragraphs(value, name, where)
            (self.notes_after if after else self.notes_before).extend(notes)
        elif kind and kind.kind == "title" and self.title is None:
            self.title = _one_line(value, name, where)
        elif kind and kind.kind == "author" and self.author is None:
            self.author = _flat(value) or None
        elif kind and kind.kind == "summary" and self.summary is None:
            self.summary = PARAGRAPH_BREAK.join(_paragraphs(value, name, where)) or None
        elif flat := _flat(value):
            if kind is None and (near := near_key(name)) is not None:
                self.warnings.append(f"{where}: `{name}` becomes a detail on the card; did you mean `{near}`?")
            _add(self.metadata, name.replace("_", " "), flat)

    def onto(self, sections: Sections, *, corrects: bool = False) -> None:
        """Add the stated values to *sections*; a title, author or summary that they replace becomes metadata.

        If *corrects*, stated metadata replaces the file's metadata with the same label or of the same field.
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


def read_front_matter(data: bytes, *, or_text: bool) -> tuple[Stated | None, bytes]:
    """Return the front matter of a file, or None, and the rest of the file.

    Raises `Refused` if the front matter is invalid, or if no story follows it. In plain text (*or_text*), invalid front
    matter counts as text, because labelled lines between rules are common.
    """
    if (found := _split(data)) is None:
        return None, data
    front, story, warning = found
    try:
        if (size := len(front.encode())) > MAX_BYTES:
            english = "the front matter has {bytes:,} bytes; it may have {most:,}"
            raise Refused("front-bytes", english, bytes=size, most=MAX_BYTES)
        stated = _stated(pairs(front))
    except Refused:
        if or_text:
            return None, data
        raise
    if not story.strip():
        raise Refused("only-front", "I find no story in it, only front matter")
    stated.warnings += [warning] if warning else []
    return stated, story.encode()


def key_lines(data: bytes) -> dict[str, int]:
    """Return the line number of each key in front matter that `read_front_matter` has accepted."""
    found = _split(data)
    return {plain_key(key): line for key, _, line in pairs(found[0])} if found is not None else {}


def _split(data: bytes) -> tuple[str, str, str | None] | None:
    """Return the front matter, the story, and any encoding warning; None without front matter."""
    if not data[:16].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\x00", b"").startswith(b"---"):
        return None
    text, warning = decode(data)
    parts = split_front(text)
    return None if parts is None else (*parts, warning)


def near_key(name: str, others: Sequence[str] = ()) -> str | None:
    """Return the known key (*others* are known, too) that *name* mistypes, such as `title` for `tilte`; else None."""
    known = (*KEYS, *get_args(MetadataField), *others)
    if name in known or name in _NO_TYPOS or field_of(name.replace("_", " ")) is not None:
        return None
    return next(iter(get_close_matches(name, known, n=1, cutoff=_SIMILARITY)), None)


def plain_key(key: str) -> str:
    """Return the normal form of *key*: ``Notes Before`` and ``notes-before`` become ``notes_before``."""
    return re.sub(r"[\s_-]+", "_", _clean(key)).strip("_").lower()


def _stated(found: Iterator[tuple[str, Tree, int]]) -> Stated:
    stated = Stated()
    seen: set[str] = set()
    for key, value, line in found:
        where = f"front matter, line {line}"
        if plain_key(key) in seen:
            raise Refused("twice", "{where}: `{key}` is given twice", where=where, key=_clean(key))
        seen.add(plain_key(key))
        stated.take(key, value, where)
    return stated


def _clean(text: str) -> str:
    return _NO_TEXT.sub("", text.replace("\r\n", "\n")).strip()


def _flat(value: Tree) -> str:
    """Return a value on one line; commas separate the items of a list, and semicolons those of a table."""
    if isinstance(value, str):
        return " ".join(_clean(value).split())
    if isinstance(value, list):
        return ", ".join(filter(None, map(_flat, value)))
    return "; ".join(f"{_flat(key)}: {_flat(item)}" for key, item in value.items())


def _one_line(value: Tree, name: str, where: str) -> str | None:
    if not isinstance(value, str):
        raise Refused("one-text", "{where}: `{name}` must be text", where=where, name=name)
    return _flat(value) or None


def _paragraphs(value: Tree, name: str, where: str) -> list[str]:
    if isinstance(value, Mapping):
        raise Refused("texts", "{where}: `{name}` must be text or a list of texts", where=where, name=name)
    texts = [value] if isinstance(value, str) else [item if isinstance(item, str) else _flat(item) for item in value]
    return [part.strip() for text in texts for part in _BLANK_LINES.split(_clean(text)) if part.strip()]


def _displace(sections: Sections, label: str, found: str | None, stated: str) -> None:
    """Keep *found*, the file's words that a *stated* value replaces, as metadata, unless *stated* contains them."""
    if found and " ".join(found.casefold().split()) not in " ".join(stated.casefold().split()):
        _add(sections.metadata, label, found)


def _add(metadata: dict[str, str], label: str, value: str) -> None:
    known = metadata.get(label)
    metadata[label] = f"{known}; {value}" if known else value
