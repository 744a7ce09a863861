"""Where a service stood in a list, carried by the browser under a seal that only we can make.

The seal holds for one person and one service and for half a day; whatever else comes back is no place in a list.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta

from resource_hub.accounts.work import Work
from resource_hub.handoff.values.asked import Listed
from resource_hub.matching.values import Ranking

LONGEST = 600
LARGEST_SEED = 2**53
HOLDS = timedelta(hours=12)
_PURPOSE = "place-in-list"


def new_seed(work: Work) -> int:
    """Return the seed of one list; never 0, which draws nothing."""
    return work.random.randrange(1, LARGEST_SEED)


def seals(work: Work, person_id: str, ranking: Ranking, seed: int) -> Mapping[str, str]:
    """Return the sealed place of each service that is shown, by the id of its service at location."""
    return {
        match.listing.service_at_location_id: _seal(
            work,
            person_id,
            match.listing.service_at_location_id,
            Listed(
                policy=ranking.policy,
                seed=seed,
                position=position,
                listed=len(ranking.matches),
                score=match.score,
                price=match.price,
                propensity=match.propensity,
                above=position - match.lot.place,
            ),
        )
        for position, match in enumerate(ranking.matches, start=1)
    }


def opened(work: Work, person_id: str, service_at_location_id: str, text: str) -> Listed | None:
    """Return the place that a seal holds; None where it is not ours, is of another person or service, or is old."""
    mac, _dot, said = text.partition(".")
    if not text.isascii() or not work.vault.mac_agrees(mac, _bound(person_id, service_at_location_id, said), _PURPOSE):
        return None
    place = json.loads(said)
    at = datetime.fromisoformat(place.pop("at"))
    return Listed(**place) if work.now - at <= HOLDS else None


def _seal(work: Work, person_id: str, service_at_location_id: str, place: Listed) -> str:
    said = json.dumps({"at": work.now.isoformat(), **asdict(place)}, separators=(",", ":"))
    mac = work.vault.mac(_bound(person_id, service_at_location_id, said), _PURPOSE)
    return f"{mac}.{said}"


def _bound(person_id: str, service_at_location_id: str, said: str) -> str:
    return f"{person_id} {service_at_location_id} {said}"
