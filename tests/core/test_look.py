"""The cloth of a track and the cells of a number."""

import pytest

from app.core.look import DYES, PAGE_HELPERS, PROGRAMME_CLOTHS, byte_of, cells, dashes, dye_of, weave

NEW_TRACKS = [f"example-track-{number}" for number in range(300)]


def turns(byte: int) -> set[int]:
    return {(byte << turn | byte >> (8 - turn)) & 0xFF for turn in range(8)}


@pytest.mark.parametrize(
    ("track", "byte", "dye"),
    [
        ("house", "10110100", "sun"),
        ("climate-justice", "10100111", "indigo"),
        ("social-production-of-habitat", "11011000", "verdigris"),
        ("land-rights", "11110000", "walnut"),
        ("multi-level-advocacy", "10010110", "weld"),
        ("feminist-approaches-to-habitat", "11001010", "cochineal"),
    ],
)
def test_tracks_of_the_programme_keep_their_own_cloth(track: str, byte: str, dye: str) -> None:
    assert format(byte_of(track), "08b") == byte
    assert dye_of(track) == dye


def test_the_second_row_of_a_band_is_the_opposite_of_the_first_and_third() -> None:
    first, second, third = weave(0b10100111)
    assert first == third == (True, False, True, False, False, True, True, True)
    assert second == tuple(not cell for cell in first)


@pytest.mark.parametrize("byte", [-1, 256])
def test_a_cloth_is_woven_from_exactly_one_byte(byte: int) -> None:
    with pytest.raises(ValueError, match="one byte"):
        weave(byte)


def test_a_new_track_has_the_same_cloth_on_every_machine_and_every_day() -> None:
    assert (byte_of("example-track"), dye_of("example-track")) == (0b11001101, "walnut")


def test_a_new_track_gets_a_rhythm_that_can_be_read_and_belongs_to_nobody_else() -> None:
    taken = {byte for byte, _ in PROGRAMME_CLOTHS.values()}
    for track in NEW_TRACKS:
        byte = byte_of(track)
        assert 3 <= byte.bit_count() <= 5
        assert len(turns(byte)) == 8
        assert not turns(byte) & taken
        assert dye_of(track) in DYES


def test_new_tracks_spread_over_many_rhythms_and_all_dyes() -> None:
    assert len({min(turns(byte_of(track))) for track in NEW_TRACKS}) == 17
    assert {dye_of(track) for track in NEW_TRACKS} == set(DYES)


def test_the_dashes_of_a_row_draw_exactly_its_cells_and_repeat_after_eight() -> None:
    for row in {row for byte in range(256) for row in weave(byte)}:
        lengths = [int(length) for length in dashes(row).split()]
        drawn = [cell for place, length in enumerate(lengths) for cell in [place % 2 == 0] * (length // 6)]
        assert len(lengths) % 2 == 0
        assert tuple(drawn) == row


@pytest.mark.parametrize(
    ("count", "groups"),
    [(0, []), (1, [1]), (9, [9]), (10, [10]), (11, [10, 1]), (23, [10, 10, 3]), (30, [10, 10, 10])],
)
def test_people_are_counted_in_tens(count: int, groups: list[int]) -> None:
    assert cells(count) == groups


def test_a_number_of_people_is_never_negative() -> None:
    with pytest.raises(ValueError, match="from 0"):
        cells(-1)


def test_templates_may_call_each_helper_by_its_own_name() -> None:
    assert all(helper.__name__ == name for name, helper in PAGE_HELPERS.items())
