"""Lines that head a chapter: ``Chapter 3: The Storm``, ``CHAPTER THREE``, ``Prologue``, ``IV.``, ``Preface``."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
from bot.stories.vocabulary import VOCABULARIES


@dataclass(frozen=True, slots=True)
class Heading:
    """A chapter's heading: its own title, and its *label*, the words that only number it."""

    title: str | None
    label: str
    number: int | None
    """The number in the label, if it has one."""
    kind: str = ""
    """The word beside the number, in lower case: ``chapter``, ``letter``."""
    is_part: bool = False
    """Whether it may have chapters: a part, a book, an act."""


_NUMBER = "|".join([r"\d{1,4}", "[ivxlc]{1,7}", *sorted((re.escape(w) for w in WORDS), key=len, reverse=True)])
_NUMBERED = re.compile(
    rf"(?P<label>(?:(?P<kind>chapter|chap\.?|ch\.?|chapitre|cap[íi]tulo|cap\.?|kapitel|capitolo|part|book|volume|"
    rf"vol\.|act|scene|episode|letter|day|partie|livre|parte|libro|teil|buch|stave|canto|epoch|"
    rf"adventure|глава|часть|книга|том)"
    rf"\s{{0,9}}(?:the\s{{1,9}})?(?:no\.?\s{{0,9}})?#?\s{{0,9}}(?P<number>{_NUMBER})"
    rf"(?:\s{{0,3}}(?:/|of|von|sur|de|di|из)\s{{0,3}}\d{{1,4}})?)"
    rf"|(?:(?:the\s{{1,9}})?(?P<first>{_NUMBER})[. ]{{1,9}}"
    rf"(?P<after>kapitel|chapter|chapitre|book|part|volume|act|canto|livre|partie|teil|buch|глава|часть)))\b(?P<dot>\.?)(?P<rest>.*)",
    re.I,
)
_PARTS = re.compile(r"(?i)part|book|vol|act|livre|libro|teil|buch|epoch|част|книг|том")
_IN_CAPITALS = frozenset({"letter", "day", "act", "episode", "scene", "stave", "canto", "adventure"})
_NAMED = re.compile(
    r"(?P<label>prologue|epilogue|interlude|intermission|prolog|epilog|pr[óo]logo|ep[íi]logo|épilogue|"
    r"afterword|foreword|пролог|эпилог|интерлюдия)"
    r"(?:\s+(?:[ivx]{1,5}|\d{1,3}))?\b(?P<rest>.*)",
    re.I,
)
_SEPARATOR = re.compile(r"\s*[:：.–—|~-]+\s*")
_CHAPTER_WORDS = re.compile(r"(?i)ch|kap|cap|глав")


_EAST_ASIAN = re.compile(
    rf"(?P<label>[第제]\s{{0,2}}(?P<number>[\d{CHINESE_SIGNS}]{{1,7}})\s{{0,2}}(?P<kind>[章節节回话話卷部幕장화부]))"
    r"(?P<rest>(?:[\s:：·—-].{0,60})?)|(?P<named>序章|楔子|尾声|終章|终章|番外|プロローグ|エピローグ)(?P<more>(?:[\s:：].{0,60})?)"
)
_UNITS_OVER_CHAPTERS = "卷部幕부"


def read_chapter(line: str, *, is_counted: bool = False) -> Heading | None:
    """Return *line* as a chapter heading (``Chapter 3: The Storm``, ``CHAPTER THREE``, ``Prologue``), if it is one.

    Where it *is_counted*, because others like it count up from one, so are ``Letter 3`` and ``Scene II``.
    """
    if len(line) > LONGEST_HEADING:
        return None
    text = undecorated(line)
    if match := _NUMBERED.fullmatch(text):
        word = (match["number"] or match["first"]).lower()
        kind = (match["kind"] or match["after"]).lower()
        is_chapter = bool(_CHAPTER_WORDS.match(kind))
        if not is_chapter and not _is_capitalised_heading(match, kind, is_counted=is_counted):
            return None
        dot = match["dot"] if match["label"].isupper() else ""
        title = _heading_title(dot + match["rest"], TITLE_CHARS + 20 if len(text) <= 100 else LONGEST_HEADING)
        if title is None or (len(text) > 100 and not (is_chapter and mostly_capitalised(title))):
            return None
        return Heading(title or None, match["label"].strip(), count(word), kind, bool(_PARTS.match(kind)))
    if len(text) <= 100 and (match := _NAMED.fullmatch(text)):
        title = _heading_title(match["rest"])
        return None if title is None else Heading(title or text, match["label"], None)
    return _east_asian(text)


