"""Threads copied from a forum: keep the post with the story, its subject and its author; remove answers.

The words are those of phpBB (phpbb.com) and similar software, in ``forum.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from bot.stories.sections.headings import read_chapter
from bot.stories.sections.labels import read_label
from bot.stories.sections.title_lines import read_title_line

_WORDS: dict[str, str] = {
    kind: "|".join(phrases)
    for kind, phrases in tomllib.loads(
        files("bot.stories.formats.pages").joinpath("forum.toml").read_text("utf-8")
    ).items()
}
_TIMED = r"(?=[^\n]*\d[:.h]\d\d)"
_DATED = rf"(?=[^\n]*\d{{4}}){_TIMED}[^\n]{{10,50}}"
_ARROW, _TIME, _SHOWN = re.compile("»"), re.compile(r"\d[:.h]\d\d"), re.compile("Posted on")
"""A sign that each kind of header has; searching for it first is fast, because most texts have none of these signs."""

_NEW_HEAD = re.compile(
    rf"^(?:[ \t]*(?:(?:{_WORDS['subject']})[ \t]?:[ \t]*)?(?P<subject>\S[^\n]{{0,150}})\n\s*)?"
    rf"[ \t]*(?:(?:{_WORDS['post']})[ \t]*)?(?:{_WORDS['by']})[ \t]+(?P<author>\S[^\n»]{{0,40}}?)[ \t]*»[ \t]*"
    rf"{_DATED}$",
    re.M | re.I,
)
"""``Re: Title`` above ``by NAME » Sun Mar 15, 2009 8:41 pm``."""
_OLD_HEAD = re.compile(
    rf"^[ \t]*(?:(?:{_WORDS['posted']})[ \t]?: {_DATED}?[ \t]+(?:{_WORDS['subject']})[ \t]?:[ \t]*(?P<subject>[^\n]*)"
    rf"|(?:{_WORDS['posted']})[ \t]?: [^\n]{{8,40}}?\d[:.h]\d\d(?: [ap]m)?[ \t]{{2,}}"
    rf"(?!(?:{_WORDS['by']})[ \t])(?P<shown>\S[^\n]*)"
    rf"|(?:{_WORDS['subject']})[ \t]?:[ \t]*(?P<dated>\S[^\n]*?)[ \t]{{2,}}{_TIMED}[^\n]{{10,40}})$",
    re.M | re.I,
)
"""``Posted: DATE  Post subject: Title``, below the poster's name, rank and counts."""
_SHOWN_HEAD = re.compile(
    r"^[ \t]*(?:view post[ \t]+)?Posted on \d[^\n]{8,30}?[ \t]*(?:Quote)?[ \t]*\n[ \t]*(?P<author>\S[^\n]{0,30})$",
    re.M,
)
"""``view post  Posted on 9/8/2010, 22:41   Quote`` above the poster's name."""
_COUNTED = re.compile(rf"[ \t]*(?:{_WORDS['counted']})\s?:[^\n]*", re.I)
_RULE = re.compile(r"^[ \t]*_{8,}[ \t]*$", re.M)
_TOP = re.compile(rf"^[ \t]*(?:{_WORDS['top']})[ \t]*$", re.M | re.I)
_ANSWER = re.compile(rf"(?:{_WORDS['answer']})\s?:\s*", re.I)
_SEARCHED = 4000  # characters searched for the header of the first post
_LEAST_WORDS = 60  # minimum words of the post with the story
_SHARE = 2  # maximum words of the page for each word of the post with the story


@dataclass(frozen=True, slots=True)
class _Post:
    subject: str
    author: str
    text: str

    @property
    def words(self) -> int:
        return len(self.text.split())


