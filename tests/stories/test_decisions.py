"""Why a file was read as it was: whatever the file, each decision names a line that holds what was taken."""

from hypothesis import given
from hypothesis import strategies as st

from bot.stories import Refused
from bot.stories.decisions import Examined, examine
from bot.stories.source_lines import letters_of

PIECES = [
    "Title: Low Water",
    "LOW WATER",
    "# Low Water",
    "by Ilse Reed",
    "Low Water by Ilse Reed",
    "Rating: T\nFandom: Rivers\nstatus: complete",
    "Chapters: 1/?",
    "Summary: A fox wants to cross.",
    "A/N: My first!",
    "Please review, this is my first fic!",
    "I'd love to hear what you think of it",
    "----",
    "***",
    "Chapter 1: Out",
    "Chapter 2: Home",
    "## Home",
    "1.",
    "II",
    "The fox came down to the water at dusk,\nwhen the herons had gone, and drank.",
    '"Who is there?" asked the heron, and nobody said a word for the rest of that night.',
    "Roses are red\nfoxes are too",
    "The End",
    "<h2>Home</h2>",
    "狐が水辺に降りてきた。",
    "…",
]


def decided(text: str, name: str) -> Examined | None:
    """Return a text with the reasons for it; None where it is refused."""
    try:
        return examine(text.encode(), name)
    except Refused:
        return None


@given(
    st.lists(st.sampled_from(PIECES), max_size=14),
    st.sampled_from(["", "---\ntitle: Tides\nnotes_after: Bye!\nmood: wet\n---\n", "% Tides\n% Ilse\n\n"]),
    st.sampled_from(["tide.txt", "0042.txt", "tide.md", "tide.html"]),
)
def test_each_line_that_is_named_is_there_and_holds_what_was_taken(pieces: list[str], front: str, name: str) -> None:
    text = front + "\n\n".join(pieces) + "\n"
    lines = text.split("\n")
    found = decided(text, name)
    decisions = found.decisions if found is not None else ()
    for line in found.lines if found is not None else ():
        assert line.number is None or letters_of(line.text)[:8] in letters_of("".join(lines[line.number - 1 :]))[:99]
    for decision in decisions:
        assert decision.line is None or 1 <= decision.line <= len(lines)
    fields = [decision.field for decision in decisions]
    for field in ("title", "author", "summary", "id", "rating", "language", "status", "length", "quotes"):
        assert not decisions or fields.count(field) == 1
    for decision in decisions:
        if decision.field == "title" and decision.line is not None and decision.rule != "opening words":
            assert letters_of(decision.value) in letters_of(lines[decision.line - 1])
        if decision.field in ("note before", "note after") and decision.line is not None:
            begins = letters_of(decision.value)[:8]
            assert begins in letters_of("".join(lines[decision.line - 1 : decision.line + 2]))


@given(st.text(max_size=300), st.sampled_from(["tide.txt", "tide.md", "tide.html"]))
def test_no_text_is_too_odd_to_be_told_of(text: str, name: str) -> None:
    decided("".join(c for c in text if not "\ud800" <= c <= "\udfff"), name)
