"""Take the lines of sites from both ends of a file: what sites put round a story goes, what people wrote there stays.

What a site says of the story becomes labels; prompts, asks and signatures become notes. Only the first and the last
paragraphs are searched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.stories.sections.blocks import Block, is_rule
from bot.stories.sections.labels import Labelled, read_label, read_labels
from bot.stories.sections.lines import ends_openly, has_speech
from bot.stories.sections.names import read_names
from bot.stories.sites.furniture import has_adjacent_buttons
from bot.stories.sites.page import Item, Line, note
from bot.stories.sites.roles import ANY_SITE, Role, role_of

_ENDS = 10  # paragraphs at each end that are searched for lines of a site
_LINES = 120  # lines at each end that are searched
_STORY_WORDS = 60  # maximum words of a site's paragraph; a longer one is the story, and the site's lines end there
_NOTE_WORDS = 200  # maximum words of an ask, a quotation or the offers of other stories
_SIGNATURE_WORDS = 60  # maximum words of a signature
_ACCOUNT = re.compile(r"@?(?=.*[^\W\d])[\w.-]{3,30}")


def without_site_lines(items: Sequence[Item]) -> tuple[list[Item], list[Labelled]]:
    """Return *items* without the lines of sites at both ends, and what these say of the story.

    The author's name and the notes that sites show are items. If all lines are lines of sites, they are returned
    unchanged.
    """
    lines = [item for item in items if isinstance(item, Line)]
    texts = [line.text for line in (*_up_to_story(lines), *_up_to_story(lines[::-1])[::-1])]
    found = list(filter(None, map(role_of, texts)))
    if not found and has_adjacent_buttons(texts):
        found = [role for text in texts if (role := role_of(text, (ANY_SITE,))) is not None]
    if not found:
        return list(items), []
    walk = _Walk(
        tuple(dict.fromkeys(role.site for role in found)),
        is_sure=any(role.kind != "signature" for role in found),
        words=_words(lines),
    )
    middle = _middle(lines)
    end = max(middle, len(lines) - _LINES)
    above, before = walk.through(lines[:middle], is_above=True)
    last, signature = walk.without_foot(lines[end:])
    below, after = walk.through(last, is_above=False)
    kept = [*above, *lines[middle:end], *below]
    if all(is_rule(line.text) for line in kept):
        return list(items), []
    labels = [*walk.labels, *(Labelled("note", "note", text) for text in before)]
    names = [Block((f"Author: {name}",)) for name in walk.authors]
    said = {*walk.authors, *(label.value for label in labels)}
    again = {id(line) for line in above[:_ENDS] if line.text in said}
    stays = set(map(id, kept)) - again
    rest = [item for item in items if not isinstance(item, Line) or id(item) in stays]
    first = next((at for at, item in enumerate(rest) if not isinstance(item, str)), len(rest))
    return [*rest[:first], *names, *rest[first:], *map(note, [*after, *signature])], labels


def _up_to_story(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the first of *lines*, up to and including the first line that is long enough to be the story's."""
    end = next((at for at, line in enumerate(lines[:_LINES]) if line.words > _STORY_WORDS), _LINES)
    return lines[: end + 1]


def _middle(lines: Sequence[Line]) -> int:
    """Return the index of the first line apart below the first half of the words."""
    half, words = _words(lines) / 2, 0
    for at, line in enumerate(lines):
        if words >= half and line.is_apart:
            return at
        words += line.words
    return len(lines)


