"""Remove the lines that sites put around a post, and keep what people wrote there: prompts, asks, tags.

The lines of each site are in ``site_lines.toml``. Only the first and the last paragraphs are searched.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Literal, cast, get_args

from bot.stories.emphasis import plain
from bot.stories.formats.furniture import furniture_of, has_adjacent_buttons, is_offer
from bot.stories.sections.blocks import Raw, is_rule
from bot.stories.sections.headings import read_chapter
from bot.stories.sections.labels import Labelled, read_label, read_labels
from bot.stories.sections.lines import ends_openly
from bot.stories.sections.parts import Sections
from bot.stories.sections.title_lines import read_title_line
from bot.stories.sections.titles import read_handle, read_title
from bot.stories.vocabulary import in_small_letters

_ENDS = 10  # paragraphs at each end that are searched for lines of a site
_STORY_WORDS = 60  # maximum words of a site's paragraph; a longer one is the story, and the site's lines end there
_SENTENCE_CHARS = 140  # maximum characters of a site's line if it ends like a sentence
_LINE_CHARS = 300  # maximum characters of a line of a site
_PATH_WORDS = 40  # maximum words of a site's name and path above the subject of a post
_NOTE_WORDS = 200  # maximum words of an ask, a quotation or the offers of other stories
_SIGNATURE_WORDS = 60  # maximum words of a signature

Role = Literal[
    "title", "author", "owner", "details", "tags", "note", "note_below", "signature", "posted", "gone", "beside"
]
"""Role of a line on a site, explained in ``site_lines.toml``; if two roles of a site match a line, the first counts."""

SITES: dict[str, dict[str, list[str]]] = tomllib.loads(
    files("bot.stories.formats").joinpath("site_lines.toml").read_text("utf-8")
)
"""Patterns by site and role; the keys ``story`` and ``site`` have examples for tests."""

_ANY_SITE = "any"
_WHOLE = re.compile(r".*", re.S)
_ROLES: tuple[Role, ...] = get_args(Role)
_CERTAIN: list[tuple[str, Role, str]] = [
    (site, role, pattern)
    for site, table in SITES.items()
    for role in _ROLES
    if role != "beside"
    for pattern in table.get(role, ())
]


@cache
def _any_certain() -> re.Pattern[str]:
    """Return one pattern, for lines in lower case, of all patterns in `_CERTAIN`: most lines fail this fast check."""
    return re.compile("|".join(in_small_letters(re.sub(r"\?P<\w+>", "?:", pattern)) for _, _, pattern in _CERTAIN))


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


def role_of(line: str, sites: Sequence[str] = ()) -> tuple[str, Role, re.Match[str]] | None:
    """Return the site of *line*, its role and its match, or None; a role ``beside`` needs a site that is in *sites*."""
    line = plain(line).strip()
    if not line or len(line) > (_SENTENCE_CHARS if line[-1] in '.?"”' and line[0] not in "[(" else _LINE_CHARS):
        return None
    if _any_certain().fullmatch(line.lower()):
        for site, role, pattern in _CERTAIN:
            if match := _pattern(pattern).fullmatch(line):
                return site, role, match
    for site in sites:
        for pattern in SITES.get(site, {}).get("beside", ()):
            if match := _pattern(pattern).fullmatch(line):
                return site, "beside", match
    kind = furniture_of(line) if read_label(line) is None else None
    if (kind == "sure" or (kind and _ANY_SITE in sites)) and (whole := _WHOLE.fullmatch(line)):
        return _ANY_SITE, "gone" if kind == "sure" else "beside", whole
    return None


@dataclass(slots=True)
class SiteText:
    """Text that people wrote around a story on a site."""

    labels: list[Labelled] = field(default_factory=list[Labelled])
    before: list[str] = field(default_factory=list[str])
    after: list[str] = field(default_factory=list[str])

    def onto(self, sections: Sections) -> None:
        """Add the text to the *sections* of the file as metadata and notes."""
        for label in self.labels:
            if label.kind == "author" and sections.title == label.value:
                sections.title = None  # the account name above a post without a title
            if label.label == "owner":
                sections.author = label.value
            else:
                sections.take(label)
        sections.notes_before[:0] = self.before
        sections.notes_after += self.after


def without_site_lines(raws: Sequence[Raw]) -> tuple[list[Raw], SiteText]:
    """Return *raws* without the lines of sites at both ends, and the text that people wrote in those lines.

    *raws* are the paragraphs of a file; if all of them are lines of sites, they are returned unchanged.
    """
    last = list(_up_to_story(raws[: max(_ENDS, len(raws) - _ENDS) - 1 : -1]))
    around = [*_up_to_story(raws[:_ENDS]), *reversed(last)]
    lines = [line for raw in around for line in _outer(raw.lines)]
    found = [known for line in lines if (known := role_of(line)) is not None]
    if not found and has_adjacent_buttons(lines):
        found = [known for line in lines if (known := role_of(line, (_ANY_SITE,))) is not None]
    if not found and not (len(raws) > 1 and _is_path_to(raws[0].lines[0], raws[1].lines[0])):
        return list(raws), SiteText()
    walk = _Walk(
        list(dict.fromkeys(site for site, _, _ in found)),
        sum(role != "signature" for _, role, _ in found),
        sum(_words(raw.lines) for raw in raws),
    )
    walk.has_handles = sum(raw.lines[0].lstrip()[:1] == "@" for raw in raws) > 1
    half = _middle(raws)
    first, last = min(_ENDS, half), max(half, len(raws) - _ENDS)
    kept = [*walk.down(raws[:first]), *raws[first:last], *walk.up(raws[last:])]
    if not any(not is_rule(line) for raw in kept for line in raw.lines):
        return list(raws), SiteText()
    return kept, walk.finished()


_OUTER = 60  # lines at each end of a paragraph that are searched for lines of a site


def _outer(lines: Sequence[str]) -> Sequence[str]:
    """Return the first and last `_OUTER` lines of a paragraph; in its middle there are no lines of sites."""
    return lines if len(lines) <= 2 * _OUTER else (*lines[:_OUTER], *lines[-_OUTER:])


def _up_to_story(raws: Sequence[Raw]) -> Iterator[Raw]:
    """Yield *raws* up to and including the first paragraph that is long enough to be the story's."""
    for raw in raws:
        yield raw
        if _words(raw.lines) > _STORY_WORDS:
            return


