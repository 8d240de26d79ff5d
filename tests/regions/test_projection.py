"""The projection EPSG:3035."""

import pytest

from regions.projection import project


@pytest.mark.parametrize(
    ("longitude", "latitude", "easting", "northing"),
    [
        # IOGP guidance note 7-2, example of method 9820.
        (5, 50, 3962799.45, 2999718.85),
        # The centre of the projection and its false origin.
        (10, 52, 4321000.00, 3210000.00),
    ],
)
def test_a_control_point_lies_where_the_standard_puts_it(longitude, latitude, easting, northing):
    assert project(longitude, latitude) == pytest.approx((easting, northing), abs=0.01)


def test_east_and_west_of_the_centre_mirror_each_other():
    east, west = project(19, 48), project(1, 48)

    assert east[0] - 4_321_000 == pytest.approx(4_321_000 - west[0])
    assert east[1] == pytest.approx(west[1])


def test_areas_stay_true():
    def square_degree(latitude: float) -> float:
        corners = [
            project(lon, lat)
            for lon, lat in ((12, latitude), (13, latitude), (13, latitude + 1), (12, latitude + 1))
        ]
        pairs = zip(corners, corners[1:] + corners[:1], strict=True)
        return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2

    # On a sphere of equal area, a strip's area follows the difference of the sines.
    assert square_degree(45) / square_degree(60) == pytest.approx(0.0122336 / 0.0085949, rel=0.005)


def test_the_point_opposite_the_centre_has_no_place():
    with pytest.raises(ValueError, match="opposite the centre"):
        project(-170, -52)
