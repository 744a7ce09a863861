"""The one formula: the product of the factors, less the price of a scarce place."""

import numpy as np

from resource_hub.matching.values.columns import Floats

FACTORS = ("fit", "listing_right", "accept", "follow_through", "timeliness")


def score(factors: Floats, price: Floats) -> Floats:
    """Return the score of every row; `factors` has one line for each of `FACTORS`."""
    product: Floats = np.prod(factors, axis=0)
    return product - price


def charged(product: Floats, price: Floats, most: float) -> Floats:
    """Return what a row pays for its place: its price, at most the share `most` of its product.

    So no price takes a score to zero, and more help is never worth less.
    """
    return np.minimum(price, most * product)
