"""The named errors every service may raise. A package derives its own from these, beside the service that raises them.

`app.core.web` turns them into answers: 403, 404, 409, or a sentence at the form in the reader's language.
"""

from __future__ import annotations

from typing import Any


class MalocaError(Exception):
    """Base of the errors that the house expects and answers in words."""


class NotAllowed(MalocaError):
    """The actor sees the thing but may not do this to it: 403.

    `message` is a sentence (lazy or not) with the reason and the way out; without one a general one is said.
    """

    def __init__(self, action: str = "", message: Any = "") -> None:
        super().__init__(action)
        self.action = action
        self.message = message


class NotFound(MalocaError):
    """The thing does not exist for this actor: 404, the same whether it is unseen or unknown."""


class RuleBroken(MalocaError):
    """A rule of the field refuses what was asked.

    `message` is a sentence (lazy or not) that names the rule and the way out; `field` is the name of the form
    field it belongs to, or "" for the whole form; `rule` is the number in the rule register, where there is one.
    """

    def __init__(self, message: Any, *, field: str = "", rule: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.rule = rule


class BadInput(MalocaError):
    """A file or a query that cannot be read; `message` says where and why."""

    def __init__(self, message: Any) -> None:
        super().__init__(message)
        self.message = message
