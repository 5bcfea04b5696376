"""Explain how a file was parsed: the line and the rule behind each value, and the role of each line around the story.

The parser says why a line has its role. Where a value came from is found by comparing the story with its file.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.stories.formats import takes_front_matter
from bot.stories.formats.corrections import Correction
from bot.stories.formats.front_matter import Stated, key_lines, read_front_matter
from bot.stories.lengths import length_of
from bot.stories.metadata import MetadataField, field_of
from bot.stories.model import Chapter, Story
from bot.stories.ratings import read_rating
from bot.stories.read import read_explained
from bot.stories.sections.blocks import Block
from bot.stories.sections.explained import Explained
from bot.stories.sections.headings import heading_of
from bot.stories.sections.labels import LabelKind, read_label
from bot.stories.sections.remarks import has_remark, read_remark
from bot.stories.sections.roles import Role
from bot.stories.source_lines import SourceLines, letters_of
from bot.stories.status import read_status
from bot.stories.wishes import read_wishes

DecisionField = Literal[
    "title", "author", "summary", "id", "rating", "language", "status", "length", "quotes", "detail",
    "note before", "chapter", "pages", "note after", "end mark",
]  # fmt: skip

Rule = Literal[
    # stated by the writer
    "stories.toml", "front matter", "label", "markup", "head",
    # given by the role of a line
    "looks", "telling", "end mark",
    # a title
    "heading", "file name", "opening words",
    # a note
    "begins", "ends",
    # a chapter, and its pages
    "no heading", "cut",
    # derived from something else
    "note", "one chapter", "words", "path", "points", "unstated",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decision:
    """A value taken from a file, and the rule that found it."""

    field: DecisionField
    value: str
    """The value; empty if none was found."""
    line: int | None
    """Line number, from 1, in the file (in ``stories.toml`` if that is the rule); None if no line states the value."""
    rule: Rule
    name: str = ""
    """Label of a detail, in lower case; empty for every other field."""
    chapter: int | None = None
    """Chapter number, from 1; None for a value of the whole story."""
    signs: tuple[str, ...] = ()
    """What decided by the rule: words of people who post, or looks of the line; empty for a rule without any."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A parsed story with the reasons for it."""

    story: Story
    decisions: tuple[Decision, ...]
    lines: tuple[Explained, ...]
    """The lines around the story; empty for a book, or if a key states where the story begins or ends."""


def examine(data: bytes, name: str, correction: Correction | None = None) -> Examined:
    """Return the story in *data*, the bytes of a file called *name*, with the reasons for it. Raises `Refused`."""
    story, lines = read_explained(data, name, correction)
    found = _Decisions(data, name, story, correction, lines)
    is_bounded = found.states("begins") or found.states("ends")
    return Examined(story, tuple(found.all()), () if is_bounded else found.around)


_NAMED_BY: Mapping[Literal["title", "author"], Sequence[Role]] = {
    "title": ("label", "title"),
    "author": ("label", "author", "title"),
}
"""Roles of lines that may have a name."""


