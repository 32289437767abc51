"""Where engagements live. Addresses are promises: mails keep them for years."""

from __future__ import annotations

from uuid import UUID

LIST_PATH = "/advocacy/engagements/"


def engagement_path(engagement_id: UUID) -> str:
    return f"{LIST_PATH}{engagement_id}"


def text_path(engagement_id: UUID, text_id: UUID) -> str:
    return f"{engagement_path(engagement_id)}/texts/{text_id}"


def answer_path(engagement_id: UUID, signatory_id: UUID) -> str:
    return f"{engagement_path(engagement_id)}/organisations/{signatory_id}/answer"
