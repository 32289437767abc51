"""From a checked programme to rows: what is missing is made, what the file says otherwise follows it, and what the
house said itself stays.

* A row is found by its code and made once. Organisations follow the file as long as nobody here has edited them
  (certainty `own`); phases, tracks and sessions are the secretariat's from then on.
* Names follow the file, each with its certainty, except where the house gave a name of its own.
* A value that the file calls unsure is not loaded as a fact; names keep that mark and are shown with it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from app.core import audit, searching
from app.core.actors import PUBLIC, Actor
from app.core.languages import UNKNOWN_LANGUAGE
from app.core.names import Certainty
from app.core.naming import add_with_free_slug, slug_of
from app.core.permissions import require
from app.extensions import db
from app.moments import services as moments
from app.moments.models import Certainty as TimeCertainty
from app.moments.models import Modality, Status
from app.moments.timing import Timing
from app.people.models import AffiliationKind, Organisation, Region
from app.sessions.models import Intake, LearningSession, Phase, ProgrammeText, TextBlock, Track
from app.sessions.programme import sections
from app.sessions.programme.countries import country_code
from app.sessions.programme.naming import NameKeeper, certainty_of_source
from app.sessions.programme.schema import WAITING
from app.sessions.programme.sections import Loading, LoadReport

UNSURE = Certainty.UNSURE.value
FOUND_OUTSIDE = Certainty.EXT.value
EVERYBODY = [kind.value for kind in AffiliationKind]

SESSION_NAMES = {
    "en": "Session {number}",
    "fr": "Séance {number}",
    "es": "Sesión {number}",
    "pt": "Sessão {number}",
    "ar": "الجلسة {number}",
}

Row = dict[str, Any]


def load_programme(actor: Actor, programme: Row, *, now: datetime) -> LoadReport:
    """Bring the house in line with a programme file that `reading.read_programme` has checked.

    Loading the same file again writes nothing: no row, no audit line, no SEQUENCE. No account is ever made of an
    organisation. Raises `NotAllowed`.
    """
    require(actor, "sessions.run_programme")
    load = _Load(actor, programme, now)
    load.regions()
    load.organisations()
    load.phases()
    load.tracks()
    known = sections.loaders()
    for section in filter(programme.get, known):
        known[section](Loading(actor, programme, load.names, load.report, now))
    if not load.report.is_empty:
        facts = {"made": dict(load.report.made), "changed": dict(load.report.changed)}
        audit.record(actor, "sessions.programme.loaded", "organisation", load.owner_id, facts, now=now)
    load.report.waiting += [section for section in WAITING if programme.get(section) and section not in known]
    return load.report


class _Load:
    """One run over a programme: the rows known so far by their codes."""

    def __init__(self, actor: Actor, programme: Row, now: datetime) -> None:
        self.actor, self.programme, self.now = actor, programme, now
        self.report = LoadReport()
        self.names = NameKeeper(self.report.made, self.report.changed)
        self.known_regions = {row.code: row for row in db.session.scalars(sa.select(Region))}
        self.known_organisations = _by_code(Organisation)
        self.known_phases = _by_code(Phase)
        self.known_tracks = _by_code(Track)

    @property
    def owner_id(self) -> UUID:
        owner: UUID = self.known_organisations[self.programme["programme_owner"]].id
        return owner

    def regions(self) -> None:
        free = max((row.position for row in self.known_regions.values()), default=0) + 1
        for place, row in enumerate(self.programme["regions"]):
            region = self.known_regions.get(row["code"])
            if region is None:
                region = Region(code=row["code"], position=free + place)
                self._add("regions", region)
                self.known_regions[row["code"]] = region
            certainty = certainty_of_source(row["source"])
            for language in ("en", "fr", "es", "pt", "ar"):
                if language in row:
                    self.names.main("region", region.id, language, row[language], certainty)

    def organisations(self) -> None:
        for row in self.programme["organisations"]:
            if row.get("certainty") == UNSURE:
                self.report.left_out.append(f"organisations.{row['id']}")
                continue
            values = self._organisation_values(row)
            organisation = self.known_organisations.get(row["id"])
            if organisation is None:
                organisation = Organisation(code=row["id"], created_at=self.now, **values)
                self._add("organisations", organisation)
                self.known_organisations[row["id"]] = organisation
            elif organisation.certainty != Certainty.OWN.value:
                self._follow("organisations", organisation, values)
                searching.changed("organisation", [organisation.id])
            self._organisation_names(organisation, row)

    def _organisation_values(self, row: Row) -> Row:
        country = country_code(row["country"]) if "country" in row else None
        if country is not None and row.get("country_certainty") == UNSURE:
            self.report.left_out.append(f"organisations.{row['id']}.country")
            country = None
        region = self.known_regions.get(row.get("region", ""))
        return {
            "kind": row["kind"],
            "acronym": row.get("acronym", ""),
            "country": country,
            "city": row.get("city", ""),
            "region_id": region.id if region is not None else None,
            "source": ", ".join(row.get("sources", [])),
            "certainty": row.get("certainty") or ("founding" if row.get("sources") else FOUND_OUTSIDE),
            "note": _note(row, country),
        }

    def _organisation_names(self, organisation: Organisation, row: Row) -> None:
        language = row.get("language", UNKNOWN_LANGUAGE)
        certainty = Certainty(organisation.certainty)
        self.names.main("organisation", organisation.id, language, row["name"], certainty)
        for alias in row.get("aliases", []):
            self.names.alias("organisation", organisation.id, language, alias, certainty)

    def phases(self) -> None:
        for row in self.programme["phases"]:
            if row.get("certainty") == UNSURE:
                self.report.left_out.append(f"phases.{row['code']}")
                continue
            phase = self.known_phases.get(row["code"])
            if phase is None:
                phase = self._make_phase(row)
            self._names("phase", phase.id, row)

    def _make_phase(self, row: Row) -> Phase:
        phase = Phase(
            code=row["code"],
            owner_organisation_id=self.owner_id,
            year_from=row["year_from"],
            year_to=row["year_to"],
            source=", ".join(row["source"]),
            created_at=self.now,
        )
        phase.regions = [self.known_regions[code] for code in row.get("regions", [])]
        add_with_free_slug(phase, slug_of(row["names"], f"phase-{row['code'].lower()}"))
        self.report.made["phases"] += 1
        self.known_phases[row["code"]] = phase
        if row.get("aims"):
            body = "\n".join(f"* {aim}" for aim in row["aims"])
            self._add("texts", ProgrammeText(phase_id=phase.id, block=TextBlock.AIMS, language="en", body=body))
        return phase

    def tracks(self) -> None:
        by_code = {row["code"]: row for row in self.programme["tracks"]}
        for phase_row in self.programme["phases"]:
            phase = self.known_phases.get(phase_row["code"])
            for place, code in enumerate(phase_row["tracks"]):
                row = by_code[code]
                if phase is None or row.get("certainty") == UNSURE:
                    self.report.left_out.append(f"tracks.{code}")
                    continue
                track = self.known_tracks.get(code)
                if track is None:
                    track = self._make_track(phase, place, row)
                self._names("track", track.id, row)
                for language, aliases in row.get("aliases", {}).items():
                    for alias in aliases:
                        certainty = certainty_of_source(row["source"])
                        self.names.alias("track", track.id, language, alias, certainty)

    def _make_track(self, phase: Phase, place: int, row: Row) -> Track:
        """A track of the past: published, and over, so nobody can join it."""
        eligibility = self.programme.get("eligibility", {}).get("co_learning_space", {})
        track = Track(
            code=row["code"],
            phase_id=phase.id,
            position=place,
            audience=PUBLIC,
            published_at=self.now,
            is_open=False,
            eligible=[kind for kind in EVERYBODY if kind in eligibility.get("allowed", EVERYBODY)],
            source=", ".join(row["source"]),
            note=row.get("ext", {}).get("window", ""),
            created_at=self.now,
            intake=Intake(taken=0, needs_approval=False),
        )
        add_with_free_slug(track, slug_of(row["names"], f"track-{row['code'].lower()}"))
        self.report.made["tracks"] += 1
        self.known_tracks[row["code"]] = track
        for number, day in enumerate(sorted(row.get("ext", {}).get("sessions", [])), start=1):
            self._make_session(track, number, day)
        return track

    def _make_session(self, track: Track, number: int, day: date) -> None:
        """A day that is known without its hour; it stays a day. Its name is its number: no title is handed down."""
        session_id = uuid4()
        moment = moments.create_moment(
            self.actor,
            subject_kind="session",
            subject_id=session_id,
            audience=PUBLIC,
            timing=Timing.days(day),
            status=Status.HELD if day < self.now.date() else Status.CONFIRMED,
            certainty=TimeCertainty.VERIFIED,
            modality=Modality.ONLINE,
            now=self.now,
        )
        self._add(
            "sessions",
            LearningSession(id=session_id, track_id=track.id, number=number, moment_id=moment.id, created_at=self.now),
        )
        for language, name in SESSION_NAMES.items():
            self.names.main("session", session_id, language, name.format(number=number), Certainty.INFERRED)

    def _names(self, kind: str, object_id: UUID, row: Row) -> None:
        for language, text in row["names"].items():
            written = row.get("names_certainty", {}).get(language)
            certainty = Certainty(written) if written else certainty_of_source(row["source"])
            self.names.main(kind, object_id, language, text, certainty)

    def _add(self, section: str, row: Any) -> None:
        db.session.add(row)
        db.session.flush()
        self.report.made[section] += 1

    def _follow(self, section: str, row: Any, values: Row) -> None:
        different = {key: value for key, value in values.items() if getattr(row, key) != value}
        for key, value in different.items():
            setattr(row, key, value)
        if different:
            db.session.flush()
            self.report.changed[section] += 1


def _by_code(model: Any) -> dict[str, Any]:
    return {row.code: row for row in db.session.scalars(sa.select(model).where(model.code.is_not(None)))}


def _note(row: Row, country: str | None) -> str:
    """Keep what has no column, as the file words it: the secretariat reads it, nothing is computed from it."""
    kept = [row[key] for key in ("note", "seat", "alias_note") if key in row]
    kept += [f"{key}: {row[key]}" for key in ("territory", "parent", "operator") if key in row]
    if "country" in row and country is None:
        kept.append(f"country: {row['country']} ({row.get('country_certainty', 'to be checked')})")
    elif row.get("country_certainty"):
        kept.append(f"country: {row['country_certainty']}")
    return "\n".join(kept)
