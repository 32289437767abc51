"""What speaks against handing in, in sentences: before it is handed in, and kept under what was handed in all the
same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask_babel import gettext, ngettext

from app.advocacy.access import Checked, Hindrance
from app.core.apart import apart
from app.core.context import page_language
from app.core.languages import name_in
from app.core.names import names_of
from app.engagements.lateness import is_sure
from app.engagements.models import Engagement, EngagementText
from app.engagements.queries.concerns import Concern, ConcernKind, Kept, kept_concerns
from app.engagements.showing import late_words
from app.engagements.showing_lengths import number
from app.engagements.showing_texts import called, day_words
from app.engagements.words import NEEDS


def _(sentence: str, **values: object) -> str:
    return str(gettext(sentence, **values))


def concern_sentences(engagement: Engagement, concerns: Sequence[Concern]) -> list[str]:
    """Return warnings before handing in, a whole sentence each, with who is in the way."""
    ids = [one.organisation_id for one in concerns if one.organisation_id is not None]
    names = names_of("organisation", ids, page_language())
    return [
        _about_text(engagement, one)
        if one.organisation_id is None
        else _about(engagement, one, apart(names[one.organisation_id]))
        for one in concerns
    ]


def late_sentence(engagement: Engagement, days: int) -> str:
    """Return by how much something comes after its deadline; how sure that date is stands in it."""
    if engagement.step is not None and is_sure(engagement.step.moment):
        return str(ngettext("The deadline ended %(num)s day before.", "The deadline ended %(num)s days before.", days))
    return str(
        ngettext(
            "The deadline was expected %(num)s day before; nobody has seen it published. Ask the body.",
            "The deadline was expected %(num)s days before; nobody has seen it published. Ask the body.",
            days,
        )
    )


def _about_text(engagement: Engagement, concern: Concern) -> str:
    if concern.kind is ConcernKind.DEADLINE:
        return late_sentence(engagement, concern.over)
    text = apart(called(concern.text)) if concern.text is not None else ""
    if concern.kind is ConcernKind.LANGUAGE and concern.text is not None:
        return _(
            "“%(text)s” is in a language that is not among those taken: %(language)s.",
            text=text,
            language=name_in(concern.text.language, page_language()),
        )
    if concern.version is not None:
        return _(
            "Version %(number)s of “%(text)s” was written on %(day)s, after the day you name.",
            number=concern.version.number,
            text=text,
            day=day_words(concern.version.written_at),
        )
    return str(
        ngettext(
            "“%(text)s” is %(words)s word over the usable %(usable)s.",
            "“%(text)s” is %(words)s words over the usable %(usable)s.",
            concern.over,
            text=text,
            words=number(concern.over),
            usable=number(concern.usable),
        )
    )


def _about(engagement: Engagement, concern: Concern, organisation: object) -> str:
    if concern.kind is ConcernKind.UNSIGNED and concern.text is not None:
        return _(
            "%(organisation)s has not signed the text in this language: %(language)s.",
            organisation=organisation,
            language=name_in(concern.text.language, page_language()),
        )
    if concern.kind is ConcernKind.UNSIGNED:
        return _("%(organisation)s has not signed what you hand in.", organisation=organisation)
    if concern.kind is ConcernKind.SECOND:
        return _(
            "%(organisation)s hands in another text of its own at this session, and may hand in one.",
            organisation=organisation,
        )
    if concern.kind is ConcernKind.UNANSWERED:
        return _("%(organisation)s was asked and has not answered whether it joins.", organisation=organisation)
    return _not_eligible(engagement, concern.checked, organisation)


def _not_eligible(engagement: Engagement, checked: Checked | None, organisation: object) -> str:
    need = NEEDS.get(engagement.mode.access, "") if engagement.mode is not None else ""
    values = {"organisation": organisation, "need": need}
    if checked is None or checked.row is None or checked.hindrance is Hindrance.MISSING:
        # I18N: %(need)s is "ECOSOC status needed" and the like
        return _("%(organisation)s is not eligible on that day: %(need)s.", **values)
    if checked.hindrance is Hindrance.UNSURE:
        return _("Nobody has seen the status of %(organisation)s in its source: %(need)s.", **values)
    if checked.hindrance is Hindrance.ENDED and checked.row.until_on is not None:
        return _(
            "The status of %(organisation)s ended on %(day)s: %(need)s.",
            day=day_words(checked.row.until_on),
            **values,
        )
    if checked.row.from_on is not None:
        return _(
            "The status of %(organisation)s begins on %(day)s only: %(need)s.",
            day=day_words(checked.row.from_on),
            **values,
        )
    return _("%(organisation)s is not eligible on that day: %(need)s.", **values)


def kept_sentences(engagement: Engagement, links: Sequence[EngagementText]) -> list[str]:
    """Return what spoke against handing in when it was handed in all the same."""
    kept = kept_concerns(engagement)
    texts = {link.text_id: link for link in links}
    ids = {one_id for one in kept for one_id in one.about if one_id not in texts}
    names = names_of("organisation", ids, page_language()) if ids else {}
    return [_kept(engagement, one, texts, names) for one in kept]


def _kept(engagement: Engagement, kept: Kept, texts: dict[UUID, EngagementText], names: Mapping[UUID, object]) -> str:
    link = next((texts[one_id] for one_id in kept.about if one_id in texts), None)
    organisation = next((apart(names[one_id]) for one_id in kept.about if one_id in names), "")
    language = name_in(link.text.language, page_language()) if link is not None else ""
    values = {
        "organisation": organisation,
        "text": apart(called(link.text)) if link is not None else "",
        "language": language,
    }
    match kept.kind:
        case ConcernKind.DEADLINE:
            return late_words(engagement, kept.number)
        case ConcernKind.NOT_ELIGIBLE:
            need = NEEDS.get(engagement.mode.access, "") if engagement.mode is not None else ""
            # I18N: kept under what was handed in; %(need)s is "ECOSOC status needed" and the like
            return _("It was not sure that %(organisation)s may take part: %(need)s.", need=need, **values)
        case ConcernKind.UNANSWERED:
            return _("%(organisation)s had not answered whether it joins.", **values)
        case ConcernKind.SECOND:
            return _(
                "%(organisation)s hands in another text of its own at this session, and may hand in one.",
                **values,
            )
        case ConcernKind.UNSIGNED if link is not None:
            return _("%(organisation)s had not signed the text in this language: %(language)s.", **values)
        case ConcernKind.UNSIGNED:
            return _("%(organisation)s had not signed.", **values)
        case ConcernKind.LANGUAGE:
            return _("“%(text)s” is in a language that is not among those taken: %(language)s.", **values)
        case ConcernKind.OVER:
            words = number(kept.number)
            return str(
                ngettext(
                    "“%(text)s” was %(words)s word too long.",
                    "“%(text)s” was %(words)s words too long.",
                    kept.number,
                    words=words,
                    text=values["text"],
                )
            )
        case ConcernKind.LATER:
            return _("“%(text)s” was written after that day.", **values)
