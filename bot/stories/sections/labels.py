"""Read labelled lines (``Title: …``, ``A/N - …``, ``Rating: T``) in every language of `bot.stories.vocabulary`."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, get_args

from bot.stories.vocabulary import VOCABULARIES

LabelKind = Literal["title", "author", "summary", "note", "metadata"]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label and the text after it; *value* is empty if the text is in the next paragraph."""

    kind: LabelKind
    label: str
    value: str

    @property
    def as_note(self) -> str:
        """The text as part of a note, with its label unless the label only says that it is a note."""
        return self.value if self.kind == "note" else f"{self.label.capitalize()}: {self.value}"


_KINDS: dict[str, LabelKind] = {
    word: kind
    for vocabulary in VOCABULARIES.values()
    for kind in get_args(LabelKind)
    for word in vocabulary.labels.get(kind, ())
}
_ONLY_BEFORE_A_COLON = frozenset(
    word for vocabulary in VOCABULARIES.values() for word in vocabulary.labels.get("only_before_a_colon", ())
)
"""Labels that need a colon, since these words also occur in prose before a dash."""

_ONLY_IN_A_BLOCK = {
    word for vocabulary in VOCABULARIES.values() for word in vocabulary.labels.get("only_in_a_block", ())
}

_SEARCHED = 120  # maximum characters of a line searched for a label
_LONGEST_ROW = 400  # maximum characters of a line with several labels
_LONGEST = 45  # maximum characters of a label alone on its line, with its marks
_MARKS = r"[*_~\s]*"
_CORNERED = re.compile(r"\s*[【［](?P<label>[^】］\n]{1,20})[】］]\s*(?P<value>.*)")
_SIGNED = re.compile(
    rf"(?=.*[:：=»|~→–—-]){_MARKS}[(\[]?{_MARKS}(?P<label>[^\W\d_][^:：\n]{{0,38}}?){_MARKS}"
    rf"(?:[:：]|(?P<sign>\s[-–—]+\s|\s*[=»|~→]+>?\s*(?=[^\s=»|~→]))){_MARKS}(?P<value>.*)"
)
_ALONE = re.compile(rf"{_MARKS}(?P<label>[^\W\d_][^:\n]{{0,30}}?){_MARKS}")
_BARE_RATING = re.compile(rf"{_MARKS}(?P<label>[Rr]ated)\s+(?P<value>(?:K\+?|T|MA?|G|PG(?:-?13)?|NC-?17|R|E)(?!\w).*)")
_BARE_AN = re.compile(
    rf"{_MARKS}[(\[]?{_MARKS}(?P<label>A/N|a/n|N\. ?[dD]\. ?[AT]\.?|NdA|A\.N\.)[.,;–—-]*\s+(?P<value>.*)"
)
_PATTERNS = (_SIGNED, _BARE_AN, _BARE_RATING, _CORNERED)


def read_label(line: str) -> Labelled | None:
    """Return the known label at the start of *line*, or None; ``To`` and similar are labels only among other labels."""
    found = _read_label(line)
    return None if found is None or found.label in _ONLY_IN_A_BLOCK else found


def has_label(line: str) -> bool:
    """Return whether *line* begins with a known label.

    Unlike `read_label`, this accepts words such as ``To``, which are labels only among other labels.
    """
    return _read_label(line) is not None


def _read_label(line: str) -> Labelled | None:
    bare = line.lstrip(f"*_~{string.whitespace}")
    for match in (pattern.match(bare[:_SEARCHED]) for pattern in _PATTERNS):
        if match is None:
            continue
        label, value = match["label"], bare[match.start("value") :]
        word = _normalised(label)
        kind = _KINDS.get(word)
        is_prose = word in _ONLY_BEFORE_A_COLON and match.groupdict().get("sign")
        if kind is not None and not is_prose and (word != "an" or label.isupper()):
            return Labelled(kind, word if kind != "metadata" else label.strip().lower(), _unwrapped(line, value))
    if len(line) <= _LONGEST and (match := _ALONE.fullmatch(line)):
        word = _normalised(match["label"])
        kind = _KINDS.get(word)
        if kind in ("note", "summary") and word not in _ONLY_BEFORE_A_COLON:
            return Labelled(kind, word, "")
    return None


_HEAD_LINES = 1000  # maximum lines of labels above a story, with tags and notes


