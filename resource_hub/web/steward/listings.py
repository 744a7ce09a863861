"""Finding and reading listings, with where each value came from and how old it is."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from resource_hub.accounts.queries import names_of
from resource_hub.inventory.queries import listings
from resource_hub.inventory.queries.checking import checks_of
from resource_hub.inventory.queries.markets import list_markets
from resource_hub.inventory.queries.provenance import provenance_of
from resource_hub.inventory.values import FactKind
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import DIRECTORY, guarded
from resource_hub.web.shared.hub import current_work

blueprint = Blueprint("listings", __name__, url_prefix="/steward")

PAGE = 50
LONGEST_SEARCH = 200
MOST_PAGES = 100_000


class SearchForm(Form):
    market = SelectField(_("Market"), [InputRequired()])
    text = StringField(_("Name of the service or organization"), [Optional(), Length(max=LONGEST_SEARCH)])
    page = IntegerField(validators=[Optional(), NumberRange(1, MOST_PAGES)], default=1)
    markets: tuple[str, ...] = ()


@blueprint.get("/")
@guarded(DIRECTORY)
def start() -> ResponseReturnValue:
    """Show the search, and the first listings of the first market."""
    return _page(_form())


@blueprint.post("/find")
@guarded(DIRECTORY, writes=False)
def find() -> ResponseReturnValue:
    """Show the listings whose name holds the words."""
    form = _form()
    return _page(form) if form.validate() else (_page(form, is_valid=False), 422)


@blueprint.get("/listings/<uuid:service_id>")
@guarded(DIRECTORY)
def show(service_id: UUID) -> ResponseReturnValue:
    """Show a listing with all its parts and its history."""
    work = current_work()
    listing = listings.get_listing(work.session, work.actor, str(service_id))
    if listing.service.merged_into:
        return redirect(url_for("listings.show", service_id=listing.service.merged_into), 301)
    history = listings.history_of(work.session, listing)
    checks = checks_of(work.session, listing.service)
    origins = provenance_of(work.session, listing)
    return render_template(
        "steward/listing.html",
        listing=listing,
        history=history,
        names=names_of(work.session, {change.updated_by for change in history} | {one.by for one in origins}),
        checked={kind: checks.get(kind) for kind in FactKind},
        origins=origins,
    )


def _page(form: SearchForm, *, is_valid: bool = True) -> str:
    work, found = current_work(), None
    page = form.page.data or 1
    market = form.market.data or (form.markets[0] if form.markets else None)
    if is_valid and market:
        words, offset = form.text.data or "", (page - 1) * PAGE
        found = listings.find_listings(work.session, work.actor, market, words, limit=PAGE, offset=offset)
    return render_template("steward/listings.html", form=form, found=found, page=page, page_size=PAGE)


def _form() -> SearchForm:
    work, form = current_work(), SearchForm()
    markets = [market for market in list_markets(work.session) if market.id in work.actor.market_ids]
    form.market.choices = [(market.id, market.name) for market in markets]
    form.markets = tuple(market.id for market in markets)
    return form
