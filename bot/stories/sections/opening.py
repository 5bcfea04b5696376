"""Take the text before a story: its title and byline, labelled lines, notes, and a book's title page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, islice, takewhile

from bot.stories.sections.blocks import Block
from bot.stories.sections.dedications import is_dedicated
from bot.stories.sections.headings import counts_on, read_chapter, read_numeral
from bot.stories.sections.labels import (
    Labelled,
    has_label,
    is_aside,
    is_closed,
    is_labelled,
    is_subtitle,
    read_author_line,
    read_label,
    read_labels,
    read_unknown_head,
)
from bot.stories.sections.lines import TITLE_CHARS, looks_titled, undecorated
from bot.stories.sections.notes import MOST_NOTES, Evidence, is_asking, is_prose, is_speech, is_telling, letter_follows
from bot.stories.sections.parts import Part, Sections, has_prose
from bot.stories.sections.posting import AT_AN_END, addresses_readers, begins_with_greeting, is_message, is_posting
from bot.stories.sections.titles import (
    Below,
    bare_title,
    is_salutation,
    labels_behind,
    read_byline,
    read_handle,
    read_kind,
    read_row,
    read_title,
    read_title_and_byline,
    read_two_lines,
    reads_as_title,
)

_NAME_CHARS = 8  # maximum characters of a name alone on a line, in a script without case
_LOOKED_AHEAD = 40  # number of blocks searched below a possible aside or header
NOTE_RUN, NOTE_RUN_WORDS = 5, 150
"""Number of blocks below a note that are searched for a rule, and maximum words of unlabelled notes above that rule."""


_HEAD_LINES = 12  # number of first blocks in which a header begins, and maximum lines of a header that are joined


def with_whole_head(blocks: Sequence[Block]) -> list[Block]:
    """Join consecutive header lines (``Label: value``) into one block, if some of their labels are unknown.

    Some formats give each line as a block of its own. Lines above the title's label are split off first.
    """
    blocks = [piece for i, block in enumerate(blocks) for piece in (_split_at_title(block) if i < 2 else (block,))]
    start = 0
    while start < min(_HEAD_LINES, len(blocks)):
        end = start
        while end < min(start + _HEAD_LINES, len(blocks)) and _is_of_head(blocks[end], is_first=end == start):
            end += 1
        run = blocks[start:end]
        if len(run) > 1 and not all(block.labels for block in run):
            lines = tuple(block.lines[0] for block in run)
            marked = tuple(block.prose for block in run) if any(block.marked for block in run) else ()
            return [*blocks[:start], Block(lines, run[0].gap, marked), *blocks[end:]]
        start = max(end, start + 1)
    return list(blocks)


def _split_at_title(block: Block) -> tuple[Block, ...]:
    """Return *block*, split before the title's label if unlabelled lines are above that label."""
    at = next((i for i, line in enumerate(block.lines[:4]) if (label := read_label(line)) and label.kind == "title"), 0)
    if at == 0 or is_labelled(block.lines[0]) or block.is_heading:
        return (block,)
    return Block(block.lines[:at], block.gap, block.marked[:at]), block.after(at)


def _is_of_head(block: Block, *, is_first: bool) -> bool:
    is_below = is_first or block.gap == 0
    return is_below and block.is_line and not block.is_heading and not block.is_rule and is_labelled(block.lines[0])