class _Decisions:
    """Finds the decisions by the roles of lines, and by comparing a story with its file."""

    def __init__(
        self, data: bytes, name: str, story: Story, correction: Correction | None, lines: Sequence[Explained]
    ) -> None:
        self._is_markup = not takes_front_matter(name)
        self._story = story
        self._source = SourceLines.of(data, name)
        front, keys = _front_matter(data, name)
        self._body = max(keys.values(), default=0)
        """Line of the last key of the front matter; 0 without front matter."""
        self._statements: list[tuple[Stated, Mapping[str, int], Rule]] = [
            *([(correction.stated, correction.lines, "stories.toml")] if correction is not None else ()),
            *([(front, keys, "front matter")] if front is not None else ()),
        ]
        """The values in ``stories.toml``, then those in front matter, with the line of each key and the rule."""
        self.around = tuple(self._numbered(lines))

    def _numbered(self, lines: Sequence[Explained]) -> Iterator[Explained]:
        """Yield *lines* with their numbers in the file."""
        after = self._body
        is_above = True
        for line in lines:
            is_first_at_end = is_above and not line.is_above
            number = self._source.last(line.text) if is_first_at_end else self._source.first(line.text, after)
            is_above = line.is_above
            after = after if number is None else number - 1
            yield replace(line, number=number)

    def all(self) -> Iterator[Decision]:
        story = self._story
        yield self._stated_or("title", story.title, self._title)
        yield self._stated_or("author", story.author, self._author)
        yield self._stated_or("summary", story.summary, self._summary)
        yield self._stated_or("id", story.id) if story.id else Decision("id", "", None, "path")
        yield self._from_details("rating", read_rating(story.metadata, story.all_notes), ("rating",), "note")
        yield self._from_details("language", story.language, ("language",))
        yield self._status()
        yield Decision("length", length_of(story.words), None, "words")
        yield from self._details()
        yield from (self._note("note before", note) for note in story.notes_before)
        yield from self._chapters()
        if story.end_marker is not None:
            yield Decision("end mark", story.end_marker, self._source.last(story.end_marker), "end mark")
        yield from (self._note("note after", note) for note in story.notes_after)
        yield self._quotes()

    # -- the whole story ---------------------------------------------------------------

    def _stated_or(
        self,
        field: Literal["title", "author", "summary", "id"],
        value: str | None,
        find: Callable[[str], tuple[int | None, Rule]] | None = None,
    ) -> Decision:
        """Return the decision on *value*, which a key states, or else *find* finds."""
        for stated, lines, rule in self._statements if value is not None else ():
            if getattr(stated, field) == value:
                keys = (key for key in lines if key == field or _kind_of(f"{key.replace('_', ' ')}: x") == field)
                return Decision(field, value or "", next((lines[key] for key in keys), None), rule)
        line, rule = find(value) if find is not None and value is not None else (None, "unstated")
        return Decision(field, value or "", line, rule, signs=self._look_at(line) if rule == "looks" else ())

    def _title(self, title: str) -> tuple[int | None, Rule]:
        if not self._story.is_named:
            opens = self._story.chapters[0].prose.split("\n", 1)[0]
            is_opening = title.endswith("…") or letters_of(title) == letters_of(opens)
            return (self._source.first(opens, self._body), "opening words") if is_opening else (None, "file name")
        return self._by_role("title", title) or self._by_words(title)

    def _author(self, author: str) -> tuple[int | None, Rule]:
        return self._by_role("author", author) or self._by_words(author)

    def _summary(self, summary: str) -> tuple[int | None, Rule]:
        return self._source.first(summary, self._body), "markup" if self._is_markup else "label"

    def _by_role(self, field: Literal["title", "author"], name: str) -> tuple[int | None, Rule] | None:
        """Return the number of the line around the story that has *name*, and the rule by its role, or None."""
        for role in _NAMED_BY[field]:
            for line in self.around:
                is_it = line.role == role and (role != "label" or _kind_of(line.text) == field)
                if is_it and letters_of(name) in letters_of(line.text):
                    return line.number, "label" if role == "label" else "looks"
        return None

    def _by_words(self, words: str) -> tuple[int | None, Rule]:
        """Return the number of the first line with *words*, and the rule by its markup."""
        line = self._source.first(words, self._body)
        is_heading = line is not None and self._source.text(line).lstrip().startswith("#")
        return line, "heading" if is_heading else self._default_rule()

    def _look_at(self, line: int | None) -> tuple[str, ...]:
        """Return the look that spoke most for the role of a line, if it is known."""
        return next((each.looks[:1] for each in self.around if line is not None and each.number == line), ())

    def _status(self) -> Decision:
        story = self._story
        status = read_status(story.metadata, len(story.chapters), story.end_marker)
        is_one = status == "one-shot" and len(story.chapters) == 1
        return self._from_details(
            "status", status, ("status", "chapters", "completed"), "one chapter" if is_one else "end mark"
        )

    def _quotes(self) -> Decision:
        story = self._story
        if not read_wishes(story.metadata).quote:
            return self._from_details("quotes", "no", ("quotes",))
        return Decision("quotes", str(sum(len(chapter.quotes) for chapter in story.chapters)), None, "points")

    def _details(self) -> Iterator[Decision]:
        shown = {"rating", "language", "quotes", "status"}
        for label, value in self._story.metadata.items():
            if field_of(label, value) not in shown:
                yield Decision("detail", value, *self._line_and_rule(label, value), name=label)

    def _from_details(
        self, field: DecisionField, value: str | None, stating: Sequence[MetadataField], otherwise: Rule = "unstated"
    ) -> Decision:
        """Return the decision that *field* has *value*, by the first detail that is *stating* it, else *otherwise*."""
        for name in stating if value is not None else ():
            for label, stated in self._story.metadata.items():
                if field_of(label, stated) == name:
                    return Decision(field, value or "", *self._line_and_rule(label, stated))
        return Decision(field, value or "", None, otherwise if value is not None else "unstated")

    # -- chapters and notes ------------------------------------------------------------

    def _chapters(self) -> Iterator[Decision]:
        below = self._body
        for number, chapter in enumerate(self._story.chapters, start=1):
            prose_line = self._source.first(chapter.prose, below)
            heading, rule = self._heading(chapter, below, prose_line)
            yield Decision("chapter", chapter.title or "", heading or prose_line, rule, chapter=number)
            yield from (self._note("note before", note, number, below) for note in chapter.notes_before)
            yield Decision("pages", str(chapter.pages), prose_line, "cut", chapter=number)
            below = prose_line or below
            yield from (self._note("note after", note, number, below) for note in chapter.notes_after)

    def _heading(self, chapter: Chapter, below: int, prose_line: int | None) -> tuple[int | None, Rule]:
        """Return line and rule of a chapter's heading, searched between line *below* and the chapter's prose."""
        if prose_line is None:
            return None, "markup" if self._is_markup else "no heading"
        for line in range(prose_line - 1, below, -1):
            text = self._source.text(line)
            if not text.strip() or (chapter.title and not self._source.ends_with(line, chapter.title)):
                continue
            if chapter.title or text.lstrip().startswith("#") or heading_of(text).number is not None:
                return line, "markup" if self._is_markup else "heading"
        return None, "no heading"

    def _note(
        self,
        field: Literal["note before", "note after"],
        note: str,
        chapter: int | None = None,
        below: int = 0,
    ) -> Decision:
        after = field == "note after"
        for stated, lines, rule in self._statements:
            if note in (stated.notes_after if after else stated.notes_before):
                line = lines.get("notes_after" if after else "notes_before")
                return Decision(field, note, line, rule, chapter=chapter)
        start = below or self._body
        line = self._source.last(note) if after and chapter is None else self._source.first(note, start)
        rule, signs = self._rule_of_note(note, line, after=after)
        return Decision(field, note, line, rule, chapter=chapter, signs=signs)

    def _rule_of_note(self, note: str, line: int | None, *, after: bool) -> tuple[Rule, tuple[str, ...]]:
        if line is not None and read_label(self._source.text(line)) is not None:
            return "label", ()
        bound: Literal["begins", "ends"] = "ends" if after else "begins"
        if self.states(bound):
            return bound, ()
        mark = self._source.last(self._story.end_marker) if self._story.end_marker else None
        if after and mark is not None and line is not None and mark < line:
            return "end mark", ()
        if has_remark(Block((*note.split("\n"),))):
            return "telling", read_remark(note).words
        looks = self._look_at(line)
        return ("looks" if looks or not self._is_markup else "markup"), looks

    # -- lines and rules ---------------------------------------------------------------

    def states(self, bound: Literal["begins", "ends"]) -> bool:
        """Return whether a key states where the story begins or ends."""
        return any(getattr(stated, bound) for stated, _, _ in self._statements)

    def _line_and_rule(self, label: str, value: str) -> tuple[int | None, Rule]:
        """Return line and rule of a detail."""
        for stated, lines, rule in self._statements:
            if label in stated.metadata:
                return lines.get(label.replace(" ", "_")), rule
        line = self._source.first(f"{label}{value}", self._body)
        return line, "label" if line is not None and not self._is_markup else self._default_rule()

    def _default_rule(self) -> Rule:
        return "markup" if self._is_markup else "head"


def _front_matter(data: bytes, name: str) -> tuple[Stated | None, dict[str, int]]:
    """Return the front matter of a file that was read (None if it has none), and the line number of each key in it."""
    if not takes_front_matter(name):
        return None, {}
    or_text = name.lower().endswith(".txt")
    stated, _ = read_front_matter(data, or_text=or_text)
    return stated, key_lines(data) if stated is not None else {}


def _kind_of(line: str) -> LabelKind | None:
    label = read_label(line)
    return label.kind if label is not None else None
