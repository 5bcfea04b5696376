"""Recognise chapter headings: ``Chapter 3: The Storm``, ``CHAPTER THREE``, ``Prologue``, ``IV.``, ``Preface``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.stories.sections.lines import (
    LONGEST_HEADING,
    TITLE_CHARS,
    ends_openly,
    looks_titled,
    mostly_capitalised,
    undecorated,
    without_stop,
)
from bot.stories.sections.numbers import CHINESE_SIGNS, ENGLISH, WORDS, count, count_chinese
from bot.stories.sections.ornaments import QUOTED
from bot.stories.vocabulary import VOCABULARIES

CHAPTERS = "chapters"
"""`Heading.unit` of headings that count chapters: ``Chapter 3``, and a bare ``3`` or ``III``."""

NUMERALS = ("roman", "digits", "word", "chinese")
"""Values of `Heading.kind` for bare numbers."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Heading of a chapter: *title* is its own name, *label* the words that only number it."""

    title: str | None
    label: str
    number: int | None
    """Number in the label, if any."""
    kind: str = ""
    """Word beside the number, in lower case (``chapter``, ``letter``), or one of `NUMERALS`."""
    is_part: bool = False
    """Whether the heading is that of a part, a book or an act, which can contain chapters."""
    above: str | None = None
    """Headings right above this one, with no prose between, joined by `` · `` (``Part One``); None if there is none."""

    @property
    def unit(self) -> str:
        """Unit that the number counts: `CHAPTERS`, or a word such as ``letter``."""
        return CHAPTERS if self.kind in NUMERALS or _is(CHAPTERS, self.kind) else self.kind

    @property
    def is_named(self) -> bool:
        """Whether the heading is that of a prologue or similar, which authors do not number."""
        return _is("named", self.kind)

    @property
    def is_act(self) -> bool:
        return _is("acts", self.kind)

    @property
    def is_scene(self) -> bool:
        """Whether the heading is that of a scene in a play."""
        return _is("scenes", self.kind)

    @property
    def whole(self) -> str:
        """The heading in one line: ``Chapter 3: The Storm``."""
        has_both = self.title and not self.title.startswith(undecorated(self.label))
        return f"{self.label}: {self.title}" if has_both else self.title or self.label


def _phrases(*kinds: str) -> str:
    return _any_of(
        {phrase for each in VOCABULARIES.values() for kind in kinds for phrase in each.headings.get(kind, [])}
    )


def _any_of(phrases: Iterable[str]) -> str:
    """Return a pattern that matches the longest of *phrases* with which a text begins."""
    return "|".join(sorted(phrases, key=len, reverse=True))


@cache
def _kind(kind: str) -> re.Pattern[str]:
    return re.compile(_phrases(kind), re.I)


@lru_cache(maxsize=1 << 10)
def _is(kind: str, word: str) -> bool:
    return bool(word) and _kind(kind).fullmatch(word) is not None


_COUNTED = (CHAPTERS, "parts", "acts", "scenes", "others")


@cache
def _numbered_line() -> re.Pattern[str]:
    """Return the pattern of a numbered line in small letters, which is twice as fast as ignoring case."""
    counted = _phrases(*_COUNTED)
    number = "|".join([r"\d{1,4}(?:[.,]\d)?(?!\d)", "[ivxlc]{1,7}", _any_of(WORDS).replace("е", "[её]")])
    return re.compile(
        rf"(?P<label>(?:(?P<kind>{counted})\s{{0,9}}(?:the\s{{1,9}})?(?:no\.?\s{{0,9}})?[#№]?\s{{0,9}}(?P<number>{number})"
        rf"(?:\s?[&+]\s?\d{{1,4}})?(?:\s{{0,3}}(?:/|of|von|sur|de|di|из|z|dari)\s{{0,3}}\d{{1,4}})?)"
        rf"|(?:(?:the\s{{1,9}})?(?P<first>{number})[. ]{{1,9}}(?P<after>{counted})))\b(?P<dot>\.?)(?P<rest>.*)"
    )


@cache
def _named_line() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<label>{_phrases('named')})(?:\s+(?:[ivx]{{1,5}}|\d{{1,3}}))?\b(?P<rest>.*)",
        re.I,
    )


_SEPARATOR = re.compile(r"\s*[:：.–—|~-]+\s*")
_RENUMBERED = re.compile(r"(?P<number>\d{1,4}|[IVXLC]{1,7})[.):]\s{1,9}(?P<rest>\S.*)")

_EAST_ASIAN = re.compile(
    rf"(?P<label>(?:[第제]\s{{0,2}})?(?P<number>[\d{CHINESE_SIGNS}]{{1,7}})\s{{0,2}}(?P<kind>[章節节回话話卷部幕場场夜장화부막])"
    r"|(?P<before>卷|巻|その)\s?(?P<after>[\d{CHINESE_SIGNS}]{1,4}))"
    r"(?P<rest>(?:[\s:：·—-].{0,60})?)".replace("{CHINESE_SIGNS}", CHINESE_SIGNS)
)
_EAST_ASIAN_UNITS = {
    "卷": "part",
    "巻": "part",
    "部": "part",
    "부": "part",
    "幕": "act",
    "막": "act",
    "場": "scene",
    "场": "scene",
}


