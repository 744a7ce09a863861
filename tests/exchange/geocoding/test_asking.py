"""The geocoder of the settings: which one is asked, and what its silence becomes."""

import pytest
from geopy.exc import GeocoderTimedOut
from geopy.geocoders import Photon

from resource_hub.core.geography import Point
from resource_hub.exchange.geocoding.asking import GeocoderSilent, geocoder_of
from resource_hub.settings import GEOCODERS, Settings


class Found:
    latitude, longitude = 39.3, -76.6


def test_without_a_setting_there_is_nobody_to_ask() -> None:
    assert geocoder_of(Settings()) is None


@pytest.mark.parametrize("name", sorted(GEOCODERS))
def test_each_name_is_a_geocoder(name: str) -> None:
    settings = Settings(geocoder=name, geocoder_domain="geo.example", geocoder_key="k")
    assert geocoder_of(settings) is not None


def test_an_answer_is_a_point_and_none_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter((Found(), None))
    monkeypatch.setattr(Photon, "geocode", lambda _self, _address, **_options: next(answers))
    ask = geocoder_of(Settings(geocoder="photon", geocoder_delay=0))
    assert ask
    assert (ask("1 Light St"), ask("2 Light St")) == (Point(39.3, -76.6), None)


def test_silence_is_a_refusal_that_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(_self: Photon, _address: str, **_options: object) -> None:
        raise GeocoderTimedOut

    monkeypatch.setattr(Photon, "geocode", silent)
    monkeypatch.setattr("resource_hub.exchange.geocoding.asking._WAIT_BEFORE_RETRY", 0)
    ask = geocoder_of(Settings(geocoder="photon", geocoder_delay=0))
    assert ask
    with pytest.raises(GeocoderSilent, match="go on later"):
        ask("1 Light St")
