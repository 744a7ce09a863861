"""Hours that stand in a text become rules when a directory is imported, and go when the text no longer says them."""

from resource_hub.accounts.work import Work
from resource_hub.inventory.models import Schedule
from resource_hub.inventory.rules.stated_hours import READ_NOTE, with_read_hours
from resource_hub.inventory.values import Draft, Origin
from tests.exchange.tabular.ohana import Import, ours

HEAD = "id,organization_id,name,hours\n"


def rules(work: Work) -> list[tuple[str | None, ...]]:
    return [(row.byday, row.opens_at, row.notes, row.description) for row in ours(work, Schedule)]


def test_each_rule_of_a_text_is_a_schedule_that_says_where_it_comes_from(run: Import, work: Work) -> None:
    run(locations=HEAD + '5,1,Harbor house,"Mon-Thu 9am-5pm; Fri 10-2"\n')
    words = "Mon-Thu 9am-5pm; Fri 10-2"
    assert rules(work) == [("MO,TU,WE,TH", "09:00", READ_NOTE, words), ("FR", "10:00", READ_NOTE, words)]
    again = run(locations=HEAD + '5,1,Harbor house,"Mon-Thu 9am-5pm; Fri 10-2"\n')
    assert (again.loaded.created, again.loaded.updated) == ({}, {})


def test_a_text_that_is_no_longer_certain_leaves_no_rule_behind(run: Import, work: Work) -> None:
    run(locations=HEAD + '5,1,Harbor house,"Mon-Thu 9am-5pm; Fri 10-2"\n')
    run(locations=HEAD + "5,1,Harbor house,By appointment\n")
    work.session.expire_all()
    assert rules(work) == [(None, None, None, "By appointment")]


def test_a_stated_rule_is_left_alone() -> None:
    draft = Draft("schedule", "1", {"description": "Mon 9am-5pm", "byday": "TU"}, Origin("schedules.csv", 2))
    assert with_read_hours(draft) == (draft,)
    other = Draft("phone", "1", {"description": "Mon 9am-5pm"}, Origin("phones.csv", 2))
    assert with_read_hours(other) == (other,)


def test_a_schedule_of_its_own_keeps_its_id_and_has_the_other_rules_as_parts() -> None:
    draft = Draft("schedule", "s1", {"description": "Mon 9am-5pm, Tue 9am-1pm"}, Origin("schedules.csv", 2))
    assert [part.source_id for part in with_read_hours(draft)] == ["s1", "schedule/s1#hours/2"]
