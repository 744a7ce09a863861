"""What a person answered and wants, the instruments that were brought, and screenings under way."""

from resource_hub.screening.queries.answers import (
    answers_of,
    answers_place,
    as_text,
    changes_since_last,
    get_screening,
    history_of,
    latest_screening,
    need_records,
    needs_of,
    open_answers,
    opened,
    screenings_of,
)
from resource_hub.screening.queries.drafts import (
    draft_place,
    drafts_of,
    find_draft,
    get_draft,
    get_draft_record,
    instrument_of,
    open_draft_answers,
    opened_draft,
)
from resource_hub.screening.queries.figures import figures_of, most_wanted
from resource_hub.screening.queries.instruments import Version, get_imported, get_version, load_imported, versions

__all__ = [
    "Version",
    "answers_of",
    "answers_place",
    "as_text",
    "changes_since_last",
    "draft_place",
    "drafts_of",
    "figures_of",
    "find_draft",
    "get_draft",
    "get_draft_record",
    "get_imported",
    "get_screening",
    "get_version",
    "history_of",
    "instrument_of",
    "latest_screening",
    "load_imported",
    "most_wanted",
    "need_records",
    "needs_of",
    "open_answers",
    "open_draft_answers",
    "opened",
    "opened_draft",
    "screenings_of",
    "versions",
]
