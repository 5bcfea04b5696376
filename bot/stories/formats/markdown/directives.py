"""Lines of a Markdown file that are for the tool that makes a book or a site of it."""

from __future__ import annotations

import re

_DIRECTIVE_CHARS = 500  # a longer line is a paragraph
_LEANPUB = r"(?:class|id|sample|book|type|lang|width|height|style|format|align|float) *[:=][^\n}]*"
_MATTER = r"(?:front|main|back)matter"
_DIRECTIVE = re.compile(
    rf"\{{(?::[^\n}}]*|[#.][\w-][^\n}}]*|{_LEANPUB}|pagebreak|{_MATTER})\}}|"  # kramdown, Leanpub
    r"\{%[^\n]*%\}|\{\{[<%#][^\n]*\}\}|"  # Jekyll; Hugo, mdBook
    rf"\\(?:newpage|pagebreak|clearpage|tableofcontents|{_MATTER})|:{{3,}}[^\n]*|"  # pandoc
    r"\[toc\]",
    re.I,
)
_ATTRIBUTES = re.compile(r"(#{1,6} [^\n{]*?)[ \t]*\{[#.:][^\n{}]*\}")
_LINK = r"\[{1,2}[^\[\]\n]{0,200}\]{1,2}\([^()\n]{0,500}\)"
_LINKS = re.compile(rf"[^\w\n\[]*(?:{_LINK}[^\w\n\[]*)+")
_WAY = re.compile(
    r"\W*(?:previous|prev|next|home|back|up|index|(?:table of )?contents|toc|first|last)\b(?: chapter)?\W*", re.I
)
_ENTRY = rf"[ \t]*(?:[-*+]|\d+[.)]) {_LINK}[ \t]*\n"
_CONTENTS = re.compile(rf"^#{{1,6}} (?:table of )?contents[ \t]*\n(?:[ \t]*\n)*(?:{_ENTRY})+", re.I | re.M)


def without_directives(text: str) -> str:
    """Return *text* without directives to a tool, ways to other pages and a list of contents."""
    return "\n".join(_told(line) for line in _CONTENTS.sub("", text).split("\n"))


def _told(line: str) -> str:
    """Return what a line says to readers."""
    bare = line.strip()
    if not bare or bare[0] not in "{\\:[#<|-*←→«»" or len(bare) > _DIRECTIVE_CHARS:
        return line
    if _DIRECTIVE.fullmatch(bare):
        return ""
    if (heading := _ATTRIBUTES.fullmatch(bare)) is not None:
        return heading[1]
    if _LINKS.fullmatch(bare) and all(map(_WAY.fullmatch, re.findall(r"\[([^\[\]\n]*)\]{1,2}\(", bare))):
        return ""
    return line
