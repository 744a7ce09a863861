"""Which reports say something: a row whose every field is unknown closes nothing."""

from sqlalchemy import and_, not_

from resource_hub.handoff.models import Outcome
from resource_hub.handoff.values.words import YesNo

_FIELDS = (Outcome.contacted, Outcome.received, Outcome.need_met, Outcome.experience)

SAYS_SOMETHING = not_(and_(*(field == YesNo.UNKNOWN.value for field in _FIELDS)))
