"""The ranking as JSON, as the contract of `match --json` and of the web API has it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from resource_hub.core.language import Translate
from resource_hub.matching import phrases
from resource_hub.matching.values import Factor, Match, Ranking
from resource_hub.matching.values.baskets import Basket
from resource_hub.matching.values.comparing import Change


def ranking_json(ranking: Ranking, translate: Translate, *, show_excluded: bool = False) -> dict[str, Any]:
    """Return a ranking as the contract writes it, its sentences translated.

    Of a confidential place nothing is told that would lead there, whatever the ranking holds.
    """
    document: dict[str, Any] = {
        "policy": ranking.policy,
        "market": ranking.market,
        "at": _iso(ranking.at.astimezone(ZoneInfo(ranking.zone))),
        "considered": ranking.considered,
        "matches": [_match(match, translate) for match in ranking.matches],
        "excluded_counts": dict(ranking.excluded_counts),
    }
    if ranking.baskets:
        document["baskets"] = [_basket(basket, translate) for basket in ranking.baskets]
    if show_excluded:
        document["excluded"] = [
            {
                "service_at_location_id": excluded.listing.service_at_location_id,
                "code": excluded.code,
                "fact": excluded.fact,
                "text": phrases.exclusion(excluded, translate),
            }
            for excluded in ranking.exclusions
        ]
    return document


def changes_json(policy: str, changes: tuple[Change, ...], translate: Translate) -> dict[str, Any]:
    """Return what a list has that differs from the list of the policy of that version."""
    return {
        "policy": policy,
        "changes": [
            {
                "service_at_location_id": change.listing.service_at_location_id,
                "name": change.listing.name,
                "was": change.was,
                "now": change.now,
                "factor": change.factor,
                "value_was": change.value_was,
                "value_now": change.value_now,
                "text": phrases.change(change, translate),
            }
            for change in changes
        ],
    }


def _basket(basket: Basket, translate: Translate) -> dict[str, Any]:
    return {
        "service_at_location_ids": [handoff.listing.service_at_location_id for handoff in basket.handoffs],
        "needs": {
            need: handoff.listing.service_at_location_id for handoff in basket.handoffs for need in handoff.needs
        },
        "trips": basket.trips,
        "handoffs": len(basket.handoffs),
        "value": basket.value,
        "text": phrases.basket(basket, translate),
    }


def _match(match: Match, translate: Translate) -> dict[str, Any]:
    listing, room, opening = match.listing, match.room, match.opening
    return {
        "service_at_location_id": listing.service_at_location_id,
        "service_id": listing.service_id,
        "organization_id": listing.organization_id,
        "name": listing.name,
        "organization": listing.organization,
        "needs": list(match.needs),
        "score": match.score,
        "factors": [_factor(factor, translate) for factor in match.factors],
        "price": match.price,
        **_travel(match),
        "eligibility": "eligible" if match.eligible else "unknown",
        "questions": [
            {"fact": question.fact, "text": phrases.question(question, translate)} for question in match.questions
        ],
        "capacity": {
            "status": room.status,
            "available": room.available,
            "as_of": room.as_of and room.as_of.isoformat(),
        },
        "open": opening.state.value,
        "next_open": _iso(opening.next_open),
        "verified_on": match.verified_on and match.verified_on.isoformat(),
    }


def _factor(factor: Factor, translate: Translate) -> dict[str, Any]:
    told = {"code": factor.code, "value": factor.value, "text": phrases.sentence(factor, translate)}
    return told | ({"interval": list(factor.interval)} if factor.interval else {})


def _travel(match: Match) -> dict[str, Any]:
    told = not match.confidential
    return {
        "distance_km": match.travel.distance_km if told else None,
        "travel_minutes": match.travel.minutes if told else None,
        "travel_mode": match.travel.mode if told else None,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
