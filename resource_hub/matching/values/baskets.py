"""Several services that together answer several needs."""

from dataclasses import dataclass

from resource_hub.matching.values.listings import Listing


@dataclass(frozen=True)
class Handoff:
    """One service and the needs it is asked to meet. `visit` numbers the place to go to; None where none is needed."""

    listing: Listing
    needs: tuple[str, ...]
    visit: int | None


@dataclass(frozen=True)
class Basket:
    """Handoffs that cover every need for which there is a service; `uncovered` are the needs without one.

    `value` is the sum over the needs of the chance of help, less what the handoffs and trips cost.
    """

    handoffs: tuple[Handoff, ...]
    uncovered: tuple[str, ...]
    value: float

    @property
    def trips(self) -> int:
        """How many places the person has to go to."""
        return len({handoff.visit for handoff in self.handoffs} - {None})
