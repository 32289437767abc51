"""What a form says and what is there now, side by side: nobody writes over what they have not seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.sessions.forms.languages import in_words
from app.sessions.models import Gathering, LanguageMode


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: its label, the lines that are there now, and the lines that were typed; `session` where it is one of
    another session of the series."""

    label: Any
    now: list[str]
    typed: list[str]
    session: Gathering | None = None


def _agenda(form: Any) -> list[str]:
    rows = [(row.form.minutes.words, row.form.title.data, row.form.who.data) for row in form.agenda]
    return [" · ".join(part for part in parts if part) for parts in rows if any(parts)]


def _modality(form: Any) -> list[str]:
    return [str(label) for value, label, *_rest in form.modality.iter_choices() if value == form.modality.data]


def _line(field: Any) -> list[str]:
    return [str(field.data)] if field.data else []


def _languages(form: Any, mode: LanguageMode) -> list[str]:
    """Return them in words, in one order: the same language ticked or written under two names is no difference."""
    tags = sorted(tag for tag, said in form.languages_said() if said is mode)
    return [in_words(tags)] if tags else []


def _shared(form: Any, there: Any) -> list[Difference]:
    """Return what the sessions of a series may have in common."""
    found = [
        Difference(field.label.text, _languages(there, mode), _languages(form, mode))
        for mode, field in (
            (LanguageMode.SPOKEN, form.spoken_in),
            (LanguageMode.INTERPRETED, form.interpreted_in),
        )
    ]
    found.append(Difference(form.agenda.label.text, _agenda(there), _agenda(form)))
    found.append(Difference(form.modality.label.text, _modality(there), _modality(form)))
    found.append(Difference(form.join_link.label.text, _line(there.join_link), _line(form.join_link)))
    return found


def differences(form: Any, there: Any) -> list[Difference]:
    """Compare a sent form with one filled from what is there."""
    names = [(form[f"name_{code}"], there[f"name_{code}"]) for code in form.languages]
    found = [Difference(typed.label.text, _line(now), _line(typed)) for typed, now in names]
    return [part for part in (*found, *_shared(form, there)) if part.now != part.typed]


def differences_in_series(form: Any, others: Iterable[tuple[Gathering, Any]]) -> list[Difference]:
    """Compare a sent form with other sessions of its series, each with a form filled from what it says now."""
    return [
        Difference(part.label, part.now, part.typed, session)
        for session, there in others
        for part in _shared(form, there)
        if part.now != part.typed
    ]


def differences_of_time(form: Any, there: Any) -> list[Difference]:
    """Compare the time somebody typed with the one the session has now."""
    fields = ("day", "is_hour_open", "start", "end", "zone", "occurrence")
    found = [Difference(form[name].label.text, _said(there[name]), _said(form[name])) for name in fields]
    return [part for part in found if part.now != part.typed]


def _said(field: Any) -> list[str]:
    if isinstance(field.data, bool):
        # I18N: of a box that is ticked, beside one that is not
        return [_("Yes")] if field.data else []
    if field.data is None or field.data == "":
        return []
    chosen: Sequence[Any] = [choice[1] for choice in _choices(field) if choice[0] == field.data]
    if chosen:
        return [str(chosen[0])]
    return [field.data.strftime("%H:%M") if hasattr(field.data, "hour") else str(field.data)]


def _choices(field: Any) -> list[Any]:
    if not hasattr(field, "iter_choices"):
        return []
    if field.has_groups():
        return [choice for _group, choices in field.iter_groups() for choice in choices]
    return list(field.iter_choices())
