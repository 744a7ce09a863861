"""There are five kinds of refusal, each with a stable code that may be made more exact."""

import pytest

from resource_hub.core.errors import Conflict, Fault, HubError, Invalid, NotAllowed, NotFound, Refused

KINDS = {
    Invalid: "invalid",
    NotFound: "not_found",
    NotAllowed: "not_allowed",
    Refused: "refused",
    Conflict: "conflict",
}


class Full(Refused):
    code = "full"


@pytest.mark.parametrize(("kind", "code"), KINDS.items())
def test_each_kind_has_its_code_and_says_its_text(kind: type[HubError], code: str) -> None:
    error = kind("Write a number.")
    assert (error.code, error.text, str(error), error.faults) == (code, "Write a number.", "Write a number.", ())


def test_a_code_is_made_exact_by_a_class_or_in_place() -> None:
    assert Full("No room.").code == "full"
    assert Refused("No room.", code="full").code == "full"
    assert Refused("No.").code == "refused"


def test_faults_name_each_field() -> None:
    faults = (Fault("age", "out_of_range", "Use 0 to 130."), Fault("zip", "invalid", "Use five digits."))
    assert [fault.field for fault in Invalid("Two faults.", faults=faults).faults] == ["age", "zip"]
