"""Threads copied from Reddit: keep the comment with the story, its author and the prompt."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SEARCHED = 1500  # characters searched for the community name and the prompt
_AGO = (
    r"[·•]?[ \t]*\d+ ?(?:yrs?|mo|min|hr|years?|months?|weeks?|days?|hours?|minutes?|[smhdwy])\.? ago"
    r"(?:[ \t]*[·•].{0,30})?"
)
_HEAD = re.compile(
    r"^[ \t]*(?:level \d+[ \t]*\n\s*)?(?:u/)?(?P<name>[\w-]{3,24})[ \t]*\n"
    rf"(?:\s*(?:OP|MOD|Mod|Original Poster|\[\w+\]|Top \d+% \w+)[ \t]*\n)*(?:\s*[•·][ \t]*\n)?\s*{_AGO}[ \t]*$",
    re.M,
)
_SHORT_HEAD = re.compile(
    r"^[ \t]*u/(?P<name>[\w-]{3,24})[ \t]*\n\s*(?:[•·]\s*)?\d{1,3} ?(?:mo|min|hr|yr|[hdmwy])\.?[ \t]*$", re.M
)
_OLD_HEAD = re.compile(
    r"^[ \t]*(?:(?P<tag>\[\w{2,12}\]) )?(?P<title>\S[^\n]{0,300}?) ?\((?:self\.\w+|[\w.-]+\.\w{2,4})\)\n\s*"
    r"submitted [^\n]{3,40}? by (?P<name>[\w-]{3,24})[^\n]*\n",
    re.M,
)
_POST_HEAD = re.compile(
    rf"^[ \t]*r/\w+[ \t]*\n\s*(?:[•·][ \t]*\n\s*)?{_AGO}[ \t]*\n\s*(?P<name>[\w-]{{3,24}})[ \t]*\n\s*"
    r"(?:\[(?P<tag>\w{2,12})\][ \t]*)?(?P<title>\S[^\n]{0,300})\n"
    r"(?:\s*\n[ \t]*(?P<flair>[A-Z][^\n.!?,\"“]{2,30})\n(?=\s*\n))?",
    re.M,
)
"""The header of a single post: ``r/stories``, its age, author, title and flair."""
_OLD_COMMENT = re.compile(r"^[ \t]*(?:\[[–+-]\][\w-]+|(?:all )?\d+ comments\b|sorted by:)[^\n]*$", re.M)
"""A line above a comment on old.reddit.com, such as ``[–]wren[S] 64 points 5 years ago``."""
_OLD_COMMENT_HEAD = re.compile(r"^[ \t]*\[[–+-]\](?P<name>[\w-]+)[^\n]*$", re.M)
_BESIDE = re.compile(
    rf"^[ \t]*(?:u/)?(?P<name>[\w-]{{3,24}})(?:[ \t]+(?:OP|MOD))?"
    rf"(?:[ \t]*[·•]|(?<=OP|OD)|(?=[ \t]+\d))[ \t]*{_AGO}[ \t]*$",
    re.M,
)
_COMMUNITY = re.compile(r"\A\s*(?:[^\n]{0,40}\n+){0,3}[ \t]*r/\w+", re.I)
_PROMPT = re.compile(r"^[ \t]*(?P<prompt>\[\w{2,14}(?: \w+)?\][ \t]?\S.*)$", re.M)
_BUTTONS = re.compile(
    r"\A[\s\d.,kK]*\Z|(?:up|down)?votes?|reply|share|award|report|save|follow|give award|\d[\d.,]*k?(?: points?)?|op"
    r"|mod|[•·]|permalink(?: \w+)*|continue this thread|\d+ more repl(?:y|ies)|view (?:all|entire).{0,30}",
    re.I,
)
_PROMPTED = re.compile(r"\[(?:WP|EU|SP|TT|RF|CW|IP|MP)\]", re.I)
_MODERATOR_BOT = "automoderator"
_LEAST_WORDS = 60  # minimum words of a comment with the story


@dataclass(frozen=True, slots=True)
class _Comment:
    name: str
    text: str

    @property
    def words(self) -> int:
        return len(self.text.split())


def without_reddit_thread(text: str) -> str:
    """Return the story in *text* with its prompt and its author, without other comments; other texts stay unchanged."""
    old = _OLD_HEAD.search(text[:_SEARCHED])
    if old is not None and not _PROMPTED.fullmatch(old["tag"] or ""):
        return _single_post(old, _OLD_COMMENT, text)
    post = _POST_HEAD.search(text[:_SEARCHED])
    if post is not None and post["tag"] and not _is_prompt(post["tag"], text):
        return _single_post(post, _HEAD, text)
    if old is None and _COMMUNITY.match(text[:_SEARCHED]) is None:
        return text
    heads = sorted(
        (
            *_HEAD.finditer(text),
            *_BESIDE.finditer(text),
            *_SHORT_HEAD.finditer(text),
            *_OLD_COMMENT_HEAD.finditer(text),
        ),
        key=lambda head: head.start(),
    )
    if not heads:
        return text
    ends = [*(head.start() for head in heads[1:]), len(text)]
    comments = [
        _Comment(head["name"], _without_buttons(text[head.end() : end]))
        for head, end in zip(heads, ends, strict=True)
        if head["name"].lower() != _MODERATOR_BOT
    ]
    story = max(comments, key=lambda comment: comment.words, default=None)
    if story is None or story.words < max(_LEAST_WORDS, len(text.split()) // 3):
        return text
    prompt = _PROMPT.search(text[: min(heads[0].end() + _SEARCHED, len(text))])
    at = comments.index(story)
    later = [comment.text for comment in comments[at + 1 :] if comment.name == story.name]
    own = [comment.text for comment in comments[:at] if comment.name == story.name and comment.text]
    is_prompted = prompt is not None and prompt["prompt"] not in story.text
    above = [prompt["prompt"].strip()] if prompt is not None and is_prompted else []
    own = [each for each in own if prompt is None or prompt["prompt"] not in each]
    others = [comment for comment in comments if comment is not story and comment.name == story.name]
    if any(comment.words >= _LEAST_WORDS for comment in others):
        return text  # the author's comments are parts of the story
    return "\n\n".join([*above, f"Author: {story.name}", *own, story.text, *(f"A/N: {each}" for each in later if each)])


def _single_post(head: re.Match[str], comment: re.Pattern[str], text: str) -> str:
    """Return the post below its *head*, up to the first match of *comment*, with its title and author as labels.

    If the post is too short for a story, *text* is returned unchanged.
    """
    end = comment.search(text, head.end())
    own = _without_buttons(text[head.end() : end.start() if end is not None else len(text)])
    return f"Title: {head['title']}\nAuthor: {head['name']}\n\n{own}" if len(own.split()) >= _LEAST_WORDS else text


def _is_prompt(tag: str, text: str) -> bool:
    """Return whether a post's *tag* asks others to write a story."""
    return tag.upper() == "WP" or ("prompt" in text[:40].lower() and _PROMPTED.fullmatch(f"[{tag}]") is not None)


def _without_buttons(text: str) -> str:
    """Return a comment without the buttons and counts around it."""
    lines = text.strip("\n").splitlines()
    while lines and (not lines[-1].strip() or _BUTTONS.fullmatch(lines[-1].strip())):
        lines.pop()
    while lines and (not lines[0].strip() or _BUTTONS.fullmatch(lines[0].strip())):
        lines.pop(0)
    return "\n".join(lines)