def title_by_rules(sections: Sections, blocks: list[Block]) -> list[Block]:
    """Take the title, unless it is known, and the byline from the first lines; return the other blocks."""
    first = _first_text(blocks)
    if first is None:
        return blocks
    if sections.title is not None:
        return _without_byline(sections, blocks, first)
    if (kind := read_kind(blocks[first].lines[0])) is not None and len(blocks[first:]) > 1:
        sections.take(Labelled("metadata", "type", kind))
        return title_by_rules(sections, _without_first_line(blocks, first))
    line, *rest_of_block = blocks[first].lines
    later = blocks[first + 1 :]
    if len(rest_of_block) == 2 and dedicates(rest_of_block[1:], later):
        head = replace(blocks[first], lines=(line, rest_of_block[0]), marked=())
        return title_by_rules(sections, [*blocks[:first], head, Block((rest_of_block[1],), 1), *later])
    if rest_of_block and (
        is_aside(rest_of_block[0]) or dedicates(rest_of_block, later) or _is_above_byline(rest_of_block)
    ):
        # Move the aside between title and byline below the byline, where it is read as a note.
        head, aside = replace(blocks[first], lines=(line, *rest_of_block[1:]), marked=()), Block((rest_of_block[0],), 1)
        return title_by_rules(sections, [*blocks[:first], head, aside, *later])
    following = rest_of_block[0] if rest_of_block else next((b.lines[0] for b in later if not b.is_rule), "")
    if not following:  # a single line is the story
        return blocks
    if (row := read_row(line)) is not None:
        sections.title, sections.author, labelled = row
        head = replace(blocks[first], lines=(*labelled, *rest_of_block), marked=())
        return [*blocks[:first], head, *later]
    if _has_title_label([*rest_of_block, *(later[0].lines if later else ()), *(later[1].lines if later[1:] else ())]):
        return blocks
    below = _kind_below(rest_of_block, later, following)
    if below != "byline" and counts_on(line, later):
        return blocks
    if rest_of_block and bare_title(line) == undecorated(line) and blocks[first].labels is not None:
        return blocks
    if (found := _read_both(blocks[first], later, below)) is not None:
        sections.title, sections.author, below_both = found
        return [*blocks[:first], *below_both]
    if rest_of_block and below in ("note", "text"):
        return blocks
    rest = _without_first_line(blocks, first)
    if not line.isupper() and is_posting([Block((bare_title(line),)), *later], 0):
        return blocks
    behind = labels_behind(line)
    sections.title = read_title(line, below="labels" if behind else below)
    if sections.title is None and below == "text" and reads_as_title(line, later):
        sections.title, sections.first_line = bare_title(line).removeprefix("『").removesuffix("』"), blocks[first]
    if sections.title is None:
        return blocks
    rest = _without_byline(sections, rest, first)
    return [*rest[:first], Block(tuple(behind), 1), *rest[first:]] if behind and sections.first_line is None else rest


def _read_both(block: Block, later: Sequence[Block], below: Below) -> tuple[str, str, Sequence[Block]] | None:
    """Return title, author and the blocks below from first lines such as ``Snow by Wren``, or None."""
    line, *rest_of_block = block.lines
    if rest_of_block and below in ("note", "text"):
        both = read_two_lines(block.lines, later)
        return None if both is None else (*both, later)
    if below == "text" and not later[0].is_rule and later[0].is_line:
        name = later[0].text.strip()
        is_known = later[1:] and read_handle(name) is not None and len(later[1].labels or ()) > 1
        is_name = is_known or (len(name) <= _NAME_CHARS and not name.isascii())
        if is_name and (both := read_two_lines((line, name), later[1:])) is not None:
            return (*both, later[1:])
    if below != "byline" and (both := read_title_and_byline(line)) is not None:
        return (*both, [block.after(1), *later] if rest_of_block else later)
    return None


def _kind_below(rest_of_block: Sequence[str], later: Sequence[Block], following: str) -> Below:
    """Return the kind of text right below a first line."""
    if read_byline(following) is not None or is_subtitle(following):
        return "byline"
    block = Block(tuple(rest_of_block)) if rest_of_block else next(block for block in later if not block.is_rule)
    is_given = is_gift(block, later if rest_of_block else later[1:])
    if read_labels(block.lines, is_below_title=is_given) is not None:
        return "labels"
    if read_unknown_head(block.lines, _beginning(later if rest_of_block else later[1:])) is not None:
        return "labels"
    if _is_first_heading(following, later) or (rest_of_block and read_chapter(following) is not None):
        return "heading"
    if rest_of_block:
        return "text"
    is_note = is_telling(block) or _is_aside(block, later[1:]) or is_posting(later, later.index(block))
    return "note" if is_note else "text"


def _has_title_label(lines: Sequence[str]) -> bool:
    """Return whether one of the consecutive labels at the beginning of *lines* is the title's."""
    labels = takewhile(bool, (read_label(line) for line in lines[1 if lines and read_label(lines[0]) is None else 0 :]))
    return any(label is not None and label.kind == "title" for label in labels)


