"""Read the first lines of a text as one choice: which line is the title, which the author, what is said, what is told.

No line tells by itself what it is. So each line gets points for each role by what it looks like, by what stands around
it and by how it sounds, and of all readings of the first lines the one with the most points is taken. What has a label,
rules and headings are known before. The points are in ``head.toml``; ``tools/learn_readings.py`` finds them from the
posts of the tests.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from bot.stories.sections.blocks import Block
from bot.stories.sections.headings import counts_on, read_chapter
from bot.stories.sections.labels import has_label, is_aside, is_closed, is_labelled, is_subtitle, read_label
from bot.stories.sections.lines import is_framed, looks_titled, mostly_capitalised
from bot.stories.sections.notes import is_asking, is_tale, is_talk, is_telling, letter_follows
from bot.stories.sections.posting import is_posting, opens_talk, speaks_to_readers
from bot.stories.sections.titles import (
    is_salutation,
    read_byline,
    read_handle,
    read_kind,
    read_row,
    read_title,
    read_title_and_byline,
    reads_as_title,
)
from bot.stories.sections.voice import EAST_ASIAN, voice_of

Role = Literal["title", "author", "said", "told"]
"""What a line without a label is: *said* by the author or a site, or *told* by the story."""
ROLES: tuple[Role, ...] = get_args(Role)
Known = Literal["label", "text of a label", "rule", "heading"]

_BLOCKS = 24  # blocks from the beginning at most
_TEXTS = 18  # of them without labels at most
_TALES = 2  # paragraphs in a row that are certainly prose, below which nobody looks
_SENTENCE_WORDS, _TOLD = 8, -3.0  # words, and points of a voice, of paragraphs that hardly are its author's
_LINES = 16  # lines of a block at most
_LOOKED_AT = 400  # characters of a line at most
_BELOW = 12  # blocks below a line in which its words are looked for


@dataclass(frozen=True, slots=True)
class Line:
    """A line among the first of a text; of what is *known* a line is the whole block, but for labels amid one."""

    block: int
    at: int
    text: str
    known: Known | None = None


def lines_of(blocks: Sequence[Block]) -> list[Line]:
    """Return the first lines, down to a heading, or to where the story certainly is told."""
    return list(_lines(blocks))


def _lines(blocks: Sequence[Block]) -> Iterator[Line]:
    texts = tales = 0
    is_open = False  # a label stands above whose text is this block
    for i, block in enumerate(blocks[:_BLOCKS]):
        if block.is_rule:
            yield Line(i, 0, block.text, "rule")
        elif (
            block.is_heading or read_chapter(block.lines[0]) is not None or _counts_on(block.lines[0], blocks[i + 1 :])
        ):
            yield Line(i, 0, block.text, "heading")
            return
        elif block.labels is not None:
            yield Line(i, 0, block.text, "label")
            is_open = not block.labels[-1].value
        elif is_open:
            yield Line(i, 0, block.text, "text of a label")
            is_open = False
        else:
            found = list(_lines_in(i, block))
            yield from found
            texts += 1
            tales = (
                tales + 1 if is_tale(block) or (block.words > _SENTENCE_WORDS and voice_of(block.text) < _TOLD) else 0
            )
            if found[-1].known == "heading" or texts == _TEXTS or tales == _TALES:
                return


_COUNTED = re.compile(r"(?P<before>\D{0,20})(?P<number>\d{1,3})(?!\d)")
_COUNTED_CHARS = 60  # characters of a line that counts at most


def _counts_on(line: str, later: Sequence[Block]) -> bool:
    """Return whether *line* has a number, and a line below the next one in its place."""
    if counts_on(line, later):
        return True
    counted = _COUNTED.match(line) if len(line) <= _COUNTED_CHARS else None
    if counted is None:
        return False
    following = f"{counted['before']}{int(counted['number']) + 1}{line[counted.end() : counted.end() + 1]}"
    return any(block.is_line and block.lines[0].startswith(following) for block in later)


def _lines_in(i: int, block: Block) -> Iterator[Line]:
    """Yield the lines of a block that begins without a label; labels may stand below."""
    lines = block.lines[:_LINES]
    known = [has_label(line) for line in lines]
    for at, line in enumerate(lines):
        is_label = (known[at] and (sum(known) > 1 or read_label(line) is not None)) or (
            any(known) and is_labelled(line)
        )
        if is_label and (read_byline(line) is None or read_label(line) is not None):
            yield Line(i, at, line, "label")
        elif at > 0 and read_chapter(line) is not None:
            yield Line(i, at, line, "heading")
            return
        else:
            yield Line(i, at, line)


# -- what is looked at --------------------------------------------------------------------

_LENGTHS = (1, 3, 6, 10, 15, 25, 60)  # words of a line
_WORD = re.compile(r"[^\W\d_]{5,}")
SENTENCE_END = re.compile(r"[.!?…。！？؟][\"”»」’)]*$")
_CHAT = re.compile(r"\s*\[?[^\W_][\w .'()-]{0,24}\]?\s?[:：]\s?\S")
_DATE = re.compile(
    r"(?i)(?=.*\d)(?:\w+,? )?(?:\d{1,4}(?:st|nd|rd|th|er|º|\.)?[ ./-])?(?:de |d')?(?:[^\W\d_]+\.?|\d{1,2})[ ./-]{0,2}"
    r"(?:de )?\d{0,4}(?:st|nd|rd|th)?,?(?: ?\d{2,4})?\.?"
)
_DATE_CHARS = 40
_GREETING = 80  # characters of a greeting at most
_LONGEST_LOOKED = 150  # characters of a line that may be more than a paragraph
_BY = re.compile(r"(?i)\b(?:by|par|por|von|di|de|от|przez|oleh)\s+\S+")
_PARTED = re.compile(r"[|•·»>]")
_ENDINGS = {
    "a stop": ".。",
    "a shout": "!！",
    "a question": "?？؟",
    "a comma": ",;:，：、،",
    "a quotation mark": '"”»」’',
    "a bracket": ")]）】",
    "dots": "…",
}
_BEGINNINGS = {"a quotation mark": '"“«„「『', "a dash": "—–-", "a bracket": "([（【"}
_VOICES = (-3, -2, -1, 0, 1, 2, 3)
_FEW_LINES = 4  # of a block that is said by one


def _count(text: str) -> int:
    return max(1, len(text) // 2) if EAST_ASIAN.search(text) else len(text.split())


def _length(text: str) -> int:
    count = _count(text)
    return next((most for most in _LENGTHS if count <= most), 99)


def _look(text: str) -> Iterator[str]:
    """Yield what *text* looks like by itself."""
    yield f"up to {_length(text)} words"
    last = text.rstrip("*_ ~")[-1:]
    yield "ends in " + next((n for n, s in _ENDINGS.items() if last in s), "letters" if last.isalnum() else "a sign")
    first = text.lstrip("*_~ ")[:1]
    sort = "small" if first.islower() else "capital" if first.isupper() else "digit" if first.isdigit() else ""
    sort = sort or next((n for n, s in _BEGINNINGS.items() if first in s), "letter" if first.isalpha() else "sign")
    yield f"begins with {sort}"
    if len(text) > _LONGEST_LOOKED:
        return
    is_date = len(text) < _DATE_CHARS and _DATE.fullmatch(text) is not None
    looks = {
        "capitalised": mostly_capitalised(text),
        "in capitals": text.isupper(),
        "framed": is_framed(text),
        "a byline": read_byline(text) is not None,
        "a handle": read_handle(text) is not None,
        "looks titled": looks_titled(text),
        "a kind": read_kind(text) is not None,
        "may be above a byline": read_title(text, below="byline") is not None,
        "may be above text": read_title(text, below="text") is not None,
        "title and byline": read_title_and_byline(text) is not None,
        "a row": read_row(text) is not None,
        "salutes": is_salutation(text),
        "an aside": is_aside(text),
        "in brackets": is_closed(text),
        "a subtitle": is_subtitle(text),
        "greets": len(text) < _GREETING and opens_talk(text),
        "addresses readers": len(text) < _GREETING and speaks_to_readers(text),
        "a message": _CHAT.match(text) is not None,
        "a date": is_date,
        "has a by": len(text) < 100 and _BY.search(text) is not None,
        "has digits": any(map(str.isdigit, text)),
        "has an at": "@" in text,
        "has parting signs": _PARTED.search(text) is not None,
        "is East Asian": EAST_ASIAN.search(text) is not None,
    }
    yield from (name for name, is_so in looks.items() if is_so)


def voices(points: float) -> set[str]:
    """Return what is looked at in a voice of so many *points*."""
    return {f"voice over {least}" for least in _VOICES if points > least}


def heard_in(line: Line, block: Block) -> str:
    """Return the words in which the voice of a *line* of *block* is heard: of a block of few lines all of them."""
    return line.text if len(block.lines) > _FEW_LINES else block.text


class _Seen:
    """What is looked at in each line of a head."""

    def __init__(self, blocks: Sequence[Block], lines: Sequence[Line], *, has_title: bool) -> None:
        self._blocks = blocks
        self._lines = lines
        self._has_title = has_title
        self._free = [n for n, line in enumerate(lines) if line.known is None]

    def features(self, n: int) -> set[str]:
        line = self._lines[n]
        text = line.text[:_LOOKED_AT].strip()
        return {*_look(text), *self._place(n), *self._around(n), *self._sound(line, text), *self._below(line, text)}

    def _place(self, n: int) -> Iterator[str]:
        line = self._lines[n]
        block = self._blocks[line.block]
        yield f"line {min(line.at, 3)} of block"
        yield f"block of {min(len(block.lines), 4)}"
        yield f"gap {min(block.gap, 2)}"
        yield f"free line {min(self._free.index(n), 4)}"
        if block.marked and block.marked[line.at] != block.lines[line.at]:
            yield "emphasised"
        if self._has_title:
            yield "title known"

    def _around(self, n: int) -> Iterator[str]:
        if n and (above := self._lines[n - 1].known) is not None:
            yield f"below {above}"
        if n + 1 == len(self._lines):
            yield "last"
            return
        below = self._lines[n + 1]
        if below.known is not None:
            yield f"above {below.known}"
        else:
            text = below.text[:_LOOKED_AT].strip()
            yield "above a line" if below.block == self._lines[n].block else "above a block"
            yield f"above up to {min(_length(text), 25)} words"
            if read_byline(text) is not None:
                yield "above a byline"
            if SENTENCE_END.search(text):
                yield "above a sentence"
            if _CHAT.match(text) and _CHAT.match(self._lines[n].text[:_LOOKED_AT]):
                yield "above a message"
        soon = next((line.known for line in self._lines[n + 1 : n + 4] if line.known in ("rule", "label")), None)
        if soon is not None:
            yield f"a {soon} soon"

    def _sound(self, line: Line, text: str) -> Iterator[str]:
        block = self._blocks[line.block]
        alone = Block((text,))
        whole = alone if block.is_line else block
        sounds = {
            "telling": is_telling(whole),
            "asking": is_asking(alone),
            "posting": is_posting(self._blocks, line.block),
            "speech": is_talk(alone),
            "a tale": is_tale(whole),
        }
        yield from (name for name, is_so in sounds.items() if is_so)
        yield from voices(voice_of(heard_in(line, block)))

    def _below(self, line: Line, text: str) -> Iterator[str]:
        block = self._blocks[line.block]
        rest = [block.after(line.at + 1)] if len(block.lines) > line.at + 1 else []
        later = [*rest, *self._blocks[line.block + 1 : line.block + _BELOW]]
        if reads_as_title(text, later):
            yield "reads as a title"
        if letter_follows(later):
            yield "a letter closes"
        below = "\n".join(each.text[:1500] for each in later).lower()
        if 3 < len(text) < 80 and text.lower().strip('*_"“”') in below:
            yield "comes again"
        if words := set(_WORD.findall(text.lower())):
            yield f"{min(3, 4 * sum(word in below for word in words) // len(words))} quarters of its words below"


def features_of(blocks: Sequence[Block], lines: Sequence[Line], *, has_title: bool) -> list[set[str] | None]:
    """Return what is looked at in each line; None for a line that is known."""
    seen = _Seen(blocks, lines, has_title=has_title)
    return [seen.features(n) if line.known is None else None for n, line in enumerate(lines)]


# -- the best reading -----------------------------------------------------------------------

Points = Mapping[str, Sequence[float]]
"""The points of what is looked at, for each of the `ROLES`."""


@cache
def _points() -> Points:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["points"]


def summed(features: Iterable[str], points: Points) -> list[float]:
    """Return the points of *features* together, for each of the `ROLES`."""
    rows = [row for feature in features if (row := points.get(feature)) is not None]
    return [sum(column) for column in zip(*rows, strict=True)] if rows else [0.0] * len(ROLES)


def likelihoods(found: Sequence[float]) -> list[float]:
    """Return the logarithm of how likely each of the `ROLES` is by the points *found* for them."""
    most = max(found)
    total = most + math.log(sum(math.exp(each - most) for each in found))
    return [each - total for each in found]


@dataclass(frozen=True, slots=True)
class _Path:
    """A reading of the lines so far."""

    points: float = 0.0
    certainty: float = 0.0
    """The points down to the first line that is told."""
    roles: tuple[Role | Known, ...] = ()


def best_roles(
    lines: Sequence[Line], features: Sequence[set[str] | None], *, has_title: bool, points: Points | None = None
) -> tuple[list[Role | Known], float]:
    """Return the likeliest reading, and the logarithm of how likely it is down to where the story begins.

    It has one title and one author at most, and below the story only story.
    """
    points = _points() if points is None else points
    paths = {(has_title, False, ""): _Path()}  # whether title and author are known, and the last role
    for line, seen in zip(lines, features, strict=True):
        better: dict[tuple[bool, bool, str], _Path] = {}
        known = summed(("every line", *seen), points) if seen is not None else []
        steps: dict[str, list[tuple[Role | Known, float]]] = {}
        for (titled, authored, last), path in paths.items():
            if last not in steps:
                steps[last] = _steps(line, known, last, points)
            for role, more in steps[last]:
                if (role == "title" and titled) or (role == "author" and authored):
                    continue
                state = (titled or role == "title", authored or role == "author", last if last == "told" else role)
                if state not in better or better[state].points < path.points + more:
                    better[state] = _Path(
                        path.points + more,
                        path.certainty + (0.0 if last == "told" else more),
                        (*path.roles, role),
                    )
        paths = better
    best = max(paths.values(), key=lambda path: path.points)
    return list(best.roles), best.certainty


def _steps(line: Line, known: Sequence[float], last: str, points: Points) -> list[tuple[Role | Known, float]]:
    """Return the roles that a line below one of the role *last* may have, with how likely they are."""
    if line.known is not None:
        return [(line.known, 0.0)]
    below = points.get(after(last), (0.0,) * len(ROLES))
    likely = likelihoods([sum(both) for both in zip(known, below, strict=True)])
    return [each for each in zip(ROLES, likely, strict=True) if last != "told" or each[0] == "told"]


def after(last: str) -> str:
    """Return the feature of a line that stands below one of the role *last*."""
    return f"after {last or 'nothing'}"
