"""What binds the chain at the ends of a text, whatever the scores of the lines are.

The first law: a line that touches the story is no note without a sign of its author, since losing a word of the story
is worse than leaving a note in it. A sign is a label, words of people who post (`bot.stories.sections.remarks`), a
byline, a dedication, a heading, a signature, or an end mark; a rule is one if a sign is beyond it. Words that
characters also write to each other, and the look of a line, are none.

Lines have numbers, from the outermost line on, which is number 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from bot.stories.sections.headings import heading_of
from bot.stories.sections.labels import is_closed
from bot.stories.sections.lines import has_speech
from bot.stories.sections.looks import CAPITAL, Line
from bot.stories.sections.naming_words import naming_pattern
from bot.stories.sections.remarks import has_remark, is_message, read_remark

_SIGNS = ("a label", "a heading", "a byline", "a dedication", "an end mark")
_CAST = "a cast"
"""Kind of a line that heads the characters of a play: the play begins with it at the latest."""
_NO_NAMES = ("a rule", "a label", "a heading", "a salutation")
_PIECES = frozenset(("has pieces word", "has posts word"))
_NEAR = 6  # lines inwards of a note's label that the note may have
_CLOSING_WORDS = 12  # maximum words of a line that closes a letter
_TITLE_WORDS = 9  # maximum words of a title right above the story
_REMARK_WORDS = 26  # maximum words of a line that is an author's by a single word
_WRAPPED_CHARS = 60  # minimum characters of a label whose text goes on below
_LONGEST_TITLE = 255  # maximum characters of a title, as on Archive of Our Own
_SIGNED_WORDS = 6  # maximum words of the line that signs a post
_NAME_WORDS = 4  # maximum words of a title or an author's name with a full stop
_MOST_ABOVE = 150  # maximum words above the first heading that may be notes without a sign
_FAINT_WORDS = 9  # minimum words of a line with a faint sign
_LEAD = 5.0  # lead in score, over that of the story, of a line for which one common word is a sign
_ENDS = (".", "!", "?", "…", "。", "！", "？")
_STOPS = (".", ",", ";", ":", "。", "，", "、")
_SPOKEN = re.compile(r"[\"“«„]\w+,|[\"“„][^\"“”]+[\"“”]$")  # ``"Mum, the bees are back"``
_BRACKETS = re.compile(r"[(\[【（][^()\[\]【】（）]*[)\]】）]")
_AT_NAME = re.compile(r"@[\w.-]+|~[\w.-]+~")
_SIGNATURE = re.compile(r"(?:@|[~–—-] ?)[\w.-]+~?|(?:©|\([cс]\)) ?\S.*")
_SITES = re.compile(r"https?://|www\.\w|\S@[\w-]+\.\w|(?:(?:^|\s)#\w.*){2}")
"""An address, or two hashtags."""
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{1,6}(?:[ ・\u3000]\w{1,6})?")
_NAME = re.compile(rf"(?!(?i:{naming_pattern('dedicating')})\s)(?=.*[a-zà-ÿа-яё]){CAPITAL}(?:\s{CAPITAL}){{0,2}}")


@dataclass(frozen=True, slots=True)
class Above:
    """Laws for the lines above the story."""

    lines: Sequence[Line]

    def may_be(self, i: int, place: str, lead: float) -> bool:
        """Return whether line *i* may have *place*: a rule, a label, a heading and a salutation are no names."""
        line = self.lines[i]
        if place == "above" or line.kind == _CAST:
            return line.kind != _CAST
        is_of_label = i > 0 and _is_open(self.lines[i - 1])
        if place == "author" and i == 0 and _EAST_ASIAN.fullmatch(line.text):
            return False  # of two such lines the first is the title
        if place == "title" and i > 0 and _is_subtitle(self.lines[i - 1], line):
            return False
        is_in_chapter = any(above.kind == "a heading" for above in self.lines[:i])
        return _may_be_named(line) and not is_of_label and not is_in_chapter

    def may_begin(self, i: int) -> bool:
        """Return whether line *i* may be the story's first: no label or heading, and no text of a label."""
        line = self.lines[i]
        if line.kind.startswith(("a label", "a heading")) or _is_surely_author(line) or (i == 0 and line.of.is_rule):
            return False
        if self._is_head(i) or self._is_above_note(i):
            return False
        if i == 0:
            return True
        above = self.lines[i - 1]
        return not _is_open(above) and not _is_wrapped(above, line) and not self._is_of_note(i)

    def _is_head(self, i: int) -> bool:
        """Return whether only short lines without a sentence are between line *i* and the first heading."""
        short = takewhile(
            lambda line: line.size in ("few", "some") and line.last not in _ENDS, self.lines[i : i + _NEAR]
        )
        kinds = [line.kind for line in short]
        is_below = any(line.kind == "a heading" for line in self.lines[:i])
        return not is_below and kinds[:1] != [_CAST] and any(kind in ("a heading", _CAST) for kind in kinds)

    def _is_above_note(self, i: int) -> bool:
        """Return whether a note with a label is right below line *i*, which has no full sentence."""
        line, below = self.lines[i], self.lines[i + 1 : i + 2]
        is_noted = any(each.label == "note" and not is_closed(each.text) for each in below)
        return is_noted and (line.last not in _ENDS or line.text.endswith(("...", "…")))

    def _is_of_note(self, i: int) -> bool:
        """Return whether line *i* is part of a labelled note, which goes on to a rule that does not come again."""
        rule = next((n for n in range(i, min(i + _NEAR, len(self.lines))) if self.lines[n].of.is_rule), None)
        labels = [above for above in _up_to_rule(self.lines, i - 1) if above.label == "note"]
        if rule is None or not labels or any(map(_is_told, self.lines[i:rule])):
            return False
        is_again = any(line.of.is_rule and line.text == self.lines[rule].text for line in self.lines[rule + 1 :])
        return not is_again or any(map(_is_open, labels))

    def may_touch(self, i: int, place: str, lead: float) -> bool:
        """Return whether line *i*, which has *place*, may be right above the story."""
        line = self.lines[i]
        if self.lines[i + 1].kind == _CAST:
            return True
        if place == "above":
            return _has_sign(self.lines, i, lead)
        told = self.lines[i + 1]
        is_apart = told.block != line.block or told.size == "many"  # else both may be lines of a verse
        is_name = _may_be_title(line) if place == "title" else _is_name(line)
        return is_apart and is_name and line.last not in _STOPS


