"""Take what stands after a story or a chapter: its end mark, and the notes below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate, islice

from bot.stories.cached import cached
from bot.stories.sections.blocks import Block
from bot.stories.sections.labels import ONLY_BEFORE_A_COLON, Labelled, is_closed, read_label
from bot.stories.sections.lines import ends_openly
from bot.stories.sections.notes import MOST_NOTES, Evidence, is_asking, is_tale, is_talk, is_telling, letter_follows
from bot.stories.sections.parts import Part, words_of
from bot.stories.sections.posting import AT_AN_END, is_message, is_posting
from bot.stories.sections.signs import end_mark_of, is_signed

_NOTE_SHARE = 0.3  # the share of a chapter's words that may follow its end mark unless an author's words follow
_MOST_AFTER = 8  # paragraphs after a note without a label at most
_AMONG_NOTES = 0.5  # words that only stand among the notes after a story, for each word of the story, at most
_LONG_AMONG_NOTES = 1  # long paragraphs among the notes after a story at most
_SIGNATURE_WORDS = 6  # words of a pen name as a signature at most
_LINE_WORDS = 30  # words of a line that belongs to the note above at most
_MOST_LINES = 12  # such lines at most
_MAIL_WORDS = 30  # words of a signature right below two dashes, as mail programs set it, at most


_SIGNED = re.compile(
    r"(?i)\W*(?:xo|xx|love|kisses|hugs|bes(?:os|itos)|bisous?|bises|beij\w+|bjs|baci|lg|glg|eur(?:e|er)|ваш[а]?|buziaki|salam"
    r"|[~–—-]+\s?\w)"
)


class _After:
    """What stands after each block of a chapter, counted once for all of them."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.words = _from_each([0 if block.is_rule else block.words for block in reversed(blocks)])
        """Words from each block on, without rules."""
        self.is_spaced = 2 * [block.gap for block in blocks].count(0) < len(blocks)
        """Whether blank lines part paragraphs: what stands without one belongs to the paragraph above."""
        self.paragraphs = _from_each(
            [int(not block.is_rule and not (self.is_spaced and block.gap == 0)) for block in reversed(blocks)]
        )
        """Paragraphs from each block on, without rules."""
        self._said: dict[int, bool] = {}
        self._has_label = False  # whether a label stands among the blocks that `may_be_notes` has looked at
        self._unsaid = [(0, 0, 0)]  # from the last block on, of those in which the author does not speak: see `_fits`

    @cached
    def last_tale(self) -> int:
        """The last block that is certainly prose, or -1."""
        return next((i for i in self._upwards() if not self.blocks[i].is_rule and is_tale(self.blocks[i])), -1)

    @cached
    def last_talk(self) -> int:
        """The last block in which a character speaks, or -1."""
        return next((i for i in self._upwards() if is_talk(self.blocks[i])), -1)

    def _upwards(self) -> Iterable[int]:
        """The places of the blocks among which notes may begin, the last one first."""
        return reversed(range(max(0, len(self.blocks) - MOST_NOTES), len(self.blocks)))

    def is_said(self, i: int) -> bool:
        """Return whether the author speaks in block *i*, by a label or by an author's words."""
        if i not in self._said:
            self._said[i] = self._is_said_alone(i) or self._is_said_above(i)
        return self._said[i]

    def _is_said_alone(self, i: int) -> bool:
        return is_signed(self.blocks[i]) or self.is_posted(i) or self._is_signed(i)

    def _is_signed(self, i: int) -> bool:
        """Return whether the author signs here what stands above: ``xoxo, Kim`` as the last line."""
        block = self.blocks[i]
        is_last = i > 1 and self.paragraphs[i] == 1 and block.words <= _SIGNATURE_WORDS
        is_closing = len(block.lines) == 2 and block.lines[0].rstrip()[-1:] in (",", "，")
        return (
            is_last
            and (is_closing or (block.is_line and _SIGNED.match(block.text) is not None))
            and (is_signed(self.blocks[i - 1]) or is_posting(self.blocks, i - 1))
        )

    def _is_below(self, block: Block) -> bool:
        return self.is_spaced and block.gap == 0

    def _is_said_above(self, i: int) -> bool:
        """Return whether block *i* is a line of what the author says above it, such as a choice of a poll."""
        head = next((j for j in range(i, max(0, i - _MOST_LINES), -1) if not self._is_line_below(j)), i)
        return head < i and not self.blocks[head].is_rule and self._is_said_alone(head)

    def _is_line_below(self, i: int) -> bool:
        block = self.blocks[i]
        return self._is_below(block) and not block.is_rule and block.words <= _LINE_WORDS and not is_talk(block)

    def is_posted(self, i: int) -> bool:
        """Return whether block *i* is talk about posting among the last paragraphs."""
        if i == 0 or self.paragraphs[i + 1] >= AT_AN_END or self.blocks[i].is_rule:
            return False
        below = next((j for j in range(i + 1, len(self.blocks)) if not self.blocks[j].is_rule), None)
        is_set_off = self.blocks[i - 1].is_rule or end_mark_of(self.blocks[i - 1]) is not None
        is_beside_notes = is_set_off or (below is not None and self._is_said_alone(below))
        return is_posting(self.blocks, i, is_beside_notes=is_beside_notes)

    @cached
    def last_unsaid(self) -> int:
        """The last block in which the author does not speak, or -1."""
        return next((i for i in self._upwards() if not self.blocks[i].is_rule and not self.is_said(i)), -1)

    def may_be_notes(self, i: int) -> bool:
        """Return whether the blocks from *i* on may be notes: they are few, but for those in which the author speaks.

        Blocks are looked at from the last one on, each once, and only until there are too many.
        """
        room = _AMONG_NOTES * (self.words[0] - self.words[i])
        while len(self._unsaid) <= len(self.blocks) - i and self._fits(self._unsaid[-1], room):
            block = self.blocks[len(self.blocks) - len(self._unsaid)]
            words, long, amid = self._unsaid[-1]
            if not block.is_rule and not self.is_said(len(self.blocks) - len(self._unsaid)):
                words, long, amid = words + block.words, long + is_tale(block), amid + self._has_label
            self._has_label |= block.labels is not None
            self._unsaid.append((words, long, amid))
        at = len(self.blocks) - i
        return at < len(self._unsaid) and self._fits(self._unsaid[at], room)

    def _fits(self, unsaid: tuple[int, int, int], room: float) -> bool:
        """Return whether words, long paragraphs, and paragraphs with a label farther below are few enough."""
        words, long, amid = unsaid
        return words <= room and long <= _LONG_AMONG_NOTES and amid < _MOST_AFTER


