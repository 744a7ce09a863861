"""Bringing an instrument: the owner's terms are accepted by name, and a changed file is a new version."""

from collections.abc import Mapping

from sqlalchemy import select

from resource_hub.accounts import audit
from resource_hub.accounts.values import STEWARDS, AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.core.db import insert_new
from resource_hub.core.errors import Fault, NotAllowed
from resource_hub.core.language import Sentence
from resource_hub.core.language import marked as _
from resource_hub.screening import instruments
from resource_hub.screening.errors import TermsNotAccepted
from resource_hub.screening.models import InstrumentRecord, InstrumentTerms
from resource_hub.screening.rules.packing import with_scoring
from resource_hub.screening.rules.reading import read_instrument
from resource_hub.screening.values import Imported, Instrument

_HELP = ("help_question", "help_answers")
_OURS = "-imported"


def prepare(document: Mapping[str, object]) -> dict[str, object]:
    """Return the document of a brought instrument with its scoring and the question about help; writes nothing.

    Refuses with bad_instrument naming the place.
    """
    asking = instruments.definition(instruments.SHORT_SCREENER)
    found = with_scoring(document, instruments.packs()) | {key: asking[key] for key in _HELP}
    if found["name"] in {*instruments.names(), *instruments.pack_names()}:
        found["name"] = f"{found['name']}{_OURS}"
    read_instrument(found)
    return found


def import_instrument(work: Work, document: Mapping[str, object], *, accepted: bool) -> Imported:
    """Store a prepared instrument as a new version, or find that this one is there already.

    Refuses with not_allowed, bad_instrument naming the place, and terms_not_accepted with the owner's words.
    """
    if work.actor.role is not None and work.actor.role not in STEWARDS:
        raise NotAllowed(_("Only stewards bring instruments."))
    instrument = read_instrument(document)
    known = list(work.session.scalars(select(InstrumentRecord).where(InstrumentRecord.name == instrument.name)))
    same = next((row for row in known if _same(row.definition, document)), None)
    if same:
        return Imported(same.id, same.name, same.version, created=False)
    if not accepted:
        raise _terms(instrument)
    version = _free_version(instrument.version, {row.version for row in known})
    row = {
        "id": work.new_id(),
        "name": instrument.name,
        "version": version,
        "title": instrument.title.get("en", instrument.name)[:200],
        "definition": {**document, "version": version},
        "created_at": work.now,
    }
    if not insert_new(work.session, InstrumentRecord, row):
        return import_instrument(work, document, accepted=accepted)
    terms = InstrumentTerms(instrument_id=str(row["id"]), accepted_by=work.actor.user_id, accepted_at=work.now)
    work.session.add(terms)
    detail = (("instrument", instrument.name), ("version", version))
    audit.record(work, AuditEntry("instrument.imported", "instrument", str(row["id"]), detail))
    return Imported(str(row["id"]), instrument.name, version, created=True)


def notice_of(instrument: Instrument) -> str:
    """Return the owner's terms as the file states them; empty where it states none."""
    return instrument.source.notice if instrument.source else ""


def _same(stored: Mapping[str, object], brought: Mapping[str, object]) -> bool:
    return {**stored, "version": ""} == {**brought, "version": ""} and _told(stored) == _told(brought)


def _told(document: Mapping[str, object]) -> object:
    """Return the version that the owner gave, also where ours has a number behind it."""
    source = document.get("source")
    return source.get("version") if isinstance(source, dict) else None


def _free_version(version: str, taken: set[str]) -> str:
    if version not in taken:
        return version
    number = 2
    while f"{version}-{number}" in taken:
        number += 1
    return f"{version}-{number}"


def _terms(instrument: Instrument) -> TermsNotAccepted:
    notice = notice_of(instrument)
    text = (
        Sentence(_("The owner's terms: %(notice)s Accept them to import this instrument."), notice=notice)
        if notice
        else _("The file names no terms of its owner. Find them, then accept them to import this instrument.")
    )
    return TermsNotAccepted(text, faults=(Fault("copyright", "not_accepted", text),))
