"""What stewards, their workers, organizations and residents write about a directory, and what is written of users.

An act is named as in `flows`.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.core.geography import Point
from resource_hub.exchange.geocoding import service as geocoding
from resource_hub.exchange.geocoding.values import Answer, Summary, Wanted
from resource_hub.exchange.importing import jobs, recording
from resource_hub.exchange.tabular.mapping.file import mapping_of
from resource_hub.exchange.tabular.values import Request
from resource_hub.handoff import pricing
from resource_hub.handoff import service as handoff
from resource_hub.handoff.errors import NoSuchCode
from resource_hub.inventory import service as inventory
from resource_hub.inventory.models import CheckLink, ImportJob, Market, Service
from resource_hub.inventory.service import (
    calls,
    care_teams,
    conflicts,
    duplicates,
    links,
    merging,
    proposing,
    reports,
    rule_suggestions,
    suggestions,
)
from resource_hub.inventory.values import (
    AskTerms,
    Call,
    CallOutcome,
    FactKind,
    ListingEdit,
    NeedSuggestion,
    NewMarket,
    Operator,
    PairStatus,
    RecordEdit,
    RecordKind,
    ReportKind,
    Resolution,
    Rule,
    RuleStatus,
)
from resource_hub.matching import scarcity
from resource_hub.matching.queries.zero import count_zero
from resource_hub.matching.suggesting import service as suggesting
from resource_hub.matching.values.pricing import Learnt
from tests.concurrency.flows import READS
from tests.concurrency.flows_of_accounts import ACCOUNTS
from tests.concurrency.scenes_of_stewards import FOOD, RIDES, SHELTER, Act, Directory
from tests.conftest import as_actor

EVERYTHING = frozenset(FactKind)
SIXTY = Rule("age", Operator.AT_LEAST, 60, RuleStatus.APPROVED)
ASK = AskTerms(after_days=180, every_days=90, open_days=30)
AGAIN = timedelta(days=1)


def _service(there: Directory) -> str:
    return there.listing.service.id


def _edit(work: Work, there: Directory, *records: RecordEdit, **more: Any) -> None:
    edit = ListingEdit(_service(there), there.based_on, records, **more)
    inventory.edit_listing(work, edit)


def _as_system(work: Work) -> Work:
    return replace(as_actor(work, SYSTEM), now=work.now + AGAIN)


def _market(work: Work, there: Directory) -> Market:
    return work.session.get_one(Market, there.market_id)


def _own(work: Work, there: Directory) -> Service:
    return work.session.get_one(Service, _service(there))


def _link(work: Work, there: Directory) -> CheckLink:
    return work.session.get_one(CheckLink, there.link)


def _map(work: Work, there: Directory) -> None:
    job = work.session.get_one(ImportJob, there.mapped)
    mapping = jobs.head_of(work, there.store, job).mapping
    jobs.choose_mapping(work, there.store, job.id, mapping, "Ours")


def _map_another(work: Work, there: Directory) -> None:
    job = work.session.get_one(ImportJob, there.looked)
    jobs.choose_mapping(work, there.store, job.id, mapping_of(job.mapping or {}, "mapping"), "Ours")


def _import(work: Work, there: Directory) -> None:
    job = work.session.get_one(ImportJob, there.looked)
    mapping = mapping_of(job.mapping or {}, "mapping")
    file = there.store.file(job.id, job.file_name)
    request = Request(file, there.slug, skip_bad_rows=True, mapping=mapping)
    recording.remember(work, recording.carry_out(work, request), request)


def _found(there: Directory, *needs: str) -> list[NeedSuggestion]:
    return [NeedSuggestion(_service(there), need, 0.8, ("bed",)) for need in needs]


def _suggest(work: Work, there: Directory) -> None:
    later = _as_system(work)
    suggesting.store(later, _market(later, there), _found(there, FOOD, RIDES))


def _locate(work: Work, there: Directory) -> None:
    place = there.listing.location.id
    given = Answer(Wanted(place, "1 Light St, Baltimore, MD", "21201", "MD"), Point(39.29, -76.62), asked=True)
    geocoding.store(as_actor(work, SYSTEM), _market(work, there), "census", [given], Summary())


def _look_for_duplicates(work: Work, there: Directory) -> None:
    ids = sorted((there.twins.kept.location.id, there.twins.gone.location.id))
    found = duplicates.Duplicate(RecordKind.LOCATION, (ids[0], ids[1]), 0.9, (), "the same")
    duplicates.remember(work, _market(work, there), [found])


def _mistype(work: Work, _there: Directory) -> None:
    with suppress(NoSuchCode):
        handoff.find_by_code(as_actor(work, SYSTEM), "WRONG-CODE", "a place")


LISTINGS: dict[str, Act] = {
    "inventory.service.edit_listing field": lambda work, there: _edit(
        work, there, RecordEdit("service", _service(there), {"description": "Beds"})
    ),
    "inventory.service.edit_listing added": lambda work, there: _edit(
        work, there, RecordEdit("phone", None, {"number": "410-555-0112"})
    ),
    "inventory.service.edit_listing removed": lambda work, there: _edit(
        work, there, RecordEdit("phone", there.phone, {}, remove=True)
    ),
    "inventory.service.edit_listing rules": lambda work, there: _edit(work, there, rules=(SIXTY,)),
    "inventory.service.edit_listing needs": lambda work, there: _edit(work, there, needs={FOOD: 1.0}),
    "inventory.service.edit_listing checked": lambda work, there: _edit(work, there, confirmed=EVERYTHING),
    "inventory.service.reports.report_error": lambda work, there: reports.report_error(
        work, _own(work, there), ReportKind.PHONE, "Nobody answers"
    ),
    "inventory.service.reports.resolve": lambda work, there: reports.resolve(work, there.report, Resolution.WAS_RIGHT),
    "inventory.service.calls.take_next": lambda work, there: calls.take_next(work, [_service(there)]),
    "inventory.service.calls.take_next by another": lambda work, there: calls.take_next(
        as_actor(work, there.other), [_service(there)]
    ),
    "inventory.service.calls.record_call": lambda work, there: calls.record_call(
        work, Call(_service(there), CallOutcome.RIGHT, EVERYTHING)
    ),
    "inventory.service.links.make_link": lambda work, there: links.make_link(work, there.listing.organization.id, 30),
    "inventory.service.links.send_link": lambda work, there: links.send_link(work, _link(work, there)),
    "inventory.service.links.revoke_link": lambda work, there: links.revoke_link(work, there.link),
    "inventory.service.links.say_right": lambda work, there: links.say_right(
        as_actor(work, SYSTEM), _link(work, there), [_service(there)]
    ),
    "inventory.service.links.say_changed": lambda work, there: links.say_changed(
        as_actor(work, SYSTEM), _link(work, there), _service(there), "New hours"
    ),
    "inventory.service.links.ask_organizations": lambda work, _there: links.ask_organizations(_as_system(work), ASK),
    "inventory.service.proposing.propose_rule": lambda work, there: proposing.propose_rule(
        work, there.listing.service_at_location.id, "disability"
    ),
    "inventory.service.care_teams.set_care_team": lambda work, there: care_teams.set_care_team(
        work, there.slug, there.listing.organization.id
    ),
    "inventory.service.care_teams.set_care_team another": lambda work, there: care_teams.set_care_team(
        work, there.slug, there.twins.kept.organization.id
    ),
    "exchange.geocoding.service.store": _locate,
}

SUGGESTED: dict[str, Act] = {
    "inventory.service.suggestions.decide_needs approve": lambda work, there: suggestions.decide_needs(
        work, there.market_id, [(_service(there), FOOD), (_service(there), RIDES)], approve=True
    ),
    "inventory.service.suggestions.decide_needs reject": lambda work, there: suggestions.decide_needs(
        work, there.market_id, [(_service(there), RIDES), (_service(there), FOOD)], approve=False
    ),
    "inventory.service.rule_suggestions.decide_rules approve": lambda work, there: rule_suggestions.decide_rules(
        work, there.market_id, [there.rule], approve=True
    ),
    "inventory.service.rule_suggestions.decide_rules reject": lambda work, there: rule_suggestions.decide_rules(
        work, there.market_id, [there.rule], approve=False
    ),
    "inventory.service.rule_suggestions.undo": lambda work, there: rule_suggestions.undo(
        work, there.market_id, there.decided_needs
    ),
    "matching.suggesting.service.store": _suggest,
    "matching.suggesting.service.store nothing": lambda work, there: suggesting.store(
        _as_system(work), _market(work, there), []
    ),
}

DUPLICATES: dict[str, Act] = {
    "inventory.service.duplicates.remember": _look_for_duplicates,
    "inventory.service.duplicates.decide": lambda work, there: duplicates.decide(
        work, there.pair, PairStatus.DIFFERENT
    ),
    "inventory.service.merging.merge organizations": lambda work, there: merging.merge(
        work, there.twins.request(RecordKind.ORGANIZATION)
    ),
    "inventory.service.merging.merge services": lambda work, there: merging.merge(
        work, there.twins.request(RecordKind.SERVICE)
    ),
    "inventory.service.merging.undo": lambda work, there: merging.undo(work, there.merge),
}

IMPORTS: dict[str, Act] = {
    "exchange.importing.jobs.upload": lambda work, there: jobs.upload(
        work, there.store, there.market_id, "new.csv", BytesIO(b"Charity,Program\nA,B\n")
    ),
    "exchange.importing.jobs.choose_mapping": _map,
    "exchange.importing.jobs.choose_mapping of another": _map_another,
    "exchange.importing.jobs.go_on": lambda work, there: jobs.go_on(work, there.unwanted, skip_bad_rows=True),
    "exchange.importing.jobs.give_up": lambda work, there: jobs.give_up(work, there.store, there.unwanted),
    "exchange.importing.recording.carry_out": _import,
    "inventory.service.conflicts.decide": lambda work, there: conflicts.decide(work, there.conflict, take=True),
}

AROUND: dict[str, Act] = {
    "inventory.service.markets.add_market": lambda work, _there: inventory.add_market(
        work, NewMarket("new", "New", "MD")
    ),
    "handoff.pricing.store_prices": lambda work, there: pricing.store_prices(
        _as_system(work), Learnt(there.market_id, {there.listing.service_at_location.id: 0.2}, 100)
    ),
    "matching.scarcity.set_price": lambda work, there: scarcity.set_price(
        work, there.listing.service_at_location.id, 0.3
    ),
    "matching.queries.zero.count_zero": lambda work, there: count_zero(
        work.session, there.market_id, [SHELTER, FOOD], work.now.date()
    ),
    "handoff.service.tries.count_try": _mistype,
}

ACTS = LISTINGS | SUGGESTED | DUPLICATES | IMPORTS | AROUND | ACCOUNTS

NO_ACTS = {
    "accounts.audit.record": "is a part of every act",
    "exchange.demo.load.has_markets": READS,
    "exchange.demo.load.load_demo": "fills an empty database, before anybody works there",
    "exchange.geocoding.service.answers": READS,
    "exchange.geocoding.service.wanted": READS,
    "exchange.hsds.writing.service.export_directory": READS,
    "exchange.importing.jobs.head_of": READS,
    "exchange.importing.recording.remember": "is a part of an import here",
    "exchange.notices.undelivered.undelivered": READS,
    "handoff.pricing.learn_prices": READS,
    "handoff.pricing.markets_due": READS,
    "handoff.service.sending.care_team_doors": READS,
    "inventory.service.duplicates.find_duplicates": READS,
    "inventory.service.links.open_link": READS,
    "inventory.service.links.path_of": READS,
    "matching.suggesting.service.markets_due": READS,
    "matching.suggesting.service.suggest_needs": READS,
    "matching.ward.ward_list": READS,
}
