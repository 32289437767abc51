"""Around what example groups undertake: who has which status with bodies, a statement that others may use, and what the
example body recommended after it was told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from app.advocacy.models import Claim, Standing
from app.advocacy.services.access import Noted, note_access
from app.core.actors import PUBLIC, Actor
from app.engagements.models import Engagement
from app.examples import advocacy_words as words
from app.examples.advocacy_stage import BUENOS_AIRES, CAIRO, DAKAR, NAIROBI, Stage
from app.instruments import services as instruments
from app.instruments.services import Tags, Words
from app.recommendations import services as recommendations
from app.recommendations.models import Recommendation, Status
from app.recommendations.services import Seen, Written

LIST = "A list that exists in this example alone"

STANDINGS: Mapping[str, Noted] = {
    DAKAR: Noted(standing=Standing.ECOSOC_SPECIAL, from_on=date(2015, 7, 1), is_seen=True, source=LIST),
    NAIROBI: Noted(standing=Standing.ECOSOC_ROSTER, from_on=date(2019, 4, 1), is_seen=True, source=LIST),
    BUENOS_AIRES: Noted(
        standing=Standing.ECOSOC_SPECIAL,
        from_on=date(2010, 5, 1),
        until_on=date(2022, 12, 31),
        is_seen=True,
        source=LIST,
    ),
    CAIRO: Noted(standing=Standing.UNHABITAT, source="Somebody remembers a letter (example)"),
}
"""One has what the statement asks for, one the third kind of it, one had it, one has another that is to be checked."""


def note_standings(stage: Stage) -> None:
    """Note on the pages of organisations what they have been granted."""
    for union, noted in STANDINGS.items():
        note_access(stage.people["jo"], stage.unions[union], noted, now=stage.ago(100))


def offer_statement(stage: Stage) -> None:
    """The group lets others use its words, in two languages."""
    claims = frozenset((Claim.FORCED_EVICTION, Claim.SECURITY_OF_TENURE))
    nour = stage.people["nour"]
    offered = instruments.offer(
        nour,
        stage.land,
        Words("Before any eviction (example)", words.TEMPLATE_EN, "To put into your own city’s words."),
        language="en",
        tags=Tags(claims, frozenset((11,)), PUBLIC),
        now=stage.ago(35),
    )
    instruments.add_language(
        stage.people["aissatou"],
        offered,
        Words("Avant toute expulsion (exemple)", words.TEMPLATE_FR, "À dire avec les mots de votre ville."),
        language="fr",
        of_version=1,
        now=stage.ago(33),
    )
    offered.is_example = True


def note_recommendations(stage: Stage, report: Engagement, nour: Actor) -> None:
    """Two grew out of the report that has ended, to two States: one is under way, with followers and evidence; of the
    other one nothing is known. Nour comes with the key of the report, which she did not have before it."""
    issued_on = stage.sessions.held_on + timedelta(days=10)
    register = _note(stage, nour, report, "SN", (words.RECOMMENDATION_FR, "fr"), goals=(11,))
    hearing = _note(stage, nour, report, "EG", (words.RECOMMENDATION_EN, "en"), goals=(5, 11))
    aissatou = stage.people["aissatou"]
    recommendations.follow(aissatou, register, stage.unions[DAKAR], now=stage.ago(22))
    recommendations.follow(nour, register, now=stage.ago(21))
    recommendations.bring_evidence(
        aissatou,
        register,
        Seen(words.EVIDENCE_FR, "fr", issued_on + timedelta(days=12), "https://www.example.org/registre"),
        now=stage.ago(15),
    )
    recommendations.look(
        aissatou, register, status=Status.UNDER_WAY, because="La mairie a nommé une personne.", now=stage.ago(15)
    )
    recommendations.follow(nour, hearing, stage.unions[CAIRO], now=stage.ago(20))


def _note(
    stage: Stage, nour: Actor, report: Engagement, country: str, cited: tuple[str, str], *, goals: tuple[int, ...]
) -> Recommendation:
    citation, language = cited
    written = Written(
        citation=citation,
        language=language,
        issued_on=stage.sessions.held_on + timedelta(days=10),
        symbol=f"EXAMPLE/{country}/12",
        paragraph="12",
        country=country,
        occurrence_id=stage.sessions.held.id,
        engagement_id=report.id,
        claims=frozenset((Claim.FORCED_EVICTION,)),
        goals=frozenset(goals),
        is_gender_integrated=5 in goals,
    )
    row = recommendations.note(nour, stage.space, written, now=stage.ago(25))
    row.is_example = True
    return row
