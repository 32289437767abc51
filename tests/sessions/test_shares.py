from hypothesis import given
from hypothesis import strategies as st

from app.sessions.shares import SMALLEST, share_out


def test_small_groups_are_named_without_a_number():
    shares = share_out({"LAC": 23, "SSA": 23, "MENA": 15, "EUR": 3, "ASP": 4})
    assert shares.shown == [("LAC", 23), ("SSA", 23), ("MENA", 15)]
    assert sorted(shares.hidden) == ["ASP", "EUR"]


def test_one_small_group_takes_the_next_with_it_so_that_subtracting_tells_nothing():
    shares = share_out({"LAC": 23, "SSA": 23, "MENA": 15, "EUR": 3})
    assert shares.shown == [("LAC", 23), ("SSA", 23)]
    assert shares.hidden == ["MENA", "EUR"]


def test_who_leads_sees_exact_numbers_and_empty_groups_are_left_out():
    assert share_out({"LAC": 2, "SSA": 0}, exact=True).shown == [("LAC", 2)]
    assert share_out({"SSA": 0}).hidden == []


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 40), max_size=8))
def test_no_group_below_five_can_be_worked_out(counts):
    shares = share_out(counts)
    assert all(count >= SMALLEST for _key, count in shares.shown)
    assert {key for key, _ in shares.shown} | set(shares.hidden) == {key for key, count in counts.items() if count}
    rest = sum(counts[key] for key in shares.hidden)
    assert not shares.hidden or not shares.shown or (len(shares.hidden) >= 2 and rest >= SMALLEST)
