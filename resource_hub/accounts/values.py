"""Actors, roles and scope."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What kind of user somebody is."""

    COORDINATOR = "coordinator"
    SOCIAL_WORKER = "social_worker"
    PARTNER = "partner"
    STEWARD = "steward"
    PROGRAMME_LEAD = "programme_lead"
    ADMIN = "admin"


REFERRERS = frozenset({Role.COORDINATOR, Role.SOCIAL_WORKER})
STEWARDS = frozenset({Role.STEWARD, Role.ADMIN})


@dataclass(frozen=True)
class Actor:
    """Who acts: a signed-in user, or the system itself (`role` is None).

    `care_team_ids` are the organizations that stand for the care teams of a referrer's markets.
    """

    user_id: str | None
    role: Role | None
    name: str = ""
    market_ids: frozenset[str] = frozenset()
    organization_id: str | None = None
    care_team_ids: frozenset[str] = frozenset()

    @property
    def keeps_for(self) -> str | None:
        """The organization whose people the actor records and sends; None is the market's care team."""
        return self.organization_id if self.role is Role.PARTNER else None

    def stands_for(self, organization_id: str) -> bool:
        """Tell whether the actor reads and answers what is sent to an organization."""
        if self.role is Role.PARTNER:
            return organization_id == self.organization_id
        return self.role in REFERRERS and organization_id in self.care_team_ids


SYSTEM = Actor(user_id=None, role=None, name="Resource Hub")


@dataclass(frozen=True)
class AuditEntry:
    """What one audit row says, in codes; never people's data."""

    action: str
    subject_kind: str
    subject_id: str
    detail: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class BrokenLink:
    """The first row of a chain that does not follow from the one before it."""

    chain: str
    position: int
    reason: str


@dataclass(frozen=True)
class NewUser:
    """A user to add; a partner belongs to an organization, the others see their markets."""

    email: str
    name: str
    role: Role
    password: str = field(repr=False)
    market_ids: frozenset[str] = frozenset()
    organization_id: str | None = None