@dataclass(frozen=True, slots=True)
class Below:
    """Laws for the lines below the story."""

    lines: Sequence[Line]

    def may_be(self, i: int, place: str, lead: float) -> bool:
        """Return whether line *i* may have *place*: a rule, a label, a heading and a salutation are no names."""
        line = self.lines[i]
        if lead < 0 and line.size == "many" and not is_signed(line):
            return False
        is_other = len(line.words) > _SIGNED_WORDS or "is like a label" in line.looks  # ``Sorted by: best``
        return place == "below" or (_may_be_named(line) and (line.kind == "a byline" or not is_other))

    def may_begin(self, i: int) -> bool:
        """Return whether line *i* may be the story's last: no rule or end mark, and no part of a labelled note."""
        line = self.lines[i]
        if line.of.is_rule or line.kind == "an end mark" or _is_surely_author(line):
            return False
        if i > 0 and self.lines[i - 1].kind == "an end mark":  # a note above it is one of the story's
            return True
        if line.label == "note" or any(above.kind == "an end mark" for above in self.lines[i + 1 : i + 1 + _NEAR]):
            return False
        near = self.lines[i : i + _NEAR]
        label = next((n for n, above in enumerate(near) if above.label == "note" and not is_closed(above.text)), None)
        return label is None or any(_is_long(above) or has_speech(above.text) for above in near[:label])

    def may_touch(self, i: int, place: str, lead: float) -> bool:
        """Return whether line *i*, which has *place*, may be right below the story."""
        line = self.lines[i]
        is_name = "is a handle" in line.looks or _SIGNATURE.fullmatch(line.text) is not None
        is_signature = _AT_NAME.fullmatch(line.text) is not None or (place == "author" and is_name)
        return (is_signature or _has_sign(self.lines, i, lead)) and not self._is_of_letter(i)

    def _is_of_letter(self, i: int) -> bool:
        """Return whether line *i* belongs to a letter in the story: a salutation is above it, and a closing below."""
        below = any(line.last in (",", "，") and len(line.words) <= _CLOSING_WORDS for line in self.lines[:i])
        return below and any(line.kind == "a salutation" for line in self.lines[i + 1 :])


def _up_to_rule(lines: Sequence[Line], i: int) -> Iterator[Line]:
    """Yield line *i* and the lines outwards of it, up to a rule or a heading."""
    return takewhile(lambda line: not line.of.is_rule and line.kind != "a heading", reversed(lines[: i + 1]))


def _may_be_named(line: Line) -> bool:
    """Return whether *line* may be the title or the author: no sign of a page, and no sentence."""
    is_sentence = line.last in (".", "。") and len(line.words) > _NAME_WORDS
    is_sentence = is_sentence or len(line.of.lines[line.at]) > _LONGEST_TITLE or _is_remark(line)
    is_announced = line.label == "metadata" and _announces().match(line.text) is not None  # ``Fic: Snow``
    is_event = len(line.words) > _NAME_WORDS and line.text[:1] == "[" and is_closed(line.text)  # ``[Mo has left]``
    return not (is_sentence or is_event) and (is_announced or not line.kind.startswith(_NO_NAMES))


