"""Walk over the lines at both ends of a file: what sites put round a story goes, what people wrote there stays.

What a site says of the story becomes labels; prompts, asks and signatures become notes. Only the first and the last
paragraphs are searched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.stories.sections.blocks import is_rule
from bot.stories.sections.headings import read_chapter
from bot.stories.sections.labels import Labelled, read_label, read_labels
from bot.stories.sections.lines import ends_openly, has_speech
from bot.stories.sections.names import read_names
from bot.stories.sections.parts import Sections
from bot.stories.sites.furniture import has_adjacent_buttons, is_offer
from bot.stories.sites.page import Item, Line
from bot.stories.sites.roles import ANY_SITE, Role, role_of

_ENDS = 10  # paragraphs at each end that are searched for lines of a site
_LINES = 120  # lines at each end that are searched
_STORY_WORDS = 60  # maximum words of a site's paragraph; a longer one is the story, and the site's lines end there
_PATH_WORDS = 40  # maximum words of a site's name and path above the subject of a post
_NOTE_WORDS = 200  # maximum words of an ask, a quotation or the offers of other stories
_SIGNATURE_WORDS = 60  # maximum words of a signature
_NAME_WORDS = 3  # maximum words of a poster's name or rank
_SUBJECT_CHARS = 140  # maximum characters of the subject of a post


@dataclass(slots=True)
class Around:
    """What people and the site said round a story."""

    labels: list[Labelled] = field(default_factory=list[Labelled])
    """What the site says of the story; what the author says in the text goes before it."""
    before: list[str] = field(default_factory=list[str])
    after: list[str] = field(default_factory=list[str])

    def onto(self, sections: Sections) -> None:
        """Add labels and notes to the *sections* of the file."""
        for label in self.labels:
            if label.kind == "author" and sections.title == label.value:
                sections.title = None  # the account name above a post without a title
            if label.label == "owner":
                sections.author = label.value
            else:
                sections.take(label)
        sections.notes_before[:0] = self.before
        sections.notes_after += self.after


def without_site_lines(items: Sequence[Item]) -> tuple[list[Item], Around]:
    """Return *items* without the lines of sites at both ends, and what people and sites said in those lines.

    If all lines are lines of sites, they are returned unchanged.
    """
    lines = [item for item in items if isinstance(item, Line)]
    around = [*_up_to_story(lines), *_up_to_story(lines[::-1])[::-1]]
    texts = [line.text for line in around]
    found = [role for text in texts if (role := role_of(text)) is not None]
    if not found and has_adjacent_buttons(texts):
        found = [role for text in texts if (role := role_of(text, (ANY_SITE,))) is not None]
    if not found:
        return list(items), Around()
    walk = _Walk(
        tuple(dict.fromkeys(role.site for role in found)),
        is_sure=any(role.kind != "signature" for role in found),
        words=sum(line.words for line in lines),
        is_titled=any(isinstance(item, str) and item.startswith("Title: ") for item in items),
        has_handles=sum(line.is_apart and line.text[:1] == "@" for line in lines) > 1,
    )
    middle = _middle(lines)
    end = max(middle, len(lines) - _LINES)
    kept = [*walk.down(lines[:middle]), *lines[middle:end], *walk.up(lines[end:])]
    if all(is_rule(line.text) for line in kept):
        return list(items), Around()
    stays = set(map(id, kept))
    return [item for item in items if not isinstance(item, Line) or id(item) in stays], walk.finished()


def _up_to_story(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the first of *lines*, up to and including the first line that is long enough to be the story's."""
    end = next((at for at, line in enumerate(lines[:_LINES]) if line.words > _STORY_WORDS), _LINES)
    return lines[: end + 1]


def _middle(lines: Sequence[Line]) -> int:
    """Return the index of the first line apart below the first half of the words."""
    half, words = sum(line.words for line in lines) / 2, 0
    for at, line in enumerate(lines):
        if words >= half and line.is_apart:
            return at
        words += line.words
    return len(lines)