def _from_each(backwards: Iterable[int]) -> list[int]:
    """Return the sums from each block on of numbers that are given from the last block to the first."""
    return [*accumulate(backwards, initial=0)][::-1]


def take_ending(part: Part, evidence: Evidence = Evidence.PLACE) -> None:
    """Take the end mark and all notes after it, or the notes after the last of the prose."""
    blocks = part.blocks
    start = len(blocks)
    after = _After(blocks)
    for i in range(max(1, len(blocks) - MOST_NOTES), len(blocks)):
        if (mark := end_mark_of(blocks[i])) is not None and _ends_here(i, after, evidence):
            part.end_marker, start = mark, i
            break
        if _notes_begin(i, after, evidence):
            start = i
            break
    if evidence == Evidence.PLACE:
        start = _through_closing(blocks, start)
    part.notes_after = _note_texts(blocks[start:], part)
    part.unlabelled_words += words_of([block for block in blocks[start:] if block.labels is None])
    part.blocks = blocks[:start]
    _drop_last_rules(part)
    _take_signature(part)


_LINES_OF_A_CLOSING = 3  # lines in which an author takes leave below a rule at most
_CLOSING_WORDS = 8  # words of such a line at most


def _through_closing(blocks: Sequence[Block], start: int) -> int:
    """Return where the notes from block *start* on begin, with a closing like that of a letter below a rule."""
    rule = start - 1
    while rule > 0 and start - rule <= _LINES_OF_A_CLOSING and not blocks[rule].is_rule:
        rule -= 1
    lines = [line.rstrip() for block in blocks[rule + 1 : start] for line in block.lines]
    if rule <= 1 or not blocks[rule].is_rule or not 2 <= len(lines) <= _LINES_OF_A_CLOSING or letter_opens(blocks):
        return start
    is_closing = all(len(line.split()) <= _CLOSING_WORDS and line[-1:] not in _STOPS for line in lines)
    return rule if is_closing and lines[-2][-1:] in (",", "，", "!") else start


_STOPS = tuple('.?…。？"”»')


def letter_opens(blocks: Sequence[Block]) -> bool:
    """Return whether the story begins with a short line that ends in a comma, as a letter does."""
    first = next((block for block in blocks if not block.is_rule), None)
    return first is not None and first.words <= _CLOSING_WORDS and first.lines[0].rstrip()[-1:] in (",", "，", "،")


