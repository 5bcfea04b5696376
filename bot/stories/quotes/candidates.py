"""Which passages may be quoted: whole sentences of a paragraph, whole lines of a verse, whole paragraphs that belong
together: talk with its answer, or a few short ones in a row.

The words of each sentence are counted once and the counts are added up for each passage, so that a paragraph of a
thousand sentences costs ten times one of a hundred. Whether a passage stands alone is asked of the few with high
first scores.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

from bot.stories.model import PARAGRAPH_BREAK
from bot.stories.quotes.score import (
    VERSE_LINE,
    beginning_of,
    begun_points,
    first_score,
    first_words,
    opening_points,
    word_points,
)
from bot.stories.quotes.speech import DASHES, Speech, names_speaker, speeches
from bot.stories.quotes.weights import WordWeights
from bot.stories.sections.blocks import LONG_LINE
from bot.stories.sentences import sentences_of

QUOTE_CHARS = range(40, 301)
"""Characters: shorter says little, longer is a page. Where each character is a word, half as many suffice."""

LOOKED_AT = 5_000
"""Characters of a paragraph or a verse in which its quotes are looked for."""

_MOST_SENTENCES = 6  # sentences of a quote: more of them in so few characters are a list
_MOST_LINES = 12  # lines of a quoted verse
_MOST_BEATS = 4  # paragraphs in a row that are one quote
_BEAT_CHARS = 95  # characters of a paragraph that goes on from the one before, rather than begins anew
_LEAST_OF_BEAT = -3  # points of the words of such a paragraph at least: less adds nothing to the one before
_LONG_SPEECH = 90  # characters of a speech that is quoted though nobody says who speaks
_BESIDE_SPEECH = 60  # characters that narration beside speech needs at least: a few words of it say too little
# Characters of narration that a line of talk may have, however little is said: with more it is no talk.
_BESIDE_TALK = 60
_STOPS, _CLOSING = tuple(".!?…。！？"), "\"”»’')]」』"
_ENTRY = (*"[<(•0123456789", "- ", "* ")
_LABEL = regex.compile(r"(?:\p{Lu}[\p{L}'’.-]*+\s?){1,3}:\s")
_LABEL_CHARS = 60  # characters in which a name with a colon after it is looked for
_SAID_BY = re.compile(r"\S{1,20}:\s")
_MARKS = re.compile(r"[*_~/<\[&@]")  # what all of these have one of
_MARKED = re.compile(r"://|\S@\S|([*_~]|//)(?=\S).*\1|<[/a-zA-Z]|\[/?\w+\]|&#?\w+;")
_PAIRS = ("“”", "«»", "()", "「」", "（）")
_OPENING = "\"“„«»‘'「『¿¡"
_GAP = re.compile(r"\n{2,}")


class Candidate(NamedTuple):
    """A passage that may be quoted, by where it stands in its chapter."""

    start: int
    end: int
    first_score: float


class Block(NamedTuple):
    """A paragraph or a verse, by where it stands in its chapter."""

    start: int
    end: int
    text: str
    spoken: Sequence[Speech]
    """What is spoken in a paragraph."""
    is_first: bool
    """Whether it begins a scene."""
    sentences: Sequence[_Sentence]
    """Its sentences, or the lines of a verse that are looked at; none of what is no prose."""
    is_verse: bool

    def within(self, start: int, end: int) -> list[Speech]:
        """Return the speeches of a passage of the block, by where they stand in the passage."""
        return [(a - start, b - start) for a, b in self.spoken if start <= a and b <= end]


class _Sentence(NamedTuple):
    """A sentence or a line, with what is counted of it."""

    start: int
    end: int
    may_begin: bool
    """Whether a quote may begin with it."""
    may_end: bool
    words: int
    points: float
    beginning: str
    opening: float
    """Points for how a quote begins that begins with it."""
    is_refrain: bool
    """Whether it begins as a sentence not far before it."""


def blocks_of(prose: str, weights: WordWeights) -> Iterator[Block]:
    """Yield the paragraphs and verses of a chapter with their sentences."""
    folded = weights.fold(prose)
    start, is_first = len(prose) - len(prose.lstrip("\n")), True
    for gap in (*_GAP.finditer(prose, start), None):
        end = gap.start() if gap else len(prose)
        if start < end:
            text = prose[start:end]
            seen = text if len(text) <= LOOKED_AT else _shortened(text)
            is_verse = "\n" in text
            spoken = [] if is_verse else speeches(seen)
            spans = _lines(seen) if is_verse else _sentences(seen, spoken, weights)
            sentences = _measured(text, spans, folded, start, weights)
            yield Block(start, end, text, spoken, is_first, sentences, is_verse)
        if gap:
            start, is_first = gap.end(), gap.end() - gap.start() > len(PARAGRAPH_BREAK)


def _shortened(text: str) -> str:
    """Return the beginning of a long block: up to where a line ends, or a word that ends no sentence."""
    text = text[:LOOKED_AT]
    return text.rpartition("\n")[0] or (text.rpartition(" ")[0] or text).rstrip(".!?…")


_Span = tuple[int, int, bool, bool]
"""Where a sentence or a line stands in its block, and whether a quote may begin and end with it."""


def _sentences(paragraph: str, spoken: Sequence[Speech], weights: WordWeights) -> list[_Span]:
    """Return the sentences up to an unclosed speech; none of a paragraph that is no prose, or says too little."""
    if len(paragraph) * weights.width < QUOTE_CHARS.start // 4 or _is_labelled(paragraph):
        return []
    found: list[_Span] = []
    ahead = iter(spoken)
    speech = next(ahead, None)
    is_within = False  # a speech that a sentence before began
    after_dash = paragraph[0] in DASHES
    for start, end in sentences_of(paragraph):
        while speech and speech[1] <= end:
            speech = next(ahead, None)
        cuts = speech is not None and speech[0] < end
        first = paragraph[start]
        begins = not first.islower() if first.isalpha() else first in _OPENING
        may_begin = (start == 0 if after_dash else begins) and not is_within
        may_end = not cuts and (end < len(paragraph) or _is_ended(paragraph))
        found.append((start, end, may_begin, may_end))
        is_within = cuts
    return found


def _lines(verse: str) -> list[_Span]:
    """Return the lines of a verse; none of what is no verse."""
    lines = verse.split("\n")
    if not _is_verse(lines):
        return []
    found: list[_Span] = []
    start, may_begin = 0, True
    for i, line in enumerate(lines):
        ends = _is_ended(line)
        found.append((start, start + len(line), may_begin, ends or i == len(lines) - 1))
        start, may_begin = start + len(line) + 1, ends
    return found


def _measured(text: str, spans: Sequence[_Span], folded: str, at: int, weights: WordWeights) -> list[_Sentence]:
    """Return the sentences of a block that stands *at* a place of a folded text."""
    found: list[_Sentence] = []
    beginnings: list[str] = []
    for start, end, may_begin, may_end in spans:
        words, points = word_points(folded[at + start : at + end], weights)
        first = first_words(folded, at + start, at + end)
        beginning = beginning_of(first)
        opening = opening_points(text, start, first, weights) if may_begin else 0
        is_refrain = beginning in beginnings[-_MOST_SENTENCES:]
        beginnings.append(beginning)
        found.append(_Sentence(start, end, may_begin, may_end, words, points, beginning, opening, is_refrain))
    return found


def of_block(block: Block, weights: WordWeights) -> Iterator[Candidate]:
    """Yield passages of whole sentences, or of whole lines up to where a sentence or the verse ends."""
    sentences, is_verse = block.sentences, block.is_verse
    fewest, most = (2, _MOST_LINES) if is_verse else (1, _MOST_SENTENCES)
    shortest, longest = QUOTE_CHARS.start / weights.width, QUOTE_CHARS.stop - 1
    for i, first in enumerate(sentences):
        start = first.start
        if not first.may_begin or first.end - start > longest:
            continue
        words, points, is_refrain = 0, 0.0, False
        for k, last in enumerate(sentences[i : i + most], i):
            chars = last.end - start
            if chars > longest:
                break
            words, points = words + last.words, points + last.points
            is_refrain = is_refrain or (last.is_refrain and not is_verse)
            if last.may_end and chars >= shortest and k - i + 1 >= fewest:
                count = (k - i + 1) * (VERSE_LINE if is_verse else 1)
                begun = first.opening
                if is_refrain:
                    begun = begun_points(begun, [each.beginning for each in sentences[i : k + 1]])
                score = first_score(chars, words, points, count, weights) + begun
                yield Candidate(block.start + start, block.start + last.end, score)


def of_blocks(blocks: Sequence[Block], weights: WordWeights) -> Iterator[Candidate]:
    """Yield the passages that are several whole paragraphs, of which the last of *blocks* is the last.

    They are a line of talk with its answer, or narration that goes on in short paragraphs.
    """
    last = blocks[-1]
    sentences = list(last.sentences)
    for second, first in pairwise(reversed(blocks[-_MOST_BEATS:])):
        if second.is_first or last.end - first.start > QUOTE_CHARS.stop - 1 or not _is_whole(first):
            return
        if second.is_verse or first.is_verse or not _is_whole(second):
            return
        is_talk = is_line_of_talk(first) and is_line_of_talk(second)
        if is_talk and second is not last:
            return
        if not is_talk and (first.spoken or not _is_beat(second) or _points(second) < _LEAST_OF_BEAT):
            return
        sentences[:0] = first.sentences
        if sentences[0].may_begin and len(sentences) <= _MOST_SENTENCES:
            score = first_score(
                last.end - first.start,
                sum(each.words for each in sentences),
                sum(each.points for each in sentences),
                len(sentences),
                weights,
            )
            begun = begun_points(sentences[0].opening, [each.beginning for each in sentences])
            yield Candidate(first.start, last.end, score + begun)
        if is_talk:
            return


def _is_whole(block: Block) -> bool:
    """Whether a block is a paragraph of whole sentences."""
    return bool(block.sentences) and block.sentences[0].may_begin and block.sentences[-1].may_end


def _is_beat(block: Block) -> bool:
    """Return whether a paragraph is short narration, which may go on from the one before."""
    return len(block.text) <= _BEAT_CHARS and not block.spoken and not block.is_verse


def _points(block: Block) -> float:
    return sum(sentence.points for sentence in block.sentences)


def is_line_of_talk(block: Block) -> bool:
    """Return whether a paragraph is a line of talk that names its speaker: a question or an answer."""
    paragraph, spoken = block.text, block.spoken
    if paragraph[0] not in _OPENING + DASHES or not _is_ended(paragraph):
        return False
    if paragraph[0] not in DASHES:
        said = sum(end - start for start, end in spoken)
        if not spoken or spoken[0][0] > 0 or len(paragraph) - said > max(said, _BESIDE_TALK):
            return False
    return names_speaker(paragraph, spoken)


def stands_alone(passage: str, spoken: Sequence[Speech], is_beside: bool) -> bool:
    """Return whether whole sentences are prose that cuts nothing and says who speaks.

    *is_beside* tells that there is speech in the rest of the paragraph, and none in the passage.
    """
    if (_MARKS.search(passage) and _MARKED.search(passage)) or not _is_balanced(passage):
        return False
    if spoken or passage[0] in DASHES:
        is_speech = len(spoken) == 1 and spoken[0] == (0, len(passage))
        return len(passage) >= _LONG_SPEECH if is_speech else names_speaker(passage, spoken)
    return not is_beside or len(passage) >= _BESIDE_SPEECH


def _is_labelled(text: str) -> bool:
    """Return whether *text* is an entry of a list or a log, a date, or a line of a script or a chat."""
    return text.startswith(_ENTRY) or (":" in text[:_LABEL_CHARS] and _LABEL.match(text) is not None)


def _is_ended(text: str) -> bool:
    """Return whether a sentence ends where *text* does."""
    return text.rstrip(_CLOSING).endswith(_STOPS)


def _is_balanced(passage: str) -> bool:
    """Return whether every mark that opens is closed; beside German marks the marks that close may open, too."""
    pairs = ("()",) if passage.isascii() else _PAIRS if "„" not in passage else _PAIRS[1:]
    return all(passage.count(a) == passage.count(b) for a, b in pairs)


def _is_verse(lines: Sequence[str]) -> bool:
    """Return whether lines are those of a verse, not of talk, a list, or the head or foot of a letter."""
    if any(len(line) > LONG_LINE or _is_labelled(line) or _SAID_BY.match(line) for line in lines):
        return False
    if sum(len(line.split()) for line in lines) < 3 * len(lines):
        return False
    if len(lines) <= 3 and len(lines[-1].split()) <= 3 and not _is_ended(lines[-1]):
        return False
    return 2 * sum(line[:1] in '"“„«‘「—–―' for line in lines) <= len(lines)
