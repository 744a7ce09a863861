"""The geocoder of the settings, asked no faster than it allows."""

from collections.abc import Callable

from geopy.exc import GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import ArcGIS, GoogleV3, Nominatim, OpenCage, Pelias, Photon

from resource_hub.core.errors import Refused
from resource_hub.core.geography import Point
from resource_hub.settings import Settings

Ask = Callable[[str], Point | None]

SECONDS_TO_WAIT = 10
_RETRIES, _WAIT_BEFORE_RETRY = 2, 5
_COUNTRY = "us"


class GeocoderSilent(Refused):
    """The geocoder does not answer, or refuses to."""

    code = "geocoder_silent"


def geocoder_of(settings: Settings) -> Ask | None:
    """Return what asks the geocoder of the settings for an address; None where none is set.

    What it returns refuses with GeocoderSilent when the geocoder does not answer after a few tries.
    """
    if not settings.geocoder:
        return None
    geocoder = _GEOCODERS[settings.geocoder](settings)
    limited = RateLimiter(
        geocoder.geocode,
        min_delay_seconds=settings.geocoder_delay,
        max_retries=_RETRIES,
        error_wait_seconds=max(_WAIT_BEFORE_RETRY, settings.geocoder_delay),
        swallow_exceptions=False,
    )
    # Only Nominatim is told the country; the others find it in the address.
    options = {"country_codes": _COUNTRY} if settings.geocoder == "nominatim" else {}

    def ask(address: str) -> Point | None:
        try:
            found = limited(address, exactly_one=True, **options)
        except GeopyError as error:
            text = f"The geocoder does not answer ({type(error).__name__}). What it said so far is kept; go on later."
            raise GeocoderSilent(text) from error
        return Point(found.latitude, found.longitude) if found else None

    return ask


def _nominatim(settings: Settings) -> Nominatim:
    domain = {"domain": settings.geocoder_domain} if settings.geocoder_domain else {}
    return Nominatim(user_agent=settings.geocoder_user_agent, timeout=SECONDS_TO_WAIT, **domain)


def _photon(settings: Settings) -> Photon:
    domain = {"domain": settings.geocoder_domain} if settings.geocoder_domain else {}
    return Photon(user_agent=settings.geocoder_user_agent, timeout=SECONDS_TO_WAIT, **domain)


def _pelias(settings: Settings) -> Pelias:
    return Pelias(settings.geocoder_domain, api_key=settings.geocoder_key or None, timeout=SECONDS_TO_WAIT)


def _arcgis(settings: Settings) -> ArcGIS:
    return ArcGIS(user_agent=settings.geocoder_user_agent, timeout=SECONDS_TO_WAIT)


def _google(settings: Settings) -> GoogleV3:
    return GoogleV3(api_key=settings.geocoder_key, timeout=SECONDS_TO_WAIT)


def _opencage(settings: Settings) -> OpenCage:
    return OpenCage(settings.geocoder_key, timeout=SECONDS_TO_WAIT)


_GEOCODERS: dict[str, Callable[[Settings], Nominatim | Photon | Pelias | ArcGIS | GoogleV3 | OpenCage]] = {
    "nominatim": _nominatim,
    "photon": _photon,
    "pelias": _pelias,
    "arcgis": _arcgis,
    "google": _google,
    "opencage": _opencage,
}
