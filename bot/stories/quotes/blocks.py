"""Split a chapter into paragraphs and verses, with the sentences and lines that quotes consist of.

The words of each sentence are counted once and summed for each passage, so the time for a paragraph is proportional to
its number of sentences.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from bot.stories.quotes.score import opening_points, word_points
from bot.stories.quotes.speech import DASHES, Speech, speeches
from bot.stories.quotes.weights import WordWeights
from bot.stories.sections.blocks import LONG_LINE
from bot.stories.sentences import sentences_of

QUOTE_CHARS = range(40, 301)
"""Allowed lengths of a quote, in characters; in scripts where each character is a word, half the minimum suffices."""

SEARCHED_CHARS = 5_000
"""Maximum number of characters at the start of a paragraph or a verse that are searched for quotes."""

_MONOLOGUE = 180  # minimum characters of a speech that is quoted without the rest of its paragraph
_DIALOGUE_TAG_CHARS = 16  # maximum characters of a dialogue tag that is a sentence of its own
_STOPS, _CLOSING = tuple(".!?…。！？"), "\"”»’')]」』"
_ENTRY = (*"[<(•0123456789", "- ", "* ")
_LABEL = regex.compile(r"(?:\p{Lu}[\p{L}'’.-]*+\s?){1,3}:\s")
_LABEL_CHARS = 60  # maximum characters before the colon of a label
_CHAT_LINE = re.compile(r"\S{1,20}:\s")
# A line of a chat or a script, up to what is said: "[12:04] Bev (no. 7): Pipes?", "<odo> no", "**MARA:** No."
_MESSAGE = re.compile(
    r"(?:(?:[\[(][^\[\]()\n]{1,20}[\])]|\d\d?[:.]\d\d(?: ?[ap]m)?) ?(?:[-–] ?)?)?"  # the time, or the channel
    r"\*{0,2}(<[^<>\n]{1,30}>|[^\W\d_][^:\n<>*]{0,30}(?=:)):?\*{0,2}:?\s+(?=\S)"  # the sender
)
_LEAST_MESSAGES = 3  # minimum lines of somebody in a chapter that is no chat; a label stands there less often
_BEGINNING = re.compile(r"(?:\A|\n\n)[\"“'‘]?([^\W\d_])")
_OPENING = "\"“„«»‘'「『¿¡"
_GAP = re.compile(r"\n\n+")  # begins with a literal, which `re` finds faster than a repetition


class Sentence(NamedTuple):
    """A sentence of prose or a line of verse, with the counts that its score needs."""

    start: int
    end: int
    may_begin: bool
    """Whether a quote may begin with the sentence."""
    may_end: bool
    words: int
    points: float
    opening: float
    """Points for a quote that begins with the sentence."""


class Block(NamedTuple):
    """A paragraph, a verse or a message of a chat. *start* counts from that of its chapter, all else from *start*."""

    start: int
    sentences: Sequence[Sentence]
    """Sentences of a paragraph, or lines of a verse; empty if the block is neither, such as a list."""
    is_verse: bool
    monologues: Sequence[Sequence[Sentence]]
    """Sentences of each long speech, without its quotation marks."""


def blocks_of(prose: str, weights: WordWeights) -> Iterator[Block]:
    """Yield the paragraphs and verses of a chapter with their sentences."""
    folded = weights.fold(prose)
    beginnings = _BEGINNING.findall(prose)
    is_small = 2 * sum(map(str.islower, beginnings)) > len(beginnings)  # as some people write: without capitals
    for start, end, is_message in _spans(prose):
        text = prose[start:end]
        searched = text if len(text) <= SEARCHED_CHARS else _shortened(text)
        is_verse = "\n" in text
        spoken = [] if is_verse else speeches(searched)
        spans = _lines(searched, is_small) if is_verse else _sentences(searched, spoken, weights, is_message, is_small)
        sentences = _scored(spans, folded, start, weights)
        monologues: list[Sequence[Sentence]] = []
        for speech in filter(_is_long, spoken):
            last = _scored(_speech_end(text, speech, sentences), folded, start, weights)
            monologues.append([*_monologue(text, speech, sentences), *last])
        yield Block(start, sentences, is_verse, monologues)


def _spans(prose: str) -> Iterator[tuple[int, int, bool]]:
    """Yield start and end of each block, and whether it is a message of a chat, which is a block without its sender."""
    lines = [line for line in prose.split("\n") if line]
    senders = Counter(message[1] for line in lines if (message := _MESSAGE.match(line)))
    least = 1 if 2 * senders.total() > len(lines) else _LEAST_MESSAGES
    start = len(prose) - len(prose.lstrip("\n"))
    for gap in (*_GAP.finditer(prose, start), None):
        end = gap.start() if gap else len(prose)
        while start < end:
            message = _MESSAGE.match(prose, start, end) if senders else None
            if message and senders[message[1]] >= least:
                line_end = prose.find("\n", start, end)
                line_end = end if line_end < 0 else line_end
                yield message.end(), line_end, True
                start = line_end + 1
            else:
                yield start, end, False
                start = end
        start = gap.end() if gap else end


def _shortened(text: str) -> str:
    """Return the beginning of a long block, cut after a line, or after a word that does not end a sentence."""
    text = text[:SEARCHED_CHARS]
    return text.rpartition("\n")[0] or (text.rpartition(" ")[0] or text).rstrip(".!?…")


_Span = tuple[int, int, bool, bool]
"""Start and end of a sentence or line in its block, and whether a quote may begin there, and may end there."""


def _sentences(
    paragraph: str, spoken: Sequence[Speech], weights: WordWeights, is_message: bool, is_small: bool
) -> list[_Span]:
    """Return the sentences of a paragraph; none for an entry of a list or a log, or for a very short paragraph.

    A message in a chat may begin without a capital and end without a full stop.
    """
    if len(paragraph) * weights.width < QUOTE_CHARS.start // 4 or (not is_message and _is_labelled(paragraph)):
        return []
    found: list[_Span] = []
    ahead = iter(spoken)
    speech = next(ahead, None)
    is_within = False  # whether an earlier sentence began a speech that is still open
    after_dash = paragraph[0] in DASHES
    for start, end in sentences_of(paragraph):
        while speech and speech[1] <= end:
            speech = next(ahead, None)
        cuts = speech is not None and speech[0] < end
        first = paragraph[start]
        begins = is_message or is_small or not first.islower() if first.isalpha() else first in _OPENING
        may_begin = (start == 0 if after_dash else begins) and not is_within
        if end - start <= _DIALOGUE_TAG_CHARS and _is_dialogue_tag(paragraph, start, end):
            may_begin = False
        may_end = not cuts and (end < len(paragraph) or is_message or _is_ended(paragraph))
        found.append((start, end, may_begin, may_end))
        is_within = cuts
    return found


def _is_dialogue_tag(paragraph: str, start: int, end: int) -> bool:
    """Return whether a short sentence is only a dialogue tag, as in "'Row!' Tilda cried."."""
    return start > 1 and paragraph[start - 2] in _CLOSING and " " in paragraph[start:end]


def _is_long(speech: Speech) -> bool:
    return speech[1] - speech[0] >= _MONOLOGUE


def _monologue(paragraph: str, speech: Speech, sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return those of the paragraph's *sentences* that are within *speech*, without its quotation marks."""
    found: list[Sentence] = []
    for each in sentences:
        if speech[0] <= each.start and each.end <= speech[1]:
            start, end = max(each.start, speech[0] + 1), min(each.end, speech[1] - 1)
            may_begin = not paragraph[start].islower() and (start == each.start or each.may_begin)
            may_end = _is_ended(paragraph[start:end])
            found.append(each._replace(start=start, end=end, may_begin=may_begin, may_end=may_end))
    return found


