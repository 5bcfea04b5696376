"""What readers, and those who manage a server, choose for themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from simcord.actors import MemberActor
from simcord.enums import InteractionType
from simcord.results import InteractionResult, ResponseMessage

from bot.domain.settings import SERVER, ReaderSettings, ServerSettings
from bot.ui.custom_id import Name
from bot.ui.ids import AskZone, SetServerOption, ZoneModal
from tests.library import Library
from tests.screens import card_for, read_at, server_settings, to_last
from tests.seen import components_of, footer_of, reaction_id, select_of, shown, text_of

TALE = b"Title: The Submitted Tale\n\nIt came by night and was read by morning, twice over.\n"


def select_id(message: ResponseMessage, what: str) -> str:
    [found] = [each["custom_id"] for each in components_of(message) if each["custom_id"].endswith(f":{what}")]
    return found


async def turned_to(reader: MemberActor, panel: ResponseMessage, what: str) -> ResponseMessage:
    """Turn a panel to the screen that has the setting *what*."""
    if what in ("adult", "language"):
        return shown(await reader.click(panel, label="More"))
    if not any(each["custom_id"].startswith("sv1") for each in components_of(panel)):
        return panel
    subject = SERVER[what].section
    return shown(await reader.select(panel, [subject], custom_id=select_of(panel, "sv1")))


async def open_panel(library: Library, reader: MemberActor, command: str) -> ResponseMessage:
    if command == "manage settings":
        return await server_settings(reader, library.channel)
    return shown(await reader.slash(library.channel, command))


async def choose(library: Library, reader: MemberActor, command: str, what: str, *values: Any) -> ResponseMessage:
    """Choose in a panel, over a restart; the panel as it is drawn again."""
    panel = await open_panel(library, reader, command)
    assert panel.ephemeral
    await library.restart()
    panel = await turned_to(reader, panel, what)
    return shown(await reader.select(panel, values, custom_id=select_id(panel, what)))


# -- readers --------------------------------------------------------------------------------


async def test_each_reader_has_pages_as_long_as_they_like_and_keeps_their_place(library: Library) -> None:
    hours = "\n\n".join(f"At {n} the clock in the hall struck once, and nobody who heard it moved." for n in range(120))
    await library.load({"hours.txt": f"Title: Hours\n\n{hours}\n"})
    page = shown(await read_at(library, library.ann, story="Hours", page=3))
    start = (page.embeds[0].description or "")[:60]
    phone = int(footer_of(page).split(" of ")[1].split(" ")[0])
    await choose(library, library.ann, "settings", "page_length", "desktop")
    desktop = shown(await library.ann.slash(library.channel, "read"))
    pages = int(footer_of(desktop).split(" of ")[1].split(" ")[0])
    assert phone >= 1.5 * pages and start in (desktop.embeds[0].description or "")
    assert f"of {phone}" in footer_of(shown(await library.ben.slash(library.channel, "read", story="Hours")))


async def test_all_pages_of_each_length_joined_are_the_story(library: Library) -> None:
    whole = await library.store.stories.whole(await library.id_of("Lighthouse"))
    for length in ("desktop", "phone"):
        await choose(library, library.ann, "settings", "page_length", length)
        story = await library.id_of("Lighthouse")
        on: Any = (await library.store.pages.ends(story, library.ann.id))[0]
        text, numbers = "", 0
        while on is not None:
            page = await library.store.pages.open(on, library.ann.id)
            text, numbers, on = text + page.text, numbers + 1, page.following
            assert page.number == numbers and len(page.text.strip()) <= 2000
        assert text == whole.chapters[0].prose


async def test_a_turned_page_stays_as_long_as_its_reader_likes_when_another_votes_on_it(library: Library) -> None:
    await choose(library, library.ann, "settings", "page_length", "desktop")
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    last = await to_last(library.ann, page)
    read = last.embeds[0].description
    drawn = shown(await library.ben.click(last, custom_id=reaction_id(last, "🔥")))
    assert drawn.id == last.id and drawn.embeds[0].description == read and "🔥 1" in text_of(drawn)


async def test_a_reader_says_who_sees_the_pages_they_open(library: Library) -> None:
    assert not shown(await library.ann.slash(library.channel, "read", story="Lighthouse")).ephemeral
    await choose(library, library.ann, "settings", "private", "yes")
    assert shown(await library.ann.slash(library.channel, "read")).ephemeral
    assert not shown(await library.ann.slash(library.channel, "read", share=True)).ephemeral
    assert not shown(await library.ben.slash(library.channel, "read", story="Lighthouse")).ephemeral


async def choose_at_once(library: Library, reader: MemberActor, command: str, **picked: str) -> None:
    """Choose in several selects of a panel, all before the first is answered: what is chosen, by its setting."""
    panel = await open_panel(library, reader, command)
    panel = await turned_to(reader, panel, next(iter(picked)))
    data = [
        {"custom_id": select_id(panel, what), "component_type": 3, "values": [value]} for what, value in picked.items()
    ]
    await library.emit(panel, [(reader, InteractionType.MESSAGE_COMPONENT, each) for each in data])


async def test_settings_that_a_reader_changes_at_once_all_hold(library: Library) -> None:
    await choose_at_once(library, library.ann, "settings", page_length="desktop", veil="no", notices="none")
    chosen = await library.store.settings.of_reader(library.ann.id)
    assert chosen == ReaderSettings(page_length="desktop", veil=False, notices="none")


async def test_a_select_says_what_it_sets_and_shows_what_is_chosen(library: Library, mira: MemberActor) -> None:
    panel = shown(await library.ann.slash(library.channel, "settings"))
    assert len([each for each in components_of(panel) if each.get("options")]) == 4
    more = shown(await library.ann.click(shown(await library.ann.slash(library.channel, "settings")), label="More"))
    reading = await turned_to(mira, await server_settings(mira, library.channel), "private")
    for screen in (panel, more, reading):
        for select in (each for each in components_of(screen) if each.get("options")):
            names = {option["label"].split(":")[0] for option in select["options"] if "18+" not in option["label"]}
            assert len(names) <= 1, names
            assert sum(option.get("default", False) for option in select["options"]) == 1
            assert all(len(option["label"]) <= 26 for option in select["options"])


async def test_a_reader_says_in_which_language_they_read_and_finds_it_again(library: Library) -> None:
    more = await choose(library, library.ann, "settings", "language", "pl")
    [language] = [each for each in components_of(more) if each["custom_id"].endswith("language")]
    assert [option["label"] for option in language["options"] if option.get("default")] == ["I read: Polski"]
    await library.restart()
    assert (await library.store.settings.of_reader(library.ann.id)).language == "pl"
    assert "Your settings" in text_of(shown(await library.ann.click(more, label="Back")))
    forged = await library.forge(library.ann, more.message, language["custom_id"], values=["<script>"])
    assert "I read: as in Discord" in str(components_of(shown(forged)))
    assert (await library.store.settings.of_reader(library.ann.id)).language is None


async def test_lists_and_cards_name_the_language_of_stories_in_another_than_the_one_that_is_read(
    library: Library,
) -> None:
    await library.load({"licht.txt": "Title: Licht\nLanguage: Deutsch\n\nDas Licht am Steg ging um neun aus.\n"})
    await library.load({"lamp.txt": "Title: Lamp\nLanguage: English\n\nThe lamp on the landing went out at nine.\n"})

    async def told(story: str) -> set[str]:
        """What the library and the card of a story say of languages."""
        screens = [
            shown(await library.ann.slash(library.channel, "stories")),
            shown(await library.ann.slash(library.channel, "stories", story=story)),
        ]
        return {name for name in ("In German", "In English") for screen in screens if name in text_of(screen)}

    assert await told("Licht") == {"In German"}
    assert await told("Lamp") == {"In German"}, "of the list"
    await choose(library, library.ann, "settings", "language", "de")
    assert await told("Licht") == {"In English"}, "of the list"
    assert await told("Lamp") == {"In English"}


# -- servers --------------------------------------------------------------------------------


async def test_settings_that_managers_change_at_once_all_hold(library: Library, mira: MemberActor) -> None:
    await library.store.settings.change_server(library.guild_id, lambda chosen: replace(chosen, adders="role"))
    await choose_at_once(library, mira, "manage settings", adders="everyone", approval="yes")
    chosen = await library.store.settings.of_server(library.guild_id)
    assert chosen == ServerSettings(adders="everyone", approval=True)


async def test_a_server_says_who_sees_pages_and_each_reader_may_say_otherwise(
    library: Library, mira: MemberActor
) -> None:
    await choose(library, mira, "manage settings", "private", "yes")
    assert shown(await library.ann.slash(library.channel, "read", story="Lighthouse")).ephemeral
    await choose(library, library.ann, "settings", "private", "no")
    assert not shown(await library.ann.slash(library.channel, "read")).ephemeral


async def test_a_server_offers_its_own_reactions(library: Library, mira: MemberActor) -> None:
    panel = await turned_to(mira, await server_settings(mira, library.channel), "private")
    modal = await mira.click(panel, label="Reactions…")
    await library.restart()
    assert "⭐" in text_of(shown(await mira.submit_modal(modal, {"reactions": "⭐ 👩‍👩‍👧 🇨🇭"})))
    card = await card_for(library.ann, library.channel, "Lighthouse")
    drawn = shown(await library.ben.click(card, custom_id=reaction_id(card, "⭐")))
    offered = [each["emoji"]["name"] for each in components_of(drawn) if each.get("emoji")]
    assert offered == ["⭐\ufe0f", "👩‍👩‍👧", "🇨🇭"] and "⭐\ufe0f 1" in text_of(drawn)
    modal = await mira.click(panel, label="Reactions…")
    await mira.submit_modal(modal, {"reactions": ""})
    again = await card_for(library.ann, library.channel, "Lighthouse")
    assert reaction_id(again, "❤")


@pytest.mark.parametrize("typed", ["hello", "<:gone:123456789012345678>", "@everyone", "⭐ x"])
async def test_what_is_no_emoji_is_refused(library: Library, mira: MemberActor, typed: str) -> None:
    panel = await turned_to(mira, await server_settings(mira, library.channel), "private")
    modal = await mira.click(panel, label="Reactions…")
    assert "on a button" in library.refused(await mira.submit_modal(modal, {"reactions": typed}))


async def test_members_add_stories_where_the_server_lets_them(library: Library, mira: MemberActor) -> None:
    file = ("tale.txt", TALE)
    refused = library.refused(await library.ann.slash(library.channel, "author submit", file=file))
    assert "can't add stories in this server" in refused
    writers = library.ann.guild.create_role("Writers")
    poet = library.ann.guild.add_member(library.env.create_user("poet"), roles=[writers])
    await choose(library, mira, "manage settings", "adders", "role")
    library.refused(await library.ann.slash(library.channel, "author submit", file=file))
    await choose(library, mira, "manage settings", "adders_role", writers)
    library.refused(await library.ann.slash(library.channel, "author submit", file=file))
    result = await poet.slash(library.channel, "author submit", file=file)
    await poet.click(result.followups[-1] if result.followups else shown(result), label="Publish")
    assert "Submitted Tale" in text_of(shown(await library.ann.slash(library.channel, "stories", share=True)))
    await choose(library, mira, "manage settings", "adders", "everyone")
    result = await library.ben.slash(library.channel, "author submit", file=file)
    assert "Submitted Tale" in text_of(result.followups[-1] if result.followups else shown(result))


async def test_only_those_who_manage_a_server_change_its_settings(library: Library, mira: MemberActor) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    forged = await library.forge(library.ann, page.message, str(SetServerOption(Name("adders"))), values=["everyone"])
    assert "Manage Server permission" in library.refused(forged)
    assert (await library.store.settings.of_server(library.guild_id)).adders is None


async def test_the_news_channel_is_chosen_and_taken_back(library: Library, mira: MemberActor) -> None:
    news = library.ann.guild.create_text_channel("news")
    panel = await choose(library, mira, "manage settings", "news_channel", news)
    assert f"<#{news.id}>" in text_of(panel)
    assert (await library.store.settings.of_server(library.guild_id)).news_channel == news.id
    assert "none yet" in text_of(await choose(library, mira, "manage settings", "news_channel"))


async def test_panels_of_before_still_set_what_they_set(library: Library, mira: MemberActor) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse")).message
    assert page is not None
    channel, role = library.ann.guild.create_text_channel("mods"), library.ann.guild.create_role("Writers")
    picks = {"ss1:news": channel, "ss1:reports": channel, "ss1:managers": channel, "ss1:moderators": role}
    for custom_id, picked in picks.items():
        shown(await library.forge(mira, page, custom_id, values=[str(picked.id)]))
    shown(await library.forge(mira, page, "ss1:role", values=[str(role.id)]))
    shown(await library.forge(library.ann, page, "sr1:length", values=["desktop"]))
    chosen = await library.store.settings.of_server(library.guild_id)
    assert (chosen.news_channel, chosen.reports_channel, chosen.managers_channel) == (channel.id,) * 3
    assert (chosen.moderators_role, chosen.adders, chosen.adders_role) == (role.id, "role", role.id)
    assert (await library.store.settings.of_reader(library.ann.id)).page_length == "desktop"


async def type_zone(library: Library, mira: MemberActor, typed: str) -> InteractionResult:
    """Type a time zone in the settings of the server."""
    form = await mira.click(await server_settings(mira, library.channel), label="Time zone…")
    return await mira.submit_modal(form, {"zone": typed})


async def test_a_server_has_a_time_zone_that_its_managers_type(library: Library, mira: MemberActor) -> None:
    assert "Time zone**: none yet" in text_of(await server_settings(mira, library.channel))
    await library.restart()
    assert "Time zone**: Europe/Berlin" in text_of(shown(await type_zone(library, mira, "berlin")))
    assert "Time zone**: Asia/Kathmandu" in text_of(shown(await type_zone(library, mira, "kathm")))
    log = text_of(shown(await mira.slash(library.channel, "manage log")))
    assert log.count("time zone") == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Middle-earth", "I can't find the time zone “Middle-earth”"),
        ("Portugal", "Europe/Lisbon"),
        ("   ", "I can't find"),
    ],
)
async def test_what_is_no_time_zone_or_several_is_refused_and_the_one_before_stays(
    library: Library, mira: MemberActor, typed: str, said: str
) -> None:
    await type_zone(library, mira, "Berlin")
    assert said in library.refused(await type_zone(library, mira, typed))
    assert "Time zone**: Europe/Berlin" in text_of(await server_settings(mira, library.channel))


async def test_only_managers_say_which_time_zone_a_server_has(library: Library, mira: MemberActor) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse")).message
    assert page is not None
    assert "Manage Server" in library.refused(await library.forge(library.ben, page, str(AskZone())))
    sent = await library.send_modal(library.ben, page, str(ZoneModal()), {"zone": "Berlin"})
    assert "Manage Server" in library.refused(sent)
    assert (await library.store.settings.of_server(library.guild_id)).zone is None


@pytest.mark.parametrize("name", ["stories_a_day", "reactions", "zone", "steps_hidden", "nothing"])
async def test_what_no_select_of_a_server_sets_no_press_sets(library: Library, mira: MemberActor, name: str) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    forged = await library.forge(mira, page.message, f"ss1:{name}", values=["yes" if name == "steps_hidden" else "[]"])
    assert "no longer" in library.refused(forged)
    assert await library.store.settings.of_server(library.guild_id) == ServerSettings()


@pytest.mark.parametrize("name", ["warnings", "reviews", "unreached_at", "approval"])
async def test_what_no_select_of_a_reader_sets_no_press_sets(library: Library, name: str) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    forged = await library.forge(library.ann, page.message, f"sr1:{name}", values=["none"])
    assert "no longer" in library.refused(forged)
    assert await library.store.settings.of_reader(library.ann.id) == ReaderSettings()
