"""Refusals of the inventory."""

from resource_hub.core.errors import Conflict, Invalid, NotAllowed, NotFound, Refused


class BadMarket(Invalid):
    """What was said about a new market cannot be."""

    code = "bad_market"


class MarketTaken(Refused):
    """There is a market with this slug."""

    code = "market_taken"


class NoSuchMarket(NotFound):
    """There is no market with this slug."""

    code = "no_such_market"


class NoSuchListing(NotFound):
    """There is no such listing, or it is in a market that whoever asks does not see."""

    code = "no_such_listing"


class BadEdit(Invalid):
    """A field was set to what it cannot hold."""

    code = "bad_edit"


class ListingMovedOn(Conflict):
    """Somebody else changed the listing after it was shown."""

    code = "listing_moved_on"


class StewardsOnly(NotAllowed):
    """Only stewards change listings."""

    code = "stewards_only"


class BadRows(Refused):
    """Rows of an import cannot be stored, and it was not said to leave them out."""

    code = "bad_rows"


class BadPairs(Invalid):
    """A line of a file of pairs holds no pair."""

    code = "bad_pairs"


class NoSuchPair(NotFound):
    """There is no such pair of records, or it is in a market that whoever asks does not see."""

    code = "no_such_pair"


class NoSuchMerge(NotFound):
    """There is no such merge, or it is in a market that whoever asks does not see."""

    code = "no_such_merge"


class PairMovedOn(Conflict):
    """Somebody else decided about the pair, or changed one of its records, after it was shown."""

    code = "pair_moved_on"


class CannotMerge(Refused):
    """The two records cannot become one."""

    code = "cannot_merge"


class CannotUndo(Refused):
    """Something that happened later stands in the way of undoing a merge."""

    code = "cannot_undo"
