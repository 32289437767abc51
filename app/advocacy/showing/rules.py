"""Rules of lead time in words: what is expected how many days before or after, and how often that was seen."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from app.advocacy.models import Anchor, StepRule
from app.core.context import page_language
from app.core.languages import comma
from app.moments.words import date_of, date_without_year

LEAP_YEAR = 2024
"""A year that has every day a rule can name."""


def rule_words(rule: StepRule) -> str:
    """Return when a step is expected, in words: "21 to 28 days before it begins, usually 28"."""
    if rule.anchor is Anchor.YEAR:
        day = date.fromisoformat(f"{LEAP_YEAR}-{rule.fixed_on}")
        # I18N: a rule: the same day each year: "each year on 1 June"
        return str(_("each year on %(day)s", day=date_without_year(day, page_language())))
    said = _offset(rule.anchor, rule.offset_min or 0, rule.offset_max or 0)
    if rule.typical is not None and rule.offset_min != rule.offset_max:
        # I18N: after a range of days: "usually 28"
        said += comma(page_language()) + str(_("usually %(days)s", days=abs(rule.typical)))
    return said


def days_words(anchor: Anchor, days: int) -> str:
    """Return one offset in words: "28 days before it begins"."""
    return _offset(anchor, days, days)


def _offset(anchor: Anchor, first: int, last: int) -> str:
    if first == last == 0:
        return str(_("on the day it begins")) if anchor is Anchor.START else str(_("on the day it ends"))
    if first < 0 < last:
        return _around(anchor, -first, last)
    if last <= 0:
        return _before(anchor, -last, -first)
    return _after(anchor, first, last)


def _around(anchor: Anchor, before: int, after: int) -> str:
    if anchor is Anchor.START:
        return str(_("from %(before)s days before it begins to %(after)s days after", before=before, after=after))
    return str(_("from %(before)s days before it ends to %(after)s days after", before=before, after=after))


def _before(anchor: Anchor, least: int, most: int) -> str:
    begins = anchor is Anchor.START
    if least == most:
        if begins:
            return str(ngettext("%(num)s day before it begins", "%(num)s days before it begins", most))
        return str(ngettext("%(num)s day before it ends", "%(num)s days before it ends", most))
    if begins:
        # I18N: a rule from which deadlines are estimated: "21 to 28 days before it begins"
        return str(_("%(least)s to %(most)s days before it begins", least=least, most=most))
    return str(_("%(least)s to %(most)s days before it ends", least=least, most=most))


def _after(anchor: Anchor, least: int, most: int) -> str:
    begins = anchor is Anchor.START
    if least == most:
        if begins:
            return str(ngettext("%(num)s day after it begins", "%(num)s days after it begins", most))
        return str(ngettext("%(num)s day after it ends", "%(num)s days after it ends", most))
    if begins:
        return str(_("%(least)s to %(most)s days after it begins", least=least, most=most))
    return str(_("%(least)s to %(most)s days after it ends", least=least, most=most))


def seen_words(rule: StepRule) -> str:
    """Return how often a rule was seen to hold: "seen 4 times between 2011 and 2023"; "" where never."""
    years = sorted(int(anchor[:4]) for _step, anchor in rule.evidence)
    if not years:
        return ""
    if years[0] == years[-1]:
        return str(
            ngettext(
                "seen %(num)s time, in %(year)s", "seen %(num)s times, in %(year)s", len(years), year=str(years[0])
            )
        )
    return str(
        ngettext(
            "seen %(num)s time between %(first)s and %(last)s",
            "seen %(num)s times between %(first)s and %(last)s",
            len(years),
            first=str(years[0]),
            last=str(years[-1]),
        )
    )


def validity_words(rule: StepRule) -> str:
    """Return for which sessions a rule holds; "" for all."""
    language = page_language()
    if rule.valid_from and rule.valid_until:
        first, last = date_of(rule.valid_from, language), date_of(rule.valid_until, language)
        # I18N: which sessions a rule holds for
        return str(_("holds for sessions from %(first)s to %(last)s", first=first, last=last))
    if rule.valid_from:
        return str(_("holds for sessions from %(day)s on", day=date_of(rule.valid_from, language)))
    if rule.valid_until:
        return str(_("held for sessions until %(day)s", day=date_of(rule.valid_until, language)))
    return ""