def _east_asian(text: str) -> Heading | None:
    """Return a heading such as ``第一章 来信``, ``第3話`` or ``序章``."""
    match = _EAST_ASIAN.fullmatch(text)
    if match is None or not ends_openly(text):
        return None
    if match["named"]:
        return Heading(text, text, None)
    title = match["rest"].strip(" \t\u3000:：·—-")
    is_part = match["kind"] in _UNITS_OVER_CHAPTERS
    return Heading(title or None, match["label"], count_chinese(match["number"]), match["kind"], is_part)


def _is_capitalised_heading(match: re.Match[str], kind: str, *, is_counted: bool) -> bool:
    """Return whether ``Part two``, ``Day 3`` and the like are headings; in lower case they are prose."""
    label = match["label"]
    if label.isupper():
        return True
    is_known = kind not in _IN_CAPITALS or (is_counted and kind not in ("day", "episode"))
    return label[0].isupper() and is_known and (match["first"] is None or is_counted)


def _heading_title(rest: str, longest: int = TITLE_CHARS + 20) -> str | None:
    """Return the title after a chapter's number: empty where there is none, None where the line is a sentence."""
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


_PARTS_OF_BOOKS = "|".join(phrase for vocabulary in VOCABULARIES.values() for phrase in vocabulary.parts_of_books)
_NAMED_PARTS = re.compile(
    r"(?:the |an? |author'?s? |original |general |translator'?s? |editor'?s? |publisher'?s? )*"
    rf"(?:{_PARTS_OF_BOOKS})(?: to the \w+(?: \w+)? edition)?[.:]?",
    re.I,
)


def is_named_part(line: str) -> bool:
    """Return whether *line* names a part of a book that is no chapter: ``PREFACE``, ``Dedication``."""
    text = line.strip().strip("_*[] ").replace("’", "'") if len(line) <= LONGEST_HEADING else ""
    return 0 < len(text) <= TITLE_CHARS and text[:1].isupper() and _NAMED_PARTS.fullmatch(text) is not None


_COUNT_ENGLISH = "|".join(sorted(ENGLISH, key=len, reverse=True))
_NUMERAL = re.compile(
    rf"(?:(?P<roman>[IVXLC]{{1,8}})|(?P<digits>\d{{1,3}})|(?P<word>{_COUNT_ENGLISH}))"
    r"(?P<mark>[.:)]|\s{0,3}[–—-]{1,2}|(?=\s|$))(?P<rest>.*)",
)
_ROMAN = re.compile("C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_BARE_NUMERAL = re.compile(r"[(\[](?:\d{1,3}|[ivxlc]{1,8}|[IVXLC]{1,8})[)\]]|[ivxlc]{1,8}\.?")


def read_numeral(line: str) -> Heading | None:
    """Return *line* as a heading of only a number, with or without a title (``IV.``, ``2. The Mill``, ``THREE``)."""
    text = undecorated(line) if len(line) <= LONGEST_HEADING else ""
    if bare := _BARE_NUMERAL.fullmatch(text):
        text = bare[0].strip("()[].").upper()
    match = _NUMERAL.fullmatch(text) if text else None
    if match is None:
        return None
    title = match["rest"].strip()
    if title and (not match["mark"] or match["word"] or not looks_titled(title, ends="any")):
        return None
    number = match["roman"] or match["digits"] or match["word"]
    kind = "roman" if match["roman"] else "digits" if match["digits"] else "word"
    value = count(number.lower())
    if value is None or not 0 < value < 400 or (kind == "roman" and not _ROMAN.fullmatch(number)):
        return None
    return Heading(without_stop(title) or None, text if not title else number, value, kind)
