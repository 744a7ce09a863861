"""A handoff that somebody answers by link."""

import pytest
from flask.testing import FlaskClient

from resource_hub.accounts.work import Work
from resource_hub.handoff.service.links import make_path
from tests.conftest import as_actor
from tests.handoff.stories import Story, a_handoff
from tests.web.conftest import page


@pytest.fixture
def referral_id(work: Work, story: Story) -> str:
    return a_handoff(work, story)


@pytest.fixture
def link(work: Work, story: Story, referral_id: str) -> str:
    path = make_path(as_actor(work, story.coordinator), referral_id)
    assert path
    return path


def tap(client: FlaskClient, link: str, to: str, **fields: object) -> tuple[int, str]:
    """Open the link and press one button."""
    shown = page(client.get(link))
    hidden = {name: shown.hidden(name) for name in ("idempotency_key", "position")}
    answer = client.post(f"{link}/{to}", data={**hidden, **fields})
    return answer.status_code, answer.location or page(answer).text
