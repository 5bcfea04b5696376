"""Take the end mark and the notes from the end of a story or a chapter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate, islice

from bot.stories.cached import cached
from bot.stories.sections.blocks import Block
from bot.stories.sections.labels import ONLY_BEFORE_A_COLON, Labelled, is_closed, read_label
from bot.stories.sections.lines import ends_openly
from bot.stories.sections.notes import MOST_NOTES, Evidence, is_asking, is_prose, is_speech, is_telling, letter_follows
from bot.stories.sections.parts import Part, words_of
from bot.stories.sections.posting import AT_AN_END, is_message, is_posting
from bot.stories.sections.signs import end_mark_of, has_sign

_NOTE_SHARE = 0.3  # maximum share of a chapter's words after its end mark, unless the author speaks right after it
_MOST_AFTER = 8  # maximum paragraphs after a note without a label; doubtful ones above a labelled note must be fewer
_AMONG_NOTES = 0.5  # maximum words among the end notes that may not be the author's, for each word of the story
_LONG_AMONG_NOTES = 1  # maximum long paragraphs among the end notes that may not be the author's
_SIGNATURE_WORDS = 6  # maximum words of a pen name as a signature
_LINE_WORDS = 30  # maximum words of a line that continues the note above
_MOST_LINES = 12  # maximum number of lines that continue a note, including its first line
_MAIL_WORDS = 30  # maximum words of a mail signature right below two dashes


_SIGNED = re.compile(
    r"(?i)\W*(?:xo|xx|love|kisses|hugs|bes(?:os|itos)|bisous?|bises|beij\w+|bjs|baci|lg|glg|eur(?:e|er)|ваш[а]?|buziaki|salam"
    r"|[~–—-]+\s?\w)"
)


class _After:
    """Counts and tests of the text from each block to the end of a chapter."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.words = _sums_to_end([0 if block.is_rule else block.words for block in reversed(blocks)])
        """Number of words from each block to the end; rules do not count."""
        self.is_spaced = 2 * [block.gap for block in blocks].count(0) < len(blocks)
        """Whether blank lines separate paragraphs; a block without a gap then continues the one above."""
        self.paragraphs = _sums_to_end(
            [int(not block.is_rule and not (self.is_spaced and block.gap == 0)) for block in reversed(blocks)]
        )
        """Number of paragraphs from each block to the end; rules do not count."""
        self._by_author: dict[int, bool] = {}
        self._has_label = False  # whether a block that `may_be_notes` has examined has a label
        self._doubtful = [(0, 0, 0)]  # counts of doubtful text from each block to the end, last first, for `_fits`

    @cached
    def last_tale(self) -> int:
        """Index of the last block that is certainly prose, or -1."""
        return next((i for i in self._from_last() if not self.blocks[i].is_rule and is_prose(self.blocks[i])), -1)

    @cached
    def last_talk(self) -> int:
        """Index of the last block with a character's speech, or -1."""
        return next((i for i in self._from_last() if is_speech(self.blocks[i])), -1)

    def _from_last(self) -> Iterable[int]:
        """Indices of the blocks that may be notes, from last to first."""
        return reversed(range(max(0, len(self.blocks) - MOST_NOTES), len(self.blocks)))

    def is_by_author(self, i: int) -> bool:
        """Return whether block *i* is certainly the author's, by a label, a phrase or the note that it continues."""
        if i not in self._by_author:
            self._by_author[i] = self._is_by_author_alone(i) or self._continues_note(i)
        return self._by_author[i]

    def _is_by_author_alone(self, i: int) -> bool:
        return has_sign(self.blocks[i]) or self.is_remark(i) or self._is_signed(i)

    def _is_signed(self, i: int) -> bool:
        """Return whether block *i* is a signature, the last line below an author's note: ``xoxo, Kim``."""
        block = self.blocks[i]
        is_last = i > 1 and self.paragraphs[i] == 1 and block.words <= _SIGNATURE_WORDS
        is_closing = len(block.lines) == 2 and block.lines[0].rstrip()[-1:] in (",", "，")
        return (
            is_last
            and (is_closing or (block.is_line and _SIGNED.match(block.text) is not None))
            and (has_sign(self.blocks[i - 1]) or is_posting(self.blocks, i - 1))
        )

    def _continues(self, block: Block) -> bool:
        return self.is_spaced and block.gap == 0

    def _continues_note(self, i: int) -> bool:
        """Return whether block *i* continues an author's note above it, such as a choice of a poll."""
        head = next((j for j in range(i, max(0, i - _MOST_LINES), -1) if not self._is_continuation(j)), i)
        return head < i and not self.blocks[head].is_rule and self._is_by_author_alone(head)

    def _is_continuation(self, i: int) -> bool:
        block = self.blocks[i]
        return self._continues(block) and not block.is_rule and block.words <= _LINE_WORDS and not is_speech(block)

    def is_remark(self, i: int) -> bool:
        """Return whether block *i* is among the last paragraphs and is an author's remark about the post."""
        if i == 0 or self.paragraphs[i + 1] >= AT_AN_END or self.blocks[i].is_rule:
            return False
        below = next((j for j in range(i + 1, len(self.blocks)) if not self.blocks[j].is_rule), None)
        is_set_off = self.blocks[i - 1].is_rule or end_mark_of(self.blocks[i - 1]) is not None
        is_beside_notes = is_set_off or (below is not None and self._is_by_author_alone(below))
        return is_posting(self.blocks, i, is_beside_notes=is_beside_notes)

    @cached
    def last_doubtful(self) -> int:
        """Index of the last block that is not certainly the author's, or -1."""
        return next((i for i in self._from_last() if not self.blocks[i].is_rule and not self.is_by_author(i)), -1)

    def may_be_notes(self, i: int) -> bool:
        """Return whether the blocks from *i* on may be notes: only a few are doubtful (not certainly the author's).

        Blocks are examined from the last one up, each once, until too many are doubtful.
        """
        room = _AMONG_NOTES * (self.words[0] - self.words[i])
        while len(self._doubtful) <= len(self.blocks) - i and self._fits(self._doubtful[-1], room):
            block = self.blocks[len(self.blocks) - len(self._doubtful)]
            words, long, amid = self._doubtful[-1]
            if not block.is_rule and not self.is_by_author(len(self.blocks) - len(self._doubtful)):
                words, long, amid = words + block.words, long + is_prose(block), amid + self._has_label
            self._has_label |= block.labels is not None
            self._doubtful.append((words, long, amid))
        at = len(self.blocks) - i
        return at < len(self._doubtful) and self._fits(self._doubtful[at], room)

    def _fits(self, unsaid: tuple[int, int, int], room: float) -> bool:
        """Return whether the doubtful blocks are few enough to be notes.

        *unsaid* has three counts: their words (at most *room*), the long blocks, and the blocks above a label.
        """
        words, long, amid = unsaid
        return words <= room and long <= _LONG_AMONG_NOTES and amid < _MOST_AFTER


