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


class BadReport(Invalid):
    """What somebody says is wrong is too long, or of no kind that there is."""

    code = "bad_report"


class NoSuchReport(NotFound):
    """There is no such open report, or it is in a market that whoever asks does not see."""

    code = "no_such_report"


class BadCall(Invalid):
    """What is said to have come of a call does not say enough."""

    code = "bad_call"


class CallTaken(Conflict):
    """Another steward has this listing before them."""

    code = "call_taken"


class NoSuchLink(NotFound):
    """There is no such link, or its signature is not ours."""

    code = "no_such_link"


class LinkOver(Refused):
    """The link worked once: it has run out, or was taken back."""

    code = "link_over"


class NoSuchImport(NotFound):
    """There is no such import or conflict, or it is in a market that whoever asks does not see."""

    code = "no_such_import"


class ImportMovedOn(Conflict):
    """The import or conflict was dealt with meanwhile, or what it is about has changed."""

    code = "import_moved_on"


class ImportRunning(Conflict):
    """Another import into the same market is being written."""

    code = "import_running"


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
