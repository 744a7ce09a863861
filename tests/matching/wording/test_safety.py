"""Safety rules speak when they must, and are silent when they must be."""

import re

import pytest

from resource_hub.matching.rules.wording.normal import normalise
from resource_hub.matching.rules.wording.safety import first_rule
from resource_hub.matching.values.wording import Lexicon

SPEAKS = {
    "violence": [
        "somewhere safe from my husband", "my boyfriend hits me", "I am scared of my ex", "he beats me",
        "abusive relationship",
        "domestic violence shelter", "my wife threatened to kill me",
        "I need to get away from my abusive partner… he hits me",
        "mi esposo me pega", "tengo miedo de mi pareja", "violencia doméstica", "My ex is stalking me",
        "afraid to go home",
        "need a restraining order", "me golpea y me amenaza", "escape from my husband", "safe from him",
    ],
    "suicide": [
        "I want to die", "thinking about suicide", "I want to kill myself", "no reason to live", "i’m suicidal",
        "I have been cutting myself", "quiero morir", "ya no quiero vivir", "pienso en quitarme la vida",
        "better off dead",
    ],
    "child-abuse": [
        "my neighbor hits his son", "someone is hurting my child", "report child abuse", "le pegan al niño",
        "my stepfather hurts my daughter",
    ],
    "elder-abuse": [
        "my uncle hits my grandmother", "someone is stealing from my grandmother", "elder abuse",
        "maltratan a mi abuela", "the caregiver hits her",
    ],
    "sexual-violence": ["I was raped", "sexual assault help", "me violaron"],
    "nowhere-tonight": [
        "I have nowhere to sleep tonight", "sleeping in my car", "need a bed for tonight", "kicked me out",
        "no tengo donde dormir", "vivo en la calle", "living on the street with kids", "shelter tonight",
    ],
    "no-food-today": [
        "no food tonight", "nothing to eat", "my kids are hungry", "haven't eaten in two days",
        "no hay comida en casa",
        "mis hijos tienen hambre", "no formula for the baby",
    ],
    "medical-emergency": [
        "chest pain", "she is not breathing", "my friend overdosed", "me duele el pecho", "no puedo respirar",
    ],
    "trafficking": ["I am being trafficked", "me quitaron el pasaporte"],
}  # fmt: skip
SILENT = [
    "suicide prevention training job", "my husband needs a ride", "support after suicide loss",
    "job at a suicide hotline",
    "volunteer at a domestic violence shelter", "child abuse prevention training", "ride for my husband to dialysis",
    "food pantry", "where can I get groceries", "my wife needs insulin", "help with rent",
    "exercise class for seniors",
    "my child needs a tutor", "stroke support group", "class for heart attack survivors",
    "my boyfriend and I need an apartment", "my back hurts me", "I hurt myself at work and cannot pay rent",
    "sleep apnea machine", "dinner for my husband", "ex offender jobs", "necesito comida para mi abuela",
    "mi esposo necesita trabajo", "drug trafficking record expunged", "donate food tonight",
    "quiero aprender ingles", "baby clothes", "my mother is old and needs company",
    "I cant sleep tonight because of noise",
]  # fmt: skip


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in SPEAKS.items() for text in texts])
def test_words_of_danger_are_heard(lexicon: Lexicon, code: str, text: str) -> None:
    rule = first_rule(lexicon.safety, normalise(text))

    assert rule is not None
    assert rule.code == code
    assert rule.help


@pytest.mark.parametrize("text", SILENT)
def test_other_words_are_left_alone(lexicon: Lexicon, text: str) -> None:
    assert first_rule(lexicon.safety, normalise(text)) is None


def test_each_helpline_has_a_number_and_words_in_both_languages(lexicon: Lexicon) -> None:
    lines = {line.phone: line for rule in lexicon.safety for line in rule.help}

    assert {"911", "988", "211", "1-800-799-7233"} <= set(lines)
    for phone, line in lines.items():
        assert re.fullmatch(r"\d{3}|1-800-\d{3}-\d{4}|1-888-\d{3}-\d{4}", phone)
        assert all(line.text[language] for language in ("en", "es"))


def test_what_was_corrected_speaks_too(lexicon: Lexicon) -> None:
    assert first_rule(lexicon.safety, "my husbund hits me")
    assert first_rule(lexicon.safety, "scared of my husbund", "scared of my husband")
