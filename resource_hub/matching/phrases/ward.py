"""Why a list for many people proposes something else than a person's own first choice."""

from collections.abc import Mapping

from resource_hub.core.language import Translate
from resource_hub.core.language import marked as _
from resource_hub.matching.values import Reason

_SENTENCES: Mapping[str, str] = {
    "ward_shared": _(
        "The first choice would be %(name)s. It has room for %(places)s, and it is the first choice of %(others)s more"
        " on this list. This is the next best with room, and never less than what is left for whoever comes last."
    ),
    "ward_kept": _(
        "The first choice would be %(name)s. It has room for %(places)s, and helps more people on this list when others"
        " go there. This is nearly as good, and never less than what is left for whoever comes last."
    ),
    "ward_nothing": _("Nothing with room is left that fits. Look at this person's own list."),
}


def ward(reason: Reason, translate: Translate) -> str:
    """Return the sentence of a row's `why`."""
    return translate(_SENTENCES[reason.code], **reason.values)