def _paragraphs(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """Return *lines* by paragraphs."""
    starts = [at for at, line in enumerate(lines) if line.is_apart or at == 0]
    return [lines[start:end] for start, end in pairwise([*starts, len(lines)])]


@dataclass(slots=True)
class _Walk:
    """Removes the lines of sites from the lines at both ends, and collects what was said in them."""

    seen: tuple[str, ...]
    """Sites that have lines in the file."""
    is_sure: bool
    """Whether a line is seen that only sites have, other than the rule above a signature."""
    words: int
    """Number of words in the whole file."""
    authors: list[str] = field(default_factory=list[str])
    _said: list[Labelled] = field(default_factory=list[Labelled])
    _tags: list[str] = field(default_factory=list[str])
    _is_open: bool = False
    """Whether the next paragraph belongs to the last note."""

    @property
    def labels(self) -> list[Labelled]:
        """What sites say of the story, but for its author; what the author says in the text goes before it."""
        return [*self._said, *([Labelled("metadata", "tags", ", ".join(self._tags))] if self._tags else [])]

    def through(self, lines: Sequence[Line], *, is_above: bool) -> tuple[list[Line], list[str]]:
        """Return *lines*, those at one end of a file, without the lines of sites; and the notes among these."""
        paragraphs = _paragraphs(lines) if is_above else _paragraphs(lines)[::-1]
        found: list[tuple[Sequence[Line], list[str]]] = []
        told = 0  # paragraphs with words that are not the site's
        for at, paragraph in enumerate(paragraphs):
            if is_above and self._is_open and _words(paragraph) <= _NOTE_WORDS and at + 1 < len(paragraphs):
                found[-1][1][-1] += "\n" + _text(paragraph)
                self._is_open = False
                continue
            rest, notes = self._sort(paragraph)
            found.append((rest, notes))
            told += bool(rest)
            if told > _ENDS or _words(rest) > _STORY_WORDS or (len(rest) == 1 and has_speech(rest[0].text)):
                found += [(story, []) for story in paragraphs[at + 1 :]]
                break
        found = found if is_above else found[::-1]
        return [line for kept, _ in found for line in kept], [note for _, notes in found for note in notes]

    def _sort(self, lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
        """Return those of *lines* that stay, and the notes among the others."""
        kept: list[Line] = []
        notes: list[str] = []
        is_note = False
        for at, line in enumerate(lines):
            role = None if is_note or _LINES <= at < len(lines) - _LINES else role_of(line.text, self.seen)
            if is_note:
                notes[-1] += "\n" + line.text
            elif role is None or role.kind == "signature":
                kept.append(line)
            elif role.kind in ("note", "note_below"):
                notes.append(line.text)
                is_note = role.kind == "note_below"
            else:
                if role.kind == "below_author" and kept and _ACCOUNT.fullmatch(kept[-1].text):
                    self.authors.append(kept.pop().text)
                self._store(role, line.text)
        self._is_open = is_note and "\n" not in notes[-1]
        return kept, notes

    def _store(self, role: Role, text: str) -> None:
        """Store what a line of a site says, by its *role*."""
        if role.kind == "tags":
            typed = re.split(r"[#,]", role.groups.get("tags", text))
            self._tags += [tag.strip(" ,") for tag in typed if tag.strip(" ,")]
        elif role.kind == "title":
            title = role.groups["title"]
            self._said.append(Labelled("title", "title", read_names(title, "signed title").title or title))
        elif role.kind == "author":
            self.authors.append(role.groups["author"])
        elif role.kind == "details" and role.groups:
            self._said += [Labelled("metadata", label, value) for label, value in role.groups.items()]
        elif role.kind == "details":
            label, colon, value = text.partition(":")
            is_labelled = bool(colon) and "," not in label
            unread = Labelled("metadata", *((label.lower(), value.strip()) if is_labelled else ("details", text)))
            self._said += (read_labels([text]) if is_labelled else None) or [unread]

    # -- the end of a file ----------------------------------------------------------------------

    def without_foot(self, lines: Sequence[Line]) -> tuple[Sequence[Line], list[str]]:
        """Return *lines* without what a page has below a story, and the signature among it.

        A form, the offer of other stories, or the rule above a signature begins it.
        """
        for at in range(max(0, len(lines) - _LINES), len(lines)):
            role = role_of(lines[at].text, self.seen)
            if role is not None and role.kind == "foot":
                is_short = _words(lines[at:]) <= min(_NOTE_WORDS, self.words // 6)
                lines = lines[:at] if is_short else lines
                break
        heads = [at for at, line in enumerate(lines) if (role := role_of(line.text)) and role.kind == "signature"]
        if len(heads) != 1:
            return lines, []  # a repeated line separates scenes
        below = [line for line in lines[heads[0] + 1 :] if role_of(line.text, self.seen) is None]
        is_short = 0 < _words(below) <= min(_SIGNATURE_WORDS, self.words // 6)
        is_mail = (
            lines[heads[0]].text == "--" and len(below) == 1 and below[0].words <= 3 and ends_openly(below[0].text)
        )
        if not is_mail and not (self.is_sure and is_short and read_label(below[0].text) is None):
            return lines, []
        return lines[: heads[0]], [_text(below)]


def _words(lines: Sequence[Line]) -> int:
    return sum(line.words for line in lines)


def _text(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines)
