"""What services offer, how they reach people, in which languages: shares that look like a large directory's."""

import numpy as np

from resource_hub.evaluation.bench.national.draws import some
from resource_hub.matching.rules.fit import NEED_CODES
from resource_hub.matching.values import Bools, Documents, Floats, Ints, Languages, Mode
from resource_hub.matching.values.columns import FACT_KINDS

NEED_PROFILES = 2000
TERM_PROFILES = 500

# Each next need is this much rarer than the one before.
_RARER = 0.88
_WEIGHTS = np.array([1.0, 1.0, 0.9, 0.8, 0.6])
_REMOTE_SHARE = 0.15
_REMOTE = {Mode.PHONE: 0.35, Mode.ONLINE: 0.2, Mode.HOME: 0.35, Mode.PHONE | Mode.IN_PERSON: 0.1}
_SPOKEN = {"es": 0.3, "zh": 0.04, "vi": 0.03, "ar": 0.03, "ru": 0.02, "ht": 0.02, "ko": 0.02, "fr": 0.03}
_NEVER_CHECKED = 0.08


def need_shares() -> Floats:
    """Return how often each need is answered, and asked for."""
    shares = _RARER ** np.arange(len(NEED_CODES))
    shares_of_all: Floats = shares / shares.sum()
    return shares_of_all


def weights(chance: np.random.Generator) -> Floats:
    """Return how well each profile answers each need; one to three needs a profile."""
    result = np.zeros((NEED_PROFILES, len(NEED_CODES)))
    for having in (1.0, 0.45, 0.2):
        which = np.flatnonzero(some(chance, NEED_PROFILES, having))
        needs = chance.choice(len(NEED_CODES), size=len(which), p=need_shares())
        result[which, needs] = chance.choice(_WEIGHTS, size=len(which))
    return result


def modes(chance: np.random.Generator, rows: int) -> Ints:
    """Return how each row reaches people: in person, or for a share by phone, online or at home."""
    remote = chance.choice([int(mode) for mode in _REMOTE], size=rows, p=list(_REMOTE.values()))
    return np.where(some(chance, rows, _REMOTE_SHARE), remote, int(Mode.IN_PERSON))


def verified(chance: np.random.Generator, rows: int, today: int) -> Floats:
    """Return the day each kind of fact was checked; some never."""
    listing = np.floor(today - chance.exponential(300, rows))
    table = np.repeat(listing[:, None], len(FACT_KINDS), axis=1)
    alone = some(chance, table.size, 0.2).reshape(table.shape)
    table[alone] = np.floor(today - chance.exponential(120, int(alone.sum())))
    table[some(chance, rows, _NEVER_CHECKED)] = np.nan
    return table


def languages(chance: np.random.Generator) -> Languages:
    """Return which profiles speak what."""
    spoken = {tag: some(chance, TERM_PROFILES, share) for tag, share in _SPOKEN.items()}
    stated: Bools = np.logical_or.reduce(list(spoken.values())) | some(chance, TERM_PROFILES, 0.2)
    return Languages(spoken, stated, some(chance, TERM_PROFILES, 0.15))


def documents(chance: np.random.Generator) -> Documents:
    """Return which profiles ask for a photo ID, which for other papers."""
    return Documents({"has_id": some(chance, TERM_PROFILES, 0.12)}, some(chance, TERM_PROFILES, 0.08))