def without_other_posts(text: str) -> str:
    """Return the post with the story, with title and author as labelled lines; *text* unchanged without such a post."""
    posts = list(_posts(text))
    story = max(posts, key=lambda post: post.words, default=None)
    if story is None or story.words < max(_LEAST_WORDS, len(text.split()) // _SHARE):
        return text
    own, _, signed = _split_at(_RULE, story.text)
    subject = _subject_of(story, posts)
    lines = [*_titled(subject, own), *([f"Author: {story.author}"] if story.author else [])]
    own = _without_title(read_title_line(subject, is_signed=True).title, own) if subject else own
    return "\n\n".join(["\n".join(lines), own.strip("\n"), *([f"A/N: {signed.strip()}"] if signed.strip() else [])])


def _subject_of(story: _Post, posts: Sequence[_Post]) -> str:
    """Return the subject of the post with the story: its own, or that of the thread; empty if the subject is unknown.

    The subject of an answer (``Re: …``) counts only if the author began the thread or the page begins with a chapter.
    """
    if story.subject and not _ANSWER.match(story.subject):
        return story.subject
    if story is posts[0] and any(map(read_chapter, story.text.splitlines()[:_HEAD_LINES])):
        return _ANSWER.sub("", story.subject, count=1)
    began = posts[0].author == story.author and not _ANSWER.match(posts[0].subject)
    return posts[0].subject if began else ""


def _titled(subject: str, story: str) -> list[str]:
    """Return labelled lines from the *subject*, unless the *story* has a label for its title."""
    head = [label for line in story.splitlines()[:_HEAD_LINES] if (label := read_label(line)) is not None]
    if not subject or any(label.kind == "title" for label in head):
        return []
    read = read_title_line(subject, is_signed=True)
    return [f"Title: {read.title}", *read.labels]


_HEAD_LINES = 16  # first lines of a post that are searched for labels


def _without_title(title: str, story: str) -> str:
    """Return *story* without a line near its top that repeats the *title*."""
    lines = story.splitlines()
    again = (at for at, line in enumerate(lines[:_HEAD_LINES]) if line.strip(' *_"“”').casefold() == title.casefold())
    at = next(again, None)
    return story if at is None else "\n".join([*lines[:at], *lines[at + 1 :]])


def _posts(text: str) -> Iterator[_Post]:
    """Yield the posts of a page, each without its footer."""
    first = text[:_SEARCHED]
    for sign, pattern, above in ((_ARROW, _NEW_HEAD, False), (_TIME, _OLD_HEAD, True), (_SHOWN, _SHOWN_HEAD, False)):
        is_there = sign.search(first) is not None and pattern.search(first) is not None
        heads = list(pattern.finditer(text)) if is_there else []
        for i, head in enumerate(heads):
            end = heads[i + 1].start() if i + 1 < len(heads) else len(text)
            own, foot, _ = _split_at(_TOP, text[head.end() : end])
            groups = head.groupdict()
            subject = (groups.get("subject") or groups.get("dated") or groups.get("shown") or "").strip()
            author = _name_above(text[: head.start()]) if above else groups["author"].strip()
            if not foot and above and i + 1 < len(heads):  # the name of the next poster is below
                own = own.rstrip()
            yield _Post(subject, author, _without_profile(own.strip("\n"), author))
        if heads:
            return


def _split_at(pattern: re.Pattern[str], text: str) -> tuple[str, str, str]:
    match = pattern.search(text)
    return (text, "", "") if match is None else (text[: match.start()], match[0], text[match.end() :])


def _name_above(text: str) -> str:
    """Return the poster's name at the end of *text*: the first of the last short lines, above a rank and counts."""
    lines = [line.strip() for line in text.splitlines()]
    while lines and (not lines[-1] or _COUNTED.fullmatch(lines[-1])):
        lines.pop()
    named: list[str] = []
    while lines and lines[-1] and len(named) < 2 and not re.search(r"\s{2,}|\t|::|»", lines[-1]):
        named.append(lines.pop())
    return named[-1] if named and len(named[-1]) <= _NAME_CHARS else ""


_NAME_CHARS = 30


def _without_profile(text: str, author: str) -> str:
    """Return a post without its poster's name, rank and counts, which are above or below the words of the post."""
    lines = text.splitlines()
    for at in range(len(lines) - 1, max(-1, len(lines) - 9), -1):
        if lines[at].strip() == author and any(map(_COUNTED.fullmatch, lines[at + 1 :])):
            lines = lines[:at]
            break
    while lines and (not lines[0].strip() or _COUNTED.fullmatch(lines[0]) or _is_rank(lines)):
        lines.pop(0)
    return "\n".join(lines).strip("\n")


def _is_rank(lines: list[str]) -> bool:
    """Return whether the first of *lines* is a rank, which has counts right below it."""
    below = next((line for line in lines[1:3] if line.strip()), "")
    return len(lines[0]) <= _NAME_CHARS + 10 and _COUNTED.fullmatch(below) is not None