def read_chapter(line: str, *, is_counted: bool = False) -> Heading | None:
    """Return *line* as a chapter heading (``Chapter 3: The Storm``, ``CHAPTER THREE``, ``Prologue``), or None.

    With *is_counted* (similar lines count up from one), ``Letter 3`` and ``Scene II`` are headings, too.
    """
    return _read_line(line)[is_counted]


@lru_cache(maxsize=1 << 12)  # a line is asked four times on its way
def _read_line(line: str) -> tuple[Heading | None, Heading | None]:
    """Return *line* as a chapter heading, and as one if similar lines count up from one."""
    if len(line) > LONGEST_HEADING:
        return None, None
    text = undecorated(line)
    if (match := _RENUMBERED.fullmatch(text)) and (inner := read_chapter(match["rest"])):  # ``2. Chapter 2: The Mill``
        return (inner, inner) if inner.number == count(match["number"].lower()) else (None, None)
    small = text.lower()
    if match := _numbered_line().fullmatch(small if len(small) == len(text) else text):
        return _numbered_heading(match, text, is_counted=False), _numbered_heading(match, text, is_counted=True)
    if len(text) <= 100 and (match := _named_line().fullmatch(text)):
        title = _heading_title(match["rest"])
        heading = None if title is None else Heading(text, match["label"], None, match["label"].lower())
    else:
        heading = _east_asian(text)
    return heading, heading


def _numbered_heading(match: re.Match[str], text: str, *, is_counted: bool) -> Heading | None:
    """Return the heading in *match* of *text* in small letters (``Chapter 3: The Storm``), or None if it is prose."""
    word, kind = match["number"] or match["first"], match["kind"] or match["after"]
    label, rest = text[: match.end("label")], text[match.start("rest") :].strip()
    is_chapter = _is(CHAPTERS, kind)
    if not (is_chapter or label.isupper()):  # ``Part two``, or if counted, ``Letter 3``; in lower case it is prose
        is_known = is_counted and kind not in ("day", "episode")
        is_part = _is("parts", kind) and (is_counted or match["first"] is None)
        if label[0].islower() or label[0].isdigit() or not (is_known or is_part):
            return None
    dot = match["dot"] if label.isupper() else ""
    title = _heading_title(dot + rest, TITLE_CHARS + 20 if len(text) <= 100 else LONGEST_HEADING)
    if title is None and is_chapter and not label[0].islower() and (is_short(rest) or QUOTED.fullmatch(rest)):
        title = rest.strip('"“”„«»') if QUOTED.fullmatch(rest) else rest
    if title is None or (len(text) > 100 and not (is_chapter and mostly_capitalised(title))):
        return None
    return Heading(title or None, label.strip(), count(word), kind, _is("parts", kind) or _is("acts", kind))


def _east_asian(text: str) -> Heading | None:
    """Return *text* as a heading such as ``第一章 来信`` or ``第3話``, or None."""
    match = _EAST_ASIAN.fullmatch(text)
    if match is None or not ends_openly(text):
        return None
    if (
        match["kind"]
        and text[0] not in "第제"
        and (match["kind"] not in "章節节话話화장" or not match["number"][0].isdigit())
    ):
        return None  # ``三夜`` means three nights
    title = match["rest"].strip(" \t\u3000:：·—-")
    kind = _EAST_ASIAN_UNITS.get(match["kind"] or match["before"], "chapter")
    number = count_chinese(match["number"] or match["after"])
    return Heading(title or None, match["label"], number, kind, kind in ("part", "act"))


def _heading_title(rest: str, longest: int = TITLE_CHARS + 20) -> str | None:
    """Return the title in *rest*, the text after a chapter's number: empty if there is none, None for prose."""
    rest = rest.strip()
    if not rest:
        return ""
    separated = _SEPARATOR.match(rest)
    title = rest[separated.end() :].strip().strip('*_"“”') if separated else rest
    if not title or len(title) > longest:
        return None if title else ""
    if separated:
        return None if re.search(r"[,;]$", title) else title
    return title if title.isupper() or (mostly_capitalised(title) and ends_openly(title)) else None


def is_short(title: str, *, in_any_case: bool = False) -> bool:
    """Return whether *title* may be a title in a language that capitalises only the first word.

    With *in_any_case*, the first word may be in lower case, as some authors type everything.
    """
    is_begun = title[:1].isupper() or (in_any_case and title.islower())
    return is_begun and len(title) <= TITLE_CHARS and len(title.split()) <= 8 and ends_openly(title)


_PARTS_OF_BOOKS = "|".join(phrase for vocabulary in VOCABULARIES.values() for phrase in vocabulary.parts_of_books)


