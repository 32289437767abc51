"""Secrets in addresses, and how they are kept out of what is shown to others than their owner.

A link that a mail carries may open a door: it is made of a token. Whoever makes such a token hands it through
`shown_token`; where somebody looks at the mail of another (a preview), the address then leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

MASK = "…"

_is_masked: ContextVar[bool] = ContextVar("tokens_are_masked", default=False)


def is_masked() -> bool:
    """Whether a mail is written for somebody else to look at: it names nobody in whose place its reader acts."""
    return _is_masked.get()


def shown_token(token: str) -> str:
    """Return a token, or a sign in its place while masked."""
    return MASK if _is_masked.get() else token


@contextmanager
def masked_tokens() -> Iterator[None]:
    """Within, no token is written into any address."""
    before = _is_masked.set(True)
    try:
        yield
    finally:
        _is_masked.reset(before)
