"""``stories.toml`` beside the files: what it gives or corrects, an entry for each file.

A wrong entry is reported with its line and stops no other: where the file as a whole is no TOML, each of its tables is
read by itself, and where a table is none, each of its lines.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from bot.stories.formats.encoding import decode
from bot.stories.formats.front_matter import KEYS, Stated, Tree, plain_key
from bot.stories.model import Refused
from bot.stories.sections.blocks import Block
from bot.stories.sections.labels import read_label
from bot.stories.sections.parts import Part, Sections

FILE = "stories.toml"
MAX_BYTES = 1024 * 1024
OWN_KEYS = ("begins", "ends", "order")
ORDERS = range(-1_000_000, 1_000_001)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a line, and whose entry it stands in, where that is known."""

    line: int
    text: str
    file: str | None = None

    def __str__(self) -> str:
        return f"{FILE}, line {self.line}: {self.text}"


@dataclass(frozen=True, slots=True)
class Correction:
    """What ``stories.toml`` says of one file."""

    file: str
    line: int
    stated: Stated = field(hash=False)
    begins: str | None = None
    ends: str | None = None
    digest: str = ""
    """Changes with what the entry says, not with where it stands."""

    def onto(self, sections: Sections) -> None:
        """Let the entry win over what the file says; what could not be done is a warning."""
        if self.begins or self.ends:
            sections.warnings += [f"{FILE}, line {self.line}: {problem}" for problem in self._bound(sections)]
        self.stated.onto(sections, corrects=True)

    def _bound(self, sections: Sections) -> list[str]:
        """Part story and notes anew, where the entry says that the story begins and ends."""
        if len(sections.parts) > 1:
            return ["`begins` and `ends` are for stories of one chapter"]
        part = sections.parts[0] if sections.parts else Part(None, [])
        notes_before = [_note(text) for text in (*sections.notes_before, *part.notes_before)]
        notes_after = [_note(text) for text in (*part.notes_after, *sections.notes_after)]
        blocks = [*notes_before, *part.blocks, *notes_after]
        start, end, problems = len(notes_before), len(notes_before) + len(part.blocks), list[str]()
        if self.begins:
            at = _find(blocks, self.begins, ends=False)
            if at is None:
                problems.append(f"no paragraph or line begins with “{_shown(self.begins)}”")
            else:
                start, blocks, added = _cut(blocks, *at)
                end = max(end + added, start + 1)
        if self.ends:
            at = _find(blocks, self.ends, ends=True)
            if at is None or at[0] < start:
                problems.append(f"no paragraph or line of the story ends with “{_shown(self.ends)}”")
            else:
                end, blocks, _ = _cut(blocks, at[0], at[1] + 1)
        sections.notes_before = [block.text for block in blocks[:start] if not block.is_rule]
        sections.notes_after = [block.text for block in blocks[end:] if not block.is_rule]
        part.notes_before, part.notes_after, part.blocks = [], [], blocks[start:end]
        sections.parts = [part] if any(not block.is_rule for block in part.blocks) else []
        return problems


@dataclass(frozen=True, slots=True)
class Corrections:
    """All that a ``stories.toml`` says: its entries by file, and what is wrong with it."""

    entries: dict[str, Correction] = field(default_factory=dict[str, Correction], hash=False)
    problems: tuple[Problem, ...] = ()
    is_read: bool = True
    """False where the file could not be read at all, so that nobody knows what it says."""


def unread(reason: str) -> Corrections:
    """What is known of a file that could not be read."""
    return Corrections(problems=(Problem(1, reason),), is_read=False)


def read_corrections(data: bytes, files: Collection[str]) -> Corrections:
    """The entries for *files*, which are paths within the folder with ``/`` in them; nothing is raised."""
    if len(data) > MAX_BYTES:
        return unread(f"it has more than {MAX_BYTES:,} bytes")
    try:
        text, warning = decode(data) if data.strip() else ("", None)
    except Refused as refusal:
        return unread(str(refusal))
    problems = [Problem(1, warning)] if warning else []
    by_name = {_path(file): file for file in files}
    entries: dict[str, Correction] = {}
    for table in _tables(text, by_name, problems):
        file = by_name.get(_path(table.name))
        if file is None:
            problems.append(Problem(table.line, f"there is no story file “{_shown(table.name)}”"))
        elif file in entries:
            problems.append(Problem(table.line, f"“{_shown(file)}” has an entry already", file))
        else:
            entries[file] = _correction(file, table, problems)
    return Corrections(entries, tuple(sorted(problems, key=lambda problem: problem.line)))