def read_labels(lines: Sequence[str], *, is_below_title: bool = False) -> list[Labelled] | None:
    """Return the labels of a block, or None if its first line has none.

    A line without a label usually continues the label above. Beside known labels, an unknown one (``Feel: melancholy``)
    is metadata. ``To`` and ``From`` also begin letters, so they are labels only above a title label or below a title
    (*is_below_title*). A block of more than `_HEAD_LINES` lines is no header.
    """
    if len(lines) > _HEAD_LINES:
        return None
    first = _read_label(lines[0]) or (_unknown_above_known(lines) if len(lines) > 1 else None)
    if first is None:
        return None
    lines = [piece for line in lines for piece in _split_row(line)]
    first = _read_label(lines[0]) or first
    if first.label in _ONLY_IN_A_BLOCK and not is_below_title and not any(map(_is_of_title, lines[1:_LABELS_ABOVE])):
        return None
    found: list[tuple[Labelled, list[str]]] = [(first, [])]
    for line in lines[1:]:
        is_awaited = found[-1][0].kind in ("summary", "note") and not found[-1][0].value and not found[-1][1]
        label = _read_label(line) or (None if is_awaited else _unknown_label(line))
        if label is None and found[-1][0].value != "" and _is_complete(found[-1][0], line):
            label = Labelled("note", "note", line.strip())
        if label is None:
            found[-1][1].append(line.strip())
        else:
            found.append((label, []))
    return [
        replace(label, value=("\n" if label.kind == "note" else " ").join([label.value, *more]).strip())
        if more
        else label
        for label, more in found
    ]


def _is_complete(label: Labelled, below: str) -> bool:
    """Return whether *label* names a title or an author, and the line *below* does not continue it."""
    if label.kind == "title":
        return below.rstrip()[-1:] in tuple(".!?…)") or not below.lstrip()[:1].islower()
    return label.kind == "author"


def _unknown_above_known(lines: Sequence[str]) -> Labelled | None:
    """Return the first line's unknown label if each line has a label down to one with a known label, else None."""
    labels = [_unknown_label(line) for line in lines[:_LABELS_ABOVE]]
    for line, label in zip(lines[1:_LABELS_ABOVE], labels[1:], strict=False):
        known = read_label(line)
        if label is None and known is None:
            return None
        if known is not None and known.label not in _ONLY_BEFORE_A_COLON:
            return labels[0]
    return None


def _is_of_title(line: str) -> bool:
    label = _read_label(line)
    return label is not None and label.kind == "title"


_LABELS_ABOVE = 6  # a block that begins with an unknown label has a known one within this many lines

_ROW_SEPARATOR = re.compile(r"\s+[|│•·‖♦~]+\s+|\s+/+\s+|\s*;\s+|\s{2,}|\s+[-–—]\s+")


def _split_row(line: str) -> list[str]:
    """Return the labelled pieces of a row such as ``Title: Snow | Author: Wren``, or *line* as the only piece."""
    pieces = [line]
    if line.count(":") + line.count("：") >= 2 and len(line) <= _LONGEST_ROW:
        for match in _ROW_SEPARATOR.finditer(line):
            if _read_label(rest := line[match.end() :]) is not None:
                pieces[-1:] = [pieces[-1][: len(pieces[-1]) - len(line) + match.start()], rest]
    return pieces


_UNKNOWN = re.compile(rf"{_MARKS}(?P<label>[^\W\d_][\w'’ /&°#№.()-]{{0,39}}?){_MARKS}[:：]{_MARKS}(?P<value>\S)")


def _unknown_label(line: str) -> Labelled | None:
    if (match := _UNKNOWN.match(line[:_SEARCHED])) is None:
        return None
    return Labelled("metadata", match["label"].strip().lower(), line[match.start("value") :].strip())


_BOTH_GENDERS = re.compile(r"(?<=\w{4})(?:/\w{1,2}|\(\w{1,2}\)|\*in)$")  # ``Autor(a)``, ``Autor/in``


@lru_cache(maxsize=1 << 10)  # files share most labels
def _normalised(label: str) -> str:
    word = _BOTH_GENDERS.sub("", label.strip())
    return re.sub(r"\s+", " ", re.sub(r"['’.*_~]", "", word)).strip().lower()


def _unwrapped(line: str, value: str) -> str:
    """Return *value* without the closing bracket that *line* opens before the label."""
    value = value.strip()
    opened = line.lstrip("*_~ ")[:1]
    if (opened == "(" and value.endswith(")")) or (opened == "[" and value.endswith("]")):
        value = value[:-1].rstrip()
    return value


def is_closed(text: str) -> bool:
    """Return whether brackets enclose all of *text*."""
    text = text.strip(f"*_~{string.whitespace}")
    return (text[:1], text[-1:]) in (("(", ")"), ("[", "]"), ("（", "）"), ("【", "】"))
