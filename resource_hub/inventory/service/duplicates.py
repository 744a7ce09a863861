"""Looking for duplicates in a market, and what stewards say of the pairs that were found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from resource_hub.accounts import audit
from resource_hub.accounts.values import AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.core.db import insert_new
from resource_hub.inventory.errors import PairMovedOn
from resource_hub.inventory.models import DuplicatePair, Market
from resource_hub.inventory.queries import duplicates as stored
from resource_hub.inventory.queries.duplicates import Candidate
from resource_hub.inventory.rules.duplicates.compare import compare_names
from resource_hub.inventory.rules.duplicates.finding import FoundPair, Watch, find_pairs
from resource_hub.inventory.rules.duplicates.names import read_name
from resource_hub.inventory.service.merging.merge import check_steward
from resource_hub.inventory.values import PairStatus, RecordKind

# Services of one organization that are called less alike than this are two.
_SERVICES_ALIKE = 0.95
# A pair that was said to be different comes back when what it says is less like what it said then.
_STILL_SAYS = 0.85


@dataclass(frozen=True)
class Duplicate:
    """Two records of a market that look the same."""

    kind: RecordKind
    ids: tuple[str, str]
    score: float
    reasons: tuple[str, ...]
    said: str


def find_duplicates(work: Work, market: Market, watch: Watch = iter) -> list[Duplicate]:
    """Return the pairs of a market that look the same, the surest first of each kind."""
    return [found for kind in RecordKind for found in _find(work, market, kind, watch)]


def _find(work: Work, market: Market, kind: RecordKind, watch: Watch) -> list[Duplicate]:
    records = stored.candidates_of(work.session, market.id, kind)
    pairs = find_pairs([record.fields for record in records], _may(records, kind), watch)
    return [_duplicate(kind, records, pair) for pair in pairs]


def _may(records: Sequence[Candidate], kind: RecordKind) -> Callable[[int, int], bool]:
    def may(one: int, other: int) -> bool:
        if kind is not RecordKind.SERVICE:
            return True
        # One organization's food pantry and soup kitchen are two services, though those words tell little.
        names = read_name(records[one].title), read_name(records[other].title)
        return compare_names(*names).alike >= _SERVICES_ALIKE

    return may


def _duplicate(kind: RecordKind, records: Sequence[Candidate], pair: FoundPair) -> Duplicate:
    first, second = sorted((records[pair.one], records[pair.other]), key=lambda record: record.id)
    said = f"{_said(first)}\n{_said(second)}"
    return Duplicate(kind, (first.id, second.id), pair.judged.score, pair.judged.reasons, said)


def _said(record: Candidate) -> str:
    fields = record.fields
    return f"{fields.name}|{fields.address_1}|{fields.city}|{fields.postal_code}|{fields.phone}|{fields.website}"


def remember(work: Work, market: Market, found: Sequence[Duplicate]) -> None:
    """Put pairs into the queue; what looks the same no longer leaves it, and decisions stay.

    A pair that was said to be different comes back only when what it says has changed much.
    """
    known = stored.known_pairs(work.session, market.id)
    for one in sorted(found, key=lambda one: (one.kind, one.ids)):
        pair = known.pop((one.kind.value, *one.ids), None)
        if pair is None:
            # Where somebody else looks at the same time, one of the two puts it into the queue.
            insert_new(work.session, DuplicatePair, _row(work, market, one))
        elif pair.status != PairStatus.DIFFERENT or _changed_much(pair.said, one.said):
            again = pair.status in {PairStatus.DIFFERENT, PairStatus.MERGED}
            pair.status = PairStatus.OPEN if again else pair.status
            pair.score, pair.reasons, pair.said = one.score, list(one.reasons), one.said
    for pair in known.values():
        if pair.status in {PairStatus.OPEN, PairStatus.LATER}:
            work.session.delete(pair)
    work.session.flush()


def _changed_much(then: str, now: str) -> bool:
    return Indel.normalized_similarity(then, now) < _STILL_SAYS


def _row(work: Work, market: Market, one: Duplicate) -> dict[str, object]:
    return {
        "id": work.new_id(),
        "market_id": market.id,
        "kind": one.kind,
        "first_id": one.ids[0],
        "second_id": one.ids[1],
        "score": one.score,
        "reasons": list(one.reasons),
        "said": one.said,
        "status": PairStatus.OPEN,
        "found_at": work.now,
    }


def decide(work: Work, pair_id: str, status: PairStatus) -> DuplicatePair:
    """Write down that a pair is two records, or is put off for later.

    Refuses with StewardsOnly, NoSuchPair outside the steward's markets, and PairMovedOn when it is decided already.
    """
    check_steward(work)
    pair = stored.get_pair(work.session, work.actor, pair_id, for_update=True)
    if pair.status in {PairStatus.DIFFERENT, PairStatus.MERGED}:
        raise PairMovedOn("Somebody else decided about this pair meanwhile.")
    pair.status, pair.decided_at, pair.decided_by = status, work.now, work.actor.user_id
    work.session.flush()
    entry = AuditEntry("duplicates.decided", pair.kind, pair.first_id, (("as", status), ("other", pair.second_id)))
    audit.record(work, entry, market_id=pair.market_id)
    return pair
