"""Who may do what. Each package registers its actions with the policy that answers them; services call `require`.

`docs/permissions.md` is written from this registry by asking every policy on behalf of every role.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.core.actors import Actor
from app.core.errors import NotAllowed

Policy = Callable[[Actor, Any], bool]


@dataclass(frozen=True, slots=True)
class Action:
    """`code` names package and act (`sessions.lead_session`); `sentence` is for the docs, `policy` answers."""

    code: str
    sentence: str
    policy: Policy


_actions: dict[str, Action] = {}


def register(code: str, policy: Policy, sentence: str) -> None:
    """Register one action. `policy` is pure: it looks at the actor's keys and at the thing, and queries nothing."""
    _actions[code] = Action(code, sentence, policy)


def actions() -> list[Action]:
    return [_actions[code] for code in sorted(_actions)]


def can(actor: Actor, code: str, thing: Any = None) -> bool:
    """Return whether the actor may do this to the thing (already known to be visible to the actor)."""
    return _actions[code].policy(actor, thing)


def require(actor: Actor, code: str, thing: Any = None) -> None:
    """Raise `NotAllowed` unless the actor may do this; first line of each service that writes."""
    if not can(actor, code, thing):
        raise NotAllowed(code)
