"""Every rule by its code, and how grave a breach of it is. `docs/lint.md` explains each."""

from collections.abc import Mapping

from resource_hub.exchange.hsds.lint.values import Severity

_ERRORS = """
    unreadable_file old_version no_data package_file_missing page_incomplete page_contradiction
    missing_field wrong_type null_value bad_format not_in_list
    duplicate_id broken_reference parent_circle nested_mismatch
    over_maximum negative_number ages_reversed closes_before_opens period_reversed rrule_part
    endpoint_missing answer_failed answer_not_json pages_overlap pages_lose total_wrong filter_not_cumulative
    proximity_not_monotone modified_not_monotone ndjson_differs not_modified_ignored post_differs
"""
_WARNINGS = """
    unknown_object missing_table page_field_absent blank_value parent_missing link_missing no_owner unused
    same_organization same_location wrong_unit past_midnight rrule_combination until_and_count
    coordinates_zero coordinates_swapped coordinates_in_metres coordinates_impossible coordinates_outside_state
    coordinates_half unknown_state postal_code_of_other_state bad_postal_code bad_country bad_phone bad_language
    bad_currency age_implausible future_date year_implausible no_cors
"""
_HINTS = "unknown_file unknown_field same_service not_offered not_compared"

RULES: Mapping[str, Severity] = {
    code: severity
    for severity, codes in ((Severity.ERROR, _ERRORS), (Severity.WARNING, _WARNINGS), (Severity.HINT, _HINTS))
    for code in codes.split()
}
