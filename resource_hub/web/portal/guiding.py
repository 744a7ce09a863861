"""For who is not sure: two questions, each answered by one press, lead to a need. Nothing is kept here between them."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from resource_hub.core.language import marked
from resource_hub.web.portal.keeping import brought_back, can_keep, kept_at
from resource_hub.web.shared.guards import PUBLIC, guarded
from resource_hub.web.shared.language import current_translate

blueprint = Blueprint("guiding", __name__, url_prefix="/guide")


@dataclass(frozen=True)
class Branch:
    """A first answer with its icon; `question` follows, and each of its answers names a need."""

    text: str
    icon: str
    question: str
    answers: tuple[tuple[str, str], ...]


BRANCHES: Mapping[str, Branch] = {
    "money": Branch(
        marked("I cannot pay for what I need"),
        "attach_money",
        marked("What is hardest to pay?"),
        (
            (marked("Food"), "food-insecurity"),
            (marked("Rent"), "housing-instability"),
            (marked("Light, heat or water"), "utility-insecurity"),
            (marked("Doctor or medicine"), "medical-cost-burden"),
            (marked("Clothes or things for the house"), "material-hardship"),
            (marked("Something else"), "financial-insecurity"),
        ),
    ),
    "home": Branch(
        marked("I have trouble with my home"),
        "home",
        marked("What is the trouble?"),
        (
            (marked("I have no place to sleep"), "homelessness"),
            (marked("I may lose my home"), "housing-instability"),
            (marked("It is in bad shape"), "inadequate-housing"),
            (marked("I do not feel safe there"), "intimate-partner-violence"),
        ),
    ),
    "feelings": Branch(
        marked("I do not feel well or safe"),
        "favorite",
        marked("What is it most?"),
        (
            (marked("I feel sad or worried"), "stress"),
            (marked("I am alone too much"), "social-connection"),
            (marked("Somebody hurts or scares me"), "intimate-partner-violence"),
            (marked("An older adult is hurt or left alone"), "elder-abuse"),
        ),
    ),
    "health": Branch(
        marked("I need care or a ride"),
        "local_hospital",
        marked("What would help most?"),
        (
            (marked("Health insurance"), "health-insurance-coverage-status"),
            (marked("Help with a medical bill"), "medical-cost-burden"),
            (marked("A ride to the doctor"), "transportation-insecurity"),
            (marked("Help to stay well"), "protective-factor"),
        ),
    ),
    "work": Branch(
        marked("I want to work or learn"),
        "work",
        marked("What do you look for?"),
        (
            (marked("A job"), "employment-status"),
            (marked("School or a class"), "educational-attainment"),
            (marked("Help with English"), "language-access"),
            (marked("A phone or the internet"), "digital-access"),
            (marked("A start after jail"), "incarceration-status"),
        ),
    ),
}


@blueprint.get("")
@guarded(PUBLIC)
def start() -> ResponseReturnValue:
    """Ask what it is about."""
    return can_keep(_first())


@blueprint.post("")
@guarded(PUBLIC, writes=False)
def answer() -> ResponseReturnValue:
    """Lead to the second question; where the browser keeps nothing, ask it at once."""
    return kept_at("guiding.further") or _second(request.form.get("branch", ""))


@blueprint.get("/<signs>")
@guarded(PUBLIC)
def further(signs: str) -> ResponseReturnValue:
    """Ask the second question of what the browser keeps under these signs; where it keeps it no more, the first."""
    kept = brought_back(signs)
    return can_keep(_first(lost=True)) if kept is None else _second(kept.get("branch", ""))


def _second(code: str) -> ResponseReturnValue:
    """Ask which of that it is; each answer leads on to where."""
    if code not in BRANCHES:
        return _first(), 422
    translate, branch = current_translate(), BRANCHES[code]
    answers = [(translate(text), need) for text, need in branch.answers]
    return render_template("portal/guide_further.html", question=translate(branch.question), answers=answers)


def _first(*, lost: bool = False) -> str:
    translate = current_translate()
    branches = [(code, branch.icon, translate(branch.text)) for code, branch in BRANCHES.items()]
    return render_template("portal/guide.html", branches=branches, lost=lost)
