"""What a writer states of a story in so many keys, at the very start of a file.

The keys and their limits are Archive of Our Own's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.stories.formats.encoding import decode
from bot.stories.formats.front_toml import split_title_block, split_toml, title_block_pairs, toml_pairs
from bot.stories.formats.front_yaml import split_yaml, yaml_pairs
from bot.stories.formats.values import Tree
from bot.stories.metadata import field_of
from bot.stories.model import PARAGRAPH_BREAK, Refused
from bot.stories.sections.labels import read_label
from bot.stories.sections.parts import Sections

MAX_BYTES = 64 * 1024

TITLE_CHARS, SUMMARY_CHARS, NOTE_CHARS, TAG_CHARS = 255, 1250, 5000, 150
MAX_TAGS = 75

LISTS = ("fandom", "characters", "relationships", "tags", "warnings")
_LISTED = {field_of(name) for name in LISTS}
DISPLACED = " in the file"
"""What ends the label of words that a correction took the place of."""

METADATA = ("language", "rating", *LISTS, "status", "published", "updated", "series")
KEYS = ("id", "title", "author", "summary", *METADATA, "notes_before", "notes_after")
"""What can be stated; in front matter, any other key is metadata by its own name."""

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

    In plain text (*or_text*), labelled lines between two rules are as common: what is no front matter is text there.
    """
    opening = data[:16].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\x00", b"")
    if not opening.startswith((b"---", b"+++") if or_text else (b"---", b"+++", b"%")):
        return None, data
    text, warning = decode(data)
    for form in _FORMS:
        if (form.is_for_text or not or_text) and (found := form.split(text)) is not None:
            break
    else:
        return None, data
    try:
        stated = _stated(found[0], form.pairs)
    except Refused:
        if or_text:
            return None, data
        raise
    if not found[1].strip():
        raise Refused("I find no story in it, only front matter")
    stated.warnings += [warning] if warning else []
    return stated, found[1].encode()


def plain_key(key: str) -> str:
    """*key* as it is looked up: ``Notes Before`` and ``notes-before`` are ``notes_before``."""
    return re.sub(r"[\s_-]+", "_", _clean(key)).strip("_").lower()


def _stated(text: str, pairs: Callable[[str], Iterator[tuple[str, Tree, int]]]) -> Stated:
    size = len(text.encode())
    if size > MAX_BYTES:
        raise Refused(f"the front matter has {size:,} bytes; it may have {MAX_BYTES:,}")
    stated = Stated()
    seen: set[str] = set()
    for key, value, line in pairs(text):
        where = f"front matter, line {line}"
        if plain_key(key) in seen:
            raise Refused(f"{where}: `{_clean(key)}` is given twice")
        seen.add(plain_key(key))
        stated.take(key, value, where)
    return stated


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


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to write front matter: how it is told from the story, and how its keys are read."""

    split: Callable[[str], tuple[str, str] | None]
    pairs: Callable[[str], Iterator[tuple[str, Tree, int]]]
    is_for_text: bool = True


_FORMS = (
    _Form(split_yaml, yaml_pairs),
    _Form(split_toml, toml_pairs),
    _Form(split_title_block, title_block_pairs, is_for_text=False),
)
