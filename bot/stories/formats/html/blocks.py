"""The elements of a page become blocks: what is seen of them, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from justhtml import Node, Text

from bot.stories.formats.html.names import is_unseen
from bot.stories.formats.html.pieces import Piece, as_prose
from bot.stories.formats.html.styles import NO_STYLE, Style, Styles, style_of
from bot.stories.formats.html.tree import children
from bot.stories.formats.html.writer import Writer
from bot.stories.sections.blocks import Block

LeftOut = Callable[[Node], bool]


def read_pieces(
    nodes: Iterable[Node | Text],
    styles: Styles,
    left_out: LeftOut = lambda node: False,
    role: Callable[[Node], str] = lambda node: "",
) -> list[Piece]:
    """What is to be read in *nodes*, in order, leaving out the elements that *left_out* holds of.

    What stands in an element that *role* has a word for is marked with that word.
    """
    writer = Writer(role)
    to_do: list[tuple[Node | Text, bool, Style]] = [(node, False, NO_STYLE) for node in nodes][::-1]
    while to_do:
        node, done, style = to_do.pop()
        if isinstance(node, Text):
            writer.write(node.data or "")
        elif done:
            writer.leave(node, style)
        elif node.name == "#document" or node.name == "#document-fragment":
            to_do.extend((child, False, NO_STYLE) for child in reversed(children(node)))
        elif node.name == "img":
            writer.picture(node)
        elif not node.name.startswith(("#", "!")):
            if left_out(node) or is_unseen(node, styles):
                writer.pass_by(node)
                continue
            style = style_of(node, styles)
            writer.enter(node, style)
            to_do.append((node, True, style))
            to_do.extend((child, False, NO_STYLE) for child in reversed(children(node)))
    return writer.finished()


def blocks_of(nodes: Iterable[Node | Text], styles: Styles, left_out: LeftOut = lambda node: False) -> list[Block]:
    """The blocks of *nodes*, where no heading is a chapter's."""
    return as_prose(read_pieces(nodes, styles, left_out))


def notes_of(node: Node, styles: Styles) -> list[str]:
    """The paragraphs of a note."""
    return [block.text for block in blocks_of([node], styles) if not block.is_rule]
