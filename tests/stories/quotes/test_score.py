"""Of two passages the one that more people would stop at has the higher score."""

from __future__ import annotations

from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stories.quotes.score import score
from bot.stories.quotes.weights import (
    CHINESE_OR_JAPANESE,
    ENGLISH,
    FRENCH,
    GERMAN,
    OTHER,
    RUSSIAN,
    SPANISH,
    weights_of,
)

LIGHTHOUSE = (
    "The keeper of the light had a rule for visitors, which was that they could stay as long as they never once asked"
    " him what it was for."
)
BEATS = {
    "what is felt, where things stand": (
        "He had loved the lighthouse for all of his life, and he was afraid that the lighthouse did not know.",
        "He had walked behind the lighthouse to the gate, and from the corner he could see the path to the sea.",
    ),
    "what is said to you, what is told of him": (
        "You can keep a light for somebody and never once ask them what it was that they were afraid of.",
        "He could keep a light for somebody and never once ask them what it was that they were afraid of.",
    ),
    "what one says of oneself, what is told of her": (
        "I have never forgiven the sea for the ferry, and I have lived beside it for the whole of a life.",
        "She has never forgiven the sea for the ferry, and she has lived beside it for the whole of a life.",
    ),
    "a claim, an action": (
        "Nobody in the village had ever paid the ferryman twice, because the ferryman had never once arrived.",
        "She looked at the ferryman again and he smiled softly and nodded, and then they stepped down to the boat.",
    ),
    "names, pronouns": (
        "Tilda had a map of the river and a brother who could not swim, and she was fonder of the map.",
        "She had told him what she thought of it, and he had told her that he did not think about her.",
    ),
    "a beginning, what goes on from another": (
        LIGHTHOUSE,
        f"And t{LIGHTHOUSE[1:]}",
    ),
    "a thing, what points at it": (
        "The bell on the door was the only thing in the shop that had ever been sold twice, and it was not for sale.",
        "It was the only thing here that had ever been sold twice, and this was the one that they had wanted now.",
    ),
    "whole, the other of two": (
        "A fox who crosses the river on a Tuesday is late, and a fox who crosses it on a Friday is a liar.",
        "The other one had crossed the river on a Tuesday and was late, and one of them had turned out a liar.",
    ),
    "a sentence that takes its time, a few words": (
        "There was a rule about the piano, and the rule was that it could be dusted but never, on any account, asked.",
        "There was a rule about the piano.",
    ),
    "two or three sentences, a splinter": (
        "He sold umbrellas. It had not rained in the valley for eleven years, and he was the richest man in it.",
        "He ran. He fell. He got up. He ran. He fell again. He lay there. He looked up at it. He said nothing.",
    ),
    "what ends, what breaks off": (
        "The letter took nine years to come, and every word of it was about the weather on the day that it was posted.",
        "The letter took nine years to come, and every word of it was… well, about the weather on the day that it…",
    ),
    "words, numbers": (
        "The station had two clocks and a master, and the master trusted the one that had stopped.",
        "The station had 2 clocks, 14 lamps, 31 chairs and a master, and at 4.15 the 3.50 had not come.",
    ),
    "talk that says something, an answer to a question": (
        '"A river is only a road that nobody had the patience to finish," said the otter, and went on eating.',
        '"Yes, that is what they told me about it," he said. "No, because it was not what I had said to them."',
    ),
    "somebody who is named, somebody who is not": (
        '"There are four ways into the harbour and three of them are drawn on the map," said Mrs Calloway.',
        '"There are four ways into the harbour and three of them are drawn on the map," she said to him.',
    ),
    "speech, a cry": (
        '"You may have the house, and the dog, and every chair in it but the one that I am sitting on," said Ida.',
        '"Wait!" said Ida, and she looked at the house, and at the dog, and at every chair, and turned to the door.',
    ),
    "a question with its answer, a question": (
        '"How long have you been dead?" asked Tilda, since nobody else would.\n\n'
        '"It comes and goes," said the lodger, and passed her the butter.',
        '"How long have you been dead?" asked Tilda, since nobody else would, and she passed the butter to the lodger.',
    ),
    "what is so, what is done beside it": (
        "The ferryman had never once been late, and he had never once been paid for it by anybody that he brought.",
        "The ferryman had never once been late, waving to anybody that he brought, and he had never been paid for it.",
    ),
    "a thing, how it looks": (
        "There was a lamp in the window of the ferry house, and nobody had ever asked who it was that it was lit for.",
        "There was a little red lamp in the long low window of the old grey house, and a small man beside the lamp.",
    ),
    "nobody in particular, people whom one must know": (
        "The otter owed a ferryman for a winter of crossings, and the ferryman had never once asked the otter for it.",
        "The otter owed Calloway for a winter of crossings, and then Ida Reed and Desmond had asked Tilda for it.",
    ),
    "speech of somebody, speech of nobody": (
        '"You may keep the lamp, and the boat, and every letter ever sent to you from the far side," said Ida.',
        '"You may keep the lamp, and the boat, and every letter that was ever sent to you from the other side of it."',
    ),
    "sentences that all say something, one that only leads on": (
        "The river has never forgiven anybody. It takes what it is owed, and it has never once been told how much.",
        "The ferryman sat down in the boat. The river has never forgiven anybody, and it takes what it is owed.",
    ),
    "a few words, many": (
        "Nobody has ever loved a ferry. What is loved is the other side, and the ferryman has always known it.",
        "Nobody has ever loved a ferry, with its ropes and its bell and the bench of planks that goes round it and the"
        " smell of the tar in a summer of fog. What is loved is the other side, and the ferryman has always known it.",
    ),
    "what is so, what is asked": (
        "The river takes a fox for the whole of his life, and nobody has ever told him what he was taken for.",
        "Would the river take a fox for the whole of his life, and has nobody ever told him what he was taken for?",
    ),
    "an interruption, what is never said to its end": (
        '"You may keep the lamp . . . and every letter that I never sent to you from the other side," said Ida Reed.',
        'Ida Reed said, "You may keep the lamp and every letter that I never sent to you from the other side . . ."',
    ),
    "a thought with what comes of it, the thought": (
        "The river has never forgiven anybody. It takes what it is owed, and it has never once been told how much.",
        "The river has never forgiven anybody. It takes what it is owed.",
    ),
    "what is told, what is announced": (
        "The ferryman had never once been late, and he had never once been paid for it by anybody that he loved.",
        "The ferryman had never once been late, and he had never once been paid for it by anybody, but for one thing.",
    ),
    "what is feared, what a body does of fear": (
        "She was afraid of the river for the whole of her life, and her heart knew that she would never cross it.",
        "She was afraid of the river for the whole of her life, and her heart raced when she came near to it.",
    ),
    "speech to somebody, speech about somebody": (
        '"You took your boat, and you have your house, and you will have the river that you asked for," said Ida.',
        '"She took her boat, and she has her house, and she will have the river that she asked for," said Ida.',
    ),
    "what a thing is, what it did": (
        "A lamp is only a promise with a wick, and nobody had ever promised the harbour so much as the keeper.",
        "It went out, and a lamp is only a promise with a wick, and nobody had ever promised the harbour so much.",
    ),
    "a whole life, so many years of it": (
        "The keeper had loved the light for a whole life, and the light had never once asked him for anything.",
        "The keeper had loved the light for eleven years, and the light had asked him twice in two of those years.",
    ),
    "plain, loud": (
        "The sign at the edge of the marsh had been painted by a man who had turned back at the edge of the marsh.",
        "The SIGN at the EDGE of the MARSH had been painted by a MAN who had turned BACK at the edge of the marsh.",
    ),
}