def _is_note(blocks: Sequence[Block], i: int) -> bool:
    block = blocks[i]
    return not block.is_rule and (is_telling(block) or is_asking(block) or is_posting(blocks, i, is_beside_notes=True))


_ISSUE = re.compile(
    r"(?i)\b(?:issue|no|nr|núm|n[º°]|ausgabe|numéro|número|numero|edición|edição|выпуск|numer|edisi)\b\.? ?\d|№ ?\d|#\d"
    r"|newsletter|rundbrief|infolettre|boletín|boletim|рассылка|biuletyn|第 ?\d+ ?[号期]"
)


_FOR = re.compile(r"(?i)(?:for|para|pour|für|per|dla|для|untuk) [^\W\d_][^.!?:;]{0,60}")


def dedicates(lines: Sequence[str], later: Sequence[Block]) -> bool:
    """Return whether *lines* are a single line such as ``for Nan``, and no verse follows."""
    return len(lines) == 1 and _FOR.fullmatch(lines[0].strip()) is not None and bool(later) and later[0].is_line


def _is_above_byline(lines: Sequence[str]) -> bool:
    """Return whether *lines* are the kind of the story and a byline."""
    return len(lines) == 2 and is_subtitle(lines[0]) and read_byline(lines[1]) is not None


def _is_aside(block: Block, later: Sequence[Block]) -> bool:
    """Return whether *block* is a dedication, a subtitle or an aside in brackets.

    If brackets enclose blocks below, too, they are stage directions.
    """
    if not block.is_line or not later:
        return False
    if is_dedicated(block.text) or is_subtitle(block.text):
        return True
    return is_aside(block.text) and not any(is_closed(other.text) for other in later[:_LOOKED_AHEAD])


def _is_first_heading(line: str, later: Sequence[Block]) -> bool:
    """Return whether *line* heads the first chapter: ``Chapter 1``, a prologue, 1 if 2 follows, or the only number."""
    heading = read_chapter(line)
    if heading is None and counts_on(line, later):
        heading = read_numeral(line)
    is_first = heading is not None and heading.number in (None, 1)
    return is_first or (heading is not None and not any(_is_numbered(block.lines[0]) for block in later[1:]))


def _is_numbered(line: str) -> bool:
    heading = read_chapter(line)
    return heading is not None and heading.number is not None


_DATE = re.compile(
    r"(?i)(?=.*\d)(?:\w+,? )?(?:\d{1,4}(?:st|nd|rd|th)?[ ./-])?(?:[^\W\d]+\.?|\d{1,2})[ ./-]{0,2}"
    r"\d{0,4}(?:st|nd|rd|th)?,?(?: ?\d{2,4})?\.?"
)
_SALUTATION = re.compile(
    r"(?i)(?:my |mein[e]? )?(?:dear(?:est)?|hello|hi|cher|chère|querid[oa]|liebe[r]?|caro|cara|дорог)\b|.{1,40},$"
)


def is_from_to(block: Block) -> bool:
    """Return whether a line of *block* names a sender or a recipient."""
    return any(map(_FROM_OR_TO.match, block.lines))


_FROM_OR_TO = re.compile(r"(?i)(?:to|from|für|von|para|de|pour|per|da|для|от|dla|od)\s?[:：]\s*\S")


def is_gift(block: Block, later: Sequence[Block]) -> bool:
    """Return whether ``To`` and ``From`` name the recipient and the giver of a story, and not those of a letter."""
    is_beside = block.gap == 0 or bool(later and later[0].gap == 0 and has_label(later[0].lines[0]))
    if len(block.lines) == 1 and not is_beside:
        return False
    below = next((block.lines[0].strip() for block in later if not block.is_rule), "")
    if len(below) <= 60 and (_DATE.fullmatch(below) or _SALUTATION.match(below)):
        return False
    return not any(re.match(r"(?i)\W*(?:date|sent|subject|re)\b", line) for line in block.lines)


def _first_text(blocks: Sequence[Block], start: int = 0) -> int | None:
    """Return the index of the first block that is no rule; None if that block is a heading, or if there is none."""
    first = next((i for i in range(start, len(blocks)) if not blocks[i].is_rule), None)
    return None if first is None or blocks[first].is_heading else first


