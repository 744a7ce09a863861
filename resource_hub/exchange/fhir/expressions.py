"""Calculated scores: the few forms of FHIRPath that published questionnaires use. Any other is refused."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from resource_hub.exchange.fhir import elements
from resource_hub.exchange.fhir.elements import HL7, Json
from resource_hub.screening.rules.fields import refusal

VARIABLE = f"{HL7}StructureDefinition/variable"
CALCULATED = f"{HL7}uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"

_LINK = r"linkId=(?P<quote>['\"])(?P<link>[^'\"]+)(?P=quote)"
_ANSWER = re.compile(rf"%resource(?:\.descendants\(\)|\.item)+\.where\({_LINK}\)\.answer\.value(?:Coding)?\.code")
_SCORE = re.compile(
    rf"%resource(?:\.descendants\(\)|\.item)+\.where\({_LINK}\)\.answer\.value\.ordinal\(\)"
    rf"|%questionnaire(?:\.descendants\(\)|\.item)+\.where\(linkId='(?P<of>[^']+)'\)\.answerOption\.where\(valueCoding\.code="
    r"%resource(?:\.descendants\(\)|\.item)+\.where\(linkId='(?P=of)'\)\.answer\.value(?:Coding)?\.code\)"
    r"\.extension\.where\(url='[^']+(?:ordinalValue|itemWeight)'\)\.value(?:Decimal)?"
)
_CODES = re.compile(r"'[^']+'(?:\.combine\('[^']+'\))*")
_CONTAINS = re.compile(r"%(?P<codes>\w+)contains%(?P<answer>\w+)")
_EXISTS = re.compile(r"%(?P<answer>\w+)\.exists\(\)")
_OPTION = re.compile(r"%\w+\.answerOption\.valueCoding\.where\(code='(?P<code>[^']+)'\)")
_FLAG = re.compile(r"iif\(%(?P<known>\w+),iif\(%(?P<risk>\w+),%(?P<yes>\w+),%(?P<no>\w+)\),\{\}\)")
_SUM = re.compile(
    r"%resource(?:\.descendants\(\)|\.item)+\.where\((?P<links>[^()]+)\)\.answer\.value\.ordinal\(\)\.sum\(\)"
)
_TERM = re.compile(r"iif\(%(?P<one>\w+)\.exists\(\),%(?P=one),0\)|%(?P<bare>\w+)")
_GUARDED = re.compile(r"iif\(%\w+,(?P<sum>[^{}]+),\{\}\)")
_SPACES = re.compile(r"\s+(?=(?:[^']*'[^']*')*[^']*$)")
_LONGEST = 4000


@dataclass(frozen=True)
class Expressions:
    """The variables of a questionnaire, and the codes of its items by link id."""

    variables: Mapping[str, str]
    codes: Mapping[str, str]

    @classmethod
    def of(cls, top: Json, items: Sequence[tuple[Json, str]], codes: Mapping[str, str]) -> "Expressions":
        """Collect the variables of the whole and of its items; a name means one thing."""
        variables: dict[str, str] = {}
        for entry, where in [(top, ""), *items]:
            for url, extension, place in elements.extensions(entry, where):
                if url == VARIABLE:
                    name, text = _expression(extension, place)
                    if variables.setdefault(name, text) != text:
                        raise refusal(place, "Another variable has the same name.")
        return cls(variables, codes)

    def of_item(self, entry: Json, where: str, items: Sequence[Mapping[str, object]]) -> dict[str, object] | None:
        """Return what an item calculates, or None; refuses with bad_instrument what is not understood."""
        found = [one for one in elements.extensions(entry, where) if one[0] == CALCULATED]
        if not found:
            return None
        _url, extension, place = found[0]
        text = _expression(extension, place)[1]
        calculated = self._flag(text) or self._sum(text, items)
        if calculated is None:
            raise refusal(place, "This calculation is not understood. Use a sum of ordinal values, or a risk by codes.")
        return calculated

    def _flag(self, text: str) -> dict[str, object] | None:
        found = _FLAG.fullmatch(text)
        if found is None:
            return None
        risk, known = self._say(found["risk"]), self._say(found["known"])
        yes, no = (_OPTION.fullmatch(self._say(found[name])) for name in ("yes", "no"))
        parts = [_CONTAINS.fullmatch(part) for part in _split(risk)]
        if not (yes and no and all(_EXISTS.fullmatch(part) for part in _split(known))):
            return None
        positive = dict(self._positive(part) for part in parts if part)
        if len(positive) != len(parts) or "" in positive or not all(positive.values()):
            return None
        return {"positive": positive, "yes": yes["code"], "no": no["code"]}

    def _positive(self, part: re.Match[str]) -> tuple[str, list[str]]:
        answer, codes = _ANSWER.fullmatch(self._say(part["answer"])), self._say(part["codes"])
        link = answer["link"] if answer else ""
        return self.codes.get(link, ""), re.findall(r"'([^']+)'", codes) if _CODES.fullmatch(codes) else []

    def _sum(self, text: str, items: Sequence[Mapping[str, object]]) -> dict[str, object] | None:
        guarded = _GUARDED.fullmatch(text)
        links = self._links(guarded["sum"] if guarded else text)
        codes = [self.codes.get(link, "") for link in links]
        scored = {item["code"]: item for item in items if _is_scored(item)}
        return {"sum": codes} if codes and all(code in scored for code in codes) else None

    def _links(self, text: str) -> list[str]:
        whole = _SUM.fullmatch(text)
        if whole:
            parts = [re.fullmatch(_LINK, part) for part in whole["links"].split("or")]
            return [part["link"] if part else "" for part in parts]
        terms = [_TERM.fullmatch(term) for term in text.split("+")]
        scores = [_SCORE.fullmatch(self._say(term["one"] or term["bare"])) if term else None for term in terms]
        return [(score["link"] or score["of"]) if score else "" for score in scores]

    def _say(self, name: str) -> str:
        return self.variables.get(name, "")


def _split(text: str) -> list[str]:
    return [part if part.startswith("%") else f"%{part}" for part in text.split("or%")]


def _is_scored(item: Mapping[str, object]) -> bool:
    options = item.get("answers")
    return isinstance(options, list) and all("score" in option for option in options)


def _expression(extension: Json, where: str) -> tuple[str, str]:
    value = extension.get("valueExpression")
    if not isinstance(value, dict) or value.get("language") != "text/fhirpath":
        raise refusal(where, "Write a valueExpression in text/fhirpath.")
    text = elements.text(value, "expression", where)
    if not text or len(text) > _LONGEST:
        raise refusal(where, f"Write an expression of 1 to {_LONGEST} characters.")
    # Space means nothing outside of quotes, so that one pattern reads all ways to set it.
    return elements.text(value, "name", where), _SPACES.sub("", text)
