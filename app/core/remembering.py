"""What is asked once for many: within `remembering()` a function marked `remembered` answers the same question from
memory.

For a stretch that only reads and does not last: the mails of one batch, of which a hundred are about one session.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import event

from app.extensions import db

P = ParamSpec("P")
R = TypeVar("R")

_memory: ContextVar[dict[Hashable, Any] | None] = ContextVar("memory", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Within, the same is asked once, and rows that were read stay at hand for `db.session.get`; at the end of the
    outermost block everything is forgotten."""
    if _memory.get() is not None:
        yield
        return
    token, session, rows = _memory.set({}), db.session(), list[object]()

    def hold(_session: object, row: object) -> None:
        rows.append(row)

    event.listen(session, "loaded_as_persistent", hold)
    try:
        yield
    finally:
        event.remove(session, "loaded_as_persistent", hold)
        _memory.reset(token)


def remembered(asked: Callable[P, R]) -> Callable[P, R]:
    """Mark a function that only reads and whose arguments can be compared (identifiers, instants, codes)."""

    @wraps(asked)
    def answer(*args: P.args, **more: P.kwargs) -> R:
        memory = _memory.get()
        if memory is None:
            return asked(*args, **more)
        question = (asked, args, tuple(sorted(more.items())))
        if question not in memory:
            memory[question] = asked(*args, **more)
        found: R = memory[question]
        return found

    answer.asked = asked  # type: ignore[attr-defined]  # for `remember`
    return answer


def remember(function: Callable[..., R], answer: R, *args: Hashable) -> None:
    """Keep an answer that was found together with others, where anything is remembered."""
    memory = _memory.get()
    if memory is not None:
        memory[(function.asked, args, ())] = answer  # type: ignore[attr-defined]  # set by `remembered`
