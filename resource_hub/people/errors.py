"""Refusals of people and consent. None says anything about the person."""

from resource_hub.core.errors import Invalid, Refused


class BadPerson(Invalid):
    """What was written about a person cannot be."""

    code = "bad_person"


class BadConsent(Invalid):
    """The terms of a consent cannot be."""

    code = "bad_consent"


class RecordNumberTaken(Refused):
    """Somebody in this market already has the record number."""

    code = "record_number_taken"


class ConsentMissing(Refused):
    """There is no such consent for this organization."""

    code = "consent_missing"


class ConsentExpired(Refused):
    """The consent was good until a day that is over."""

    code = "consent_expired"


class ConsentRevoked(Refused):
    """The person took the consent back."""

    code = "consent_revoked"
