"""Pages of Archive of Our Own and FanFiction.net as somebody copied them: the site's lines become labels.

What is read here is only what stands above the story; a text that has no such lines is as it was.
"""

from __future__ import annotations

import re

SEARCHED = 6000
"""Characters in which the head of a copied page ends."""

_WORK_TEXT = re.compile(r"^[ \t]*(?:Work|Chapter) Text:?[ \t]*$", re.M)
_SEE_NOTES = re.compile(
    r"^[ \t]*\(See the end of the (?:work|chapter) for (?:more |other )?notes[^)\n]{0,60}\)[ \t]*$", re.M
)
_STATS = re.compile(r"^Stats:[ \t]*\n(?P<stats>[^\n]+\n)", re.M)
_STAT = re.compile(r"\s*(Published|Updated|Completed|Words|Chapters|Comments|Kudos|Bookmarks|Hits):\s*")
_FIELD = re.compile(
    r"^(?P<label>Rating|Archive Warnings?|Category|Categories|Fandoms?|Relationships?|Characters?|Additional Tags|"
    r"Language|Series|Collections?):[ \t]*\n(?P<value>(?:[ \t]*\S[^\n:]*\n)+)",
    re.M,
)
_TITLE = re.compile(
    r"\n[ \t]*\n[ \t]*(?P<title>\S[^\n:]{0,254})\n(?:[ \t]*\n)?[ \t]*(?P<author>[^\s:]\S{0,60})[ \t]*\n"
    r"(?=(?:[ \t]*\n)?Summary:[ \t]*\n)"
)
_RATED = re.compile(r"^Rated: (?:Fiction )?(?:K\+?|T|M|MA)\b[^\n]*?\b(?:Words|Chapters|Published|id): [^\n]*$", re.M)
_ABOVE = re.compile(
    r"\s*(?P<title>\S[^\n]{0,150}?)[ \t]*(?:\n[ \t]*By:?|[ \t]by:?)[ \t]+(?P<author>\S+)[ \t]*\n\s*"
    r"(?P<summary>\S[^\n]{0,500}\n)?\s*"
)

_DOWNLOAD = re.compile(
    r"(?P<title>[^\n]*)\s+Posted originally on the Archive of Our Own at \S+\n(?P<fields>.*?)\n"
    r"[ \t]*(?P=title)[ \t]*\n\s*by (?P<author>[^\n]+)\n",
    re.S,
)
_OF_DOWNLOAD = re.compile(
    r"^[ \t]*(?:Preface|Afterword|(?:(?:Chapter )?Notes\s+)?See the end of the (?:work|chapter) for notes|"
    r"See the end of the (?:work|chapter) for more notes|"
    r"Please drop by the Archive and comment to let the \w+ know if you enjoyed their work!)[ \t]*$",
    re.M,
)
_NOTES = re.compile(r"^Notes$", re.M)


def labelled(text: str) -> str:
    """*text* with the head of a copied page as labelled lines."""
    head = text[:SEARCHED]
    if (download := _DOWNLOAD.match(_OF_DOWNLOAD.sub("", head).lstrip())) is not None:
        return _downloaded(download, _OF_DOWNLOAD.sub("", text).lstrip())
    if (work := _WORK_TEXT.search(head)) is not None and _FIELD.search(head, 0, work.start()):
        return _archive(head[: work.start()]) + _WORK_TEXT.sub("", _SEE_NOTES.sub("", text[work.start() :]))
    rated = _RATED.search(head)
    above = _ABOVE.fullmatch(head, 0, rated.start()) if rated else None
    if rated is None or above is None:
        return text
    lines = [f"Title: {above['title']}", f"Author: {above['author']}"]
    lines += [f"Summary: {above['summary'].strip()}"] if above["summary"] else []
    return "\n".join([*lines, _fields(rated[0])]) + text[rated.end() :]


def _downloaded(download: re.Match[str], text: str) -> str:
    """A download from the Archive that was converted to text, with the fields of its preface as labels."""
    lines = f"Title: {download['title'].strip()}\nAuthor: {download['author'].strip()}"
    return f"{lines}\n{_archive(download['fields'])}{_NOTES.sub('A/N:', text[download.end() :], count=1)}"


def _archive(head: str) -> str:
    """The head of a work: each field on one line, and the title and the author named as such."""
    head = _STATS.sub(lambda match: _STAT.sub(r"\n\1: ", match["stats"]).lstrip("\n"), head)
    head = _TITLE.sub(lambda match: f"\n\nTitle: {match['title'].strip()}\nAuthor: {match['author']}\n\n", head)
    head = _FIELD.sub(lambda match: f"{match['label']}: {' '.join(match['value'].split())}\n", _SEE_NOTES.sub("", head))
    return f"{head.rstrip()}\n\n"


def _fields(rated: str) -> str:
    """``Rated: Fiction T - English - Chapters: 3`` as a line for each field; what has no name is the kind of story."""
    fields = [field.strip() for field in rated.split(" - ")]
    named = [field if ": " in field else f"Genre: {field}" for field in fields]
    return "\n".join(named).replace("Rated: Fiction ", "Rated: ", 1).replace("\nGenre: ", "\nLanguage: ", 1)
