"""``python -m tools.corpus [PART …] [--beside FOLDER] [--show]``: how well the parser reads the posts of the corpus.

A table has one row for each part: the posts that are read exactly right, those whose title, author, and bounds are
right; and those with harm: words of the story that are lost or among its notes, words of the notes in the story.
``--beside`` reads the same posts by another copy of the project, too, and names those won and lost.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import cast, get_args

from tools.corpus import CORPUS, SEEN, Part, posts
from tools.corpus.expected import BOUNDS, KEPT, LOST, Fault, Kind, faults

HERE = Path(__file__).parents[2]

Found = Mapping[str, Sequence[Fault]]
"""The faults of each post by its name; none for one that is read right."""


def found_in(part: Part) -> Found:
    """Return the faults in the posts of a part."""
    from bot.stories import read_story

    return {
        post.name: faults(lambda post=post: read_story(post.text.encode(), post.file), post.expected)
        for post in posts(part)
    }


def _found_by(folder: Path, part: Part) -> Found:
    """Return the faults of another copy of the project in the posts of this one."""
    code = (
        "import json, sys; here, there, part = sys.argv[1:]\n"
        "sys.path[:0] = [there]; import bot.stories, bot.stories.emphasis, bot.stories.metadata\n"
        "sys.path[0] = here; from tools.corpus.__main__ import found_in\n"
        "print(json.dumps({name: [[f.kind, f.text] for f in found] for name, found in found_in(part).items()}))"
    )
    command = [sys.executable, "-c", code, str(HERE), str(folder.resolve()), part]
    printed = subprocess.run(command, cwd="/", stdout=subprocess.PIPE, text=True, check=True).stdout
    found = cast(dict[str, list[tuple[Kind, str]]], json.loads(printed))
    return {name: [Fault(*each) for each in faults] for name, faults in found.items()}


def _row(part: str, found: Found) -> str:
    kinds = [{fault.kind for fault in each} for each in found.values()]
    columns = (
        sum(not each for each in kinds),
        sum("title" not in each for each in kinds),
        sum("author" not in each for each in kinds),
        sum(not each & BOUNDS for each in kinds),
        sum(bool(each & LOST) for each in kinds),
        sum(bool(each & KEPT) for each in kinds),
    )
    shares = (f"{count} ({count / len(kinds):.1%})" for count in columns)
    return " | ".join(("", f"{part}, {len(kinds)}", *shares, "")).strip()


def _show(names: Iterable[str], found: Found) -> None:
    for name in names:
        print(f"  {name}", *(f"    {fault}" for fault in found[name]), sep="\n")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.corpus", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("parts", nargs="*", choices=[*get_args(Part), []], metavar="PART")  # []: none is named
    parser.add_argument("--beside", type=Path, metavar="FOLDER", help="another copy of the project")
    parser.add_argument("--show", action="store_true", help="show the faults of each post")
    parser.add_argument("--keep", action="store_true", help="write read_right.txt anew: which posts are read right")
    options = parser.parse_args()
    right: list[str] = []
    print(
        "| part, posts | exactly right | title | author | bounds | story lost | notes kept |\n"
        "| --- | --- | --- | --- | --- | --- | --- |"
    )
    for part in cast(Sequence[Part], options.parts or SEEN):
        found = found_in(part)
        print(_row(part, found), flush=True)
        right += [name for name, each in found.items() if not each]
        if options.show:
            _show((name for name, each in found.items() if each), found)
        if options.beside:
            before = _found_by(options.beside, part)
            print(_row(f"{part} beside", before))
            won = [name for name, each in found.items() if not each and before[name]]
            lost = [name for name, each in found.items() if each and not before[name]]
            print(f"won {len(won)}: {' '.join(won)}\nlost {len(lost)}: {' '.join(lost)}")
            _show(lost, found)
    if options.keep:
        (CORPUS / "read_right.txt").write_text("".join(f"{name}\n" for name in sorted(right)), "utf-8")


if __name__ == "__main__":
    main()
