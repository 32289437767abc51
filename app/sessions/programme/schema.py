"""The explicit list of everything a programme file may say: section by section, key by key, with types.

Whatever is not listed here refuses the file. Sections that later packages will load are described just as exactly.
"""

from __future__ import annotations

from app.core.names import Certainty
from app.core.shapes import (
    by_language,
    code,
    day,
    flag,
    keyed,
    list_of,
    matching,
    month,
    one_of,
    one_or_many,
    table,
    text,
    whole,
)

name = text(longest=400)
line = text(longest=500)
year = whole(1900, 2200)
count = whole(0, 1_000_000)
names = by_language(name)
certainty = one_of(*(level.value for level in Certainty if level is not Certainty.OWN), "contradictory")
certainties = by_language(certainty)
source = one_or_many(text(longest=200))
codes = list_of(code)
lines = list_of(line)
affiliation = one_of("member", "friend", "ally")
partial_day = matching(r"--[0-9]{2}-[0-9]{2}", "a day without year such as --06-11")
wall_clock = matching(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}", "a day and hour such as 2018-05-25T15:46")
zone = matching(r"[A-Za-z_]+/[A-Za-z_/+-]+", "a zone such as Europe/Paris")
address = matching(r"https?://\S+", "a web address")

_source_row = table(
    {"kind": line, "language": code},
    {
        "url": address,
        "embedded_languages": codes,
        "created_local": wall_clock,
        "tz": zone,
        "questionnaire_deadline": day,
        "late": flag,
    },
)

_region = table(
    {"code": code, "en": name, "source": source}, {"fr": name, "es": name, "pt": name, "ar": name, "note": line}
)

_phase = table(
    {"code": code, "year_from": year, "year_to": year, "source": source, "names": names, "tracks": codes},
    {
        "names_certainty": certainties,
        "certainty": certainty,
        "aims": lines,
        "regions": codes,
        "ext": table(
            {},
            {
                "kick_off": month,
                "origin": line,
                "partners": codes,
                "funder": line,
                "languages_interpreted": codes,
                "spaces": count,
                "sessions_per_space": count,
                "facilitators_per_space": count,
                "facilitators_per_region": keyed(r"[A-Z]{2,12}", "a code of a region", count),
                "stages": lines,
                "legacy": line,
            },
        ),
    },
)

_track = table(
    {"code": code, "phase": code, "source": source, "names": names},
    {
        "names_certainty": certainties,
        "certainty": certainty,
        "aliases": by_language(list_of(name)),
        "ext": table(
            {},
            {
                "sessions": list_of(day),
                "weekday": line,
                "live_hours": count,
                "own_preparation_hours": count,
                "participants": count,
                "presentations": count,
                "presentation_countries": count,
                "facilitator_countries": lines,
                "tools": lines,
                "extras": lines,
                "sources": lines,
                "legacy": line,
                "window": line,
                "case_countries": lines,
                "policy_countries": lines,
            },
        ),
    },
)

_eligibility = table({"allowed": list_of(affiliation), "source": source}, {"condition": line, "open_question": line})

