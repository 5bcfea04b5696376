"""The first sentence of a story, as lists show it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stories.openings import closing_mark, first_sentence, opening_words
from bot.ui.quotes import quotation


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("It rained. It rained again.", "It rained."),
        ("“Stay here. Wait for me,” she said. Nobody did.", "“Stay here. Wait for me,” she said."),
        ("“Stay here. Wait for me.” Nobody did.", "“Stay here. Wait for me.”"),
        ('"Stay here. Wait for me," she said. Nobody did.', '"Stay here. Wait for me," she said.'),
        ("‘Stay here. Don’t go,’ she said. Nobody did.", "‘Stay here. Don’t go,’ she said."),
        ("'Stay here. Don't go,' she said. Nobody did.", "'Stay here. Don't go,' she said."),
        ("„Bleib hier. Warte,“ sagte sie. Keiner blieb.", "„Bleib hier. Warte,“ sagte sie."),
        ("»Bleib hier. Warte«, sagte sie. Keiner blieb.", "»Bleib hier. Warte«, sagte sie."),
        ("« Reste. Attends », dit-elle. Personne ne resta.", "« Reste. Attends », dit-elle."),
        ("”Stanna här. Vänta”, sade hon. Ingen stannade.", "”Stanna här. Vänta”, sade hon."),
        ("「行くな。待て」と彼女は言った。誰も待たなかった。", "「行くな。待て」と彼女は言った。"),
        ("— Stay. She meant it.", "— Stay."),
        ("“Let it ring,\nlet it ring,”\nshe sang.\n\nIt rang.", "“Let it ring, let it ring,”"),
        ("***\n\nAnd then. No more.", "And then."),
        ("", ""),
        ("***", ""),
    ],
)
def test_no_full_stop_within_speech_ends_the_first_sentence(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence


@pytest.mark.parametrize(
    ("opening", "shown"),
    [
        ("It rained on the harbour.", "*“It rained on the harbour.”*"),
        ("It rained on the harbour and on the boats.", "*“It rained on the harbour and…”*"),
        ("“Stay here,” she said.", "*“Stay here,” she said.*"),
        ("“Stay here and wait for me until the tide,” she said.", "*“Stay here and wait for me…”*"),
        ("“Stay,” she said to nobody in the whole world.", "*“Stay,” she said to nobody in…*"),
        ("She said: “Stay here and wait for the tide.”", "*She said: “Stay here and wait…”*"),
        ("„Bleib hier und warte auf mich und die Flut“, sagte sie.", "*„Bleib hier und warte auf…“*"),
        ("« Reste ici et attends-moi avec la marée », dit-elle.", "*« Reste ici et attends-moi…»*"),
        ("”Stanna här och vänta på mig och floden”, sade hon.", "*”Stanna här och vänta på mig…”*"),
        ('"Stay here and wait for me and the tide," she said.', '*"Stay here and wait for me…"*'),
        ("“Stay here and wait for me until the next tide and", "*“Stay here and wait for me…”*"),
    ],
)
def test_an_opening_is_cut_at_a_word_and_its_speech_is_closed(opening: str, shown: str) -> None:
    assert quotation(opening, 32).replace("\\", "") == shown


@given(st.text("“”„«»\"'‘’「」ab. ,\n"))
def test_any_text_has_a_first_sentence_of_its_own_words(text: str) -> None:
    sentence = first_sentence(text)
    assert sentence in " ".join(text.split())
    assert all(len(closing_mark(text, end)) <= 1 for end in range(len(text)))


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("The Ferry", "The ferry was late again. Nobody rang for it. It rained."),
        ("The ferry was late again", "Nobody rang for it. It rained."),
        ("The ferry was late again. Nobody", "Nobody rang for it. It rained."),
        ("The Ferry Was Late…", "Nobody rang for it. It rained."),
        ("", "The ferry was late again. Nobody rang for it. It rained."),
    ],
)
def test_the_opening_words_in_a_list_do_not_repeat_the_title(title: str, words: str) -> None:
    assert opening_words("The ferry was late again. Nobody rang for it.\n\nIt rained. Then it was on", title) == words


@given(st.text(max_size=300), st.text(max_size=40))
def test_opening_words_are_one_line_of_the_text(text: str, title: str) -> None:
    assert "\n" not in opening_words(text, title)
