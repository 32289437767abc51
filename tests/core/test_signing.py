"""What is signed here opens what it was made for, for so long; nothing else does."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from itsdangerous import TimestampSigner, URLSafeSerializer, URLSafeTimedSerializer
from itsdangerous.encoding import base64_encode

from app.core.signing import Seal, digest_of, is_mark_of, mark_of

KEY = "k" * 40
SEALS = [Seal("tests.open"), Seal("tests.timed", timedelta(hours=1))]


@pytest.fixture(autouse=True)
def standing_still(clock, app):
    """The hour stands still, in the house whose key signs."""


@pytest.mark.parametrize("seal", SEALS)
@pytest.mark.parametrize("payload", [7, "word", ["a", {"b": None}], "é" * 300])
def test_a_token_says_what_it_was_made_of(seal, payload):
    assert seal.read(seal.token_of(payload)) == payload


@pytest.mark.parametrize("seal", SEALS)
def test_bytes_are_said_as_they_are(seal):
    assert seal.read_bytes(seal.token_of_bytes(b"\x00\xff.")) == b"\x00\xff."


@pytest.mark.parametrize("seal", SEALS)
def test_another_purpose_or_letter_opens_nothing(seal):
    token, packed = seal.token_of("word"), seal.token_of_bytes(b"word")
    other = Seal("tests.other", seal.lives)
    assert (other.read(token), other.read_bytes(packed)) == (None, None)
    for wrong in ("", ".", token[:-2], f"{token}x", token[1:], "\udcff.\udcff", "é.é"):
        assert seal.read(wrong) is None
        assert seal.read_bytes(wrong) is None


def test_what_is_too_old_opens_nothing(clock):
    token, packed = SEALS[1].token_of("word"), SEALS[1].token_of_bytes(b"word")
    clock.shift(timedelta(hours=1))
    assert (SEALS[1].read(token), SEALS[1].read_bytes(packed)) == ("word", b"word")
    clock.shift(timedelta(seconds=1))
    assert (SEALS[1].read(token), SEALS[1].read_bytes(packed)) == (None, None)


@pytest.mark.parametrize("payload", [None, 7, "no id", ["a"], {"a": 1}])
def test_a_token_of_something_else_is_no_id(payload):
    assert SEALS[0].read_id(SEALS[0].token_of(payload)) is None
    assert SEALS[0].read_id(SEALS[0].token_of(UUID(int=3).hex)) == UUID(int=3)


def test_links_that_were_mailed_before_go_on_opening():
    assert Seal("people.reset").read(URLSafeSerializer(KEY, salt="people.reset").dumps("word")) == "word"
    timed = URLSafeTimedSerializer(KEY, salt="carried-file:x").dumps({"id": 1})
    assert Seal("carried-file:x", timedelta(days=1)).read(timed) == {"id": 1}
    act = TimestampSigner(KEY, salt="core.acts").sign(base64_encode(b"\x00packed")).decode()
    assert Seal("core.acts", timedelta(days=90)).read_long_bytes(act) == b"\x00packed"
    assert Seal("core.acts", timedelta(days=90)).read_bytes(act) is None
    assert mark_of(" Ada@Example.org ").hex() == "b64428a621920b06"


@pytest.mark.parametrize("seal", SEALS)
def test_a_short_token_is_written_in_one_way_alone(seal):
    token = seal.token_of_bytes(b"eleven more")
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    twins = [token[:-1] + letters[letters.index(token[-1]) ^ bit] for bit in (1, 2, 3)]
    for other in (*twins, f"{token}=", f"{token}\n", f"{token[:9]}!{token[9:]}", token.replace("-", "+"), "A" * 5000):
        assert (seal.read_bytes(other) is None) == (other != token)


def test_a_short_token_has_128_bits_of_signature_and_no_more_than_it_needs():
    assert len(SEALS[0].token_of_bytes(bytes(12))) == (12 + 16) * 4 // 3 + 1
    assert len(SEALS[1].token_of_bytes(bytes(12))) == (12 + 16 + 4) * 4 // 3 + 1


def test_a_mark_is_that_of_one_address():
    assert is_mark_of(mark_of("Ada@example.org"), "ada@example.org")
    assert not is_mark_of(mark_of("ada@example.org"), "bea@example.org")
    for length in range(9):
        assert is_mark_of(mark_of("ada@example.org")[:length], "ada@example.org") == (length in (4, 8))
    assert digest_of("one", b"words") != digest_of("two", b"words")
