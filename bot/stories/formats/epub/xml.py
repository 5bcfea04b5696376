"""The XML files of a book, read safely: no entities, nothing from outside, a limited number of elements."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from bot.stories.formats.html.tree import seen
from bot.stories.model import Refused

MAX_ELEMENTS = 100_000
"""Elements of a package or a table of contents: a book of a thousand chapters has some 5,000."""


def parse_xml(data: bytes, name: str) -> Element:
    """Return the root of a file called *name*, without namespaces. Raises `Refused`."""
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator=" ")
    count = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > MAX_ELEMENTS:
            raise Refused(f"{name} has more than {MAX_ELEMENTS:,} elements")
        builder.start(_local(tag), {_local(key): seen(value) for key, value in attributes.items()})

    def declared(*_: object) -> None:
        raise Refused(f"{name} declares XML entities, which no book needs")

    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda tag: builder.end(_local(tag))
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = declared
    try:
        parser.Parse(data.lstrip(b" \t\r\n"), True)
        return builder.close()
    except (expat.ExpatError, AssertionError, LookupError, UnicodeError) as error:
        raise Refused(f"{name} is damaged: {error}") from error


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def below(root: Element | None, *tags: str) -> Iterator[Element]:
    """Return the elements of these names at any depth, in order."""
    return (element for element in root.iter() if element.tag in tags) if root is not None else iter(())


def text_of(element: Element) -> str:
    """Return all text in an element as one line."""
    return seen(" ".join("".join(element.itertext()).split()))
