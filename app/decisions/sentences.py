"""What the pages say in a sentence: where a decision is, the arithmetic of the quorum, the rule that decided."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.context import page_language
from app.decisions import queries, words
from app.decisions.counting import Count
from app.decisions.models import Decision, GivenVoice, Proxy, Stage, WindowKind
from app.decisions.names import name_of
from app.decisions.showing import Shown
from app.moments.words import date_of


def quorum_sentence(count: Count) -> str:
    """Return the arithmetic of the quorum: how many have spoken, of how many, and how many are needed."""
    spoken = ngettext(
        "%(num)s organisation of %(roll)s has spoken",
        "%(num)s organisations of %(roll)s have spoken",
        count.spoken,
        roll=len(count.standings),
    )
    # I18N: %(spoken)s is "3 organisations of 7 have spoken"; %(quorum)s is how many must have spoken
    return str(_("%(spoken)s; the quorum is %(quorum)s.", spoken=spoken, quorum=count.quorum))


def rule_sentence(decision: Decision, count: Count) -> str:
    """Return the sentence of the rule that decided (R-23)."""
    match decision.stage:
        case Stage.ADOPTED if count.silence_consents:
            return str(
                _("No objection stands and the quorum is met: the proposal is adopted. Silence is counted as consent.")
            )
        case Stage.ADOPTED:
            return str(_("No objection stands and every organisation has spoken: the proposal is adopted."))
        case Stage.OBJECTED:
            return str(_("A reasoned objection stands, so the proposal is not adopted. It is amended or laid down."))
        case Stage.NO_QUORUM:
            return str(
                _("Without the quorum silence is no consent, so nothing is decided. It is prolonged or laid down.")
            )
        case Stage.LAID_DOWN:
            return str(_("The proposal was laid down by those who led it. Why stands below."))
    return str(_("Nothing is decided yet."))


def outcome_sentence(count: Count) -> str:
    """Return what counting the voices now would bring (R-23): said before it is done."""
    match count.result:
        case Stage.OBJECTED:
            return str(_("An objection stands: it will not be adopted. You can amend it or lay it down afterwards."))
        case Stage.NO_QUORUM:
            return str(_("Too few have spoken: nothing will be decided. You can give more time or lay it down."))
        case _ if count.silence_consents:
            return str(_("No objection stands: it will be adopted. Who is silent is counted as consenting."))
    return str(_("No objection stands and everybody has spoken: it will be adopted."))


def now_sentence(one: Shown, *, leads: bool = False) -> str:
    """Return what is asked now, in a sentence; `leads`: of whoever takes the next step."""
    decision = one.decision
    if one.is_over and leads:
        if decision.stage is Stage.OBJECTIONS:
            return str(_("The time is over: count the voices, or give more time."))
        return str(_("The time is over: take the next step, or give more time."))
    if one.is_over:
        return str(_("The time is over. A coordinator takes the next step."))
    sentences = {
        Stage.DRAFTED: lambda: _("This is a draft. A coordinator opens it."),
        Stage.CLARIFICATION: lambda: _("Read the proposal and ask what you do not understand."),
        Stage.REACTIONS: lambda: _("Say what you think of the proposal."),
        Stage.OBJECTIONS: lambda: _("Organisations say whether they consent, abstain or object."),
    }
    if decision.stage in sentences:
        return str(sentences[decision.stage]())
    return rule_sentence(decision, one.count) if one.count is not None else str(words.STAGES[decision.stage])


def asks_for(kind: WindowKind) -> Any:
    """Return what a window is for, as the heading of its form."""
    return {
        WindowKind.CLARIFICATION: _("Open it for questions"),
        WindowKind.REACTIONS: _("Ask for reactions"),
        WindowKind.OBJECTIONS: _("Ask for voices"),
    }[kind]


def mandate_words(row: GivenVoice | Proxy) -> str:
    """Return by which mandate a voice was given, with its days."""
    first = date_of(row.mandate_from, page_language()) if row.mandate_from else ""
    last = date_of(row.mandate_until, page_language()) if row.mandate_until else ""
    if first and last:
        return str(_("mandate from %(first)s to %(last)s", first=first, last=last))
    if first:
        return str(_("mandate from %(first)s on", first=first))
    if last:
        return str(_("mandate until %(last)s", last=last))
    # I18N: of a mandate to speak for an organisation: it has no last day
    return str(_("mandate without an end"))


def names_on_roll(decision: Decision) -> dict[UUID, str]:
    """Return the organisations of a roll by the names they had when it was frozen."""
    return {one: name_of(line.names).text for one, line in queries.roll_of(decision).items()}
