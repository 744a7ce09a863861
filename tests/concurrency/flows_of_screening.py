"""What is written of a person's screenings and needs; the acts are named as in `flows`."""

from collections.abc import Callable

from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.screening import instruments
from resource_hub.screening.service import drafts, importing, needs, recording, visits
from resource_hub.screening.values import Answer, NeedState, Visit, WantsHelp
from tests.concurrency.scenes import SCREENER, Scene
from tests.conftest import as_actor

FOOD = "food-insecurity"


def _hungry() -> list[Answer]:
    instrument = instruments.load(SCREENER)
    item = next(item for item in instrument.items if FOOD in instrument.domains_of(item.code))
    return [Answer(item.code, next(option.code for option in item.answers if option.positive))]


def _visit_that_goes_on(work: Work, scene: Scene) -> Visit:
    visit = visits.find_visit(work, scene.visit)
    assert visit
    return visit


SCREENING: dict[str, Callable[[Work, Scene], object]] = {
    "screening.service.recording.record_screening": lambda work, scene: recording.record_screening(
        work, scene.newcomer, SCREENER, _hungry(), {FOOD: WantsHelp.YES, "homelessness": WantsHelp.YES}
    ),
    "screening.service.recording.write_down_export": lambda work, scene: recording.write_down_export(
        work, scene.newcomer, "a-screening", []
    ),
    "screening.service.drafts.start": lambda work, scene: drafts.start(work, scene.newcomer, SCREENER),
    "screening.service.drafts.save": lambda work, scene: drafts.save(
        work, scene.draft, {one.item: [one.answer] for one in _hungry()}, {}, position=0
    ),
    "screening.service.drafts.finish": lambda work, scene: drafts.finish(work, scene.draft, {FOOD: WantsHelp.YES}),
    "screening.service.drafts.discard": lambda work, scene: drafts.discard(work, scene.draft),
    "screening.service.needs.choose_needs": lambda work, scene: needs.choose_needs(
        work, scene.newcomer, {"homelessness": WantsHelp.YES, FOOD: WantsHelp.NO}
    ),
    "screening.service.needs.set_need_state": lambda work, scene: needs.set_need_state(
        work, scene.newcomer, FOOD, NeedState.MET
    ),
    "screening.service.visits.invite": lambda work, scene: visits.invite(work, scene.newcomer),
    "screening.service.visits.begin_visit": lambda work, scene: visits.begin_visit(
        as_actor(work, SYSTEM), scene.screening_code
    ),
    "screening.service.visits.end_visit": lambda work, scene: visits.end_visit(
        work, _visit_that_goes_on(work, scene)
    ),
    "screening.service.importing.import_instrument": lambda work, scene: importing.import_instrument(
        as_actor(work, scene.steward),
        importing.prepare(instruments.definition(SCREENER) | {"name": "brought"}),
        accepted=True,
    ),
}  # fmt: skip