@cache
def _named_part() -> re.Pattern[str]:
    return re.compile(
        r"(?:the |an? |author'?s? |original |general |translator'?s? |editor'?s? |publisher'?s? )*"
        rf"(?:{_PARTS_OF_BOOKS})(?: to the \w+(?: \w+)? edition)?[.:]?",
        re.I,
    )


def is_named_part(line: str) -> bool:
    """Return whether *line* names a part of a book other than a chapter: ``PREFACE``, ``Dedication``."""
    text = line.strip().strip("_*[] ").replace("’", "'") if len(line) <= LONGEST_HEADING else ""
    if not 0 < len(text) <= TITLE_CHARS or not text[0].isupper():
        return False
    return _named_part().fullmatch(text) is not None


@cache
def _numeral_line() -> re.Pattern[str]:
    return re.compile(
        rf"\[?(?:(?P<roman>[IVXLC]{{1,8}})|(?P<digits>\d{{1,3}})|(?P<word>{_any_of(ENGLISH)}))"
        r"(?P<mark>[.:)]|\]?\s{0,3}(?:[–—-]{1,2}|\|)|\](?=\s)|(?=\s|$))(?P<rest>.*)",
    )


_ROMAN = re.compile("C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_BARE_NUMERAL = re.compile(
    r"[(\[]?(?P<of>\d{1,3})\s?/\s?\d{1,3}[)\]]?"
    r"|[(\[](?:\d{1,3}|[ivxlc]{1,8}|[IVXLC]{1,8})[)\]]|[ivxlc]{1,8}\.?"
)


_ONE_MORE = re.compile(r"\+\s?1(?:[.):]|\s?[–—-])?(?:\s+(?P<title>\S.*))?")


def read_one_more(line: str, count: int) -> Heading | None:
    """Return ``+1. home`` as the heading after *count* others, as in stories of "five times, and one more"."""
    match = _ONE_MORE.fullmatch(line.strip()) if len(line) <= LONGEST_HEADING else None
    if match is None or (match["title"] and not (is_short(match["title"], in_any_case=True))):
        return None
    return Heading(match["title"], "+1", count + 1, "digits")


_EAST_ASIAN_NUMERAL = re.compile(
    rf"[(（]?(?P<number>[{CHINESE_SIGNS}]{{1,4}})[)）]?(?:[、．. \u3000]\s?(?P<title>\S.{{0,20}})?)?"
)


def read_numeral(line: str) -> Heading | None:
    """Return *line* as a heading with a bare number (``IV.``, ``2. The Mill``, ``THREE``), or None."""
    text = undecorated(line) if len(line) <= LONGEST_HEADING else ""
    if bare := _BARE_NUMERAL.fullmatch(text):
        text = (bare["of"] or bare[0]).strip("()[].").upper()
    match = _numeral_line().fullmatch(text) if text else None
    if match is None:
        return _east_asian_numeral(text)
    title = match["rest"].strip()
    if title and (not match["mark"] or match["word"]):
        return None
    if title and not (looks_titled(title, ends="any") or is_short(title, in_any_case=True)):
        return None
    number = match["roman"] or match["digits"] or match["word"]
    kind = "roman" if match["roman"] else "digits" if match["digits"] else "word"
    value = count(number.lower())
    if value is None or not 0 < value < 400 or (kind == "roman" and not _ROMAN.fullmatch(number)):
        return None
    return Heading(without_stop(title) or None, text if not title else number, value, kind)


def _east_asian_numeral(text: str) -> Heading | None:
    """Return *text* as a heading such as ``三`` or ``三、灯``, or None."""
    match = _EAST_ASIAN_NUMERAL.fullmatch(text)
    if match is None or not ends_openly(match["title"] or ""):
        return None
    return Heading(match["title"], match["number"], count_chinese(match["number"]), "chinese")


_NUMBERED_TITLE = re.compile(r"(\d{1,4})[.):]\s+(\S.*)")


@cache
def _scene() -> re.Pattern[str]:
    return re.compile(rf"(?:{_phrases('scenes')})\b", re.I)


def heads_scene(line: str) -> bool:
    """Return whether *line* heads a scene of a play: ``SCÈNE PREMIÈRE``, ``Erste Szene``."""
    bare = undecorated(line)
    is_heading = len(bare) <= TITLE_CHARS and (bare.isupper() or len(bare.split()) <= _WORDS_OF_SCENE)
    return is_heading and _scene().search(bare) is not None


_WORDS_OF_SCENE = 2  # maximum words of a scene's heading in small letters


def heading_of(text: str) -> Heading:
    """Return the heading in *text*, a line that the file itself marks as a heading."""
    bare = undecorated(text)
    heading = read_chapter(text, is_counted=True) or read_numeral(text)
    if heading is None and _scene().match(bare):
        return Heading(bare, text, None, "scene")
    if heading is None and (match := _NUMBERED_TITLE.fullmatch(bare)):
        heading = Heading(match[2], match[1], int(match[1]), "digits")
    return heading or Heading(bare or text, text, None)