def _without_first_line(blocks: Sequence[Block], i: int) -> list[Block]:
    below = [blocks[i].after(1)] if len(blocks[i].lines) > 1 else []
    return [*blocks[:i], *below, *blocks[i + 1 :]]


def _without_byline(sections: Sections, blocks: list[Block], start: int) -> list[Block]:
    """Take the byline right below the title, from the blocks from *start* on; return the other blocks."""
    first = _first_text(blocks, start)
    if first is None:
        return blocks
    author = read_byline(blocks[first].lines[0])
    if author is not None:
        sections.author = sections.author or author
        return _without_first_line(blocks, first)
    if (found := _byline_below(blocks, start)) is not None:
        author, taken = found
        sections.author = sections.author or author
        return [block for i, block in enumerate(blocks) if i not in taken]
    return blocks


def _byline_below(blocks: Sequence[Block], start: int) -> tuple[str, range] | None:
    """Return the author on a title page and the indices of the byline's blocks, or None."""
    for i in range(start, min(start + 3, len(blocks))):
        block = blocks[i]
        if block.is_heading or not block.is_line or len(block.text) > TITLE_CHARS:
            return None
        if (author := read_byline(block.text)) is not None:
            is_name = author[0].isupper() or (i > start and is_subtitle(blocks[i - 1].text))
            return (author, range(i, i + 1)) if is_name else None
        if undecorated(block.text).lower() in ("by", "par", "por", "von", "di") and i + 1 < len(blocks):
            name = blocks[i + 1]
            named = name.is_line and len(name.text) <= TITLE_CHARS and looks_titled(name.text, ends="any")
            return (undecorated(name.text).rstrip("."), range(i, i + 2)) if named else None
        if not looks_titled(block.text, ends="any"):
            return None
    return None


def take_opening(sections: Sections, blocks: Sequence[Block], evidence: Evidence = Evidence.PLACE) -> list[Block]:
    """Take labels, and notes backed by *evidence* or stronger, from the beginning of *blocks*; return the rest."""
    begins = next((i for i, block in enumerate(islice(blocks, MOST_NOTES)) if block.begins_story), None)
    if begins is not None:
        return _take_above(sections, blocks, begins)
    end, headed = 0, False
    open_label = ""  # kind of the last label, if its text is the next paragraph
    words = [0, *accumulate(block.words for block in blocks)]
    for i, block in enumerate(islice(blocks, MOST_NOTES)):
        is_near = i <= 1 if end == 0 else i == end <= 2 and block.gap == 0
        is_given = not block.is_note and sections.title is not None and is_near and is_gift(block, blocks[i + 1 :])
        labels = read_labels(block.lines, is_below_title=True) if is_given else block.labels
        if labels is None and end == 0 and is_near and sections.title is not None:
            labels = read_unknown_head(block.lines, _beginning(blocks[i + 1 :]))
        if labels is not None:
            has_text_above = has_prose(blocks[end:i])
            if has_text_above and (evidence > Evidence.PLACE or (labels[0].kind == "note" and end == 0)):
                break  # the paragraphs above are story, and so is this note
            sections.take_unlabelled(blocks[end:i])
            for label in labels:
                sections.take(label)
            open_label = labels[-1].kind if not labels[-1].value else ""
            end = i + 1
        elif open_label and not block.is_rule and i == end:
            sections.take(Labelled("summary" if open_label == "summary" else "note", open_label, block.text))
            open_label, end, headed = "", i + 1, True
        elif 0 < end == i and _take_author(sections, block):
            end = i + 1
        elif _belongs_before(blocks, end, i, words, evidence) or (
            sections.title is not None
            and i == end
            and evidence < Evidence.LABEL
            and _is_aside(block, blocks[i + 1 : i + 1 + _LOOKED_AHEAD])
        ):
            sections.take_unlabelled(blocks[end : i + 1])
            end = i + 1
        elif is_prose(block) or (i - end >= 2 and (i - end > _GREETING_LINES or not all(map(_greets, blocks[end:i])))):
            break
        elif end > 0 and not block.is_rule and any(before.is_rule for before in blocks[end:i]):
            break  # a rule separates this block from the notes
    if evidence == Evidence.PLACE:
        end = _extend_to_rule(blocks, end, sections, headed=headed)
    return list(blocks[end:])


