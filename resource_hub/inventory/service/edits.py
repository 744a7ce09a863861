"""The edits of stewards: fields, rules and needs of one listing, each change in its history."""

from dataclasses import dataclass, field

from sqlalchemy import select

from resource_hub.accounts import audit
from resource_hub.accounts.values import STEWARDS, AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.inventory.errors import BadEdit, ListingMovedOn, NoSuchListing, StewardsOnly
from resource_hub.inventory.models import EligibilityRule, Phone, Schedule, Service, ServiceNeed
from resource_hub.inventory.models.listed import Listed
from resource_hub.inventory.queries import listings
from resource_hub.inventory.queries.eligibility import as_value
from resource_hub.inventory.queries.listings import Listing
from resource_hub.inventory.rules import editing
from resource_hub.inventory.rules.changes import as_text, rules_in_words
from resource_hub.inventory.rules.points import with_stated_point
from resource_hub.inventory.service.changes import STEWARD, WHOLE, change_record, set_fields, table_of
from resource_hub.inventory.service.eligibility import RULES_FIELD, rule_row
from resource_hub.inventory.service.markets import move_on
from resource_hub.inventory.service.needs import NEED_FIELD
from resource_hub.inventory.service.verification import confirm
from resource_hub.inventory.values import FactKind, FieldChange, ListingEdit, RecordEdit, Rule

_ADDED: dict[str, type[Phone | Schedule]] = {"phone": Phone, "schedule": Schedule}


@dataclass
class _Done:
    """What an edit did: names of fields for the audit log, and the kinds of fact it touched."""

    fields: list[str] = field(default_factory=list)
    kinds: set[FactKind] = field(default_factory=set)

    def add(self, table: str, names: list[str]) -> None:
        """Note fields of a table that were changed."""
        self.fields += [f"{table}.{name}" for name in names]
        self.kinds |= {editing.kind_of(table, name) for name in names}


def edit_listing(work: Work, edit: ListingEdit) -> Listing:
    """Change a listing as a steward says, and write down what was checked by it.

    Refuses with StewardsOnly, NoSuchListing outside the steward's markets, BadEdit, and ListingMovedOn when the
    listing changed after `based_on`.
    """
    if work.actor.role is not None and work.actor.role not in STEWARDS:
        raise StewardsOnly("Only stewards change listings.")
    listing = _listing_for_update(work, edit)
    faults = editing.faults_of(edit)
    if faults:
        raise BadEdit(" ".join(fault.text for fault in faults), faults=tuple(faults))
    if listing.changed_at != edit.based_on:
        raise ListingMovedOn("Somebody else changed this listing meanwhile. Look at it again, then make your change.")
    done = _Done()
    for record in edit.records:
        _edit_record(work, listing, record, done)
    if edit.rules is not None:
        _replace_rules(work, listing, edit.rules, done)
    if edit.needs is not None:
        _replace_needs(work, listing, dict(edit.needs), done)
    _finish(work, listing, edit, done)
    return listings.get_listing(work.session, work.actor, edit.service_id)


def _listing_for_update(work: Work, edit: ListingEdit) -> Listing:
    # Two edits of one listing wait for each other here, so that the second sees what the first did.
    query = select(Service).where(Service.id == edit.service_id).with_for_update()
    work.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    return listings.get_listing(work.session, work.actor, edit.service_id)


def _edit_record(work: Work, listing: Listing, edit: RecordEdit, done: _Done) -> None:
    fields = {name: None if value == "" else value for name, value in edit.fields.items()}
    if edit.id is None:
        added = _ADDED[edit.table](
            id=work.new_id(),
            market_id=listing.market.id,
            service_id=listing.service.id,
            created_at=work.now,
            changed_at=work.now,
            **fields,
        )
        work.session.add(added)
        _note(work, listing.service, edit.table, "", _words_of(added))
        done.add(edit.table, [WHOLE])
        return
    record = _record_of(listing, edit.table, edit.id)
    if edit.remove:
        _note(work, listing.service, edit.table, _words_of(record), "")
        _note(work, record, WHOLE, "there", "", "delete")
        work.session.delete(record)
        done.add(edit.table, [WHOLE])
    else:
        fields = dict(with_stated_point(vars(record), fields))
        done.add(edit.table, set_fields(work, record, fields, STEWARD))


def _record_of(listing: Listing, table: str, record_id: str) -> Listed:
    for record in listing.records:
        if record.id == record_id and table_of(record) == table:
            return record
    raise NoSuchListing("There is no such record in this listing.")


def _replace_rules(work: Work, listing: Listing, rules: tuple[Rule, ...], done: _Done) -> None:
    before = [as_value(row) for row in listing.rules]
    if set(before) == set(rules):
        return
    for row in listing.rules:
        work.session.delete(row)
    work.session.add_all(
        EligibilityRule(**rule_row(work, listing.market.id, listing.service.id, rule, STEWARD)) for rule in rules
    )
    _note(work, listing.service, RULES_FIELD, rules_in_words(before), rules_in_words(rules))
    done.fields.append(f"service.{RULES_FIELD}")
    done.kinds.add(FactKind.ELIGIBILITY)


def _replace_needs(work: Work, listing: Listing, wanted: dict[str, float], done: _Done) -> None:
    before = {row.need: row for row in listing.needs}
    for need in sorted({*before, *wanted}):
        row, weight = before.get(need), wanted.get(need)
        if row is not None and row.weight == weight:
            continue
        if row is None:
            row = ServiceNeed(service_id=listing.service.id, need=need, market_id=listing.market.id)
            _note(work, listing.service, NEED_FIELD + need, "", as_text(weight))
        else:
            _note(work, listing.service, NEED_FIELD + need, as_text(row.weight), as_text(weight))
        if weight is None:
            work.session.delete(row)
        else:
            row.weight, row.source = weight, STEWARD
            work.session.add(row)
        done.add("service", [NEED_FIELD + need])


def _finish(work: Work, listing: Listing, edit: ListingEdit, done: _Done) -> None:
    kinds = done.kinds | edit.confirmed
    if not kinds:
        return
    services = {listing.service.id: listing.service}
    if kinds & {FactKind.ADDRESS}:
        # A place is checked for every service there.
        others = listings.services_at(work.session, [location.id for location in listing.locations])
        confirm(work, listing.market, [other for other in others if other.id not in services], {FactKind.ADDRESS})
    confirm(work, listing.market, services.values(), kinds)
    listing.service.changed_at = work.now
    move_on(listing.market)
    work.session.flush()
    detail = (("fields", ", ".join(done.fields)), ("verified", ", ".join(sorted(kinds))))
    entry = AuditEntry("listing.edited", "service", listing.service.id, detail)
    audit.record(work, entry, market_id=listing.market.id)


def _note(work: Work, record: Listed, name: str, before: str, after: str, action: str = "update") -> None:
    change_record(work, record, FieldChange(name, before, after), STEWARD, action)


def _words_of(record: Listed) -> str:
    names = editing.FORMS[table_of(record)]
    return " ".join(as_text(value) for name in names if (value := getattr(record, name)) is not None)
