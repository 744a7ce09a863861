"""Code lists of the field that several domains share: needs (SDOHCC categories) and facts about a person."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from resource_hub.core.errors import Fault, Invalid
from resource_hub.core.language import Sentence
from resource_hub.core.language import marked as _

# A fact that may have several values at once has them as a tuple where there are two or more.
FactValue = float | bool | str | tuple[str, ...]

# Source: HL7 SDOH Clinical Care, value set "SDOH Category"; in the guide's order, but for the unspecified one.
NEEDS: Mapping[str, str] = {
    "food-insecurity": _("Food"),
    "housing-instability": _("Keeping a home"),
    "homelessness": _("A place to stay"),
    "inadequate-housing": _("Home repairs and safety"),
    "transportation-insecurity": _("Rides"),
    "financial-insecurity": _("Money"),
    "material-hardship": _("Clothes and household goods"),
    "educational-attainment": _("School and classes"),
    "employment-status": _("Work"),
    "veteran-status": _("Help for veterans"),
    "stress": _("Stress and feelings"),
    "social-connection": _("Company and support"),
    "intimate-partner-violence": _("Safety at home"),
    "elder-abuse": _("Safety for older adults"),
    "personal-health-literacy": _("Health information"),
    "health-insurance-coverage-status": _("Health insurance"),
    "medical-cost-burden": _("Medical bills"),
    "digital-literacy": _("Learning to use a computer"),
    "digital-access": _("Phone and internet"),
    "utility-insecurity": _("Light, heat and water"),
    "incarceration-status": _("Help after jail"),
    "language-access": _("Help with English"),
    "protective-factor": _("Staying well"),
    "sdoh-category-unspecified": _("Other help"),
}


class FactKind(StrEnum):
    """How the value of a fact is written."""

    NUMBER = "number"
    YES_NO = "yes_no"
    CHOICE = "choice"
    POSTAL_CODE = "postal_code"


@dataclass(frozen=True)
class Fact:
    """A fact about a person that eligibility may ask for. Numbers lie from 0 to `largest`, in `unit`.

    Of a fact that takes `several`, a person may have more than one of the choices.
    """

    name: str
    kind: FactKind
    label: str
    choices: tuple[str, ...] = ()
    largest: float = 0
    unit: str = ""
    several: bool = False


FACTS: Mapping[str, Fact] = {
    fact.name: fact
    for fact in (
        Fact("age", FactKind.NUMBER, _("Age"), largest=130, unit="years"),
        Fact("household_size", FactKind.NUMBER, _("People in the household"), largest=30),
        Fact("income_fpl", FactKind.NUMBER, _("Income, in percent of the poverty level"), largest=5000, unit="%"),
        Fact("veteran", FactKind.YES_NO, _("Veteran")),
        Fact(
            "insurance",
            FactKind.CHOICE,
            _("Health insurance"),
            choices=("none", "medicaid", "medicare", "private", "other"),
            several=True,
        ),
        Fact("gender", FactKind.CHOICE, _("Gender"), choices=("female", "male", "other")),
        Fact("pregnant", FactKind.YES_NO, _("Pregnant")),
        Fact("disability", FactKind.YES_NO, _("Lives with a disability")),
        Fact("has_id", FactKind.YES_NO, _("Has a photo ID")),
        Fact("zip", FactKind.POSTAL_CODE, _("ZIP Code of home")),
        Fact("income", FactKind.NUMBER, _("Household income, in dollars a year"), largest=10_000_000, unit="$"),
        Fact("children", FactKind.NUMBER, _("Children under 18 at home"), largest=20),
        Fact("has_proof_of_address", FactKind.YES_NO, _("Has proof of address")),
        Fact("has_proof_of_income", FactKind.YES_NO, _("Has proof of income")),
    )
}

NONE = "none"
_ROUNDING = 1e-6
_MONTHS = re.compile(r"(\d{1,4})\s*(?:m|mo|mos|months?)\.?", re.ASCII)
_DOLLARS = re.compile(r"\$?\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?", re.ASCII)
_YES = frozenset({"yes", "true", "1", "y"})
_NO = frozenset({"no", "false", "0", "n"})


def check_need(code: str) -> str:
    """Return the code of a need; refuses one that is not in the list."""
    if code not in NEEDS:
        raise _invalid("need", f"“{code[:60]}” is not a need. Use one of: {', '.join(NEEDS)}.")
    return code


def parse_fact(name: str, text: str) -> FactValue:
    """Read the value of a fact as people write it; refuses unknown names and values.

    An age may be written in months ("7 months", "18m"): it is then the middle of that month, in years. A sum of money
    may have a dollar sign and commas. Several values of one fact are separated by commas.
    """
    fact = FACTS.get(name)
    if fact is None:
        raise _invalid(name[:40], f"There is no such fact. Use one of: {', '.join(FACTS)}.")
    words = text.strip().lower()
    if fact.kind is FactKind.NUMBER:
        return _number(fact, _plain_number(name, words))
    if fact.kind is FactKind.YES_NO:
        return _yes_no(fact, words)
    if fact.kind is FactKind.CHOICE:
        return _choices(fact, words)
    if not re.fullmatch("[0-9]{5}", words):
        raise _invalid(name, _("Use a ZIP Code of five digits."))
    return words


def written(name: str, value: FactValue) -> str:
    """Return the value of a fact as `parse_fact` reads it, and as people write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, str):
        return value
    months = months_of(value) if name == "age" else None
    return f"{months} months" if months is not None else f"{value:.10g}"


def months_of(age: float) -> int | None:
    """Return the full months of an age that was told in months; None where it was told in years (30, or 30.5)."""
    return None if 2 * age % 1 == 0 else int(age * 12 + _ROUNDING)


def values_of(value: FactValue) -> tuple[FactValue, ...]:
    """Return the values of a fact, of which there may be several."""
    return value if isinstance(value, tuple) else (value,)


def _plain_number(name: str, words: str) -> str:
    if name == "age" and (found := _MONTHS.fullmatch(words)):
        return repr((int(found[1]) + 0.5) / 12)
    if name == "income" and (found := _DOLLARS.fullmatch(words)):
        return found[1].replace(",", "") + (found[2] or "")
    return words


def _choices(fact: Fact, words: str) -> FactValue:
    said = {part.strip() for part in words.split(",")} if fact.several else {words}
    if not said <= {*fact.choices}:
        raise _invalid(fact.name, Sentence("Use one of: %(choices)s.", choices=", ".join(fact.choices)))
    if NONE in said and len(said) > 1:
        raise _invalid(fact.name, _("“none” cannot stand beside another answer."))
    chosen = tuple(choice for choice in fact.choices if choice in said)
    return chosen if len(chosen) > 1 else chosen[0]


def _number(fact: Fact, words: str) -> float:
    try:
        value = float(words)
    except ValueError:
        value = -1
    if not 0 <= value <= fact.largest:
        raise _invalid(fact.name, Sentence("Use a number from 0 to %(largest)s.", largest=f"{fact.largest:.0f}"))
    return value


def _yes_no(fact: Fact, words: str) -> bool:
    if words in _YES | _NO:
        return words in _YES
    raise _invalid(fact.name, _("Use yes or no."))


def _invalid(field: str, text: str) -> Invalid:
    return Invalid(f"{field}: {text}", faults=(Fault(field, "invalid", text),))
