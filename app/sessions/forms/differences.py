"""What the form of a session says and what the session says now, side by side where they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.sessions.models import LanguageMode


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: its label, the lines that are there now, and the lines that were typed."""

    label: Any
    now: list[str]
    typed: list[str]


def _agenda(form: Any) -> list[str]:
    rows = [(row.form.minutes, row.form.title.data, row.form.who.data) for row in form.agenda if not row.form.is_empty]
    said = [("" if m.data is None else str(m.data), title or "", who or "") for m, title, who in rows]
    return [" · ".join(part for part in parts if part) for parts in said]


def _modality(form: Any) -> list[str]:
    return [str(label) for value, label, *_rest in form.modality.iter_choices() if value == form.modality.data]


def _line(field: Any) -> list[str]:
    return [str(field.data)] if field.data else []


def _tags(form: Any, mode: LanguageMode) -> list[str]:
    return [tag for tag, said in form.languages_said() if said is mode]


def differences(form: Any, there: Any) -> list[Difference]:
    """Compare a sent form with one filled from what is there: the same language under two names is no difference."""
    pairs = [(form[f"name_{code}"], there[f"name_{code}"]) for code in form.languages]
    if _tags(form, LanguageMode.SPOKEN) != _tags(there, LanguageMode.SPOKEN):
        pairs.append((form.spoken, there.spoken))
    if _tags(form, LanguageMode.INTERPRETED) != _tags(there, LanguageMode.INTERPRETED):
        pairs.append((form.interpreted, there.interpreted))
    found = [Difference(typed.label.text, _line(now), _line(typed)) for typed, now in pairs]
    found.append(Difference(form.agenda.label.text, _agenda(there), _agenda(form)))
    found.append(Difference(form.modality.label.text, _modality(there), _modality(form)))
    found.append(Difference(form.join_link.label.text, _line(there.join_link), _line(form.join_link)))
    return [part for part in found if part.now != part.typed]