def _middle(raws: Sequence[Raw]) -> int:
    """Return the number of paragraphs that together contain the first half of the words."""
    words = [*accumulate(_words(raw.lines) for raw in raws)]
    return next(i for i, so_far in enumerate(words, start=1) if 2 * so_far >= words[-1])


class _Walk:
    """Removes the lines of sites from the paragraphs at both ends, and collects what people wrote in those lines."""

    def __init__(self, sites: Sequence[str], sure: int, words: int) -> None:
        self._sites = sites
        self._words = words  # number of words in the whole file
        self._sure = sure
        self._text = SiteText()
        self._tags: list[str] = []
        self.has_handles = False
        """Whether several paragraphs begin with a handle (``@name``); the story then consists of messages."""

    def finished(self) -> SiteText:
        if self._tags:
            self._text.labels.append(Labelled("metadata", "tags", ", ".join(self._tags)))
        return self._text

    @property
    def _title(self) -> str | None:
        """The title found so far, such as the subject of a forum post."""
        return next((label.value for label in self._text.labels if label.kind == "title"), None)

    def down(self, raws: Sequence[Raw]) -> list[Raw]:
        """Return *raws*, the paragraphs at the start of a file, without the lines of sites.

        Text that people wrote in those lines is kept in `_text`.
        """
        kept: list[Raw] = []
        is_note = False
        for i, raw in enumerate(raws):
            if len(raw.lines) == 1 and i + 1 < len(raws) and _is_path_to(raw.lines[0], raws[i + 1].lines[0]):
                continue
            if not kept and i + 2 < len(raws) and _is_account_line(raw) and (is_note or _is_account_line(raws[i + 1])):
                self._text.before.append(raw.lines[0].strip())
                is_note = True
                continue
            if is_note and _words(raw.lines) <= _NOTE_WORDS and i + 1 < len(raws):
                self._text.before[-1] += "\n" + _text(raw.lines)
                is_note = False
                continue
            below = raws[i + 1].lines if i + 1 < len(raws) else ()
            named = self._without_name_above(self._without_name(self._without_account(raw.lines)), below)
            known = self._title
            lines, is_note = self._sort_lines(self._without_subject(named), self._text.before)
            if self._title != known and sum(_words(above.lines) for above in kept) <= _PATH_WORDS:
                kept.clear()  # above the title are only the site's name and the page's path
            if len(lines) == 1 and any(lines[0].strip() == label.value for label in self._text.labels):
                continue  # the title once more, above the story
            if lines:
                kept.append(replace(raw, lines=lines))
            if _words(lines) > _STORY_WORDS:
                return [*kept, *raws[i + 1 :]]
        return kept

    def _without_name(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        """Return *lines* without the poster's name in the header of a post; the name becomes a label."""
        if (
            len(lines) == 2
            and _is_name(lines[0])
            and _DATE.fullmatch(lines[1].strip())
            and "newsletters" in self._sites
        ):
            self._text.labels.append(Labelled("author", "author", lines[0].strip()))
            return lines[1:]
        is_below_subtitle = len(lines) == 3 and "newsletters" in self._sites and _is_name(lines[1])
        if is_below_subtitle and _DATE.match(lines[-1].strip()):
            self._text.labels.append(Labelled("author", "author", lines[1].strip()))
            self._text.labels.append(Labelled("metadata", "subtitle", plain(lines[0]).strip()))
            return lines[2:]
        if len(lines) < 3 or len(lines[0].split()) > 3 or role_of(lines[0], self._sites) or read_label(lines[0]):
            return lines
        roles = [role_of(line, self._sites) for line in lines]
        if len(lines) == 3 and roles[1] is None and (dated := roles[2]) is not None and dated[1] == "posted":
            name = lines[1].strip()
            if len(name) <= _NAME_CHARS and (read_handle(name) or _CASELESS_NAME.fullmatch(name)):
                self._text.labels.append(Labelled("author", "author", name))
                return (lines[0],)
        if len(lines) > 3 and roles[1] is None and all(roles[2:]):
            self._text.labels.append(Labelled("author", "author", plain(lines[0]).strip()))
            self._text.labels.append(Labelled("metadata", "rank", plain(lines[1]).strip()))
            return lines[2:]
        if not all((known := role_of(line, self._sites)) and known[0] == "forums" for line in lines[1:3]):
            return lines
        self._text.labels.append(Labelled("author", "author", plain(lines[0]).strip()))
        return lines[1:]

    def _without_account(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        """Return *lines* without the account above the counts of a Wattpad page; the account becomes a label."""
        if "wattpad" not in self._sites or len(lines) > 2 * _OUTER:
            return lines
        known = [role_of(line, self._sites) for line in lines]
        counted = (at for at, each in enumerate(known) if at > 0 and each is not None and each[1] == "gone")
        at = next((at for at in counted if known[at - 1] is None and _COUNTS.match(lines[at].strip())), None)
        if at is None or _ACCOUNT.fullmatch(lines[at - 1].strip()) is None:
            return lines
        self._text.labels.append(Labelled("author", "author", lines[at - 1].strip()))
        return (*lines[: at - 1], *lines[at:])

    def _without_name_above(self, lines: tuple[str, ...], below: Sequence[str]) -> tuple[str, ...]:
        """Return an empty tuple if *lines* are a poster's name and rank, and *below* has a forum's details of posters.

        The name and the rank become labels. Other *lines* are returned unchanged.
        """
        kept = [line for line in lines if role_of(line, self._sites) is None]
        if not 0 < len(kept) <= 2 or len(below) < 2:
            return lines
        if any(len(line.split()) > 3 or read_label(line) for line in kept):
            return lines
        roles = [role_of(line, self._sites) for line in below]
        if not all(known is not None and known[0] == "forums" and known[1] in ("gone", "beside") for known in roles):
            return lines
        self._text.labels.append(Labelled("author", "author", plain(kept[0]).strip()))
        self._text.labels += [Labelled("metadata", "rank", plain(line).strip()) for line in kept[1:]]
        return ()

    def _without_subject(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        """Return *lines* without the subject above the header of a forum post.

        The subject becomes the title; that of an answer (``Re: …``) becomes the name of the thread. If the line is not
        a subject but a handle or, on pixiv, the line below the title, it becomes the author.
        """
        if len(lines) < 2 or role_of(lines[0], self._sites) is not None or len(lines[0]) > _SENTENCE_CHARS:
            return lines
        below = role_of(lines[1], self._sites)
        if below is None or below[0] != "forums" or below[1] not in ("author", "posted"):
            return lines
        subject = plain(lines[0]).strip()
        if read_label(subject) is not None or read_chapter(subject) is not None:
            return lines
        if "pixiv" in self._sites:  # on pixiv, this line has the author
            self._text.labels.append(Labelled("author", "author", subject))
            return lines[1:]
        if len(lines) == 2 and below[1] == "posted" and (handle := read_handle(subject)) is not None:
            self._text.labels.append(Labelled("author", "author", handle))
            return lines[1:]
        answer = re.match(r"(?i)(?:re|aw|sv|odp|res|antw)\s*[:：]\s*", subject)
        label = (
            Labelled("metadata", "thread", subject[answer.end() :])
            if answer
            else Labelled("title", "title", read_title(subject, below="byline") or subject)
        )
        self._text.labels.append(label)
        return lines[1:]

    def up(self, raws: Sequence[Raw]) -> list[Raw]:
        """Return *raws*, the paragraphs at the end of a file, without the lines of sites.

        Text that people wrote in those lines is kept in `_text`.
        """
        raws = self._without_signature(_without_offers(raws, self._words))
        kept: list[Raw] = []
        notes: list[str] = []
        for i in range(len(raws) - 1, -1, -1):
            here: list[str] = []
            lines, _ = self._sort_lines(raws[i].lines, here)
            notes[:0] = here
            if lines:
                kept.insert(0, replace(raws[i], lines=lines))
            if _words(lines) > _STORY_WORDS:
                kept[:0] = raws[:i]
                break
        self._text.after[:0] = notes
        return kept

    def _sort_lines(self, lines: Sequence[str], notes: list[str]) -> tuple[tuple[str, ...], bool]:
        """Return the lines that stay, and whether the last line heads a note in the next paragraph; fill *notes*."""
        kept: list[str] = []
        is_note = False
        inner = range(_OUTER, len(lines) - _OUTER)
        for at, line in enumerate(lines):
            if at in inner:
                kept.append(line)
                continue
            is_message = self.has_handles and line.lstrip()[:1] == "@"
            known = None if is_note or is_message else role_of(line, self._sites)
            if is_note:
                notes[-1] += "\n" + plain(line).strip()
            elif known is None or known[1] == "signature":
                kept.append(line)
            else:
                is_note = self._store(known[1], known[2], notes)
        return tuple(kept), is_note and "\n" not in notes[-1]

    def _store(self, role: Role, match: re.Match[str], notes: list[str]) -> bool:
        """Store a line in `_text` or *notes*, by its role; return whether the lines below it are a note."""
        if role in ("note", "note_below"):
            notes.append(match[0])
        elif role == "tags":
            typed = cast("str", match.groupdict().get("tags") or match[0])
            self._tags += [tag.strip(" ,") for tag in re.split(r"[#,]", typed) if tag.strip(" ,")]
        elif role == "title":
            read = read_title_line(match["title"].strip(), is_signed=True)
            self._text.labels.append(Labelled("title", "title", read_title(read.title, below="byline") or read.title))
            self._text.labels += filter(None, map(read_label, read.labels))
        elif role == "author":
            self._text.labels.append(Labelled("author", "author", match["author"].strip()))
        elif role == "owner":
            self._text.labels.append(Labelled("author", "owner", match["author"].strip()))
        elif role == "details" and (named := match.groupdict()):
            self._text.labels += [Labelled("metadata", label, value.strip()) for label, value in named.items() if value]
        elif role == "details":
            label, colon, value = match[0].partition(":")
            named = colon and "," not in label
            unread = Labelled("metadata", *((label.lower(), value.strip()) if named else ("details", match[0])))
            self._text.labels += (read_labels([match[0]]) if named else None) or [unread]
        return role == "note_below"

    def _without_signature(self, raws: Sequence[Raw]) -> Sequence[Raw]:
        """Return *raws* without a signature at the end, which becomes a note."""
        lines = [(i, j, line) for i, raw in enumerate(raws) for j, line in enumerate(raw.lines)]
        heads = [at for at, (_, _, line) in enumerate(lines) if (known := role_of(line)) and known[1] == "signature"]
        if len(heads) != 1:
            return raws  # a repeated line separates scenes
        i, j, head = lines[heads[0]]
        below = [line for _, _, line in lines[heads[0] + 1 :] if role_of(line, self._sites) is None]
        is_name = head.strip() == "--" and len(below) == 1 and _words(below) <= 3 and ends_openly(below[0].strip())
        few = 0 < _words(below) <= min(_SIGNATURE_WORDS, self._words // 6)
        if not is_name and not (self._sure and few and read_label(below[0]) is None):
            return raws
        self._text.after.append(_text(below))
        return [*raws[:i], *([replace(raws[i], lines=raws[i].lines[:j])] if j else [])]


def _without_offers(raws: Sequence[Raw], words: int) -> Sequence[Raw]:
    """Return *raws* without the other stories that a site recommends; *words* is the number of words in the file."""
    for i, raw in enumerate(raws):
        for j, line in enumerate(raw.lines):
            if is_offer(line):
                below = [raw.lines[j:], *(other.lines for other in raws[i + 1 :])]
                if sum(map(_words, below)) > min(_NOTE_WORDS, words // 6):
                    return raws
                return [*raws[:i], *([replace(raw, lines=raw.lines[:j])] if j else [])]
    return raws


_CASELESS_NAME = re.compile(r"[\u3005-\u30ff\u3400-\u9fff・]{2,10}")


def _is_account_line(raw: Raw) -> bool:
    """Return whether a paragraph is only an account and a colon (``name:``), which head a post in a Tumblr reblog."""
    return len(raw.lines) == 1 and re.fullmatch(r"[a-z0-9][a-z0-9-]{2,31}:", raw.lines[0].strip()) is not None


def _is_path_to(line: str, title: str) -> bool:
    """Return whether *line* is a path on a site that ends with the *title* below it: ``Home > Snow``."""
    path = re.split(r" ?[>»›/] ?", plain(line).strip())[1:] if len(line) <= _LINE_CHARS else []
    return bool(path) and path[-1].casefold() == plain(title).strip().casefold()


_COUNTS = re.compile(r"\W*\d[\d.,]*\s?(?:[km]|mil)?\b", re.I)
_ACCOUNT = re.compile(r"@?(?=.*[^\W\d])[\w.-]{3,30}")
_NAME_CHARS = 24  # maximum characters of a name between a title and a date
_NAME = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,3}")
_DATE = re.compile(r"(?:\w{3,9}\.? \d{1,2},? \d{4}|\d{1,2}\.? \w{3,9}\.?,? \d{4})(?: ?[•·∙] .{1,20})?")


def _is_name(line: str) -> bool:
    return _NAME.fullmatch(plain(line).strip()) is not None


def _words(lines: Sequence[str]) -> int:
    return sum(len(line.split()) for line in lines)


def _text(lines: Sequence[str]) -> str:
    return "\n".join(plain(line).strip() for line in lines)
