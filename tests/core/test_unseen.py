"""Words that leave the house bear no sign that nobody sees and that turns or breaks what stands after them."""

from __future__ import annotations

import pytest

from app.core.unseen import without_unseen


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Heat\x00\x07\x1b[2J\x7f\x85 and\trent\nhere", "Heat[2J and\trent\nhere"),
        ("a\u202eb", "ab"),
        ("a\u202eb\u202cc", "a\u202eb\u202cc"),
        ("\u2068ماء\u2069 a", "\u2068ماء\u2069 a"),
        ("a\u2069\u202cb", "ab"),
        ("\u2068a\u202eb\u2069c", "\u2068ab\u2069c"),
        ("\u202ea\u2068b\u202cc\u2069d\u202c", "\u202ea\u2068bc\u2069d\u202c"),
        ("\u2068a\nb\u2069", "a\nb"),
        ("\u2066\u2067a\u2069b", "\u2067a\u2069b"),
        ("می\u200cخواهم 👩\u200d🌾", "می\u200cخواهم 👩\u200d🌾"),
    ],
)
def test_what_is_closed_stays_and_what_is_not_goes(text: str, kept: str) -> None:
    assert without_unseen(text) == kept
    assert without_unseen(kept) == kept
