"""What a resident asks: the form of the search, which area that is, and the wish that is ranked by."""

from collections.abc import Mapping
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import Length, Optional, Regexp

from resource_hub.core.codes import NEEDS
from resource_hub.core.errors import Fault, Invalid
from resource_hub.core.geography import PostalCode, find_postal_code, nearest_postal_code
from resource_hub.inventory.models import Market
from resource_hub.inventory.queries import find_market, list_markets, market_names
from resource_hub.inventory.queries.coverage import market_of
from resource_hub.matching.asking import Wish, where
from resource_hub.web.portal.filters import FILTERS, NO_WAY, SPANISH
from resource_hub.web.shared.forms import Checkboxes, PublicForm
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.language import current_language
from resource_hub.web.shared.words import options

SHORT_LIST, LONG_LIST = 10, 50
# So many are looked through for those that answer the reader's filters.
POOL = 200

_FIVE_DIGITS = _("Type a ZIP Code of five digits, or leave it empty.")
_ABOUT = r"-?[0-9]{1,3}(\.[0-9]{1,2})?,-?[0-9]{1,3}(\.[0-9]{1,2})?\Z"


class FindForm(PublicForm):
    called: ClassVar[Mapping[str, str]] = {"query": "words"}

    words = StringField(_("Say it in your own words"), [Optional()])
    need = SelectField(
        _("What do you need help with?"),
        default="",
        choices=lambda: [("", ""), *((code, code) for code in NEEDS)],
    )
    zip = StringField(_("Your ZIP Code"), [Optional(), Regexp(r"[0-9]{5}(-[0-9]{4})?\Z", message=_FIVE_DIGITS)])
    near = StringField(_("Where you are"), [Optional(), Regexp(_ABOUT, message=_("Type your ZIP Code instead."))])
    market = SelectField(_("Area"), [Optional()])
    anywhere = StringField(validators=[Optional(), Length(max=1)])
    by = RadioField(_("How do you get around?"), [Optional()])
    only = Checkboxes(validators=[Optional()], choices=lambda: [(code, code) for code in FILTERS])
    turn = SelectField(default="", choices=lambda: [("", ""), *((code, code) for code in FILTERS)])
    more = StringField(validators=[Optional(), Length(max=1)])

    class Meta(PublicForm.Meta):
        """Read from what was sent just now, or from a search that the browser brings back."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Return what is read."""
            return formdata if isinstance(formdata, MultiDict) else super().wrap_formdata(form, formdata)

    @property
    def says_where(self) -> bool:
        """Whether the reader has said where, or that it does not matter."""
        said = (self.zip.data, self.near.data, self.market.data, self.anywhere.data, NO_WAY in (self.only.data or ()))
        return any(said)

    @property
    def filters(self) -> tuple[str, ...]:
        """The filters that are on, once the one that was pressed is turned."""
        on = set(self.only.data or ()) ^ ({self.turn.data} if self.turn.data else set())
        return tuple(code for code in FILTERS if code in on)


def asked_form(kept: MultiDict[str, str] | None = None) -> FindForm:
    """Return the form as it was sent, or as it was kept, with the areas that there are."""
    form = FindForm() if kept is None else FindForm(kept)
    areas = market_names(current_work().session)
    # Without a first empty choice the first area would be taken unseen.
    form.market.choices = [("", gettext("Choose an area")), *areas] if len(areas) > 1 else areas
    form.by.choices = options("travel")
    return form


def market_for(form: FindForm) -> Market:
    """Return the market of the place that was said; refuses with Invalid where there is none."""
    session = current_work().session
    if form.zip.data or form.near.data:
        code = find_postal_code(form.zip.data) if form.zip.data else _around(form.near.data or "")
        market = market_of(session, code) if code else None
        problem = gettext(
            "We have no list for this place yet. Check the ZIP Code, or leave it empty and choose an area."
        )
    else:
        markets = list_markets(session)
        market = markets[0] if len(markets) == 1 else find_market(session, form.market.data or "")
        problem = gettext("Type your ZIP Code, or choose an area.")
    if market is None:
        raise Invalid(problem, faults=(Fault("zip", "invalid", problem),))
    return market


def wish_of(form: FindForm) -> Wish:
    """Return what is ranked by: who stands first among near-equals changes from day to day, not when more is shown."""
    short = SHORT_LIST if not form.more.data else LONG_LIST
    return Wish(
        needs=(form.need.data,) if form.need.data else (),
        near=form.zip.data or form.near.data or None,
        facts={"zip": form.zip.data[:5]} if form.zip.data else None,
        language="es" if SPANISH in form.filters else current_language(),
        by=form.by.data or None,
        seed=current_work().now.toordinal(),
        limit=POOL if form.filters else short,
    )


def _around(near: str) -> PostalCode | None:
    point, _code = where(near)
    return nearest_postal_code(point)
