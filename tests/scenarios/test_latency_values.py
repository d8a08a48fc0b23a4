"""The exact seconds that distributions give, at their limits and between them."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from mockgem.scenarios.latency import (
    apply_profile,
    draw_deviation,
    draw_seconds,
    draw_waits,
    find_profile,
    interpolate_percentile,
    load_profiles,
)
from mockgem.scenarios.rule_faults import make_token_delay
from mockgem.scenarios.schema import Distribution, Latency
from mockgem.scenarios.suggestions import UnknownName


class FixedRandom(Random):
    """Gives the same number for ever."""

    def __init__(self, number: float) -> None:
        super().__init__()
        self.number = number

    def random(self) -> float:
        return self.number


def draw(number: float, **fields: Any) -> float:
    return draw_seconds(Distribution(**fields), FixedRandom(number))


def test_a_fixed_time_is_itself() -> None:
    assert [draw_seconds(time, FixedRandom(0.5)) for time in (None, 0, 2, 0.25)] == [0, 0, 2, 0.25]


@pytest.mark.parametrize(("number", "seconds"), [(0.0, 2.0), (0.5, 4.0), (1.0, 6.0)])
def test_a_uniform_distribution_goes_from_least_to_most(number: float, seconds: float) -> None:
    assert draw(number, kind="uniform", least=2, most=6) == seconds
    assert draw(number, kind="uniform", least=0, most=6) == 6 * number


def test_a_normal_distribution_has_a_mean_and_limits() -> None:
    assert draw(0.5, kind="normal", mean=3, spread=2) == pytest.approx(3)
    assert draw(0.8413447, kind="normal", mean=3, spread=2) == pytest.approx(5, abs=1e-5)
    assert draw(0.0, kind="normal", mean=3, spread=2) == 0.0
    assert draw(0.8413447, kind="normal", mean=0, spread=2) == pytest.approx(2, abs=1e-5)
    assert draw(1.0, kind="normal", mean=3, spread=2, most=4) == 4.0
    assert draw(1.0, kind="normal", mean=3500, spread=200) == 3600.0
    assert draw(0.5, kind="normal", mean=4000, spread=0, most=5000) == pytest.approx(4000)


def test_a_lognormal_distribution_has_a_median() -> None:
    assert draw(0.5, kind="lognormal", median=3, sigma=0.5) == pytest.approx(3)
    assert draw(0.8413447, kind="lognormal", median=3, sigma=1) == pytest.approx(
        3 * 2.718281, abs=1e-4
    )
    assert draw(0.5, kind="lognormal", median=3, sigma=0.5, most=2) == 2.0


def test_percentiles_are_joined_by_lines() -> None:
    points = {"50": 1.0, "90": 3.0, "99": 3.0}
    seconds = {0.0: 0.0, 0.25: 0.5, 0.5: 1.0, 0.7: 2.0, 0.9: 3.0, 0.95: 3.0, 0.99: 3.0, 1.0: 3.0}
    for share, expected in seconds.items():
        assert interpolate_percentile(points, share) == pytest.approx(expected)
    assert interpolate_percentile({}, 0.5) == 0.0
    assert interpolate_percentile({"0": 2.0}, 0.0) == 2.0
    assert interpolate_percentile({"0": 2.0, "100": 4.0}, 0.5) == pytest.approx(3.0)
    assert draw(0.25, kind="percentiles", points=points) == pytest.approx(0.5)


def test_a_deviation_is_finite_for_every_random_number() -> None:
    assert draw_deviation(FixedRandom(0.5)) == pytest.approx(0)
    assert draw_deviation(FixedRandom(0.0)) == pytest.approx(-7.0345, abs=1e-3)
    assert draw_deviation(FixedRandom(1.0)) == pytest.approx(7.0345, abs=1e-3)


def test_waits_are_scaled() -> None:
    head, first, draw_between = draw_waits(Latency(head=1, first=2, between=4), Random(1), 0.5)
    assert (head, first, draw_between(), draw_between()) == (0.5, 1.0, 2.0, 2.0)


def test_usual_is_the_profile_of_the_first_family_in_the_name_of_the_model() -> None:
    profiles = load_profiles()
    for name, profile in profiles.items():
        for part in profile["models"]:
            first = next(
                other
                for other, values in profiles.items()
                if any(known in part for known in values["models"])
            )
            expected = Latency.model_validate(profiles[first]["latency"])
            assert find_profile("usual", f"x-{part}-y") == expected, name
    assert find_profile("usual", "another") == find_profile("flash")


def test_an_unknown_profile_is_refused_with_the_known_ones() -> None:
    known = f"Known profiles: usual, {', '.join(load_profiles())}"
    with pytest.raises(UnknownName) as refused:
        find_profile("flahs")
    message = f"there is no latency profile 'flahs'; did you mean flash? {known}"
    assert str(refused.value) == message
    with pytest.raises(UnknownName, match=f"did you mean {next(iter(load_profiles()))}"):
        find_profile("xyzxyz")


def test_own_keys_win_over_the_profile() -> None:
    changed = apply_profile(Latency(profile="flash", first=7), "m")
    assert changed.first == 7
    assert changed.between == find_profile("flash").between
    own = Latency(first=7)
    assert apply_profile(own, "m") is own


def test_tokens_take_time() -> None:
    event = b'data: {"choices":[{"delta":{"content":"eight ch"}}]}\n\n'
    delay = make_token_delay(10, 0.5)(event)
    assert delay > 0
    assert make_token_delay(5, 0.5)(event) == pytest.approx(2 * delay)
    assert make_token_delay(10, 1.0)(event) == pytest.approx(2 * delay)
    assert make_token_delay(None, 1.0)(event) == make_token_delay(0, 1.0)(event) == 0.0
