"""Three decisions of an example group: one adopted, with its outcome and the day on which it is looked at again; one to
which an organisation objects, and was answered; one that waits for voices, of the coordinator and of a member too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from app.core.actors import Actor
from app.decisions import services as decisions
from app.decisions.models import Decision, GivenVoice, Stand
from app.decisions.services import Plan, Speaking, Words
from app.examples.standing import SPEAKERS
from app.moments.endings import Closing
from app.moments.local import in_zone
from app.people.models import Organisation
from app.workinggroups.models import WorkingGroup

ZONE = "Africa/Cairo"
EVENING = time(18)
"""When windows close, on the clock of the coordinator."""

ONE_RULE = Plan(
    "Une même règle avant toute expulsion (exemple)",
    Words(
        "Nous demandons partout la même chose, avec les mêmes mots\u00a0:\n\n* un préavis de trois mois, remis en main "
        "propre\n* une audience, dans la langue des familles\n* une autre maison, avant de quitter la première",
        "fr",
    ),
    quorum=4,
)
QUESTION = Words("E quem aluga sem contrato, também tem direito aos três meses?", "pt")
ANSWER = Words("Oui\u00a0: la règle vaut pour qui habite, avec ou sans papier.", "fr")
REACTION = Words("Short enough to say at a door. We would teach it to our savings groups in one evening.", "en")
WITH_PLEASURE = Words("D’accord, et nous la traduisons en wolof.", "fr")
PAPER = "Carta firmada en la asamblea de Buenos Aires, en la carpeta del comité (ejemplo)"
OUTCOME = Words("تُرسل القاعدة الواحدة بخمس لغات إلى البلديات قبل الشتاء، وننظر فيما أجابت به.", "ar")

NAMES = Plan(
    "Publicar los nombres de quienes desalojan (ejemplo)",
    Words(
        "Proponemos publicar cada trimestre una lista con los nombres de los propietarios que piden desalojos, tal "
        "como figuran en los avisos.",
        "es",
    ),
    quorum=3,
)
OBJECTION = Words(
    "À Douala, une voisine qui avait affiché un nom a perdu son logement la semaine suivante. Une liste signée de nous "
    "toutes met en danger celles qui habitent encore là.",
    "fr",
)
ANSWERED = Words(
    "Tienen razón. Buscamos otra forma: publicar cuántos avisos hay por calle, sin nombres, hasta que las familias "
    "estén a salvo.",
    "es",
)

HEARINGS = Plan(
    "Three city halls in one week (example)",
    Words(
        "In the first week of spring we ask three city halls for a public hearing on the same day, each in its own "
        "language, and read the same page aloud.",
        "en",
    ),
    quorum=5,
)
THREE_HALLS = Words("هل تكفي صفحة واحدة؟ البلدية عندنا تطلب ملفًا كاملًا.", "ar")
ONE_PAGE = Words("One page to read aloud. The file lies beside it, for whoever asks.", "en")
FROM_DOUALA = Words("Nous venons à quinze, avec nos propres chaises.", "fr")


@dataclass(frozen=True, slots=True)
class Circle:
    """Who decides: the group, its people as actors, and the organisations by name."""

    group: WorkingGroup
    people: Mapping[str, Actor]
    unions: Mapping[str, Organisation]


def make_decisions(circle: Circle, *, now: datetime) -> None:
    """Let the group decide, in the order of time."""
    _adopt(circle, now=now)
    _object(circle, now=now)
    _ask_for_voices(circle, now=now)


def _adopt(circle: Circle, *, now: datetime) -> None:
    """Four organisations of nine spoke, one of them through another by a written paper; the silence of the others
    consents."""
    people, unions = circle.people, circle.unions
    nour, fatou = people["nour"], people["fatou"]
    rule = _propose(fatou, circle.group, ONE_RULE, now=_ago(now, 130))
    _open(nour, rule, 128, until=121, now=now)
    asked = decisions.ask(people["benedita"], rule, QUESTION, now=_ago(now, 126))
    decisions.answer(fatou, rule, asked, ANSWER, now=_ago(now, 125))
    _open(nour, rule, 119, until=113, now=now)
    decisions.react(people["wanjiru"], rule, REACTION, now=_ago(now, 117))
    _open(nour, rule, 111, until=104, now=now)
    giver, holder = unions["Comité de inquilinas de ejemplo"].id, unions[SPEAKERS["nour"]].id
    decisions.give_proxy(nour, rule, giver_id=giver, holder_id=holder, paper=PAPER, now=_ago(now, 110))
    _speak(circle, rule, "nour", Stand.CONSENT, now=_ago(now, 110))
    through = Speaking(giver, Stand.CONSENT, rule.version, through=holder)
    decisions.give_voice(nour, rule, through, now=_ago(now, 109))
    _speak(circle, rule, "aissatou", Stand.CONSENT, WITH_PLEASURE, now=_ago(now, 107))
    _speak(circle, rule, "amina", Stand.ABSTAIN, now=_ago(now, 106))
    decisions.close_window(nour, rule, now=_ago(now, 102))
    review_on = now.date() + timedelta(days=75)
    decisions.record_outcome(nour, rule, OUTCOME, review_on=review_on, now=_ago(now, 101))


def _object(circle: Circle, *, now: datetime) -> None:
    """An objection stood when the voices were counted; it was answered, and the proposal waits to be amended."""
    nour, lupe = circle.people["nour"], circle.people["lupe"]
    names = _propose(lupe, circle.group, NAMES, now=_ago(now, 36))
    _open(nour, names, 35, until=28, now=now)
    _open(nour, names, 26, until=20, now=now)
    _open(nour, names, 18, until=8, now=now)
    _speak(circle, names, "nour", Stand.CONSENT, now=_ago(now, 17))
    _speak(circle, names, "aissatou", Stand.CONSENT, now=_ago(now, 15))
    objection = _speak(circle, names, "amina", Stand.OBJECT, OBJECTION, now=_ago(now, 11))
    decisions.close_window(nour, names, now=_ago(now, 6))
    if objection.words is not None:
        decisions.answer(lupe, names, objection.words, ANSWERED, now=_ago(now, 4))


def _ask_for_voices(circle: Circle, *, now: datetime) -> None:
    """The window is open for another week; one organisation has spoken."""
    nour, wanjiru = circle.people["nour"], circle.people["wanjiru"]
    hearings = _propose(wanjiru, circle.group, HEARINGS, now=_ago(now, 24))
    _open(nour, hearings, 23, until=17, now=now)
    asked = decisions.ask(nour, hearings, THREE_HALLS, now=_ago(now, 21))
    decisions.answer(wanjiru, hearings, asked, ONE_PAGE, now=_ago(now, 20))
    _open(nour, hearings, 15, until=8, now=now)
    _open(nour, hearings, 6, until=-7, now=now)
    _speak(circle, hearings, "amina", Stand.CONSENT, FROM_DOUALA, now=_ago(now, 3))


def _propose(proposer: Actor, group: WorkingGroup, plan: Plan, *, now: datetime) -> Decision:
    decision = decisions.propose(proposer, group, plan, now=now)
    decision.is_example = decision.proposal.is_example = True
    return decision


def _open(coordinator: Actor, decision: Decision, opened: int, *, until: int, now: datetime) -> None:
    """Open the next window so many days ago; it closes in the evening of another day, counted in the same way."""
    wall = datetime.combine(in_zone(_ago(now, until), ZONE).date(), EVENING)
    decisions.open_window(coordinator, decision, Closing(wall, ZONE), now=_ago(now, opened))


def _speak(
    circle: Circle, decision: Decision, name: str, stand: Stand, words: Words | None = None, *, now: datetime
) -> GivenVoice:
    """Give the voice of the organisation for which somebody of the cast speaks."""
    said = Speaking(circle.unions[SPEAKERS[name]].id, stand, decision.version, words)
    return decisions.give_voice(circle.people[name], decision, said, now=now)


def _ago(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)