# -- tables and their lines ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    line: int
    values: dict[str, Any]
    lines: dict[str, int]
    """Where each key stands."""

    def where(self, key: str) -> int:
        return self.lines.get(key, self.line)


_HEADER = re.compile(r"[^\S\n]*\[(?P<name>[^\n]*?)\]?[^\S\n]*(?:#[^\n]*)?")
_KEY = re.compile(r"[^\S\n]*(?P<quote>[\"']?)(?P<key>[^\s\"'=.#\[][^\"'=#.\n]{0,100}?)(?P=quote)[^\S\n]*[=.]")


def _tables(text: str, files: Collection[str], problems: list[Problem]) -> Iterator[_Table]:
    lines = text.split("\n")
    try:
        whole = tomllib.loads(text)
    except (ValueError, RecursionError):
        yield from _tables_one_by_one(lines, problems)
        return
    headers = {_header_name(line): number for number, line in reversed(list(enumerate(lines, 1))) if _is_header(line)}
    outside = _key_lines(lines, 0)
    for name, value in _files(whole, (), files):
        if isinstance(value, dict):
            start = headers.get(name, 1)
            yield _Table(name, start, cast("dict[str, Any]", value), _key_lines(lines, start))
        else:
            problems.append(
                Problem(outside.get(name) or headers.get(name, 1), f'`{_shown(name)}` stands in no table ["file"]')
            )


def _files(table: dict[str, Any], above: tuple[str, ...], files: Collection[str]) -> Iterator[tuple[str, object]]:
    """The table of each file. Without quotation marks ``[story.txt]`` is a table in a table, and meant is the file."""
    for key, value in table.items():
        path = (*above, key)
        name = ".".join(path)
        within = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
        if within and _path(name) not in files and len(path) < 10 and all(isinstance(v, dict) for v in within.values()):
            yield from _files(within, path, files)
        else:
            yield name, value


def _path(name: str) -> str:
    return unicodedata.normalize("NFC", name.replace("\\", "/")).removeprefix("./")


def _tables_one_by_one(lines: Sequence[str], problems: list[Problem]) -> Iterator[_Table]:
    """The tables of a file that is no TOML as a whole, each from its header to the next."""
    starts = [i for i, line in enumerate(lines) if _is_header(line)]
    first = starts[0] if starts else len(lines)
    if any(line.strip() and not line.lstrip().startswith("#") for line in lines[:first]):
        problems.append(Problem(1, 'what stands before the first table ["file"] belongs to no file'))
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        name, line, found = _header_name(lines[start]), start + 1, len(problems)
        try:
            tomllib.loads(lines[start])
        except (ValueError, RecursionError):
            problems.append(Problem(line, f'write the table\'s name as ["{_shown(name)}"]', name))
        try:
            values = tomllib.loads("\n".join(lines[start + 1 : end]))
        except (ValueError, RecursionError) as error:
            values, wrong = _values_line_by_line(lines[start + 1 : end])
            if len(problems) == found:
                problems.append(_syntax_problem(error, line, wrong, name))
        yield _Table(name, line, values, _key_lines(lines, line))


def _syntax_problem(error: Exception, header: int, wrong: int, name: str) -> Problem:
    at = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", str(error))
    reason = str(error)[: at.start()] if at else "it cannot be read as TOML"
    return Problem(header + (int(at[1]) if at and at[1] else wrong), " ".join(reason.split())[:200], name)


def _values_line_by_line(lines: Sequence[str]) -> tuple[dict[str, Any], int]:
    """What can be understood of a table that is no TOML, and the first line (from 1) that cannot, or 0.

    A rating that cannot is kept as it stands, and so gates.
    """
    values: dict[str, Any] = {}
    wrong = 0
    for number, line in enumerate(lines, start=1):
        try:
            found = tomllib.loads(line)
            wrong = wrong or (number if values.keys() & found.keys() else 0)
            values |= found
        except (ValueError, RecursionError):
            wrong = wrong or number
            key = _KEY.match(line)
            if key and plain_key(key["key"]) == "rating":
                values["rating"] = line[key.end() :].strip(" \t\"'") or "?"
    return values, wrong


def _is_header(line: str) -> bool:
    return line.lstrip().startswith("[") and _HEADER.fullmatch(line) is not None


def _header_name(line: str) -> str:
    """The file that a table's header names, with or without quotation marks."""
    try:
        table: object = tomllib.loads(line)
    except (ValueError, RecursionError):
        match = _HEADER.fullmatch(line)
        return match["name"].strip(" \t[]\"'") if match else line.strip()
    path: list[str] = []
    while isinstance(table, dict) and table:
        key, table = next(iter(cast("dict[str, object]", table).items()))
        path.append(key)
    return ".".join(path)


