"""The filters of the library."""

from __future__ import annotations

from dataclasses import fields

from bot.domain.stories import FILTERS, StoryFilter
from tests.fluent import messages_in


def test_each_filter_has_a_name_and_words_for_its_absence() -> None:
    names = {field.name for field in fields(StoryFilter)} - {"sort"}
    assert set(FILTERS) == names
    assert {f"filter-any-{name}" for name in names} <= {message.id.name for message in messages_in("en")}
