"""Codes by which people follow their own handoffs: made with the handoff, printed on the person's copy."""

from random import SystemRandom

from resource_hub.accounts.work import Work
from resource_hub.core.encryption import Place
from resource_hub.handoff.models import FollowCode
from resource_hub.handoff.queries.scope import get_scoped
from resource_hub.handoff.rules import codes
from resource_hub.handoff.values.words import ActorKind

PURPOSE = "follow"
# Whoever foresees a code reads somebody's handoff: this chance cannot be seeded.
_CHANCE = SystemRandom()


def give_code(work: Work, referral_id: str) -> None:
    """Make the code of a new handoff."""
    code = codes.new_code(_CHANCE)
    sealed = work.vault.seal(code, Place(FollowCode.__tablename__, "sealed_code", referral_id))
    index = work.vault.indexes(code, PURPOSE)[0]
    work.session.add(FollowCode(referral_id=referral_id, code_index=index, sealed_code=sealed, created_at=work.now))
    work.session.flush()


def code_for_paper(work: Work, referral_id: str) -> str:
    """Return the code as it is printed on the person's copy, empty where there is none.

    Only who asked for the handoff gives it to the person: others have none. Refuses with NotFound outside the scope.
    """
    scoped = get_scoped(work, referral_id)
    row = work.session.get(FollowCode, scoped.referral.id)
    if row is None or scoped.kind is ActorKind.RECIPIENT:
        return ""
    return codes.shown(
        work.vault.open(row.sealed_code, Place(FollowCode.__tablename__, "sealed_code", row.referral_id))
    )