def _key_lines(lines: Sequence[str], header: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for number in range(header + 1, len(lines) + 1):
        line = lines[number - 1]
        if _is_header(line):
            break
        if match := _KEY.match(line):
            found.setdefault(match["key"].strip(), number)
    return found


# -- entries ---------------------------------------------------------------------


def _correction(file: str, table: _Table, problems: list[Problem]) -> Correction:
    stated = Stated()
    bounds: dict[str, str] = {}
    line = table.line
    for key, value in table.values.items():
        where = table.where(key)
        name = plain_key(key)
        try:
            if name in ("begins", "ends"):
                bounds[name] = _words(name, value)
                line = where
            elif name == "order":
                stated.metadata["order"] = _order(value)
            elif name in KEYS or read_label(f"{name.replace('_', ' ')}: x"):
                stated.take(key, _text(name, value), f"{FILE}, line {where}")
            else:
                raise Refused(f"`{_shown(key)}` is no key; there are {', '.join((*KEYS, *OWN_KEYS))}")
        except Refused as refusal:
            problems.append(Problem(where, str(refusal).removeprefix(f"{FILE}, line {where}: "), file))
            if name == "rating":
                stated.metadata["rating"] = str(value)[:100] or "?"  # what is not understood gates
    said = json.dumps(table.values, sort_keys=True, default=str)
    digest = hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=8).hexdigest()
    return Correction(file, line, stated, bounds.get("begins"), bounds.get("ends"), digest)


def _text(name: str, value: object) -> Tree:
    """*value* as text or a list of texts."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) and name not in KEYS:  # a wish: `downloads = true`
        return "yes" if value else "no"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    items = cast("list[object]", value) if isinstance(value, list) else []
    if isinstance(value, list) and all(isinstance(item, str) for item in items):
        return [str(item) for item in items]
    raise Refused(f"`{name}` must be text in quotation marks")


def _words(name: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Refused(f"`{name}` must be words of the story in quotation marks")
    return value


def _order(value: object) -> str:
    if not isinstance(value, int) or isinstance(value, bool) or value not in ORDERS:
        raise Refused("`order` must be a whole number")
    return str(value)


def _shown(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else words[:59] + "…"


# -- where a story begins and ends -----------------------------------------------


def _note(text: str) -> Block:
    return Block(tuple(line for line in text.split("\n") if line.strip()) or (text,))


def _find(blocks: Sequence[Block], words: str, *, ends: bool) -> tuple[int, int] | None:
    """The block and the line in it that begins with *words*, the first one, or *ends* with them, the last one."""
    wanted = _squeezed(words)
    for i in range(len(blocks) - 1, -1, -1) if ends else range(len(blocks)):
        lines = blocks[i].lines
        for line in range(len(lines) - 1, -1, -1) if ends else range(len(lines)):
            text = _text_until(lines, line, len(wanted)) if ends else _text_from(lines, line, len(wanted))
            if text.endswith(wanted) if ends else text.startswith(wanted):
                return i, line
    return None


def _text_from(lines: Sequence[str], first: int, length: int) -> str:
    """At least *length* characters from the first of *lines* on, where there are so many."""
    text = ""
    for i in range(first, len(lines)):
        if len(text) > length:
            break
        text = f"{text} {_squeezed(lines[i])}".strip()
    return text


def _text_until(lines: Sequence[str], last: int, length: int) -> str:
    text = ""
    for i in range(last, -1, -1):
        if len(text) > length:
            break
        text = f"{_squeezed(lines[i])} {text}".strip()
    return text


def _cut(blocks: Sequence[Block], i: int, line: int) -> tuple[int, list[Block], int]:
    """Part block *i* before its *line*: where the second part stands, all blocks, and how many more there are."""
    block = blocks[i]
    if line == 0:
        return i, list(blocks), 0
    if line == len(block.lines):
        return i + 1, list(blocks), 0
    first = Block(block.lines[:line], block.gap, block.marked[:line])
    return i + 1, [*blocks[:i], first, block.after(line), *blocks[i + 1 :]], 1


def _squeezed(text: str) -> str:
    """*text* as it is compared: quotation marks and dashes come in many shapes."""
    straight = text.translate(
        {ord(c): '"' for c in "“”„«»"} | {ord(c): "'" for c in "‘’"} | {ord(c): "-" for c in "–—"}
    )
    return " ".join(straight.split()).replace("...", "…")
