"""What example groups undertake towards an example body, in every state: watched, planned with a lead that is not let
in, a joint statement in the making, signed by all, handed in with its proof, ended with a result, given up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.advocacy.models import AdvocacySpace, Claim, ParticipationMode
from app.core.actors import Actor
from app.drafting import services as drafting
from app.drafting.queries import get_version
from app.engagements import services as engagements
from app.engagements.models import Engagement, EngagementText, PaperState, Part, Result, Signatory
from app.engagements.queries.concerns import concerns_about, digest_of_concerns
from app.engagements.services import Going, Plan, results, signing, submitting, texts
from app.examples import advocacy_words as words
from app.examples.advocacy_space import LASTS, REPORT, SIDE_EVENT, SPEECH, STATEMENT, Sessions
from app.extensions import db
from app.materials import services as materials
from app.people.models import Organisation
from app.workinggroups.models import WorkingGroup

DAKAR = "Fédération des habitantes de l’Exemple"
DOUALA = "Collectif des locataires de l’Exemple"
CAIRO = "جمعية سكان الحي (مثال)"
NAIROBI = "Example Federation of Slum Dwellers"
BUENOS_AIRES = "Comité de inquilinas de ejemplo"


@dataclass(frozen=True, slots=True)
class Stage:
    """Where it takes place and who acts: a body with its ways to take part and its sessions; two groups; people by the
    keys of the cast, with the keys they hold."""

    space: AdvocacySpace
    modes: Mapping[str, ParticipationMode]
    sessions: Sessions
    land: WorkingGroup
    tenants: WorkingGroup
    people: Mapping[str, Actor]
    unions: Mapping[str, Organisation]
    now: datetime

    def ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days)

    def plan(
        self,
        planner: str,
        days: int,
        title: str,
        language: str,
        *groups: WorkingGroup,
        lead: str = "",
        **said: object,
    ) -> Engagement:
        """Let somebody who runs these groups plan something, so many days ago."""
        return engagements.plan_engagement(
            self.people[planner],
            groups=groups,
            plan=Plan(title=title, language=language, space=self.space, **said),  # type: ignore[arg-type]  # as it is said
            lead=self.unions[lead] if lead else None,
            is_example=True,
            now=self.ago(days),
        )

    def ask(self, asker: str, engagement: Engagement, union: str, days: int) -> Signatory:
        return engagements.ask_organisation(self.people[asker], engagement, self.unions[union], now=self.ago(days))


def make_plans(stage: Stage) -> Engagement:
    """Let both groups undertake something of every kind. Returns what has ended."""
    _watch(stage)
    _plan_without_status(stage)
    _write_together(stage)
    _sign_a_report(stage)
    _hand_in_a_speech(stage)
    _give_up(stage)
    return _end_a_report(stage)


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
    """The organisation that leads has no status with the body; another of the network has."""
    stage.plan(
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
    _sign(stage, "aissatou", lead, french, 12)
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


def _sign(stage: Stage, signer: str, signatory: Signatory, link: EngagementText, days: int) -> None:
    newest = get_version(link.text, link.text.version)
    signing.sign(
        stage.people[signer], signatory, link, read=signing.digest_of(newest, link.text.language), now=stage.ago(days)
    )


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
    french = _begin(
        stage, "amina", report, 15, title="Rapport parallèle (exemple)", language="fr", body=words.REPORT_FR
    )
    arabic = _begin(stage, "nour", report, 14, title="تقرير موازٍ (مثال)", language="ar", body=words.REPORT_AR)
    for link in (french, arabic):
        _sign(stage, "amina", lead, link, 10)
        _sign(stage, "nour", cairo, link, 9)


def _begin(
    stage: Stage, writer: str, engagement: Engagement, days: int, *, title: str, language: str, body: str
) -> EngagementText:
    """Let somebody begin a text in the first group of an engagement, so many days ago."""
    [group] = engagement.groups
    author, now = stage.people[writer], stage.ago(days)
    link = texts.begin_draft(author, engagement, group, title=title, language=language, body=body, now=now)
    link.text.is_example = True
    db.session.flush()  # whoever signs reads it anew
    return link


def _read_and_gone_over(engagement: Engagement, link: EngagementText, day: date) -> str:
    """Return that whoever hands in has read what speaks against it: a speech is given after the list was closed."""
    return digest_of_concerns(concerns_about(engagement, [link], {link.text_id: 1}, day))


def _hand_in_a_speech(stage: Stage) -> None:
    """Spoken at the session that was held; what came of it is not known yet."""
    nour = stage.people["nour"]
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
    link = _begin(stage, "nour", speech, 70, title="الليلة الأولى (مثال)", language="ar", body=words.SPEECH_AR)
    _sign(stage, "nour", lead, link, 68)
    submitting.submit(
        nour,
        speech,
        submitted_on=stage.sessions.held_on,
        versions={link.text_id: 1},
        accepted=_read_and_gone_over(speech, link, stage.sessions.held_on),
        proof="المحضر المثال، الدقيقة 47: أعطت الرئيسة الكلمة لجمعية سكان الحي.",
        now=stage.ago(39),
    )
    materials.add_link(
        nour,
        speech,
        title="تسجيل الجلسة (مثال)",
        url="https://www.example.org/recording-of-the-session",
        language="ar",
        readers="inside",
        now=stage.ago(38),
    )


def _end_a_report(stage: Stage) -> Engagement:
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
    link = _begin(
        stage, "aissatou", report, 100, title="Trente-huit préavis (exemple)", language="fr", body=words.REPORT_FR
    )
    _sign(stage, "aissatou", lead, link, 95)
    nour = stage.people["nour"]
    submitting.submit(
        nour,
        report,
        submitted_on=stage.sessions.held_on - timedelta(days=30),
        versions={link.text_id: 1},
        accepted=_read_and_gone_over(report, link, stage.sessions.held_on - timedelta(days=30)),
        proof="Received under the example reference EX-38.",
        now=stage.ago(69),
    )
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
    return report


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