def _take_above(sections: Sections, blocks: Sequence[Block], first: int) -> list[Block]:
    """Take everything above the *first* block of the story as labels and notes; return the story."""
    open_label: Labelled | None = None  # the last label, if its text is the next paragraph
    for i, block in enumerate(blocks[:first]):
        if block.is_rule:
            continue
        labels = block.labels
        if not block.is_note and is_from_to(block) and is_gift(block, blocks[i + 1 :]):
            labels = read_labels(block.lines, is_below_title=True)
        if labels is None:
            is_named = open_label is not None and (
                open_label.kind == "summary" or (open_label.kind != "note" and block.is_line)
            )
            sections.take(
                replace(open_label, value=block.text)
                if open_label is not None and is_named
                else Labelled("note", "note", block.text)
            )
            open_label = None
            continue
        open_label = None if labels[-1].value else labels[-1]
        for label in labels[:-1] if open_label is not None else labels:
            sections.take(label)
    return list(blocks[first:])


def _take_author(sections: Sections, block: Block) -> bool:
    """Take author and labels from *block*, below other labels, if it begins with a byline; return whether it does."""
    author = read_author_line(block.lines[0]) if sections.title is not None and sections.author is None else None
    labels = read_labels(block.lines[1:]) if len(block.lines) > 1 else []
    if author is None or labels is None:
        return False
    sections.author = author
    for label in labels:
        sections.take(label)
    return True


def _beginning(blocks: Sequence[Block]) -> str:
    """Return the text of the first blocks, which introduce a story's characters."""
    return "\n".join(block.text for block in blocks[:_LOOKED_AHEAD])


def _belongs_before(blocks: Sequence[Block], end: int, i: int, words: Sequence[int], evidence: Evidence) -> bool:
    """Return whether block *i* is a note before the story.

    The notes found so far end above block *end*; *words* has the number of words before each block.
    """
    block = blocks[i]
    if is_message(block) or evidence == Evidence.LABEL or (evidence == Evidence.WORDS and has_prose(blocks[end:i])):
        return False
    if i > end and all(map(_greets, blocks[end:i])):
        is_set_off = any(below.is_rule for below in blocks[i : i + NOTE_RUN])
        is_greeted = any(begins_with_greeting(above.text) for above in blocks[end:i])
        return (is_set_off and _is_note(blocks[i:], 0)) or (is_greeted and (is_telling(block) or is_posting(blocks, i)))
    if is_telling(block):
        return end > 0 or not has_prose(blocks[:i]) or words[-1] - words[i + 1] > 2 * words[i + 1]
    if end > 0 and i == end and is_asking(block) and not letter_follows(blocks[i + 1 : i + 5]):
        return True
    return _is_remark_before(blocks, end, i)


_GREETING_LINES = 3  # maximum lines of a greeting
_GREETING_WORDS = 6  # maximum words of a line that greets readers or names the issue of a newsletter


def _greets(block: Block) -> bool:
    """Return whether *block* is a short line above an author's note: ``Hello you,``, ``Letter no. 14``."""
    few = block.is_line and not block.is_rule and block.words <= _GREETING_WORDS and not is_speech(block)
    if not few or (is_salutation(block.text) and not addresses_readers(block.text)):
        return False  # the salutation of a letter
    ends = block.text.rstrip()[-1:] in (",", "!", "，", "！", "،")
    return ends or _ISSUE.search(block.text) is not None or begins_with_greeting(block.text)


def _is_remark_before(blocks: Sequence[Block], end: int, i: int) -> bool:
    """Return whether block *i* is an author's remark about the post, near the start and with no prose above it."""
    if i >= 2 * AT_AN_END or sum(not block.is_rule for block in blocks[:i]) >= AT_AN_END or has_prose(blocks[end:i]):
        return False
    below = blocks[i + 1] if i + 1 < len(blocks) else None
    return below is not None and is_posting(blocks, i, is_beside_notes=end > 0 or below.is_rule)


