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
    ("income", Operator.AT_LEAST): _("household incomes of $%(value)s a year or more"),
    ("income", Operator.AT_MOST): _("household incomes up to $%(value)s a year"),
    ("children", Operator.AT_LEAST): _("families with %(value)s or more children at home"),
    ("children", Operator.AT_MOST): _("families with %(value)s or fewer children at home"),
}
_SPECIAL: Mapping[tuple[str, str, float], str] = {
    ("children", Operator.AT_LEAST, 1): _("families with children at home"),
    ("children", Operator.AT_MOST, 0): _("people without children at home"),
}
_AGES_IN_MONTHS: Mapping[str, str] = {
    Operator.AT_LEAST: _("people aged %(value)s months or over"),
    Operator.AT_MOST: _("people aged %(value)s months or under"),
}
_YES: Mapping[str, str] = {
    "veteran": _("veterans"),
    "pregnant": _("people who are pregnant"),
    "disability": _("people who live with a disability"),
    "has_id": _("people with a photo ID"),
    "has_proof_of_address": _("people with proof of address"),
    "has_proof_of_income": _("people with proof of income"),
}
_NO: Mapping[str, str] = {
    "veteran": _("people who are not veterans"),
    "pregnant": _("people who are not pregnant"),
    "disability": _("people without a disability"),
    "has_id": _("people without a photo ID"),
    "has_proof_of_address": _("people without proof of address"),
    "has_proof_of_income": _("people without proof of income"),
}
_EXCLUSIONS: Mapping[str, str] = {
    "inactive": _("Not running at this time."),
    "outside_area": _("Does not serve where the person lives."),
    "too_far": _("Farther away than asked for."),
    "ineligible": _("The person does not meet a condition of the service."),
}
_QUESTIONS: Mapping[str, str] = {
    "age": _("What age (for a baby, in months)?"),
    "household_size": _("How many people live in the household?"),
    "income_fpl": _("How high is the household's income, in dollars a year or percent of the poverty level?"),
    "veteran": _("Ever served in the military?"),
    "insurance": _("Which health insurance, if any?"),
    "gender": _("Which gender?"),
    "pregnant": _("Pregnant now?"),
    "disability": _("Lives with a disability?"),
    "has_id": _("Is there a photo ID?"),
    "zip": _("Which ZIP Code is home?"),
    "income": _("How high is the household's income, in dollars a year?"),
    "children": _("How many children under 18 live at home?"),
    "has_proof_of_address": _("Is there proof of address, such as a lease or a bill?"),
    "has_proof_of_income": _("Is there proof of income, such as a pay stub?"),
}
# The kind of fact that a rule turns on.
_KINDS: Mapping[str, str] = {
    "age": _("Age"),
    "household_size": _("Household size"),
    "income_fpl": _("Income"),
    "veteran": _("Military service"),
    "insurance": _("Health insurance"),
    "gender": _("Gender"),
    "pregnant": _("Pregnancy"),
    "disability": _("Disability"),
    "has_id": _("Photo ID"),
    "zip": _("ZIP Code of home"),
    "income": _("Income"),
    "children": _("Children at home"),
    "has_proof_of_address": _("Proof of address"),
    "has_proof_of_income": _("Proof of income"),
}
_BABIES = 3


def exclusion(excluded: Exclusion, translate: Translate) -> str:
    """Return why a service is left out."""
    if excluded.condition is None:
        return translate(_EXCLUSIONS[excluded.code])
    rule, kind = whom(excluded.condition, translate), _KINDS.get(excluded.condition.fact)
    if kind is None:
        return translate("Only for %(whom)s.", whom=rule)
    return translate("%(fact)s: only for %(whom)s.", fact=translate(kind), whom=rule)


def question(asked: Question, translate: Translate) -> str:
    """Return what to ask the person, or the organization where the person's answer is known and the rule is not."""
    if asked.stated:
        text = whom(asked.stated, translate)
        return translate("Ask the organization: it seems to be only for %(whom)s.", whom=text)
    return translate(_QUESTIONS[asked.fact]) if asked.fact in _QUESTIONS else translate("Ask who it is for.")


def whom(condition: Condition, translate: Translate) -> str:
    """Return whom a rule lets in."""
    value = condition.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(condition, value, translate)
    values = value if isinstance(value, tuple) else (value,)
    refuses = condition.operator in {Operator.IS_NOT, Operator.NONE_OF}
    if isinstance(values[0] if values else None, bool):
        sides = (_YES, _NO) if values[0] is not refuses else (_NO, _YES)
        return translate(sides[0].get(condition.fact, _("people who meet its conditions")))
    return _of_values(condition.fact, [str(value) for value in values], translate, refuses=refuses)


def _of_number(condition: Condition, value: float, translate: Translate) -> str:
    special = _SPECIAL.get((condition.fact, condition.operator, value))
    if special:
        return translate(special)
    if condition.fact == "age" and value % 1 and value < _BABIES and condition.operator in _AGES_IN_MONTHS:
        return translate(_AGES_IN_MONTHS[condition.operator], value=round(value * 12))
    template = _RANGES.get((condition.fact, condition.operator), _("people who meet its conditions"))
    return translate(template, value=f"{value:,.10g}")


def _of_values(fact: str, values: list[str], translate: Translate, *, refuses: bool) -> str:
    if fact == "zip" and not refuses:
        return translate("people who live in %(codes)s", codes=", ".join(values))
    names = [CHOICES[fact, value.lower()] for value in values if (fact, value.lower()) in CHOICES]
    if not names:
        return translate("people who meet its conditions")
    text = either(names, translate)
    return translate("people other than %(whom)s", whom=text) if refuses else text