def _sums_to_end(backwards: Iterable[int]) -> list[int]:
    """Return the sums from each block to the end; *backwards* has the number of the last block first."""
    return [*accumulate(backwards, initial=0)][::-1]


def take_ending(part: Part, evidence: Evidence = Evidence.PLACE) -> None:
    """Take the end mark and all notes after it from *part*, or the notes after the last prose."""
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
        start = _with_closing(blocks, start)
    part.notes_after = _note_texts(blocks[start:], part)
    part.unlabelled_words += words_of([block for block in blocks[start:] if block.labels is None])
    part.blocks = blocks[:start]
    _drop_last_rules(part)
    _take_signature(part)


_LINES_OF_A_CLOSING = 3  # maximum lines of an author's closing below a rule
_CLOSING_WORDS = 8  # maximum words of a line in a closing


def _with_closing(blocks: Sequence[Block], start: int) -> int:
    """Return the start of the notes, moved up from block *start* to include a closing (``Hugs,``) below a rule."""
    rule = start - 1
    while rule > 0 and start - rule <= _LINES_OF_A_CLOSING and not blocks[rule].is_rule:
        rule -= 1
    lines = [line.rstrip() for block in blocks[rule + 1 : start] for line in block.lines]
    if rule <= 1 or not blocks[rule].is_rule or not 2 <= len(lines) <= _LINES_OF_A_CLOSING or _is_letter(blocks):
        return start
    is_closing = all(len(line.split()) <= _CLOSING_WORDS and line[-1:] not in _STOPS for line in lines)
    return rule if is_closing and lines[-2][-1:] in (",", "，", "!") else start