def _extend_to_rule(blocks: Sequence[Block], end: int, sections: Sections, *, headed: bool) -> int:
    """Take the text between the notes, which end at *end*, and a rule as notes, too; return their new end.

    A repeated rule may separate scenes, so that the text above it is the first scene, unless the notes are *headed* by
    a label on a line of its own.
    """
    if end == 0:
        return 0
    rule = next((i for i in range(end, min(end + NOTE_RUN, len(blocks))) if blocks[i].is_rule), None)
    if rule is None:
        return end
    between = blocks[end:rule]
    again = any(block.is_rule and block.text.strip() == blocks[rule].text.strip() for block in blocks[rule + 1 :])
    words = sum(block.words for block in between)
    if between and ((again and not headed) or words > NOTE_RUN_WORDS or any(is_speech(block) for block in between)):
        return end
    if not _has_prose_of(words, blocks[rule + 1 :]):
        return end  # the story is above the rule, and notes are below it
    sections.take_unlabelled(between)
    return rule + 1


def _has_prose_of(words: int, blocks: Sequence[Block]) -> bool:
    """Return whether *blocks* have at least so many *words* of prose; counting all of them takes too long."""
    for block in blocks:
        if words <= 0:
            break
        if not block.is_rule and block.labels is None and not is_telling(block):
            words -= block.words
    return words <= 0


_TITLE_PAGE_WORDS = 24  # maximum words of a paragraph on a title page
_OPENING_WORDS = 300  # minimum words before the first heading that make a chapter without a heading


def take_title_page(sections: Sections, blocks: Sequence[Block], *, has_parts: bool) -> list[Block]:
    """Take the title page of a book; return the rest. Drop lines that only repeat title and author."""
    known = {_normalised(text) for text in (sections.title, sections.author) if text}
    if has_parts:
        start = next((i for i, block in enumerate(blocks) if is_paragraph(block)), len(blocks))
    else:
        start = next((i for i, block in enumerate(blocks) if not _is_on_title_page(block, known)), 0)
    prose = sum(block.words for block in blocks[start:] if is_paragraph(block))
    if has_parts and prose < _OPENING_WORDS:
        start = len(blocks)
    for block in blocks[:start]:
        if block.is_rule or _normalised(block.text) in known:
            continue
        lines = [line for line in block.lines if _normalised(line) not in known and _normalised(line) != "by"]
        if sections.author is None and (author := read_byline(" ".join(line.strip() for line in block.lines))):
            sections.author = author
        elif lines and not set(_normalised(" ".join(lines)).split()) <= set(" ".join(known).split()):
            sections.notes_before.append("\n".join(lines))
    return list(blocks[start:])


def _normalised(text: str) -> str:
    """Return *text* normalised, to find repetitions on a title page."""
    words = re.findall(r"[^\W_]+", text[:400].casefold())
    return " ".join(words[1:] if words[:1] == ["by"] and words[1:] else words)


def _is_on_title_page(block: Block, known: set[str]) -> bool:
    """Return whether every line of *block* belongs on a title page."""
    return block.is_rule or all(
        _normalised(line) in known
        or _normalised(line) == "by"
        or read_byline(line) is not None
        or (looks_titled(line) and not is_speech(block))
        or _IMPRINT.search(line[:200]) is not None
        for line in block.lines
    )


_IMPRINT = re.compile(
    r"(?i)copyright|all rights reserved|(?:translated|illustrated|edited) by|^\W*(?:1[5-9]|20)\d\d\W*$"
)


def is_paragraph(block: Block) -> bool:
    """Return whether *block* is a paragraph of text, and not a line of a title page."""
    return not block.is_rule and block.is_line and (block.words > _TITLE_PAGE_WORDS or is_speech(block))


def take_chapter_notes(part: Part, evidence: Evidence = Evidence.PLACE) -> None:
    """Take the notes between a chapter's heading and its prose that are backed by *evidence* or stronger."""
    found = Sections()
    part.blocks = take_opening(found, part.blocks, evidence)
    part.unlabelled_words += found.unlabelled_words
    labelled = [f"{label.capitalize()}: {value}" for label, value in found.metadata.items()]
    labelled += [f"Title: {found.title}"] if found.title else []
    labelled += [f"Author: {found.author}"] if found.author else []
    part.notes_before = [*labelled, *filter(None, found.summary), *found.notes_before]
