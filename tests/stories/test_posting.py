"""Words of people who post make a paragraph at an end of a text a note, unless something speaks against it."""

from __future__ import annotations

import pytest

from bot.stories import Story, read_story

STORY = (
    "The lamp at the end of the quay had been out for a week when Corin rowed over to mend it.",
    "He found the glass whole and the wick dry, and a bird asleep in the housing with its head under its wing.",
    "He rowed home in the dark, and for nine nights the boats came in by the noise of the gulls.",
    "On the tenth the bird flew, and Corin lit the lamp, and nobody in the harbour said a word about it.",
)
TALK = "Next update when my teachers allow it"


def read(*paragraphs: str) -> Story:
    return read_story("\n\n".join(("Out of Season", "by inkgull", *paragraphs)).encode(), "0001.txt")


def prose(story: Story) -> str:
    return "\n\n".join(chapter.prose for chapter in story.chapters)


def test_talk_at_either_end_is_a_note() -> None:
    assert prose(read(TALK, *STORY)) == "\n\n".join(STORY)
    assert prose(read(*STORY, TALK)) == "\n\n".join(STORY)
    assert read(*STORY, TALK).notes_after == (TALK,)


def test_two_paragraphs_of_talk_are_notes() -> None:
    story = read(*STORY, "Crossposted from my other account.", TALK)
    assert prose(story) == "\n\n".join(STORY)


def test_talk_amid_the_story_is_story() -> None:
    story = read(*STORY[:2], TALK, *STORY[2:])
    assert TALK in prose(story)


def test_talk_with_a_paragraph_of_story_below_is_story() -> None:
    assert TALK in prose(read(*STORY[:3], TALK, STORY[3]))


def test_talk_at_the_ends_of_chapters_is_taken() -> None:
    story = read("Chapter 1", *STORY[:2], TALK, "Chapter 2", TALK, *STORY[2:])
    assert prose(story) == "\n\n".join(STORY)


def test_a_character_may_talk_of_posting() -> None:
    spoken = f'"{TALK}," said Corin.'
    assert spoken in prose(read(*STORY, spoken))


def test_a_letter_may_talk_of_posting() -> None:
    letter = ("Dear Corin,", "I finished the next chapter. I hope you like it.", "Your sister,", "Wend")
    assert letter[1] in prose(read(*STORY, *letter))


def test_a_chat_may_talk_of_posting() -> None:
    chat = ("wend: hey", "corin: did you read it", "wend: no", "corin: why", "wend: the next chapter, kudos pls")
    assert chat[-1] in prose(read(*STORY, *chat))


@pytest.mark.parametrize("rule", [[], ["***"], ["----"]])
def test_talk_is_a_note_with_a_rule_above_it_or_none(rule: list[str]) -> None:
    told = (*STORY, "The wind got up.")
    assert prose(read(*told, *rule, "The grammar was a typo.")) == "\n\n".join(told)


def test_talk_never_outweighs_the_story() -> None:
    story = read("The lamp went out.", *[f"{TALK}, number {n}." for n in range(3)])
    assert "The lamp went out." in prose(story)
    assert TALK in prose(story)


OF_US = "we both read it twice, so any mistakes stay"


def test_talk_is_a_note_whoever_tells_the_story() -> None:
    told = [text.replace("Corin", "I").replace(" He ", " I ").replace("He ", "I ", 1) for text in STORY]
    for story in (STORY, told):
        assert prose(read(*story, OF_US)) == "\n\n".join(story)
    asked = "I wrote to the harbour master, and we read the answer to my mother."
    assert OF_US in prose(read(*told, asked, OF_US, told[1]))


@pytest.mark.parametrize("line", ["i think this one needs a new title", "i drew the cover myself, sorry"])
def test_words_that_stories_have_too_are_no_talk_by_themselves(line: str) -> None:
    assert line in prose(read(*STORY, line))


def test_a_narrator_who_says_i_at_the_end_stays_in_the_story() -> None:
    last = "I was the boy in the boat, and I have never told him."
    assert last in prose(read(*STORY, last))


@pytest.mark.parametrize(
    "wish", ["Merry Christmas!", "Frohe Weihnachten!", "¡Feliz Navidad a todos!", "С Новым годом!"]
)
def test_a_wish_at_the_end_is_a_note_only_beside_other_signs(wish: str) -> None:
    assert wish in prose(read(*STORY, wish))
    assert prose(read(*STORY, "Thanks for reading!", wish)) == "\n\n".join(STORY)


def test_the_lines_right_below_talk_belong_to_it() -> None:
    poll = "POLL TIME!! Who mends the next lamp? Vote in the comments, I count them all on Friday, and not before"
    assert prose(read(*STORY, f"{poll}\n1. Corin\n2. Wend")) == "\n\n".join(STORY)


@pytest.mark.parametrize(
    "line", ["Heeey, the next chapter is here", "Ohé les moussaillons ! Vous êtes mille à lire cette histoire, mille !"]
)
def test_a_greeting_opens_talk(line: str) -> None:
    assert line not in prose(read(line, *STORY))


def test_a_name_below_talk_signs_it() -> None:
    assert prose(read(*STORY, TALK, "xoxo, Kim")) == "\n\n".join(STORY)


@pytest.mark.parametrize("sign", ["xoxo, Kim", "@inkgull_", "~inkgull~"])
def test_who_signs_in_a_way_of_authors_signs_without_other_talk(sign: str) -> None:
    assert prose(read(*STORY, sign)) == "\n\n".join(STORY)


@pytest.mark.parametrize("sign", ["Corin", "Your brother, Corin", "C."])
def test_who_signs_like_a_character_stays_in_the_story(sign: str) -> None:
    assert prose(read(*STORY, sign)).endswith(sign)


def test_two_weak_words_are_enough_in_a_sentence_and_not_in_a_shout() -> None:
    sentence = "guys i wrote the last part of this on a train at midnight"
    assert prose(read(*STORY, sentence)) == "\n\n".join(STORY)
    assert prose(read(*STORY, "guys, please")).endswith("guys, please")


def test_what_signs_and_what_follows_it_are_the_authors_down_to_a_paragraph_of_story() -> None:
    story = read(*STORY[:3], TALK, "I will be on the ferry until then.", STORY[3])
    assert TALK in prose(story) and STORY[3] in prose(story)
