"""A screening → the assessment chain of HL7's SDOH Clinical Care guide: response, observations, health concerns.

Only what the instrument works out carries an interpretation. Concerns are unconfirmed: a clinician decides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from resource_hub.core.codes import NEEDS
from resource_hub.exchange.fhir.coded import (
    HEALTH_CONCERN,
    ICD_10_CM,
    LOINC,
    POSITIVE,
    SDOH,
    SDOHCC,
    SURVEY,
    TERMINOLOGY,
    Json,
    category,
    coding,
    concept,
    instant,
    local,
    meta,
    part_id,
)
from resource_hub.exchange.fhir.responses import all_answers, to_response, value_of
from resource_hub.screening.rules.sensitive import labels_of, labels_of_result
from resource_hub.screening.values import (
    Answer,
    Answers,
    DomainResult,
    Flag,
    Instrument,
    Item,
    Result,
    Screening,
    Sensitivity,
    SumAtLeast,
)

OBSERVATION = f"{SDOHCC}/StructureDefinition/SDOHCC-ObservationScreeningResponse"
CONDITION = f"{SDOHCC}/StructureDefinition/SDOHCC-Condition"
# Coded answers are concepts in an Observation and codings in a response.
_AS_CONCEPT = {"valueCoding": "valueCodeableConcept"}


@dataclass(frozen=True)
class Chain:
    """A screening with what may leave of it, and what the ICD-10-CM codes are called."""

    instrument: Instrument
    screening: Screening
    answers: Answers
    patient: str
    covered: frozenset[Sensitivity]
    diagnoses: Mapping[str, str]


def to_bundle(chain: Chain) -> Json:
    """Return the chain as a collection; what the labels in `covered` do not allow is left out."""
    instrument, screening = chain.instrument, chain.screening
    response = to_response(instrument, screening, chain.answers, chain.patient, chain.covered)
    records = [response, *_observations(chain), *_conditions(chain)]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": instant(screening.screened_at),
        "entry": [{"fullUrl": f"urn:uuid:{record['id']}", "resource": record} for record in records],
    }


def _observations(chain: Chain) -> Iterator[Json]:
    for one in _observed(chain):
        item = chain.instrument.item(one.item)
        if item is not None:
            yield _observation(chain, item, one)


def _observed(chain: Chain) -> Iterator[Answer]:
    """Give the answers that become observations: coded questions about a domain, and what was worked out from them."""
    for one in all_answers(chain.instrument, chain.answers):
        item = chain.instrument.item(one.item)
        if item is None or item.system != LOINC or not labels_of(chain.instrument, item) <= chain.covered:
            continue
        option = item.option(one.answer)
        if _domains(chain.instrument, item) and not (option and option.refusal):
            yield one


def _observation(chain: Chain, item: Item, answer: Answer) -> Json:
    domains = _domains(chain.instrument, item)
    at = instant(chain.screening.screened_at)
    value = {_AS_CONCEPT.get(key, key): found for key, found in value_of(item, answer.answer).items()}
    if "valueCodeableConcept" in value:
        value = {"valueCodeableConcept": {"coding": [value["valueCodeableConcept"]]}}
    observation: Json = {
        "resourceType": "Observation",
        "id": _observation_id(chain, answer),
        "meta": meta(OBSERVATION, labels_of(chain.instrument, item)),
        "status": "final",
        "category": [concept(*SURVEY), concept(*SDOH), *(category(domain) for domain in domains if domain in NEEDS)],
        "code": concept(LOINC, item.code, item.display),
        "subject": {"reference": chain.patient},
        "effectiveDateTime": at,
        "issued": at,
        "performer": [{"reference": chain.patient}],
        **value,
        "derivedFrom": [local(chain.screening.id)],
    }
    return observation | ({"interpretation": [concept(*POSITIVE)]} if _is_positive(chain, item, answer) else {})


def _conditions(chain: Chain) -> Iterator[Json]:
    for result in chain.screening.results:
        if result.result is Result.POSITIVE and labels_of_result(chain.instrument, result) <= chain.covered:
            yield _condition(chain, result)


def _condition(chain: Chain, result: DomainResult) -> Json:
    categories = [concept(*HEALTH_CONCERN), concept(*SDOH)]
    if result.domain in NEEDS:
        categories.append(category(result.domain))
    condition: Json = {
        "resourceType": "Condition",
        "id": part_id(chain.screening.id, "condition", result.domain),
        "meta": meta(CONDITION, labels_of_result(chain.instrument, result)),
        "clinicalStatus": concept(f"{TERMINOLOGY}/condition-clinical", "active", "Active"),
        "verificationStatus": concept(f"{TERMINOLOGY}/condition-ver-status", "unconfirmed", "Unconfirmed"),
        "category": categories,
        "code": _diagnosis(chain, result.domain),
        "subject": {"reference": chain.patient},
        "recordedDate": instant(chain.screening.screened_at),
    }
    evidence = [{"detail": [local(one)]} for one in _evidence(chain, result)]
    return condition | ({"evidence": evidence} if evidence else {})


def _diagnosis(chain: Chain, domain: str) -> Json:
    found = [one for one in chain.screening.suggestions if one.domain == domain]
    codings = [coding(ICD_10_CM, one.code, chain.diagnoses.get(one.code, "")) for one in found]
    return ({"coding": codings} if codings else {}) | {"text": NEEDS.get(domain, domain.replace("-", " ").capitalize())}


def _evidence(chain: Chain, result: DomainResult) -> list[str]:
    """Return the observations that show a concern: the one that was worked out, else those of the questions."""
    observed = list(_observed(chain))
    items = {item.code: item for item in chain.instrument.items}
    worked_out = [one for one in observed if items[one.item].calculation and _is_positive(chain, items[one.item], one)]
    own = [one for one in worked_out if result.domain in _domains(chain.instrument, items[one.item])]
    return [_observation_id(chain, one) for one in own or [one for one in observed if one.item in result.because]]


def _observation_id(chain: Chain, answer: Answer) -> str:
    return part_id(chain.screening.id, "observation", answer.item, answer.answer)


def _domains(instrument: Instrument, item: Item) -> tuple[str, ...]:
    """Return the domains of a question, or of those that a worked-out answer follows from."""
    calculation = item.calculation
    if calculation is None:
        return instrument.domains_of(item.code)
    codes = calculation.positive if isinstance(calculation, Flag) else calculation.codes
    return tuple(dict.fromkeys(domain for code in codes for domain in instrument.domains_of(code)))


def _is_positive(chain: Chain, item: Item, answer: Answer) -> bool:
    calculation = item.calculation
    if isinstance(calculation, Flag):
        return answer.answer == calculation.yes
    if calculation is None:
        return False
    cut_offs = [
        rule.test.at_least
        for rule in chain.instrument.rules
        if isinstance(rule.test, SumAtLeast) and set(rule.test.codes) == set(calculation.codes)
    ]
    return any(float(answer.answer) >= cut_off for cut_off in cut_offs)
