"""One page with every part that templates repeat, in every state."""

from itertools import count, groupby

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from resource_hub.web.dev import forms_shown, handoffs_shown, portal_shown
from resource_hub.web.dev.specimens import Specimen, drawn
from resource_hub.web.shared.guards import PUBLIC, guarded

blueprint = Blueprint("components", __name__, url_prefix="/dev/components")

_ROOMS = (
    forms_shown.parts,
    forms_shown.items,
    handoffs_shown.moves,
    handoffs_shown.words,
    handoffs_shown.lists,
    handoffs_shown.figures,
    portal_shown.portal,
)


@blueprint.get("")
@guarded(PUBLIC)
def show() -> ResponseReturnValue:
    """Show the parts, each under its name."""
    numbers = count(1)
    parts = [
        (template, macro, [(one.state, drawn(one, next(numbers))) for one in of_macro])
        for (template, macro), of_macro in groupby(specimens(), lambda one: (one.template, one.macro))
    ]
    return render_template("dev/components.html", parts=parts)


def specimens() -> list[Specimen]:
    """Return every part in every state, those of one macro together."""
    return [one for room in _ROOMS for one in room()]
