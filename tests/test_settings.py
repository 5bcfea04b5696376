"""What follows from the entry of a setting: it is stored, it has its words, and its page is true."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.audit import LoggedAct
from bot.domain.reactions import Emoji
from bot.domain.settings import READER, SERVER, Channel, Choice, Emojis, ServerSettings, Setting, TimeZone, Words
from bot.domain.zones import search_zones
from bot.store.look import CHANNELS
from bot.ui.manage import log_screen
from tools.settings_page import PAGE, page, words

ALL = [*READER.values(), *SERVER.values()]


def values_of(setting: Setting) -> st.SearchStrategy[Any]:
    """What may be chosen in a setting, but its default."""
    match setting.kind:
        case Choice() as kind:
            return st.sampled_from([each for each in kind.values.values() if each != setting.default])
        case Words():
            return st.lists(st.text(min_size=1), min_size=1).map(tuple)
        case TimeZone():
            return st.sampled_from([zone.name for zone in search_zones("", 1000)])
        case Emojis():
            emoji = st.builds(Emoji, st.text(min_size=1), st.none() | st.text(), st.booleans(), st.booleans())
            return st.lists(emoji, max_size=5).map(tuple)
        case _:
            return st.integers(1, 2**63 - 1)


@given(st.data(), st.sampled_from(ALL))
def test_each_value_of_each_setting_is_read_back_as_it_was_written(data: st.DataObject, setting: Setting) -> None:
    value = data.draw(values_of(setting))
    assert setting.read(setting.kind.write(value)) == value


@given(st.sampled_from(ALL), st.text())
def test_what_no_release_of_ours_wrote_is_never_an_error(setting: Setting, text: str) -> None:
    setting.read(text)


@pytest.mark.parametrize("text", ["", "maybe", "[", "{}", '[{"no": 1}]'])
def test_a_value_of_another_release_is_the_default(text: str) -> None:
    for name in ("approval", "adders", "stories_a_day", "reactions", "zone"):
        if (name, text) != ("reactions", "{}"):  # no reactions
            assert SERVER[name].read(text) == SERVER[name].default


def test_a_choice_shows_its_default_first() -> None:
    for setting in ALL:
        if isinstance(setting.kind, Choice) and setting is not SERVER["adders"]:
            assert next(iter(setting.kind.values.values())) == setting.default, setting.name


def test_each_setting_of_a_screen_has_its_words() -> None:
    missing: list[str] = []
    for setting in ALL:
        try:
            words(setting) if setting.section else None
        except LookupError as error:
            missing.append(str(error))
    assert missing == []


def test_the_log_has_words_for_each_setting_of_a_server() -> None:
    acts = [LoggedAct(1, "set", None, None, name, 0) for name in SERVER]
    assert len({log_screen([act], "all", 0, 1).embeds[0].description for act in acts}) == len(SERVER)


def test_the_page_of_settings_is_as_its_tool_writes_it() -> None:
    assert PAGE.read_text("utf-8") == page(), "write it: python -m tools.settings_page"


def test_doctor_looks_at_each_channel_of_a_server() -> None:
    channels = [name for name, each in SERVER.items() if isinstance(each.kind, Channel)]
    assert channels and [name for name in channels if f"'{name}'" not in CHANNELS] == []


def test_what_only_members_need_shows_once_members_may_submit() -> None:
    assert not SERVER["approval"].shows(ServerSettings())
    assert not SERVER["approval"].shows(ServerSettings(adders="managers"))
    assert SERVER["approval"].shows(ServerSettings(adders="everyone"))
    assert not SERVER["adders_role"].shows(ServerSettings(adders="everyone"))
