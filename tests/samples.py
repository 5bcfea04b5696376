"""Small stories for tests, each in a shape that the tests speak of. Written for this project."""

from __future__ import annotations

_TIDE = """\
The tide had been out for {n} hours when Orla found the {n}th bottle, and she had stopped being surprised by any of it.\
 "There is a letter in this one too," she said. "It asks me what colour the door of the lighthouse is."\
 Nobody had answered the door of the lighthouse since her grandfather. She wrote "green" on the back, and pushed the\
 cork in.\
"""


def _tides(*numbers: int) -> str:
    """A paragraph of bottles; two of them fill a page."""
    return " ".join(_TIDE.format(n=n) for n in numbers)


LIGHTHOUSE = (
    "Title: The Lighthouse Post\n\nAuthor: Orla Venn\n\nSummary: Bottles come in with every tide, and every one has a"
    " question.\n\nA/N: My first story here, be kind!\n\n----\n\n"
    + "\n\n".join([_tides(3), *(_tides(first, first + 1) for first in range(4, 12, 2)), _tides(12)])
    + "\n\n-Fin-\n\nLet me know if I should go on!\n"
)
"""Six pages, of which the first and the last have less text, for what stands around it."""

ONE_PAGE = (
    "Title: A Spoon for the King\n\nThe king would eat only with the wooden spoon, and the wooden spoon was gone.\n\n"
    '"Nobody in the world ever looks in the soup," said the cook, because nobody ever had.\n\n'
    "The spoon was in the soup, and so was the crown, and so was a pair of shoes that nobody in the kitchen had missed"
    " or was ever to ask for.\n"
)

_CHAPTER = """\
The road went down to the ferry {word} and nobody on it spoke, for the ferryman charged by the sentence.

"How much for a short one?" asked Tam, and had to pay for that as well.

"{word} is a fine word," said the ferryman. "I will take it as your fare, and you will not have it again."
"""

FERRY = "The Ferry of Words\nby Tam Sell\n\nRating: K+\nStatus: in progress\n\n" + "\n".join(
    f"Chapter {number}: {title}\n\n"
    + (f"A/N: Chapter {number}, enjoy!\n\n" if number == 2 else "")
    + "\n".join(_CHAPTER.format(word=f"{word}{turn}") for turn in range(1, 4))
    for number, (title, word) in enumerate(
        [("The Fare", "slowly"), ("The Crossing", "darkly"), ("Ashore", "home")], start=1
    )
)

FORD = "\nChapter 4: The Ford\n\n" + "The horse knew the way and did not say so until they were over.\n\n" * 3
INN = "\nChapter 5: The Inn\n\n" + "The innkeeper had one room, and it was full of umbrellas.\n\n" * 3
"""What may come after the chapters of the ferry."""

MATURE = "Title: Behind the Velvet Door\n\nRating: M\n\n" + _tides(9) + "\n"

FILES = {"lighthouse.txt": LIGHTHOUSE, "spoon.txt": ONE_PAGE, "ferry.txt": FERRY, "velvet.txt": MATURE}


# -- stories that one test or another adds to the folder ------------------------


def sized(title: str, pages: int) -> str:
    """A story that is cut into that many pages: of one paragraph each, too long to share a page with another."""
    kettle = "The kettle had opinions about the weather, and at four o'clock it said number {n} of them aloud."
    counts = [4 if page == pages - 1 else 7 if page == 0 else 8 for page in range(pages)]
    paragraphs = [" ".join(kettle.format(n=10 * p + n) for n in range(count)) for p, count in enumerate(counts)]
    return f"Title: {title}\n\n" + "\n\n".join(paragraphs) + "\n"


def shelf(count: int) -> dict[str, str]:
    """Small stories by as many authors, each with a word of its own in the title."""
    return {
        f"shelf{n:03}.txt": f"Title: Letter {n:03}\n\nAuthor: Writer {n:03}\n\n"
        f"The {n}th letter came on a Sunday, which is how they knew that it had not come by post.\n"
        for n in range(1, count + 1)
    }


def almanac(*days: int, title: str = "The Almanac") -> str:
    """A story with one quote for each of *days*."""
    day = "On day number {n} of the almanac nothing is foretold, and in all these years it has never been wrong."
    return f"Title: {title}\n\n" + "\n\n".join(day.format(n=n) for n in days) + "\n"


_ASIDE = (
    "I wrote this paragraph number {n} of the note on the train, with the heating on and the window stuck,"
    " and I would like to thank the conductor, who asked what I was writing and then sat down to hear it."
)

NOTED = (
    "Title: The Train to Nowhere Much\n\nA/N: "
    + " ".join(_ASIDE.format(n=n) for n in range(1, 16))
    + "\n\n----\n\n"
    + "\n\n".join([_tides(3), _tides(4, 5), _tides(6)])
    + "\n\n-Fin-\n\nA/N: "
    + " ".join(_ASIDE.format(n=n) for n in range(1, 6))
    + "\n"
)
"""Notes before that fill several messages, notes after that do not fit beside the page."""

_LOUD = "@everyone *look* __here__ ||now|| `at` <@123456789012345678> <#5> [this](https://example.org/a_b_c) 🎏🎏🎏 "

LOUD = (
    f"Title: {(_LOUD * 3)[:230]}\n\nAuthor: {(_LOUD * 3)[:190]}\n\nSummary: {_LOUD * 40}\n\nRating: K\n"
    + "".join(f"{label}: {_LOUD * 4}\n" for label in ("Pairing", "Genre", "Characters", "Tags", "Fandom", "Beta"))
    + "\nA/N: "
    + _LOUD * 40
    + "\n\n----\n\n"
    + "\n\n".join(_LOUD * 12 + "said the sign." for _ in range(6))
    + "\n\n-Fin-\n\nA/N: "
    + _LOUD * 40
    + "\n"
)
"""Every part of it is as long and as loud as it gets."""

QUIET = "Title: Hm\n\nno\n"
"""Nothing in it stands by itself."""
