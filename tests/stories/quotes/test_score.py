"""Of two passages the one that more people would stop at has the higher score."""

from __future__ import annotations

from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stories.quotes.score import score as score_by
from bot.stories.quotes.weights import CHINESE_OR_JAPANESE, OTHER, WEIGHTS, weights_of

ENGLISH, FRENCH = WEIGHTS["en"], WEIGHTS["fr"]


def score(text: str) -> int:
    """Return the score of an English passage."""
    return score_by(text, ENGLISH)


LIGHTHOUSE = (
    "The keeper of the light had a rule for visitors, which was that they could stay as long as they never once asked"
    " him what it was for."
)
BEATS = {
    "what is felt, where things stand": (
        "He had loved the lighthouse for all of his life, and he was afraid that the lighthouse did not know.",
        "He had walked behind the lighthouse to the gate, and from the corner he could see the path to the sea.",
    ),
    "a claim, an action": (
        "Nobody in the village had ever paid the ferryman twice, because the ferryman had never once arrived.",
        "She looked at the ferryman again and he smiled softly and nodded, and then they stepped down to the boat.",
    ),
    "a beginning, what goes on from another": (
        LIGHTHOUSE,
        f"And t{LIGHTHOUSE[1:]}",
    ),
    "a thing, what points at it": (
        "The bell on the door was the only thing in the shop that had ever been sold twice, and it was not for sale.",
        "This was the only thing here that had ever been sold twice, and that was the one that they had wanted now.",
    ),
    "whole, the other of two": (
        "A fox who crosses the river on a Tuesday is late, and a fox who crosses it on a Friday is a liar.",
        "The other one had crossed the river on a Tuesday and was late, and one of them had turned out a liar.",
    ),
    "what ends, what breaks off": (
        "The letter took nine years to come, and every word of it was about the weather on the day that it was posted.",
        "The letter took nine years to come, and every word of it was… well, about the weather on the day that it…",
    ),
    "words, numbers": (
        "The station had two clocks and a master, and the master trusted the one that had stopped.",
        "The station had 2 clocks, 14 lamps, 31 chairs and a master, and at 4.15 the 3.50 had not come.",
    ),
    "a thing, how it looks": (
        "There was a lamp in the window of the ferry house, and nobody had ever asked who it was that it was lit for.",
        "There was a little red lamp in the long low window of the old grey house, and a small man beside the lamp.",
    ),
    "nobody in particular, people whom one must know": (
        "The otter owed a ferryman for a winter of crossings, and the ferryman had never once asked the otter for it.",
        "The otter owed Calloway for a winter of crossings, and then Ida Reed and Desmond had asked Tilda for it.",
    ),
    "what is so, what is asked": (
        "The river takes a fox for the whole of his life, and nobody has ever told him what he was taken for.",
        "Would the river take a fox for the whole of his life, and has nobody ever told him what he was taken for?",
    ),
    "what a thing is, what it did": (
        "A lamp is only a promise with a wick, and nobody had ever promised the harbour so much as the keeper.",
        "It went out, and a lamp is only a promise with a wick, and nobody had ever promised the harbour so much.",
    ),
    "speech of somebody, speech of nobody": (
        '"There are four ways into the harbour, and nobody has ever drawn the fourth," said Mrs Calloway.',
        '"There are four ways into the harbour, and nobody has ever drawn the fourth, Mrs Calloway said."',
    ),
    "a thought, a few words of it": (
        "There was a rule about the piano, and the rule was that it could be dusted but never, on any account, asked.",
        "There was a rule about the piano.",
    ),
    "what is thought, what is there": (
        "The keeper understood the sea, and he could not tell the harbour what he knew of it.",
        "The keeper of the light, and the sea, and the harbour, and the bell of the harbour.",
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
        WEIGHTS["es"],
        "El jefe de la estación saludaba siempre a los trenes que nunca se habían parado en un pueblo.",
        "Y entonces ella se lo dijo, y él se fue con ella, y esto era lo que ellos ahora le pedían.",
    ),
    "German": (
        WEIGHTS["de"],
        "Der Wärter zählte jede Nacht die Wellen, weil niemand ihm gesagt hatte, wann ein Meer voll ist.",
        "Und dann sagte sie es ihm, und er ging mit ihr, und jetzt wußten sie, was er hier von ihnen wollte.",
    ),
    "Russian": (
        WEIGHTS["ru"],
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
    assert score_by(better, weights_of(better)) > score_by(worse, weights_of(better))


def test_apostrophes_and_case_make_no_difference_to_the_words() -> None:
    straight = (
        "It's the keeper's rule that you can't ask, and nobody who's asked has ever been told what he'd been asked."
    )
    assert score(straight) == score(straight.replace("'", "’"))
    assert ENGLISH.split(ENGLISH.fold("“Never,” she SAID—you’re late")) == ["never", "she", "said", "you're", "late"]


@given(st.text(max_size=400))
def test_any_text_has_a_score_from_0_to_100(text: str) -> None:
    for weights in (ENGLISH, FRENCH, CHINESE_OR_JAPANESE, OTHER):
        assert 0 <= score_by(text, weights) <= 100
        assert len(weights.fold(text)) == len(text)
