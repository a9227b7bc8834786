"""When a look pays: the square-root law where rates are steady, and its bounds where they are not."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.pace.hazard import BINS, PRIOR, Rate
from crawler.pace.looking import FOR_YOUNG, LEAST_PRICE, MOST_PRICE, YOUNG, audit, next_price, wait

RATES = st.builds(
    Rate,
    by_age=st.lists(st.floats(1e-6, 1), min_size=BINS, max_size=BINS).map(tuple),
    factor=st.floats(0.01, 100),
    steady=st.floats(0, 0.1),
)
PRICES = st.floats(LEAST_PRICE, 1000)


def steady(each: float) -> Rate:
    return Rate(by_age=(0.0,) * BINS, factor=1.0, steady=each)


@given(st.floats(1e-5, 1), PRICES)
def test_at_a_steady_rate_it_is_the_square_root_law(each: float, price: float) -> None:
    assert math.isclose(wait(steady(each), age=YOUNG, price=price), math.sqrt(2 * price / each))


def test_young_pages_are_asked_sooner() -> None:
    price, each = 0.1, 0.01
    quotient = wait(steady(each), age=YOUNG, price=price) / wait(steady(each), age=0.0, price=price)
    assert math.isclose(quotient, math.sqrt(FOR_YOUNG))


@given(RATES, st.floats(-5, 50_000), PRICES, st.floats(1, 10))
def test_a_dearer_request_is_made_no_sooner(found: Rate, age: float, price: float, times: float) -> None:
    now = wait(found, age=age, price=price)
    assert now >= 0
    assert wait(found, age=age, price=price * times) >= now


@given(RATES, st.floats(0, 50_000), PRICES, st.floats(0, 0.99))
def test_who_is_told_of_edits_waits_longer(found: Rate, age: float, price: float, recall: float) -> None:
    assert wait(found, age=age, price=price, recall=recall) >= wait(found, age=age, price=price) - 1e-9


def test_a_page_that_never_changes_is_never_due_by_itself() -> None:
    assert wait(steady(0.0), age=0.0, price=0.1) == math.inf


def test_a_release_is_asked_soon_after_its_publication_and_seldom_after_a_year() -> None:
    release = Rate(by_age=PRIOR, factor=1.0, steady=0.0)
    assert wait(release, age=0.0, price=LEAST_PRICE) < 2
    assert wait(release, age=9000.0, price=LEAST_PRICE) > 48


@pytest.mark.parametrize("chance", [0.0, 0.5, 0.999999])
def test_an_audit_comes_after_its_mean_time_by_chance(chance: float) -> None:
    mean = 1000 / 10  # pages by requests an hour
    assert math.isclose(audit(pages=1000, requests=10, chance=chance), -math.log(1 - chance) * mean)
    assert audit(pages=1000, requests=0, chance=chance) == math.inf


@given(PRICES, st.floats(0, 1e6), st.floats(0, 1e6))
def test_the_price_follows_what_is_wanted_within_its_bounds(
    price: float, wanted: float, budget: float
) -> None:
    after = next_price(price, wanted=wanted, budget=budget)
    assert LEAST_PRICE <= after <= MOST_PRICE
    assert after <= 2 * price or after == LEAST_PRICE
    if budget > 0:
        assert (after >= price) == (wanted >= budget) or after in (price, LEAST_PRICE)


def test_the_price_settles_where_the_budget_is_met() -> None:
    price = LEAST_PRICE
    for _ in range(60):
        price = next_price(price, wanted=1000 / math.sqrt(price), budget=500)
    assert math.isclose(price, 4.0, rel_tol=0.01)
