"""Links by which an organization says that its listings are right: made, printed, sent, taken back."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from resource_hub.inventory.errors import NoSuchLink, NoSuchListing
from resource_hub.inventory.models import CheckLink, Market, Organization
from resource_hub.inventory.queries.links import links_of
from resource_hub.inventory.queries.listings import sees
from resource_hub.inventory.rules.links import standing
from resource_hub.inventory.service import links
from resource_hub.matching.policy import current
from resource_hub.web.shared.guards import STEWARD, guarded
from resource_hub.web.shared.hub import current_hub, current_work

blueprint = Blueprint("links", __name__, url_prefix="/steward/organizations/<uuid:organization_id>/links")


@blueprint.get("")
@guarded(STEWARD)
def index(organization_id: UUID) -> ResponseReturnValue:
    """Show the links of an organization, to copy and to print."""
    work, site = current_work(), current_hub().settings.public_url
    organization = _organization(organization_id)
    shown = [
        (link, standing(link.expires_at, link.revoked_at, work.now), site + links.path_of(work, link))
        for link in links_of(work.session, organization.id)
    ]
    zone = work.session.get_one(Market, organization.market_id).time_zone
    return render_template("steward/links.html", organization=organization, links=shown, zone=zone)


@blueprint.post("")
@guarded(STEWARD)
def make(organization_id: UUID) -> ResponseReturnValue:
    """Make a link."""
    links.make_link(current_work(), str(organization_id), current().ask.terms.open_days)
    return _back(organization_id, gettext("The link is made."))


@blueprint.post("/<uuid:link_id>/send")
@guarded(STEWARD)
def send(organization_id: UUID, link_id: UUID) -> ResponseReturnValue:
    """Queue the mail with a link; it is queued once."""
    links.send_link(current_work(), _link(organization_id, link_id))
    return _back(organization_id, gettext("The mail is on its way."))


@blueprint.post("/<uuid:link_id>/revoke")
@guarded(STEWARD)
def revoke(organization_id: UUID, link_id: UUID) -> ResponseReturnValue:
    """Take a link back."""
    links.revoke_link(current_work(), _link(organization_id, link_id).id)
    return _back(organization_id, gettext("The link is taken back."))


def _organization(organization_id: UUID) -> Organization:
    work = current_work()
    organization = work.session.get(Organization, str(organization_id))
    if organization is None or not sees(work.actor, organization.market_id):
        raise NoSuchListing("There is no such organization.")
    return organization


def _link(organization_id: UUID, link_id: UUID) -> CheckLink:
    organization = _organization(organization_id)
    link = current_work().session.get(CheckLink, str(link_id))
    if link is None or link.organization_id != organization.id:
        raise NoSuchLink("There is no such link.")
    return link


def _back(organization_id: UUID, text: str) -> Response:
    flash(text)
    return redirect(url_for("links.index", organization_id=organization_id), 303)
