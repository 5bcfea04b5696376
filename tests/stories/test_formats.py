"""One record for each format: what else names the formats agrees with it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from pkgutil import resolve_name

import pytest

from bot.stories.formats import ENDINGS, EXPORT_INSTEAD, FORMATS, Format, format_of

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("each", FORMATS, ids=lambda each: each.name)
def test_the_reader_of_a_format_is_there(each: Format) -> None:
    assert callable(resolve_name(f"bot.stories.formats.{each.reader}"))


def test_an_ending_is_of_one_format_in_any_case() -> None:
    assert len(ENDINGS) == sum(len(each.endings) for each in FORMATS)
    assert not ENDINGS.keys() & EXPORT_INSTEAD.keys()
    found = format_of("Tale.TXT")
    assert found is not None and found.name == "Text"
    assert format_of("tale.pdf") is None and format_of("tale") is None


@pytest.mark.parametrize("path", [".env.example", "docs/running.md"])
def test_what_hosts_read_names_the_first_ending_of_each_format(path: str) -> None:
    text = (ROOT / path).read_text("utf-8")
    assert [each.endings[0] for each in FORMATS if each.endings[0] not in text] == []


@pytest.mark.parametrize("path", ["README.md", "docs/writing.md"])
def test_what_writers_read_names_each_format(path: str) -> None:
    text = (ROOT / path).read_text("utf-8")
    assert [each.name for each in FORMATS if not re.search(rf"\b{each.name}\b", text, re.IGNORECASE)] == []


def test_a_text_loads_no_library_of_another_format() -> None:
    code = (
        "import sys; from bot.stories import read_story\n"
        "read_story('Tide\\n\\nThe fox drank at the water and went home across the fields.'.encode(), 'tide.txt')\n"
        "others = {'charset_normalizer', 'justhtml', 'mammoth', 'markdown_it', 'odfdo', 'striprtf', 'yaml'}\n"
        "print(others & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "set()\n"
