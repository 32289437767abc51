"""A version as a file that is read without the house: as it was written (Markdown, with lines at its head that say what
it is), or plain."""

from __future__ import annotations

import json

from app.drafting.models import JointText, TextVersion
from app.drafting.paragraphs import plain


def markdown_of(text: JointText, version: TextVersion, link: str = "") -> str:
    """Return a version as Markdown. The lines at its head are YAML; a JSON string is one too."""
    facts: dict[str, str | int] = {
        "title": text.title,
        "purpose": text.purpose,
        "language": text.language,
        "version": version.number,
        "written": version.written_at.date().isoformat(),
        "changes": version.changes,
        "words": version.words,
        "adopted": text.adopted_on.isoformat() if text.adopted_on and version.number == text.version else "",
        "source": link,
    }
    head = "\n".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items() if value)
    return f"---\n{head}\n---\n\n{version.body}\n"


def plain_of(text: JointText, version: TextVersion, link: str = "") -> str:
    """Return a version without the signs of Markdown, its title above."""
    parts = [text.title, plain(version.body), link]
    return "\n\n".join(part for part in parts if part) + "\n"
