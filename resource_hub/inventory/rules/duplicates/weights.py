"""What each agreement and difference adds to the log-odds."""

from collections.abc import Mapping

WEIGHTS: Mapping[str, float] = {
    "always": -3.74,
    "alike": 6.79,
    "less": -1.55,
    "more": -0.15,
    "parts": -4.23,
    "equal": 0.19,
    "acronym": 2.50,
    "no_name": -0.50,
    "where_same": 1.50,
    "where_other_unit": 0.32,
    "where_nearly": 1.00,
    "where_not_said": 0.00,
    "where_same_town": 1.20,
    "where_other_street": -1.45,
    "where_other_town": -4.60,
    "phone_same": 1.58,
    "phone_shared": 0.23,
    "phone_not_said": 0.00,
    "phone_other": -1.15,
    "site_same": 0.40,
    "site_shared": 0.00,
    "site_not_said": 0.00,
    "site_other": -0.80,
    "generic_elsewhere": -3.45,
    "alike_elsewhere": -5.86,
    "near": 1.00,
    "away": -2.00,
}