def _speech_end(paragraph: str, speech: Speech, sentences: Sequence[Sentence]) -> list[_Span]:
    """Return a speech's last sentence, without its comma, if narration continues it: "'…, and so do I', he said"."""
    for each in sentences:
        if speech[0] < each.start < speech[1] < each.end and not paragraph[each.start].islower():
            speech_text = paragraph[each.start : speech[1] - 1].rstrip(",，、")
            return [(each.start, each.start + len(speech_text), True, True)]
    return []


def _lines(verse: str, is_small: bool) -> list[_Span]:
    """Return the lines of a verse; none if *verse* is another kind of text."""
    lines = verse.split("\n")
    if not _is_verse(lines):
        return []
    found: list[_Span] = []
    start, is_after_end = 0, True
    for i, line in enumerate(lines):
        ends = _is_ended(line)
        may_begin = is_after_end and (is_small or not line[:1].islower())
        found.append((start, start + len(line), may_begin, ends or i == len(lines) - 1))
        start, is_after_end = start + len(line) + 1, ends
    return found


def _scored(spans: Sequence[_Span], folded: str, at: int, weights: WordWeights) -> list[Sentence]:
    """Return the *spans* of a block as sentences with their points; the block is at offset *at* of *folded*."""
    found: list[Sentence] = []
    for start, end, may_begin, may_end in spans:
        words = folded[at + start : at + end]
        found.append(
            Sentence(start, end, may_begin, may_end, *word_points(words, weights), opening_points(words, weights))
        )
    return found


def _is_labelled(text: str) -> bool:
    """Return whether *text* is an entry of a list or a log, a date, or a line of a script or a chat."""
    return text.startswith(_ENTRY) or (":" in text[:_LABEL_CHARS] and _LABEL.match(text) is not None)


def _is_ended(text: str) -> bool:
    """Return whether *text* ends with the end of a sentence."""
    return text.rstrip(_CLOSING).endswith(_STOPS)


def _is_verse(lines: Sequence[str]) -> bool:
    """Return whether lines are verse, and not dialogue, a list, or the head or foot of a letter."""
    if any(len(line) > LONG_LINE or _is_labelled(line) or _CHAT_LINE.match(line) for line in lines):
        return False
    if sum(len(line.split()) for line in lines) < 3 * len(lines):
        return False
    if len(lines) <= 3 and len(lines[-1].split()) <= 3 and not _is_ended(lines[-1]):
        return False
    return 2 * sum(line[:1] in '"“„«‘「—–―' for line in lines) <= len(lines)
