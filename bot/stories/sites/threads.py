"""Threads and channels: keep what the author of the story wrote there, and leave out what others said.

Above each post is who posted it, and when. A site has that on one line or on several, so it is searched across lines.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import accumulate, chain, pairwise

from bot.stories.sections.blocks import Block
from bot.stories.sections.headings import read_chapter
from bot.stories.sections.labels import read_label
from bot.stories.sections.names import read_names
from bot.stories.sites.page import Item, Line, note
from bot.stories.sites.roles import SITES

_SEARCHED = 100  # first lines that are searched for the head of a post
_HEAD_LINES = 16  # first lines of a post that are searched for labels and for its title
_LEAST_WORDS = 60  # minimum words of the post with the story
_REMARK_WORDS = 40  # maximum words of a remark about a story, and of the text above the first message
_NAME_CHARS = 30


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of thread, as ``threads.toml`` explains it."""

    sign: re.Pattern[str]
    heads: tuple[re.Pattern[str], ...]
    share: int = 0
    least: int = _LEAST_WORDS
    is_named_above: bool = False


_TABLE = tomllib.loads(files("bot.stories.sites").joinpath("threads.toml").read_text("utf-8"))
_WORDS = {kind: f"(?:{'|'.join(words)})" for kind, words in _TABLE["words"].items()}
_WORDS["discord"] = f"(?:{'|'.join(SITES['discord']['author'])})"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"%([a-z]+)%", lambda word: _WORDS[word[1]], pattern), re.M | re.I)


_KINDS = tuple(
    _Kind(**table | {"sign": _compiled(table["sign"]), "heads": tuple(map(_compiled, table["heads"]))})
    for table in _TABLE["kind"]
)
_REDDIT = _KINDS[0]
_ANSWER = re.compile(rf"{_WORDS['answer']}\s?:\s*", re.I)
_PART = re.compile(r"\s*[(\[]?\d+\s*(?:/|of)\s*[\d?]+[)\]]?$")
_PROMPT = re.compile(r"\[\w{2,14}(?: \w+)?\] ?\S.*")
_ASKED = re.compile(r"\[WP\]", re.I)
_MODERATOR_BOT = "automoderator"
_COUNTED = re.compile(rf"{_WORDS['counted']}\s?:.*", re.I)
_RULE = re.compile(r"_{8,}")
_TOP = re.compile(_WORDS["top"], re.I)
_BUTTONS = re.compile(
    r"[\s\d.,k]*|(?:(?:up|down)?votes?|reply|share|award|report|save|follow|give award|\d[\d.,]*k?(?: points?)?|op"
    r"|mod|[•·]|permalink(?: \w+)*|continue this thread|\d+ more repl(?:y|ies)|view (?:all|entire).{0,30}"
    r"|\((?:reply|thread|parent|link)[^()]*\)|(?:all )?\d+ comments|sorted by:.*)+",
    re.I,
)
_TIME_BESIDE = re.compile(r"\[\d{1,2}:\d\d(?: ?[AP]M)?\]")
"""The time of a later message by the same author."""


@dataclass(frozen=True, slots=True)
class _Post:
    author: str
    subject: str
    items: list[Line]

    @property
    def words(self) -> int:
        return sum(line.words for line in self.items)

    @property
    def key(self) -> str:
        """Name of who posted it, or the subject of an anonymous post."""
        is_named = self.author and not self.author.startswith("(")
        return (self.author if is_named else _PART.sub("", self.subject)).lower()


def without_others(lines: Sequence[Line]) -> list[Item]:
    """Return *lines* without what others than the author of the story said in a thread; labels say title and author.

    The list is empty if they are from no thread, or if several people wrote the story.
    """
    first = _text(lines[:_SEARCHED])
    found = (_read(kind, lines) for kind in _KINDS if kind.sign.search(first))
    return next((items for items in found if items), list[Item]())


def _read(kind: _Kind, lines: Sequence[Line]) -> list[Item]:
    """Return the items of the story in a thread of one *kind*; an empty list if there is no such thread or story."""
    text = _text(lines)
    heads = sorted((match for head in kind.heads for match in head.finditer(text)), key=lambda head: head.start())
    if not heads:
        return []
    starts = _starts(lines)
    first, *others = (bisect_left(starts, head.start()) for head in heads)
    if not kind.share and (len(heads) < 2 or sum(line.words for line in lines[:first]) > _REMARK_WORDS):
        return []
    posts: list[_Post] = []
    for head, start, end in zip(heads, [first, *others], [*others, len(lines)], strict=True):
        groups = head.groupdict()
        below = bisect_left(starts, head.end())
        own = [line for line in lines[below:end] if not _TIME_BESIDE.fullmatch(line.text)]
        beside = head.end() - starts[below - 1]
        if 0 < beside < len(lines[below - 1].text):  # the message is beside its head
            own.insert(0, _cut(lines[below - 1], beside))
        author = _name_above(lines[:start]) if kind.is_named_above else groups.get("author") or ""
        subject = groups.get("subject") or ""
        posts.append(_Post(author.strip(), subject.strip(), _trimmed(own, author.strip())))
    return _story_of(kind, [post for post in posts if post.author.lower() != _MODERATOR_BOT], lines)


def _text(lines: Sequence[Line]) -> str:
    """Return *lines* as text, with a blank line above each that is apart."""
    return "".join(f"\n\n{line.text}" if line.is_apart else f"\n{line.text}" for line in lines).lstrip("\n")


