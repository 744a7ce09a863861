"""The benchmark of pages: empty pages beside those with results."""

import pytest

from resource_hub.accounts.work import Work
from resource_hub.core.db import Database
from resource_hub.core.errors import NotFound
from resource_hub.evaluation.bench.larger import enlarge
from resource_hub.evaluation.bench.web import Site
from tests.handoff.stories import a_story
from tests.web.conftest import SETTINGS


def test_empty_pages_have_the_frame_and_nothing_else(database: Database) -> None:
    site = Site(SETTINGS, database)
    assert 500 < site.page("/empty/portal") < site.page("/")


def test_a_page_that_is_not_there_is_no_figure(database: Database) -> None:
    with pytest.raises(NotFound, match="404"):
        Site(SETTINGS, database).page("/nowhere")


def test_the_desk_answers_who_is_signed_in(database: Database, work: Work) -> None:
    story, site = a_story(work), Site(SETTINGS, database)
    assert story.coordinator.user_id
    with pytest.raises(NotFound, match="303"):
        site.page("/desk/")
    assert site.page("/desk/", cookie=site.sign_in(story.coordinator.user_id)) > site.page("/empty/desk")


def test_a_market_is_made_as_large_as_asked_for(work: Work) -> None:
    story = a_story(work)
    assert enlarge(work.session, story.market.id, 40) == 40
    assert enlarge(work.session, story.market.id, 10) == 40