def _is_picture(block: Block) -> bool:
    """Return whether *block* is one sign or two, without a word."""
    return block.is_line and len(block.text.strip()) <= 4 and not any(map(str.isalnum, block.text))


def _take_signature(part: Part) -> None:
    """Take a signature below two dashes as a note, as mail programs set it; dashes that come again part scenes."""
    blocks = part.blocks
    if len(blocks) < 3 or part.notes_after or blocks[-2].text.strip() not in ("--", "––", "—"):
        return
    dashes, name = blocks[-2].text.strip(), blocks[-1]
    if any(block.is_rule and block.text.strip() == dashes for block in blocks[:-2]):
        return
    is_mail = name.gap == 0 and dashes == "--" and name.words <= _MAIL_WORDS
    is_name = name.words <= _SIGNATURE_WORDS and ends_openly(name.text)
    if name.is_line and (is_name or is_mail) and not is_talk(name):
        part.notes_after = [name.text.strip()]
        part.blocks = blocks[:-2]
        _drop_last_rules(part)


def take_book_ending(part: Part, *, is_last: bool) -> None:
    """Take the end mark of a published book, and what is printed after it."""
    blocks = part.blocks
    after = _After(blocks)
    for i in range(len(blocks) - 1, 0, -1):
        if after.words[i + 1] > (_NOTE_SHARE * after.words[0] if is_last else 0):
            break
        if (mark := end_mark_of(blocks[i])) is not None:
            part.end_marker = mark
            part.notes_after = [block.text for block in blocks[i + 1 :] if not block.is_rule]
            part.blocks = blocks[:i]
            break
    _drop_last_rules(part)


def _drop_last_rules(part: Part) -> None:
    while part.blocks and part.blocks[-1].is_rule:
        part.blocks.pop()


def _ends_here(i: int, after: _After, evidence: Evidence) -> bool:
    """Return whether the end mark at block *i* ends the chapter."""
    if not after.paragraphs[i + 1]:
        return True
    if evidence > Evidence.PLACE and after.last_unsaid > i:
        return False
    if after.words[i + 1] <= _NOTE_SHARE * after.words[0] and after.last_talk <= i:
        return True
    following = islice((j for j in range(i + 1, min(i + 20, len(after.blocks))) if not after.blocks[j].is_rule), 3)
    return any(after.is_said(j) for j in following)


def _notes_begin(i: int, after: _After, evidence: Evidence) -> bool:
    """Return whether the notes after the story begin at block *i*."""
    block = after.blocks[i]
    if after.paragraphs[i + 1] and min(after.last_talk, after.last_tale) > i:
        return False  # whatever it says
    label = read_label(block.lines[0]) if block.labels is not None else None
    if label is not None and label.kind == "note":
        return _labelled_notes_begin(i, label, after, evidence)
    if block.is_rule or evidence == Evidence.LABEL or after.last_tale > i or after.paragraphs[i + 1] > _MOST_AFTER:
        return False
    following = [later for later in after.blocks[i + 1 : i + 20] if not later.is_rule]
    if is_message(block):
        return False
    if not is_telling(block) and (not is_asking(block) or letter_follows(following)):
        return after.is_posted(i) and after.last_unsaid < i
    return after.may_be_notes(i + 1) if evidence == Evidence.PLACE else after.last_unsaid <= i


def _labelled_notes_begin(i: int, label: Labelled, after: _After, evidence: Evidence) -> bool:
    """Return whether the note with a *label* at block *i* stands after the story and not amid it."""
    blocks = after.blocks
    if not after.paragraphs[i + 1]:
        return True
    if label.label in ONLY_BEFORE_A_COLON and end_mark_of(blocks[i + 1]) is not None:
        return False  # somebody in the story may write so
    if evidence > Evidence.PLACE and after.last_unsaid > i:
        return False
    if is_closed(blocks[i].text) and not blocks[i + 1].is_rule and not after.is_said(i + 1):
        return False
    return after.last_talk <= i and after.may_be_notes(i + 1)


def _note_texts(blocks: Sequence[Block], part: Part) -> list[str]:
    texts: list[str] = []
    for block in blocks:
        if block.is_rule or _is_picture(block):
            continue
        mark = end_mark_of(block)
        if mark is not None and part.end_marker in (None, mark):
            part.end_marker = mark
            continue
        labels = block.labels
        texts += [block.text] if labels is None else [label.as_note for label in labels if label.as_note]
    return texts