@pytest.mark.parametrize(("better", "worse"), BEATS.values(), ids=BEATS)
def test_this_beats_that(better: str, worse: str) -> None:
    assert score(better) > score(worse)


def test_the_better_and_the_worse_lie_apart() -> None:
    assert mean(score(better) for better, _ in BEATS.values()) >= mean(score(worse) for _, worse in BEATS.values()) + 10
    assert sum(score(better) >= 60 for better, _ in BEATS.values()) > len(BEATS) / 2


def test_a_passage_that_goes_on_for_too_long_loses_by_it() -> None:
    told = (
        "The ferryman of Little Reeding has never been paid twice by anybody, and the river has never been paid. Nobody"
        " has ever asked it what a crossing is worth, and a river that is not asked does not say, in a year of rain or"
        " in one without, and a ferryman does not ask twice, for that would be a second fare, and the first was enough."
    )
    scores = [score(told[:chars].rstrip(" ,") + ".") for chars in (205, 255, 299)]
    assert scores[0] > scores[1] > scores[2]


ELSEWHERE = {
    "French": (
        FRENCH,
        "La gare avait deux horloges, et le chef ne croyait jamais que celle qui s'était arrêtée.",
        "Et puis elle lui avait dit ça, et il était parti avec elle sans leur dire ce qu'ils voulaient.",
    ),
    "Spanish": (
        SPANISH,
        "El jefe de la estación saludaba siempre a los trenes que nunca se habían parado en un pueblo.",
        "Y entonces ella se lo dijo, y él se fue con ella, y esto era lo que ellos ahora le pedían.",
    ),
    "German": (
        GERMAN,
        "Der Wärter zählte jede Nacht die Wellen, weil niemand ihm gesagt hatte, wann ein Meer voll ist.",
        "Und dann sagte sie es ihm, und er ging mit ihr, und jetzt wußten sie, was er hier von ihnen wollte.",
    ),
    "Russian": (
        RUSSIAN,
        "Смотритель никогда не считал волн после девяти тысяч, потому что потом всегда начиналось утро.",
        "И тогда она сказала ему это, и он ушёл с ней, а они потом узнали от неё, что ему было здесь нужно.",
    ),
    "Japanese": (
        CHINESE_OR_JAPANESE,
        "灯台守は毎晩、海に向かって一つずつ数を数えた。九千まで数えると朝が来ると、誰もが知っている。",
        "しかし彼はそれを見た。彼はここにいた。彼はそこにいた。彼はそう言った。彼はそれをした。",
    ),
    "a language without a list": (
        OTHER,
        "Majakka seisoi luodolla kuin vanha mies joka on unohtanut miksi nousi, ja katsoi merta kunnes meri nukahti.",
        "Hän nousi. Hän meni. Hän tuli. Hän... ei. Hän istui. Hän nousi. Hän meni. Hän... niin. Hän tuli taas.",
    ),
}


@pytest.mark.parametrize(("weights", "better", "worse"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_other_languages_have_their_good_and_poor(weights: object, better: str, worse: str) -> None:
    assert weights_of(f"{better} {worse}") is weights
    assert score(better, weights_of(better)) > score(worse, weights_of(better))


def test_apostrophes_and_case_make_no_difference_to_the_words() -> None:
    straight = (
        "It's the keeper's rule that you can't ask, and nobody who's asked has ever been told what he'd been asked."
    )
    assert score(straight) == score(straight.replace("'", "’"))
    assert ENGLISH.split(ENGLISH.fold("“Never,” she SAID—you’re late")) == ["never", "she", "said", "you're", "late"]


@given(st.text(max_size=400))
def test_any_text_has_a_score_from_0_to_100(text: str) -> None:
    for weights in (ENGLISH, FRENCH, CHINESE_OR_JAPANESE, OTHER):
        assert 0 <= score(text, weights) <= 100
        assert len(weights.fold(text)) == len(text)
