"""One piece of work: the session it happens in, who does it, and when."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from sqlalchemy.orm import Session

from resource_hub.accounts.values import Actor
from resource_hub.core.encryption import Vault


@dataclass(frozen=True)
class Work:
    """What every use case takes first. It never commits: whoever made it does."""

    session: Session
    actor: Actor
    now: datetime
    vault: Vault
    new_id: Callable[[], str]
    random: Random = field(default_factory=Random)