def _starts(lines: Sequence[Line]) -> list[int]:
    """Return the index at which each of *lines* starts in the text of all, and the length of the text."""
    between = (len(above.text) + 1 + line.is_apart for above, line in pairwise(lines))
    return [*accumulate(between, initial=0), len(_text(lines))]


def _cut(line: Line, start: int) -> Line:
    """Return *line* without its first *start* characters."""
    marked = (line.block.marked or line.block.lines)[line.at].lstrip()
    rest = marked[start:] if marked.startswith(line.text[:start]) else line.text[start:]
    block = Block.of([rest.strip()])
    return Line(block.text, block)


def _story_of(kind: _Kind, posts: Sequence[_Post], lines: Sequence[Line]) -> list[Item]:
    """Return the items of the author of the longest of *posts*; an empty list if it is not clearly the story."""
    story = max(posts, key=lambda post: post.words, default=None)
    if story is None or story.words < kind.least:
        return []
    if kind.share and story.words < sum(line.words for line in lines) // kind.share:
        return []
    if not kind.share and any(post.words > _REMARK_WORDS for post in posts if post.key != story.key):
        return []
    own = [post for post in posts if post.key == story.key]
    at = own.index(story)
    subject = _subject_of(story, posts)
    is_titled = any((label := read_label(line.text)) and label.kind == "title" for line in story.items[:_HEAD_LINES])
    head: list[Item] = []
    if subject and not is_titled:
        title = read_names(subject, "signed title").title or subject
        head.append(f"Title: {title}")
        story = replace(story, items=_without_title(title, story.items))
    head += [f"Author: {story.author}"] if story.author and not story.author.startswith("(") else []
    prompt = next((line for line in lines[:_SEARCHED] if _PROMPT.fullmatch(line.text)), None)
    if prompt is not None and kind is _REDDIT and prompt not in story.items and prompt.text != story.subject:
        head.insert(0, prompt)
    before, after = own[:at], own[at + 1 :]
    if not kind.share:
        return [*head, *chain.from_iterable(post.items for post in (*before, story, *after))]
    later = [line for post in after for line in _noted(post.items)]
    return [*head, *chain.from_iterable(post.items for post in before), *_signed(story.items), *later]


def _noted(lines: Sequence[Line]) -> list[Item]:
    """Return *lines* as a note of the author."""
    return [note("\n".join(line.text for line in lines))] if lines else []


def _signed(lines: list[Line]) -> list[Item]:
    """Return *lines* with what is below a long line near the end, a signature, as a note."""
    rules = (at for at, line in enumerate(lines) if 2 * at > len(lines) and _RULE.fullmatch(line.text))
    at = next(rules, len(lines))
    return [*lines[:at], *_noted(lines[at + 1 :])]


def _subject_of(story: _Post, posts: Sequence[_Post]) -> str:
    """Return the subject of the post with the story: its own, or that of the thread; empty if it is unknown.

    The subject of an answer (``Re: …``) counts only if the author began the thread or the page begins with a chapter.
    """
    if _ASKED.match(story.subject):
        return ""
    if story.subject and not _ANSWER.match(story.subject):
        return _PART.sub("", story.subject)
    if story is posts[0] and any(read_chapter(line.text) for line in story.items[:_HEAD_LINES]):
        return _ANSWER.sub("", story.subject, count=1)
    began = posts[0].author == story.author and not _ANSWER.match(posts[0].subject)
    return posts[0].subject if began else ""


def _without_title(title: str, lines: list[Line]) -> list[Line]:
    """Return *lines* without one near the top that repeats the *title*."""
    again = (
        at for at, line in enumerate(lines[:_HEAD_LINES]) if line.text.strip(' *_"“”').casefold() == title.casefold()
    )
    at = next(again, None)
    return lines if at is None else [*lines[:at], *lines[at + 1 :]]


def _name_above(lines: Sequence[Line]) -> str:
    """Return the poster's name at the end of *lines*: the first of the last short lines, above a rank and counts."""
    at = len(lines)
    while at and _COUNTED.fullmatch(lines[at - 1].text):
        at -= 1
    named: list[str] = []
    while at and len(named) < 2 and not re.search(r"\s{2,}|\t|::|»", lines[at - 1].text):
        at -= 1
        named.append(lines[at].text)
        if lines[at].is_apart:
            break
    return named[-1] if named and len(named[-1]) <= _NAME_CHARS else ""


def _trimmed(lines: list[Line], author: str) -> list[Line]:
    """Return the *lines* of a post without buttons, and without its poster's name, rank and counts around it."""
    top = next((at for at, line in enumerate(lines) if _TOP.fullmatch(line.text)), len(lines))
    lines = lines[:top]
    for at in range(len(lines) - 1, max(-1, len(lines) - 9), -1):
        if lines[at].text == author and any(_COUNTED.fullmatch(line.text) for line in lines[at + 1 :]):
            lines = lines[:at]
            break
    start, end = 0, len(lines)
    while end and _BUTTONS.fullmatch(lines[end - 1].text):
        end -= 1
    while start < end and any(pattern.fullmatch(lines[start].text) for pattern in (_BUTTONS, _COUNTED)):
        start += 1
    return [replace(line, is_apart=True) if at == start else line for at, line in enumerate(lines[:end]) if at >= start]
