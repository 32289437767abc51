"""What example groups have handed in towards an example body: a speech without an answer yet, a report that was taken
up in part."""

from __future__ import annotations

from datetime import date, timedelta

from app.advocacy.models import Claim
from app.engagements import services as engagements
from app.engagements.models import Engagement, EngagementText, Result
from app.engagements.queries.concerns import concerns_about, digest_of_concerns
from app.engagements.services import results, submitting
from app.examples import advocacy_words as words
from app.examples.advocacy_space import REPORT, SPEECH
from app.examples.advocacy_stage import CAIRO, DAKAR, Stage, begin_text, sign
from app.materials import services as materials


def hand_in_a_speech(stage: Stage) -> None:
    """Spoken at the session that was held; what came of it is not known yet."""
    speech = stage.plan(
        "nour",
        80,
        "ثلاث دقائق عن الليلة الأولى (مثال)",
        "ar",
        stage.land,
        lead=CAIRO,
        occurrence=stage.sessions.held,
        mode=stage.modes[SPEECH],
        goals=(11,),
        claims=(Claim.FORCED_EVICTION,),
        is_gender_integrated=True,
    )
    [lead] = speech.signatories
    link = begin_text(stage, "nour", speech, 70, title="الليلة الأولى (مثال)", language="ar", body=words.SPEECH_AR)
    sign(stage, "nour", lead, link, 68)
    proof = "المحضر المثال، الدقيقة 47: أعطت الرئيسة الكلمة لجمعية سكان الحي."
    _hand_in(stage, speech, link, stage.sessions.held_on, proof=proof, days=39)
    materials.add_link(
        stage.people["nour"],
        speech,
        title="تسجيل الجلسة (مثال)",
        url="https://www.example.org/recording-of-the-session",
        language="ar",
        readers="inside",
        now=stage.ago(38),
    )


def end_a_report(stage: Stage) -> Engagement:
    """Handed in before the session that was held, taken up in part, and ended: what follows from it is written down."""
    report = stage.plan(
        "nour",
        110,
        "What thirty-eight notices say (example)",
        "en",
        stage.land,
        lead=DAKAR,
        occurrence=stage.sessions.held,
        mode=stage.modes[REPORT],
        goals=(5, 11),
        claims=(Claim.FORCED_EVICTION, Claim.FEMINIST_APPROACHES),
        is_gender_integrated=True,
    )
    [lead] = report.signatories
    engagements.agree(stage.people["aissatou"], lead, now=stage.ago(109))
    link = begin_text(
        stage, "aissatou", report, 100, title="Trente-huit préavis (exemple)", language="fr", body=words.REPORT_FR
    )
    sign(stage, "aissatou", lead, link, 95)
    sent_on = stage.sessions.held_on - timedelta(days=30)
    _hand_in(stage, report, link, sent_on, proof="Received under the example reference EX-38.", days=69)
    _say_what_came_of_it(stage, report)
    return report


def _hand_in(
    stage: Stage, engagement: Engagement, link: EngagementText, submitted_on: date, *, proof: str, days: int
) -> None:
    """Let Nour hand in the first version of a text, having read what speaks against it: a speech is given after the
    list was closed."""
    versions = {link.text_id: 1}
    submitting.submit(
        stage.people["nour"],
        engagement,
        submitted_on=submitted_on,
        versions=versions,
        accepted=digest_of_concerns(concerns_about(engagement, [link], versions, submitted_on)),
        proof=proof,
        now=stage.ago(days),
    )


def _say_what_came_of_it(stage: Stage, report: Engagement) -> None:
    nour = stage.people["nour"]
    results.note_result(
        nour,
        report,
        result=Result.PARTLY,
        on=stage.sessions.held_on + timedelta(days=10),
        words="The committee asks for a register of evictions. It says nothing about who keeps it.",
        language="en",
        now=stage.ago(28),
    )
    results.note_follow_up(
        nour,
        report,
        words="Aïssatou shows the citation to the town hall of Dakar. In spring we ask who keeps the register.",
        language="en",
        now=stage.ago(27),
    )
    results.close(nour, report, now=stage.ago(26))
