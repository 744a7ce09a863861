"""Who a service is for, why it is left out, what to ask."""

from collections.abc import Mapping

from resource_hub.core.language import Translate
from resource_hub.core.language import marked as _
from resource_hub.inventory.values import Operator
from resource_hub.matching.phrases.names import CHOICES, either
from resource_hub.matching.values import Condition, Exclusion, Question

_RANGES: Mapping[tuple[str, str], str] = {
    ("age", Operator.AT_LEAST): _("people aged %(value)s or over"),
    ("age", Operator.AT_MOST): _("people aged %(value)s or under"),
    ("household_size", Operator.AT_LEAST): _("households of %(value)s or more"),
    ("household_size", Operator.AT_MOST): _("households of %(value)s or fewer"),
    ("income_fpl", Operator.AT_LEAST): _("incomes of %(value)s%% of the poverty level or more"),
    ("income_fpl", Operator.AT_MOST): _("incomes up to %(value)s%% of the poverty level"),
}
_YES: Mapping[str, str] = {
    "veteran": _("veterans"),
    "pregnant": _("people who are pregnant"),
    "disability": _("people who live with a disability"),
    "has_id": _("people with a photo ID"),
}
_NO: Mapping[str, str] = {
    "veteran": _("people who are not veterans"),
    "pregnant": _("people who are not pregnant"),
    "disability": _("people without a disability"),
    "has_id": _("people without a photo ID"),
}
_EXCLUSIONS: Mapping[str, str] = {
    "inactive": _("Not running at this time."),
    "outside_area": _("Does not serve where the person lives."),
    "too_far": _("Farther away than asked for."),
    "ineligible": _("The person does not meet a condition of the service."),
}
_QUESTIONS: Mapping[str, str] = {
    "age": _("What age?"),
    "household_size": _("How many people live in the household?"),
    "income_fpl": _("How high is the household's income, in percent of the poverty level?"),
    "veteran": _("Ever served in the military?"),
    "insurance": _("Which health insurance, if any?"),
    "gender": _("Which gender?"),
    "pregnant": _("Pregnant now?"),
    "disability": _("Lives with a disability?"),
    "has_id": _("Is there a photo ID?"),
    "zip": _("Which ZIP Code is home?"),
}


def exclusion(excluded: Exclusion, translate: Translate) -> str:
    """Return why a service is left out."""
    if excluded.condition is None:
        return translate(_EXCLUSIONS[excluded.code])
    return translate("Only for %(whom)s.", whom=whom(excluded.condition, translate))


def question(asked: Question, translate: Translate) -> str:
    """Return what to ask the person, or the organization where the person's answer is known and the rule is not."""
    if asked.stated:
        text = whom(asked.stated, translate)
        return translate("Ask the organization: it seems to be only for %(whom)s.", whom=text)
    return translate(_QUESTIONS[asked.fact]) if asked.fact in _QUESTIONS else translate("Ask who it is for.")


def whom(condition: Condition, translate: Translate) -> str:
    """Return whom a rule lets in."""
    template = _RANGES.get((condition.fact, condition.operator))
    if template and isinstance(condition.value, int | float):
        return translate(template, value=f"{condition.value:g}")
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    refuses = condition.operator in {Operator.IS_NOT, Operator.NONE_OF}
    if isinstance(values[0] if values else None, bool):
        sides = (_YES, _NO) if values[0] is not refuses else (_NO, _YES)
        return translate(sides[0].get(condition.fact, _("people who meet its conditions")))
    return _of_values(condition.fact, [str(value) for value in values], translate, refuses=refuses)


def _of_values(fact: str, values: list[str], translate: Translate, *, refuses: bool) -> str:
    if fact == "zip" and not refuses:
        return translate("people who live in %(codes)s", codes=", ".join(values))
    names = [CHOICES[fact, value.lower()] for value in values if (fact, value.lower()) in CHOICES]
    if not names:
        return translate("people who meet its conditions")
    text = either(names, translate)
    return translate("people other than %(whom)s", whom=text) if refuses else text
