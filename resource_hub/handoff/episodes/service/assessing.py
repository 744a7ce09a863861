"""The biopsychosocial assessment that belongs to the first call."""

import json
from collections.abc import Mapping

from resource_hub.accounts.work import Work
from resource_hub.core.errors import Fault
from resource_hub.core.language import marked as _
from resource_hub.handoff.episodes.models import EpisodeAssessment
from resource_hub.handoff.episodes.rules.acts import faults_of_text
from resource_hub.handoff.episodes.service.gaps import add_gap
from resource_hub.handoff.episodes.service.writing import refuse, seal, settle, take
from resource_hub.handoff.episodes.values.asked import NewGap
from resource_hub.handoff.episodes.values.words import DOMAINS, Concern, GapSource


def assess(work: Work, episode_id: str, answers: Mapping[str, Concern], note: str = "") -> None:
    """Write down an assessment; each concern opens a gap unless one is open. What was left out was not asked.

    Refuses with NotFound, episode_closed, and bad_episode where nothing was asked or a domain is unknown.
    """
    with work.session.begin_nested():
        taken = take(work, episode_id)
        faults = faults_of_text("note", note)
        if not set(answers) <= set(DOMAINS) or set(answers.values()) <= {Concern.NOT_ASKED}:
            faults.append(Fault(DOMAINS[0], "missing", _("Answer at least one of the questions.")))
        refuse(faults)
        known = {domain: answers.get(domain, Concern.NOT_ASKED) for domain in DOMAINS}
        row = EpisodeAssessment(
            id=work.new_id(), episode_id=taken.record.id, at=work.now, recorded_by=work.actor.user_id
        )
        seal(work, row, "sealed_answers", json.dumps(known))
        seal(work, row, "sealed_note", note)
        work.session.add(row)
        for domain, answer in known.items():
            if answer is Concern.CONCERN:
                add_gap(work, taken.record, NewGap(GapSource.ASSESSMENT, domain))
        settle(work, taken.record, "episode.assessed")