_STOPS = tuple('.?…。？"”»')


def _is_letter(blocks: Sequence[Block]) -> bool:
    """Return whether the story begins like a letter, with a short line that ends in a comma."""
    first = next((block for block in blocks if not block.is_rule), None)
    return first is not None and first.words <= _CLOSING_WORDS and first.lines[0].rstrip()[-1:] in (",", "，", "،")


def _is_emoticon(block: Block) -> bool:
    """Return whether *block* is only an emoticon or an ornament: at most four characters, none a letter or a digit."""
    return block.is_line and len(block.text.strip()) <= 4 and not any(map(str.isalnum, block.text))


def _take_signature(part: Part) -> None:
    """Take a signature below dashes, as in mail, as a note, unless the same dashes separate scenes above."""
    blocks = part.blocks
    if len(blocks) < 3 or part.notes_after or blocks[-2].text.strip() not in ("--", "––", "—"):
        return
    dashes, name = blocks[-2].text.strip(), blocks[-1]
    if any(block.is_rule and block.text.strip() == dashes for block in blocks[:-2]):
        return
    is_mail = name.gap == 0 and dashes == "--" and name.words <= _MAIL_WORDS
    is_name = name.words <= _SIGNATURE_WORDS and ends_openly(name.text)
    if name.is_line and (is_name or is_mail) and not is_speech(name):
        part.notes_after = [name.text.strip()]
        part.blocks = blocks[:-2]
        _drop_last_rules(part)


def take_book_ending(part: Part, *, is_last: bool) -> None:
    """Take the end mark of a published book, and the text after it, from *part*."""
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
    if evidence > Evidence.PLACE and after.last_doubtful > i:
        return False
    if after.words[i + 1] <= _NOTE_SHARE * after.words[0] and after.last_talk <= i:
        return True
    following = islice((j for j in range(i + 1, min(i + 20, len(after.blocks))) if not after.blocks[j].is_rule), 3)
    return any(after.is_by_author(j) for j in following)


def _notes_begin(i: int, after: _After, evidence: Evidence) -> bool:
    """Return whether the notes after the story begin at block *i*."""
    block = after.blocks[i]
    if after.paragraphs[i + 1] and min(after.last_talk, after.last_tale) > i:
        return False  # both speech and prose follow
    label = read_label(block.lines[0]) if block.labels is not None else None
    if label is not None and label.kind == "note":
        return _labelled_notes_begin(i, label, after, evidence)
    if block.is_rule or evidence == Evidence.LABEL or after.last_tale > i or after.paragraphs[i + 1] > _MOST_AFTER:
        return False
    following = [below for below in after.blocks[i + 1 : i + 20] if not below.is_rule]
    if is_message(block):
        return False
    if not is_telling(block) and (not is_asking(block) or letter_follows(following)):
        return after.is_remark(i) and after.last_doubtful < i
    return after.may_be_notes(i + 1) if evidence == Evidence.PLACE else after.last_doubtful <= i


def _labelled_notes_begin(i: int, label: Labelled, after: _After, evidence: Evidence) -> bool:
    """Return whether the note with *label* at block *i* is after the story, and not within it."""
    blocks = after.blocks
    if not after.paragraphs[i + 1]:
        return True
    if label.label in ONLY_BEFORE_A_COLON and end_mark_of(blocks[i + 1]) is not None:
        return False  # a character may write this word
    if evidence > Evidence.PLACE and after.last_doubtful > i:
        return False
    if is_closed(blocks[i].text) and not blocks[i + 1].is_rule and not after.is_by_author(i + 1):
        return False
    return after.last_talk <= i and after.may_be_notes(i + 1)


def _note_texts(blocks: Sequence[Block], part: Part) -> list[str]:
    texts: list[str] = []
    for block in blocks:
        if block.is_rule or _is_emoticon(block):
            continue
        mark = end_mark_of(block)
        if mark is not None and part.end_marker in (None, mark):
            part.end_marker = mark
            continue
        labels = block.labels
        texts += [block.text] if labels is None else [label.as_note for label in labels if label.as_note]
    return texts