_organisation = table(
    {"id": code, "name": name, "kind": code},
    {
        "acronym": text(longest=40),
        "aliases": list_of(name),
        "language": matching(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", "a language tag"),
        "seat": line,
        "country": name,
        "country_certainty": certainty,
        "region": code,
        "city": text(longest=120),
        "territory": line,
        "parent": code,
        "operator": code,
        "sources": source,
        "certainty": certainty,
        "expansion_certainty": certainty,
        "note": line,
        "alias_note": line,
    },
)

_working_group = table(
    {"code": code, "scope": one_of("interregional", "regional"), "source": source, "names": names},
    {
        "origin_tracks": codes,
        "objectives": lines,
        "purpose": line,
        "membership": code,
        "convened_by": code,
        "priority_areas": lines,
        "advocacy_spaces": codes,
        "note": line,
        "certainty": certainty,
    },
)

_dated_item = table(
    {"space": code, "source": source},
    {"when": month, "title": line, "matched": line, "sdgs": list_of(whole(1, 17)), "certainty": certainty},
)

_municipal = table(
    {"session_july_2018": table({"source": source, "lead": line, "named": lines})},
    {
        "signatories_of_declaration_as_of": month,
        "signatories_source": line,
        "signatories": lines,
        "note": line,
    },
)

_declaration = table(
    {"code": code, "names": names, "source": source},
    {
        "dates": list_of(table({"date": day, "source": source})),
        "points": list_of(table({"n": whole(1, 99), "text": line}, {"matches": line})),
        "status": code,
        "issued": day,
        "issued_certainty": certainty,
        "issued_note": line,
        "objectives": lines,
        "mechanisms": lines,
        "governance": line,
        "mixed_language_passage": table({"mechanism_index": count, "language": code}),
        "signatories": codes,
        "certainty": certainty,
    },
)

_fund_rules = table(
    {},
    {
        "fhas": table(
            {"source": source},
            {
                "started": month,
                "phase": line,
                "flow": lines,
                "purpose": line,
                "long_term": line,
                "depositor_country": name,
            },
        ),
        "catalytic": table({"purpose": line, "source": source}),
    },
)

_support_sheet = table(
    {"code": code, "funder": code, "partner": code, "source": source},
    {
        "amount": table({"value": count, "currency": matching(r"[A-Z]{3}", "a currency such as EUR")}),
        "period": table({"from": year, "to": year}),
        "theme": line,
        "referent_role": line,
    },
)

_federation = table(
    {"status": code},
    {
        "membership": table(
            {"direct": flag, "via": code},
            {
                "legal_forms": lines,
                "inhabitants_majority_required": flag,
                "national_bodies": table({"min": count, "max": count}, {"condition": line}),
                "territories": line,
            },
        ),
        "governance": table({}, {"colleges": flag, "supervisory_board": line, "executive_board": line}),
        "chantier": table(
            {"carriers_min": count, "requires": code},
            {"carriers_preferred": count, "letter_contains": lines, "carriers_decide": line},
        ),
        "orientations": list_of(table({"code": code, "fr": line, "en": line}, {"urgency_rank_cahp_idf": count})),
        "ranking_criterion_asked": code,
        "ranking_criterion_used": code,
        "half_year_days": table({"host": line, "mandatory_block": line}),
        "burden": table({}, {"it_environments": count, "backup_systems": count, "shared_agendas": count}),
    },
)

_event = table(
    {"code": code, "name": name},
    {
        "source": source,
        "date": day,
        "date_certainty": certainty,
        "dates": list_of(table({"year": year, "source": source})),
        "year": year,
        "month": month,
        "from": year,
        "to": year,
        "since": year,
        "start": partial_day,
        "end": partial_day,
        "year_candidates": list_of(year),
        "recurring": one_of("yearly"),
        "recurring_certainty": certainty,
        "at_local": wall_clock,
        "tz": zone,
        "place": line,
        "place_certainty": certainty,
        "country": name,
        "occasion": line,
        "note": line,
        "editions_ext": lines,
        "editions_certainty": keyed(r"[^\W\d_][\w -]*", "a place", certainty),
        "certainty": certainty,
    },
)

LOADED = {
    "schema_version": whole(1, 1),
    "sources": keyed(r"S[0-9]+", "a code of a source such as S3", _source_row),
    "programme_owner": code,
    "affiliations": list_of(table({"code": affiliation, "en": name, "source": source}, {"fr": name, "es": name})),
    "regions": list_of(_region),
    "phases": list_of(_phase),
    "tracks": list_of(_track),
    "eligibility": table({"co_learning_space": _eligibility}, {"working_group": _eligibility}),
    "distinctive_traits": list_of(names),
    "organisations": list_of(_organisation),
}
"""Sections that the loader of this package reads."""

WAITING = {
    "name_variants_of_the_format": by_language(lines),
    "reflections": table({"rule": line, "source": source}),
    "working_groups": list_of(_working_group),
    "advocacy_dated_items_in_founding_documents": list_of(_dated_item),
    "municipal_actors": _municipal,
    "declarations": list_of(_declaration),
    "fund_rules": _fund_rules,
    "axes_aih_2008_2009": lines,
    "support_sheets": list_of(_support_sheet),
    "federation_rules": _federation,
    "events": list_of(_event),
    "unknowns": lines,
}
"""Sections that are checked here and loaded by packages above (`sections`), now or once they are there."""

REQUIRED = ("schema_version", "sources", "programme_owner", "regions", "phases", "tracks", "organisations")

PROGRAMME = table(
    {key: LOADED[key] for key in REQUIRED},
    {key: shape for key, shape in (LOADED | WAITING).items() if key not in REQUIRED},
)
