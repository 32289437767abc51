"""What an example group writes: a joint text in two versions, with comments in four languages of which three are
answered; and the note its coordinator keeps for whoever comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.actors import Actor
from app.drafting import services as drafting
from app.drafting.models import JointText, Verdict
from app.drafting.queries import get_version
from app.workinggroups import services as groups
from app.workinggroups.models import WorkingGroup

People = Mapping[str, Actor]

KEEPER = "aissatou"


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody says about a paragraph of a version, so many days ago, and what they were answered."""

    by: str
    language: str
    body: str
    paragraph: int
    days_ago: int
    verdict: Verdict | None = None
    because: str = ""


OPENING = "Madame, Monsieur,"
ASKED = (
    "Nous sommes des habitantes et des habitants de trois régions. Dans nos quartiers, le premier papier laisse {days} "
    "jours pour partir."
)
RULE = (
    "Avant toute expulsion, nous demandons\u00a0:\n\n* un préavis de trois mois\n* une audience{hearing}\n* une autre "
    "maison"
)
FIRST = "\n\n".join((OPENING, ASKED.format(days="trois"), RULE.format(hearing=""), "Nous attendons votre réponse."))
SECOND = "\n\n".join(
    (
        OPENING,
        ASKED.format(days="de trois à dix"),
        RULE.format(hearing=", dans la langue des familles"),
        "Nous attendons votre réponse, et nous viendrons la chercher.",
    )
)
BEFORE_SECOND = (
    Remark("rosa", "es", "En Buenos Aires son diez días, no tres.", 2, 37, Verdict.TAKEN),
    Remark(
        "wanjiru",
        "en",
        "A hearing nobody understands is no hearing. And it should be on a Sunday, when people are free.",
        4,
        36,
        Verdict.PARTLY,
        "La langue des familles, oui. Le jour dépend de chaque pays\u00a0: nous le laissons ouvert.",
    ),
    Remark(
        "benedita",
        "pt",
        "Eu tiraria a última frase: pedimos, não esperamos.",
        5,
        35,
        Verdict.NOT,
        "Sans cette phrase, personne ne répond\u00a0: c’est arrivé deux fois à Dakar.",
    ),
)
AFTER_SECOND = Remark("karim", "ar", "ومن يوقّع الرسالة؟ كل منظمة باسمها أم المجموعة كلها؟", 5, 5)

NOTE = (
    "أول ما يحتاج إلى عناية: قائمة الإنذارات في داكار، فقد تأخرت وتنتظرها ثلاث منظمات.\n\nالاجتماعات بالفرنسية مع "
    "ترجمة فورية، ويُحجز المترجمون قبلها بثلاثة أسابيع. ومن تكتب بالبرتغالية يصلها الجواب بالإسبانية، وهذا يناسبها."
)


def make_texts(group: WorkingGroup, people: People, *, now: datetime) -> None:
    """Let the group write, say what it thinks of it, and be answered; then the note."""
    keeper = people[KEEPER]
    text = drafting.begin_text(
        keeper,
        group,
        title="Lettre commune aux mairies (exemple)",
        language="fr",
        purpose="À lire à voix haute à la même heure dans trois villes.",
        body=FIRST,
        now=_ago(now, 40),
    )
    text.is_example = True
    for remark in BEFORE_SECOND:
        _remark(text, remark, people, now=now)
    changes = "Les délais des trois régions, et la langue de l’audience"
    drafting.write_version(keeper, text, body=SECOND, changes=changes, based_on=1, now=_ago(now, 28))
    _remark(text, AFTER_SECOND, people, now=now)
    groups.write_note(people["nour"], group, language="ar", body=NOTE, version=0, now=_ago(now, 12))


def _remark(text: JointText, remark: Remark, people: People, *, now: datetime) -> None:
    comment = drafting.comment_on(
        people[remark.by],
        text,
        get_version(text, text.version),
        remark.paragraph,
        body=remark.body,
        language=remark.language,
        now=_ago(now, remark.days_ago),
    )
    comment.is_example = True
    if remark.verdict is not None:
        drafting.answer_comment(
            people[KEEPER],
            comment,
            verdict=remark.verdict,
            because=remark.because,
            language="fr",
            seen=0,
            now=_ago(now, remark.days_ago - 4),
        )


def _ago(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)
