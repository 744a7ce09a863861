"""Handing off to another service than the list advises: a reason belongs to it, and is kept."""

import re
from datetime import timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from resource_hub.accounts.work import Work
from resource_hub.capacity.models import Room
from resource_hub.capacity.service import state_capacity
from resource_hub.capacity.values import CapacityStatus, Statement
from resource_hub.handoff.models import Referral, ReferralRanking
from resource_hub.people import service as people
from resource_hub.people.values import Corrections
from tests.conftest import as_actor
from tests.factories import a_listing
from tests.handoff.stories import Story
from tests.web.conftest import page, post


@pytest.fixture
def at(story: Story) -> str:
    return f"/desk/people/{story.person_id}"


@pytest.fixture
def filled(story: Story) -> dict[str, object]:
    """What a coordinator ticks and types."""
    return {
        "service_at_location_id": story.pantry.service_at_location.id,
        "needs": ["food-insecurity"],
        "urgency": "soon",
        "note": "Uses a walker",
        "fields": ["name", "contact_routes", "needs"],
        "how_given": "verbal",
        "only_route": "y",
        "days": "30",
        "agreed": "y",
    }


class TestGoingAgainstTheList:
    @pytest.fixture
    def further(self, work: Work, story: Story, at: str) -> tuple[str, str]:
        """A pantry far below the best one, with its sealed place in the list."""
        people.correct_person(as_actor(work, story.coordinator), story.person_id, Corrections(postal_code="21201"))
        return a_listing(work, story.market, name="Far pantry", at=(39.45, -76.75)).service_at_location.id, at

    def listed(self, desk: FlaskClient, at: str, place: str) -> str:
        shown = page(desk.get(f"{at}/match")).html
        return unescape(re.findall(rf'value="{place}">\s*<input type="hidden" name="listed" value="([^"]+)"', shown)[0])

    def test_a_lower_one_needs_a_reason_that_is_kept(
        self, desk: FlaskClient, work: Work, further: tuple[str, str], filled: dict[str, object]
    ) -> None:
        place, at = further
        sent = filled | {"service_at_location_id": place, "listed": self.listed(desk, at, place)}

        assert "Why this one" in page(post(desk, f"{at}/handoff-form", **sent)).text
        assert 'href="#override"' in page(post(desk, f"{at}/handoffs", **sent)).to_mend
        assert 'href="#override"' in page(post(desk, f"{at}/handoffs", **sent, override="because")).to_mend
        assert post(desk, f"{at}/handoffs", **sent, override="person_prefers").status_code == 303
        (kept,) = work.session.scalars(select(Referral))
        assert kept.override_reason == "person_prefers"
        assert work.session.get_one(ReferralRanking, kept.id).above

    def test_the_best_one_needs_none(
        self, desk: FlaskClient, work: Work, story: Story, further: tuple[str, str], filled: dict[str, object]
    ) -> None:
        at, place = further[1], story.pantry.service_at_location.id
        sent = filled | {"listed": self.listed(desk, at, place), "override": "language"}

        assert "Why this one" not in page(post(desk, f"{at}/handoff-form", **sent)).text
        assert post(desk, f"{at}/handoffs", **sent).status_code == 303
        assert work.session.scalars(select(Referral.override_reason)).all() == [None]

    def test_the_best_one_without_room_is_confirmed_and_needs_no_reason(
        self, desk: FlaskClient, work: Work, story: Story, at: str, filled: dict[str, object]
    ) -> None:
        place = story.pantry.service_at_location.id
        state_capacity(work, place, Statement(CapacityStatus.NO_CAPACITY))
        work.session.get_one(Room, place).as_of -= timedelta(days=200)
        work.session.flush()
        sent = filled | {"listed": self.listed(desk, at, place)}

        asked = page(post(desk, f"{at}/handoff-form", **sent)).text
        assert "said on May 4, 2026" in asked
        assert "Why this one" not in asked
        assert post(desk, f"{at}/handoffs", **sent).status_code == 422
        assert post(desk, f"{at}/handoffs", **sent, despite_no_capacity="y").status_code == 303
        assert work.session.scalars(select(Referral.override_reason)).all() == [None]

    def test_what_comes_from_no_list_needs_one_where_there_is_no_room(
        self, desk: FlaskClient, work: Work, story: Story, at: str, filled: dict[str, object]
    ) -> None:
        state_capacity(work, story.pantry.service_at_location.id, Statement(CapacityStatus.NO_CAPACITY))

        assert "Why this one" in page(post(desk, f"{at}/handoff-form", **filled)).text
        sent = filled | {"despite_no_capacity": "y"}
        assert 'href="#override"' in page(post(desk, f"{at}/handoffs", **sent)).to_mend
        assert post(desk, f"{at}/handoffs", **sent, override="agreed_by_phone").status_code == 303

    def test_a_waiting_list_is_not_sent_to_against_advice(
        self, desk: FlaskClient, work: Work, story: Story, at: str, filled: dict[str, object]
    ) -> None:
        state_capacity(work, story.pantry.service_at_location.id, Statement(CapacityStatus.WAITLIST, waiting_days=9))

        asked = page(post(desk, f"{at}/handoff-form", **filled)).text
        assert "although they have no room" not in asked
        assert "Why this one" not in asked
