"""What another policy changes, in plain sentences."""

from collections.abc import Mapping

from resource_hub.core.language import Translate
from resource_hub.core.language import marked as _
from resource_hub.matching.values.comparing import Change

_PARTS: Mapping[str, str] = {
    "fit": _("how well it fits"),
    "listing_right": _("whether the listing is right"),
    "accept": _("whether they can take the person"),
    "follow_through": _("whether the person gets there"),
    "timeliness": _("how soon it can start"),
    "price": _("the price of a scarce place"),
}


def change(moved: Change, translate: Translate) -> str:
    """Return where a service moved, and by what most: "Up from 5 to 2: how soon it can start (0.70, was 0.40)."."""
    place = _place(moved, translate)
    if moved.factor is None:
        return translate("%(place)s: others moved around it.", place=place)
    return translate(
        "%(place)s: %(part)s (%(now)s, was %(was)s).",
        place=place,
        part=translate(_PARTS[moved.factor]),
        now=f"{moved.value_now:.2f}",
        was=f"{moved.value_was:.2f}",
    )


def _place(moved: Change, translate: Translate) -> str:
    if moved.was is None:
        return translate("New in the list, at %(now)s", now=moved.now)
    if moved.now is None:
        return translate("Out of the list, was at %(was)s", was=moved.was)
    if moved.now < moved.was:
        return translate("Up from %(was)s to %(now)s", was=moved.was, now=moved.now)
    return translate("Down from %(was)s to %(now)s", was=moved.was, now=moved.now)
