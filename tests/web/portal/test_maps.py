"""The small map: every number in the picture and readable, north up, the bar as long as it says."""

from hypothesis import given
from hypothesis import strategies as st

from resource_hub.core.geography import Point
from resource_hub.web.portal.maps import PIN, SIDE, drawn

PLACES = st.builds(Point, st.floats(24, 49), st.floats(-124, -67))


@given(places=st.lists(PLACES, min_size=1, max_size=10), here=st.none() | PLACES)
def test_every_pin_is_in_the_picture_and_none_hides_another(places: list[Point], here: Point | None) -> None:
    points = {str(number): place for number, place in enumerate(places)}

    picture = drawn(list(points), points, here)

    assert picture
    assert [pin.number for pin in picture.pins] == list(range(1, len(places) + 1))
    for pin in picture.pins:
        assert 0 <= pin.x <= SIDE
        assert 0 <= pin.y <= SIDE
        assert all(max(abs(pin.x - one.x), abs(pin.y - one.y)) >= PIN for one in picture.pins if one != pin)
    assert 0 < picture.bar <= SIDE


def test_north_is_up_and_the_bar_is_as_long_as_it_says() -> None:
    north, south = Point(39.4, -76.6), Point(39.2, -76.6)

    picture = drawn(["north", "south"], {"north": north, "south": south}, None)

    assert picture
    first, second = picture.pins
    assert (first.x == second.x, first.y < second.y, picture.here) == (True, True, None)
    # The two are 22.24 km apart, which is 13.82 miles; the bar is for five.
    assert (picture.miles, picture.bar) == (5, round((second.y - first.y) * 5 / 13.82))


def test_cards_keep_their_numbers_where_some_have_no_place() -> None:
    picture = drawn(["secret", "known"], {"known": Point(39.3, -76.6)}, None)

    assert picture
    assert [pin.number for pin in picture.pins] == [2]
    assert drawn(["secret"], {}, Point(39.3, -76.6)) is None
