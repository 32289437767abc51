"""What example groups undertake towards an example body, in every state: watched, planned with a lead that is not let
in, a joint statement in the making, signed by all, handed in with its proof, ended with a result, given up."""

from __future__ import annotations

from datetime import timedelta

from app.advocacy.models import Claim
from app.drafting import services as drafting
from app.engagements import services as engagements
from app.engagements.models import Engagement, PaperState, Part, Signatory
from app.engagements.services import Going, texts
from app.examples import advocacy_words as words
from app.examples.advocacy_handed_in import end_a_report, hand_in_a_speech
from app.examples.advocacy_space import LASTS, REPORT, SIDE_EVENT, STATEMENT
from app.examples.advocacy_stage import BUENOS_AIRES, CAIRO, DAKAR, DOUALA, NAIROBI, Stage, begin_text, sign


def make_plans(stage: Stage) -> Engagement:
    """Let both groups undertake something of every kind. Returns what has ended."""
    _watch(stage)
    _plan_without_status(stage)
    _write_together(stage)
    _sign_a_report(stage)
    hand_in_a_speech(stage)
    _give_up(stage)
    return end_a_report(stage)


def _watch(stage: Stage) -> None:
    """Nothing is done there, its dates are followed."""
    stage.plan(
        "rosa",
        50,
        "Seguimos la sesión del año próximo (ejemplo)",
        "es",
        stage.tenants,
        occurrence=stage.sessions.later,
        is_watch_only=True,
        goals=(11,),
    )


def _plan_without_status(stage: Stage) -> None:
    """The organisation that leads has no status with the body; another of the network has. A third one was asked to
    co-sign, and whoever speaks for it reads it in her mails."""
    alone = stage.plan(
        "nour",
        30,
        "بيان مكتوب عن بيوتنا (مثال)",
        "ar",
        stage.land,
        lead=CAIRO,
        occurrence=stage.sessions.coming,
        mode=stage.modes[STATEMENT],
        aim="أن تسأل اللجنة عن سجلّ علني لعمليات الإخلاء.",
        goals=(11, 16),
        claims=(Claim.FORCED_EVICTION,),
    )
    stage.ask("nour", alone, DOUALA, 2)


def _write_together(stage: Stage) -> None:
    """A statement of two groups: one organisation leads, one has agreed, one declined, two have not answered; its
    French text is too long, its English one is not; two travel, one takes part from afar, one waits."""
    joint = stage.plan(
        "jo",
        28,
        "Joint statement on evictions in three regions (example)",
        "en",
        stage.land,
        stage.tenants,
        lead=DAKAR,
        occurrence=stage.sessions.coming,
        mode=stage.modes[STATEMENT],
        aim="That the committee asks every State for a public register of evictions, kept with inhabitants.",
        goals=(5, 11),
        claims=(Claim.FORCED_EVICTION, Claim.FEMINIST_APPROACHES),
        is_gender_integrated=True,
    )
    [lead] = joint.signatories
    engagements.agree(stage.people["aissatou"], lead, now=stage.ago(27))
    stage.ask("nour", joint, CAIRO, 27)
    declined = stage.ask("nour", joint, DOUALA, 26)
    stage.ask("nour", joint, NAIROBI, 26)
    stage.ask("nour", joint, BUENOS_AIRES, 3)
    engagements.decline(stage.people["amina"], declined, now=stage.ago(24))
    engagements.open_to_network(stage.people["nour"], joint, now=stage.ago(20))
    _write_statement(stage, joint, lead)
    _send_people(stage, joint)


def _write_statement(stage: Stage, joint: Engagement, lead: Signatory) -> None:
    """The lead signs the first version of the French text; a longer second one is written after that."""
    aissatou, wanjiru = stage.people["aissatou"], stage.people["wanjiru"]
    french = texts.begin_draft(
        aissatou,
        joint,
        stage.land,
        title="Déclaration commune\u00a0: avant toute expulsion (exemple)",
        language="fr",
        body=words.STATEMENT_FR,
        now=stage.ago(18),
    )
    sign(stage, "aissatou", lead, french, 12)
    drafting.write_version(
        aissatou,
        french.text,
        body=words.STATEMENT_FR_SECOND,
        changes="Celles qui dorment chez une voisine",
        based_on=1,
        now=stage.ago(6),
    )
    english = texts.begin_draft(
        wanjiru,
        joint,
        stage.land,
        title="Joint statement: before any eviction (example)",
        language="en",
        body=words.STATEMENT_EN,
        translation_of=french.text,
        now=stage.ago(4),
    )
    for link in (french, english):
        link.text.is_example = True


def _send_people(stage: Stage, joint: Engagement) -> None:
    arrives, leaves = stage.sessions.coming_on - timedelta(days=1), stage.sessions.coming_on + LASTS
    going = (
        Going(
            person_id=stage.people["nour"].person_id,
            organisation_id=stage.unions[CAIRO].id,
            part=Part.SPEAKS,
            languages="العربية، English",
            visa=PaperState.ASKED,
            badge=PaperState.TO_ASK,
            arrives_on=arrives,
            leaves_on=leaves,
        ),
        Going(
            person_id=stage.people["aissatou"].person_id,
            organisation_id=stage.unions[DAKAR].id,
            part=Part.GOES,
            languages="français, wolof",
            visa=PaperState.TO_ASK,
            badge=PaperState.NOT_KNOWN,
            arrives_on=arrives,
            leaves_on=leaves,
        ),
        Going(
            person_id=stage.people["rosa"].person_id,
            organisation_id=stage.unions[BUENOS_AIRES].id,
            part=Part.REMOTE,
            languages="español",
            visa=PaperState.NOT_NEEDED,
            badge=PaperState.ASKED,
        ),
        Going(name="Mariam Exemple", part=Part.RESERVE, languages="français", note="Si Aïssatou n’a pas son visa"),
    )
    for one in going:
        engagements.add_delegate(stage.people["nour"], joint, one, now=stage.ago(5))


def _sign_a_report(stage: Stage) -> None:
    """A report in two languages that both organisations have signed: nothing stands in the way of handing it in."""
    report = stage.plan(
        "nour",
        25,
        "Rapport parallèle de Douala et du Caire (exemple)",
        "fr",
        stage.land,
        lead=DOUALA,
        occurrence=stage.sessions.coming,
        mode=stage.modes[REPORT],
        aim="Que le comité demande à l’État qui tient le registre des expulsions.",
        goals=(11,),
        claims=(Claim.FORCED_EVICTION, Claim.ADEQUATE_HOUSING),
    )
    [lead] = report.signatories
    engagements.agree(stage.people["amina"], lead, now=stage.ago(24))
    cairo = stage.ask("nour", report, CAIRO, 24)
    french = begin_text(
        stage, "amina", report, 15, title="Rapport parallèle (exemple)", language="fr", body=words.REPORT_FR
    )
    arabic = begin_text(stage, "nour", report, 14, title="تقرير موازٍ (مثال)", language="ar", body=words.REPORT_AR)
    for link in (french, arabic):
        sign(stage, "amina", lead, link, 10)
        sign(stage, "nour", cairo, link, 9)


def _give_up(stage: Stage) -> None:
    side_event = stage.plan(
        "rosa",
        45,
        "Una sala para las inquilinas (ejemplo)",
        "es",
        stage.tenants,
        occurrence=stage.sessions.coming,
        mode=stage.modes[SIDE_EVENT],
        goals=(11,),
    )
    because = "Ningún Estado quiso presentar la sala con nosotras. El año próximo preguntamos antes."
    engagements.give_up(stage.people["rosa"], side_event, because=because, now=stage.ago(13))
