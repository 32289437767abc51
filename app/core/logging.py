"""Logs: one event per line, key and value, with everything that could be a secret or a person's words taken out."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog

SECRET_WORDS = (
    "password",
    "token",
    "secret",
    "cookie",
    "authorization",
    "email",
    "recipient",
    "body",
    "text",
    "join_link",
)


def redact(_logger: Any, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Replace the value of every key that names something private."""
    for key in event:
        if any(word in key.lower() for word in SECRET_WORDS):
            event[key] = "[redacted]"
    return event


def _without_parameters(_logger: Any, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Keep the place of an exception and drop what SQLAlchemy prints of the values inside."""
    if "exception" in event:
        event["exception"] = "\n".join(
            line
            for line in str(event["exception"]).splitlines()
            if not line.lstrip().startswith(("[parameters:", "DETAIL:"))
        )
    return event


def configure() -> None:
    """Set structlog up once per process: to standard error, so that commands keep their own output clean."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            redact,
            structlog.processors.format_exc_info,
            _without_parameters,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