def _paragraphs(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """Return *lines* by paragraphs."""
    starts = [at for at, line in enumerate(lines) if line.is_apart or at == 0]
    return [lines[start:end] for start, end in pairwise([*starts, len(lines)])]


class _Walk:
    """Removes the lines of sites from the lines at both ends, and collects what was said in them."""

    def __init__(self, seen: Sequence[str], *, is_sure: bool, is_titled: bool, words: int, has_handles: bool) -> None:
        self._seen = seen
        self._is_sure = is_sure
        """Whether a line is seen that only sites have, other than the rule above a signature."""
        self._is_titled = is_titled
        """Whether a page's head says the title."""
        self._words = words
        """Number of words in the whole file."""
        self._has_handles = has_handles
        """Whether several paragraphs begin with a handle (``@name``); the story then consists of messages."""
        self._around = Around()
        self._tags: list[str] = []

    def finished(self) -> Around:
        if self._tags:
            self._around.labels.append(Labelled("metadata", "tags", ", ".join(self._tags)))
        return self._around

    def _role(self, line: Line) -> Role | None:
        return None if self._has_handles and line.text[:1] == "@" else role_of(line.text, self._seen)

    def _label(self, kind: str, value: str) -> None:
        typed = kind if kind in ("title", "author") else "metadata"
        self._around.labels.append(Labelled(typed, kind, value))

    @property
    def _title(self) -> str | None:
        """The title found so far, such as the subject of a forum post."""
        return next((label.value for label in self._around.labels if label.kind == "title"), None)

    def down(self, lines: Sequence[Line]) -> list[Line]:
        """Return *lines*, those at the start of a file, without the lines of sites."""
        kept: list[Line] = []
        told = 0  # paragraphs with words that are not the site's
        is_note = False
        paragraphs = _paragraphs(lines)
        for at, paragraph in enumerate(paragraphs):
            below = paragraphs[at + 1] if at + 1 < len(paragraphs) else ()
            if is_note and _words(paragraph) <= _NOTE_WORDS and below:
                self._around.before[-1] += "\n" + _text(paragraph)
                is_note = False
                continue
            known = self._title
            rest, is_note = self._sort(self._without_names(paragraph, below), self._around.before)
            if self._title != known and not self._is_titled and _words(kept) <= _PATH_WORDS:
                kept.clear()  # above the title are only the site's name and the page's path
            if len(rest) == 1 and any(rest[0].text == label.value for label in self._around.labels):
                continue  # the title once more, above the story
            kept += rest
            told += bool(rest)
            if _words(rest) > _STORY_WORDS or told > _ENDS or _is_told(rest):
                return [*kept, *(line for each in paragraphs[at + 1 :] for line in each)]
        return kept

    def up(self, lines: Sequence[Line]) -> list[Line]:
        """Return *lines*, those at the end of a file, without the lines of sites."""
        lines = self._without_signature(self._without_foot(lines))
        kept: list[Line] = []
        notes: list[str] = []
        told = 0
        paragraphs = _paragraphs(lines)
        for at in range(len(paragraphs) - 1, -1, -1):
            here: list[str] = []
            rest, _ = self._sort(paragraphs[at], here)
            notes[:0] = here
            kept[:0] = rest
            told += bool(rest)
            if _words(rest) > _STORY_WORDS or told > _ENDS or _is_told(rest):
                kept[:0] = [line for each in paragraphs[:at] for line in each]
                break
        self._around.after[:0] = notes
        return kept

    def _sort(self, lines: Sequence[Line], notes: list[str]) -> tuple[list[Line], bool]:
        """Return the lines that stay, and whether the last line heads a note in the next paragraph; fill *notes*."""
        kept: list[Line] = []
        is_note = False
        for at, line in enumerate(lines):
            role = None if is_note or _LINES <= at < len(lines) - _LINES else self._role(line)
            if is_note:
                notes[-1] += "\n" + line.text
            elif role is None or role.kind == "signature":
                kept.append(line)
            else:
                is_note = role.kind == "note_below"
                self._store(role, line.text, notes)
        return kept, is_note and "\n" not in notes[-1]

    def _store(self, role: Role, text: str, notes: list[str]) -> None:
        """Store what a line of a site says, by its *role*."""
        if role.kind in ("note", "note_below"):
            notes.append(text)
        elif role.kind == "tags":
            typed = re.split(r"[#,]", role.groups.get("tags", text))
            self._tags += [tag.strip(" ,") for tag in typed if tag.strip(" ,")]
        elif role.kind == "title":
            self._name(role.groups["title"])
        elif role.kind == "author":
            self._label("author", role.groups["author"])
        elif role.kind == "owner":
            self._around.labels.append(Labelled("author", "owner", role.groups["author"]))
        elif role.kind == "details" and role.groups:
            self._around.labels += [Labelled("metadata", label, value) for label, value in role.groups.items()]
        elif role.kind == "details":
            label, colon, value = text.partition(":")
            is_labelled = bool(colon) and "," not in label
            unread = Labelled("metadata", *((label.lower(), value.strip()) if is_labelled else ("details", text)))
            self._around.labels += (read_labels([text]) if is_labelled else None) or [unread]

    def _name(self, line: str) -> None:
        """Take the title, and what else is said of the story, from a *line* with the title."""
        self._label("title", read_names(line, "signed title").title or line)

    # -- names that a site shows on lines of their own ----------------------------------------

    def _without_names(self, lines: Sequence[Line], below: Sequence[Line]) -> Sequence[Line]:
        """Return *lines* without the names above a site's dates and counts: a poster's, with a rank, and the subject's.

        They become labels. *below* is the paragraph below.
        """
        roles = [self._role(line) for line in lines]
        names = [line.text for line in lines[: next((at for at, role in enumerate(roles) if role), len(lines))]]
        known = roles[len(names) :]
        may_be_named = bool(names) and all(len(name.split()) <= _NAME_WORDS and not read_label(name) for name in names)
        if (
            may_be_named
            and len(names) <= 2
            and _are_of_poster(known or [self._role(line) for line in below], is_ranked=len(names) > 1)
        ):
            self._label("author", names[0])
            if names[1:]:
                self._label("rank", names[1])
            return lines[len(names) :]
        if len(names) == 1 and known and _is_dated(known[0]) and len(names[0]) <= _SUBJECT_CHARS:
            return lines[1:] if self._take_subject(names[0], known) else lines
        return self._without_account(lines, roles) if "wattpad" in self._seen else lines

    def _take_subject(self, subject: str, known: Sequence[Role | None]) -> bool:
        """Take the *subject* above the head of a forum post, and return whether there is one.

        It becomes the title; that of an answer (``Re: …``) becomes the name of the thread. A handle becomes the author;
        on pixiv, the line below the title has the author.
        """
        if read_label(subject) is not None or read_chapter(subject) is not None:
            return False
        is_alone = len(known) == 1 and known[0] is not None and known[0].kind == "posted"
        if "pixiv" in self._seen or (is_alone and _HANDLE.fullmatch(subject) is not None):
            self._label("author", subject)
        elif (answer := _ANSWER.match(subject)) is not None:
            self._label("thread", subject[answer.end() :])
        else:
            self._label("title", read_names(subject, "signed title").title or subject)
        return True

    def _without_account(self, lines: Sequence[Line], roles: Sequence[Role | None]) -> Sequence[Line]:
        """Return *lines* without the account above the counts of a Wattpad page."""
        for at, role in enumerate(roles[1:_LINES], 1):
            if role and role.kind == "gone" and roles[at - 1] is None and _COUNTS.match(lines[at].text):
                if _ACCOUNT.fullmatch(lines[at - 1].text) is None:
                    break
                self._label("author", lines[at - 1].text)
                return [*lines[: at - 1], *lines[at:]]
        return lines

    # -- the end of a file ----------------------------------------------------------------------

    def _without_foot(self, lines: Sequence[Line]) -> Sequence[Line]:
        """Return *lines* without the foot of a page, which begins with a form or with the offer of other stories."""
        for at, line in enumerate(lines):
            role = self._role(line) if at >= len(lines) - _LINES else None
            if is_offer(line.text) or (role is not None and role.kind == "foot"):
                is_short = _words(lines[at:]) <= min(_NOTE_WORDS, self._words // 6)
                return lines[:at] if is_short else lines
        return lines

    def _without_signature(self, lines: Sequence[Line]) -> Sequence[Line]:
        """Return *lines* without a signature at the end, which becomes a note."""
        heads = [at for at, line in enumerate(lines) if (role := role_of(line.text)) and role.kind == "signature"]
        if len(heads) != 1:
            return lines  # a repeated line separates scenes
        below = [line for line in lines[heads[0] + 1 :] if self._role(line) is None]
        is_short = 0 < _words(below) <= min(_SIGNATURE_WORDS, self._words // 6)
        is_mail = (
            lines[heads[0]].text == "--" and len(below) == 1 and below[0].words <= 3 and ends_openly(below[0].text)
        )
        if not is_mail and not (self._is_sure and is_short and read_label(below[0].text) is None):
            return lines
        self._around.after.append(_text(below))
        return lines[: heads[0]]


_ANSWER = re.compile(r"(?i)(?:re|aw|sv|odp|res|antw)\s*[:：]\s*")
_COUNTS = re.compile(r"\W*\d[\d.,]*\s?(?:[km]|mil)?\b", re.I)
_HANDLE = re.compile(r"[a-z][\w.-]{2,30}|(?=.*[\d_])[\w.-]{3,30}")
_ACCOUNT = re.compile(r"@?(?=.*[^\W\d])[\w.-]{3,30}")


def _are_of_poster(roles: Sequence[Role | None], *, is_ranked: bool) -> bool:
    """Return whether lines say by their *roles* when a poster joined and how much they posted.

    If no rank is above them, a forum must say it for sure.
    """
    is_forum = all(role.site == "forums" for role in roles[:2] if role is not None)
    return len(roles) > 1 and all(roles) and (is_ranked or is_forum)


def _is_dated(role: Role | None) -> bool:
    return role is not None and role.site == "forums" and role.kind in ("author", "posted")


def _is_told(lines: Sequence[Line]) -> bool:
    """Return whether *lines* are a paragraph of speech, which only a story has."""
    return len(lines) == 1 and has_speech(lines[0].text)


def _words(lines: Sequence[Line]) -> int:
    return sum(line.words for line in lines)


def _text(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines)
