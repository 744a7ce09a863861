"""Consent: given for one organization, for named fields, until a day; checked each time something is shown."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.accounts import audit
from resource_hub.accounts.values import REFERRERS, Actor, AuditEntry, Role
from resource_hub.accounts.work import Work
from resource_hub.core.errors import NotFound
from resource_hub.core.language import marked as _
from resource_hub.people import queries
from resource_hub.people.errors import BadConsent, ConsentMissing
from resource_hub.people.models import ConsentRecord, PersonRecord
from resource_hub.people.rules import consent, sharing
from resource_hub.people.values import ConsentTerms, SharedPerson


def give(work: Work, person_id: str, organization_id: str, terms: ConsentTerms) -> ConsentRecord:
    """Record that a person lets an organization see named fields, from now for some days.

    Refuses with NotFound outside the actor's scope, with BadConsent for terms that cannot be. The caller
    has made sure that the organization exists.
    """
    person = queries.get_record(work, person_id)
    if faults := consent.faults_of(terms):
        raise BadConsent(" ".join(fault.text for fault in faults), faults=faults)
    record = ConsentRecord(
        id=work.new_id(),
        person_id=person.id,
        organization_id=organization_id,
        fields=sorted(terms.fields),
        purpose=terms.purpose,
        basis=terms.basis,
        how_given=terms.how_given,
        given_at=work.now,
        expires_at=work.now + timedelta(days=terms.days),
        recorded_by=work.actor.user_id,
    )
    work.session.add(record)
    work.session.flush()
    _write_down(work, "consent.given", record, person)
    return record


def check(work: Work, consent_id: str, organization_id: str) -> frozenset[str]:
    """Return the fields that an organization may be shown now.

    Refuses with consent_missing where there is no such consent for this organization or the actor has no part
    in it, with consent_revoked, or with consent_expired.
    """
    record, _person = _readable(work, consent_id, organization_id)
    return frozenset(record.fields)


def shared_person(work: Work, consent_id: str, organization_id: str, today: date) -> SharedPerson:
    """Return what a consent lets its organization see, opening nothing else; refuses as `check` does.

    Writes down the disclosure. `today` is the day in the market's zone: a shared age is counted to it.
    """
    record, person = _readable(work, consent_id, organization_id)
    fields = frozenset(record.fields)
    opened = queries.open_person(work.vault, person, parts=sharing.parts_needed(fields))
    _write_down(work, "person.disclosed", record, person)
    return sharing.shared(opened, fields, today)


def revoke(work: Work, consent_id: str) -> None:
    """Take a consent back from now on; a second time changes nothing. Refuses with NotFound outside the scope."""
    record = work.session.get(ConsentRecord, consent_id)
    if record is None:
        raise NotFound(_MISSING)
    person = queries.get_record(work, record.person_id)
    if record.revoked_at is None:
        record.revoked_at = work.now
        work.session.flush()
        _write_down(work, "consent.revoked", record, person)


def consents_of(work: Work, person_id: str) -> list[ConsentRecord]:
    """Return all consents of a person, newest first; refuses with NotFound outside the actor's scope."""
    person = queries.get_record(work, person_id)
    query = select(ConsentRecord).where(ConsentRecord.person_id == person.id)
    return list(work.session.scalars(query.order_by(ConsentRecord.given_at.desc(), ConsentRecord.id)))


def get_valid(session: Session, consent_id: str, now: datetime) -> ConsentRecord:
    """Return a consent that holds now; refuses with consent_missing, consent_revoked or consent_expired."""
    record = session.get(ConsentRecord, consent_id)
    if record is None:
        raise ConsentMissing(_MISSING)
    _refuse_unless_valid(record, now)
    return record


def _readable(work: Work, consent_id: str, organization_id: str) -> tuple[ConsentRecord, PersonRecord]:
    record = work.session.get(ConsentRecord, consent_id)
    if record is None or record.organization_id != organization_id:
        raise ConsentMissing(_MISSING)
    person = work.session.get_one(PersonRecord, record.person_id)
    # Whoever has no part in a consent learns nothing about it, also not that it has ended.
    if not _has_part(work.actor, record, person):
        raise ConsentMissing(_MISSING)
    _refuse_unless_valid(record, work.now)
    return record, person


def _has_part(actor: Actor, record: ConsentRecord, person: PersonRecord) -> bool:
    if actor.role is None or actor.stands_for(record.organization_id):
        return True
    if actor.role is Role.PARTNER:
        return person.organization_id is not None and person.organization_id == actor.organization_id
    return actor.role in REFERRERS and person.market_id in actor.market_ids and person.organization_id is None


def _refuse_unless_valid(record: ConsentRecord, now: datetime) -> None:
    refusal = consent.refusal_at(now, expires_at=record.expires_at, revoked_at=record.revoked_at)
    if refusal:
        raise refusal


def _write_down(work: Work, action: str, record: ConsentRecord, person: PersonRecord) -> None:
    detail = (("organization", record.organization_id), ("fields", ",".join(record.fields)))
    audit.record(work, AuditEntry(action, "consent", record.id, detail), market_id=person.market_id)


_MISSING = _("There is no such consent for this organization.")
