"""Three-valued logic over columns, with the numbers of `Truth`: and is the smaller, or is the larger."""

import numpy as np

from resource_hub.matching.values.columns import Ints
from resource_hub.matching.values.ranking import Truth


def all_of(values: Ints, group: Ints, groups: int) -> Ints:
    """Return for each group whether all its members hold; an empty group holds."""
    result = np.full(groups, int(Truth.YES), dtype=np.int64)
    np.minimum.at(result, group, values)
    return result


def any_of(values: Ints, group: Ints, groups: int) -> Ints:
    """Return for each group whether one of its members holds; an empty group asks for nothing and holds."""
    result = np.full(groups, int(Truth.YES), dtype=np.int64)
    result[group] = int(Truth.NO)
    np.maximum.at(result, group, values)
    return result