def _is_subtitle(above: Line, line: Line) -> bool:
    """Return whether *line* says what kind of piece the title *above* names: ``a tale in three parts``."""
    names_piece = not _PIECES.isdisjoint(line.looks) and "has an article" in line.looks
    return names_piece and above.size in ("few", "some") and _may_be_named(above) and above.last not in _STOPS


def _has_sign(lines: Sequence[Line], i: int, lead: float) -> bool:
    if lines[i].of.is_rule or not any(map(str.isalnum, lines[i].text)):  # it may part scenes
        outwards = next((n for n in range(i - 1, -1, -1) if not lines[n].of.is_rule), -1)
        beyond = list(_up_to_rule(lines, outwards))
        first = next((n for n, line in enumerate(beyond) if is_signed(line)), None)
        return first is not None and (first == 0 or beyond[first].label != "note")  # a labelled note begins there
    if lines[i].kind == "a heading":
        return _is_first(lines, i)
    if lines[i].label and is_closed(lines[i].text) and any(not is_signed(far) and _is_long(far) for far in lines[:i]):
        return False  # an author's aside amid the story
    is_likely = lead > _LEAD and "narrating" not in read_remark(lines[i].of.text).kinds
    least = 1 if is_likely else 2
    return is_signed(lines[i]) or (lines[i].of.words >= _FAINT_WORDS and has_remark(lines[i].of, least))


def _is_surely_author(line: Line) -> bool:
    """Return whether *line* has words that stories hardly have."""
    is_short = line.of.words <= _REMARK_WORDS
    return is_short and "certain" in read_remark(line.of.text).kinds and has_remark(line.of)


def _is_first(lines: Sequence[Line], i: int) -> bool:
    """Return whether heading *i* is the first, so that the text above it is no chapter without a heading."""
    above = [line for line in takewhile(lambda line: line.kind != "a heading", reversed(lines[:i])) if line.kind == ""]
    unsigned = [line for line in above if not is_signed(line)]
    number = heading_of(lines[i].text).number
    if number is not None and number > 1 and any(line.last in _ENDS for line in unsigned):
        return False
    return sum(len(line.words) for line in unsigned) <= _MOST_ABOVE and not any(
        has_speech(line.text) for line in unsigned
    )


def is_signed(line: Line) -> bool:
    """Return whether *line* has a sign of its author."""
    is_sites = _SITES.search(line.text) is not None and not has_speech(line.text)
    return line.kind.startswith(_SIGNS) or line.of.labels is not None or has_remark(line.of) or is_sites


def _is_long(line: Line) -> bool:
    return line.size == "many" or line.kind == "a heading"


def _is_told(line: Line) -> bool:
    return line.kind == "a heading" or has_speech(line.text)


def _is_open(line: Line) -> bool:
    """Return whether *line* is a label whose text is still to come."""
    labels = line.of.labels
    return bool(labels) and not labels[-1].value and line.at == len(line.of.lines) - 1


def _is_wrapped(above: Line, line: Line) -> bool:
    """Return whether *line* ends the long text of the label *above* it, as programs that break lines write."""
    is_long = above.of.labels is not None and len(above.text) >= _WRAPPED_CHARS and above.last not in _ENDS
    return is_long and above.block == line.block and line.text[:1].islower()


def _may_be_title(line: Line) -> bool:
    """Return whether *line*, right above the story, looks more like a title than like a remark to readers."""
    is_said = _SPOKEN.match(line.text) is not None or is_message(line.of)
    said = _BRACKETS.sub("", line.text).strip() or line.text
    return len(said.split()) <= _TITLE_WORDS and not is_said and not _is_remark(line)


def _is_remark(line: Line) -> bool:
    """Return whether *line* speaks to readers, apart from its brackets; a word such as ``Fic`` may announce a title."""
    bare = _BRACKETS.sub("", line.text)
    return len(line.words) > _NAME_WORDS and read_remark(bare).points > 4 and _announces().match(bare) is None


@cache
def _announces() -> re.Pattern[str]:
    """Return the pattern of a word for a piece of writing before its title: ``Fic: Snow``."""
    return re.compile(rf"\W*(?:{naming_pattern('posts')}|{naming_pattern('pieces')})\b", re.I)


def _is_name(line: Line) -> bool:
    """Return whether *line*, right above the story, is the name of an author: a byline, a handle, or a full name."""
    if line.kind == "a byline" or "is a handle" in line.looks:
        return True
    if _SIGNATURE.fullmatch(line.text) or _EAST_ASIAN.fullmatch(line.text):
        return True
    is_long_enough = line.at > 0 or len(line.words) > 1
    return line.kind != "a dedication" and is_long_enough and _NAME.fullmatch(line.text) is not None
