"""What waits on the desks of the example house for an answer: messages, wishes, people who ask to belong somewhere, a
mail that did not arrive, a file of people that was tried, the list of a meeting whose names are not all known yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.core.actors import VISITOR, Actor
from app.core.outbox import MailState, OutboxMail
from app.core.registries import actor_at
from app.examples.cast import ACCOUNTS
from app.extensions import db
from app.house import services as house
from app.house.models import ContactSubject
from app.people import services as people
from app.people.imports.table import read_table
from app.people.imports.trial import try_lines
from app.people.models import Affiliation, AffiliationKind, Organisation, Person
from app.people.services import Belonging, Wishes
from app.sessions import services as sessions
from app.sessions.meeting_lists.reading import read_text
from app.sessions.models import LearningSession

Cast = Mapping[str, Person]
Unions = Mapping[str, Organisation]

TO_NOURS = "جمعية سكان الحي (مثال)"
"""The organisation for which Nour speaks: she answers whoever asks to belong to it, and so may the secretariat."""

NEW_HERE = "Forum Warga Contoh"
"""An organisation that somebody names who asks to belong to it, and that nobody has looked at yet."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a visitor wrote on the contact page; `subject` counts the subjects in their order."""

    name: str
    email: str
    language: str
    subject: int
    body: str
    is_answered: bool = False


MESSAGES = (
    Message(
        "Wambui Example",
        "wambui@example.org",
        "en",
        0,
        "Our savings group meets on Saturdays at the hour of your sessions. Can we read afterwards what was agreed?",
        is_answered=True,
    ),
    Message(
        "Fernanda Exemplo",
        "fernanda@example.org",
        "pt",
        1,
        "Sou surda e leio lábios em português. No próximo encontro há legendas, ou alguém que escreva o que se diz?",
    ),
    Message(
        "مريم مثال",
        "maryam@example.org",
        "ar",
        0,
        "سمعتُ عن محور العدالة المناخية من جارتي. ليس عندي حاسوب، عندي هاتف فقط. هل يكفي هذا لأشارك؟",
    ),
)

PEOPLE_FILE = """Nombre;Correo;Idiomas;País;Ciudad;Organización;Tipo
Teresa Ejemplo;teresa@example.org;español, quechua;Bolivia;Cochabamba;Red de mujeres por el hábitat (ejemplo);Miembro
Ofelia Ejemplo;ofelia@example.org;español;Perú;Lima;Unión de tomas de tierra (ejemplo);Miembro
Domitila Ejemplo;;español;Bolivia;El Alto;Red de mujeres por el hábitat (ejemplo);Amiga
Amina Exemple;facilitator@example.org;francés;Camerún;Douala;;
Marina Ejemplo;marina arroba ejemplo;español;Honduras;Tegucigalpa;Junta de agua del cerro (ejemplo);Miembro
Rosario Ejemplo;rosario@example.org;español;Perú;Lima;Comedor popular de ejemplo;Miembro
"""
"""Three new people, one who is here already, an address that is none, an organisation that nobody knows yet."""

MEETING_LIST = """Name,Duration (minutes)
Fatou Exemple,118
Karim Exemple,112
أحمد العدني مثال,121
Wanjiru,64
ليلى,51
Milagros,44
Lupe,97
Coumba Exemple,58
+221 77 000 00 12,73
"""
"""As a meeting programme writes it: people of the sheet, first names alone, somebody new, a telephone."""


def make_desk(held: LearningSession, cast: Cast, unions: Unions, *, now: datetime) -> None:
    """Lay all of it on the desks, some hours to some days before `now`."""
    yesterday = now - timedelta(days=1)
    _ask_to_belong(cast, unions, now=yesterday)
    _write_to_the_house(cast, now=now - timedelta(days=3))
    alice = cast["alice"]
    people.ask_erasure(actor_at(alice.id, yesterday), alice, now=yesterday)
    _lose_a_mail(cast["aissatou"], now=now - timedelta(days=2))
    _try_a_file(actor_at(cast["jo"].id, yesterday), now=yesterday)
    sessions.stage_list(actor_at(cast["amina"].id, now), held, read_text(MEETING_LIST), now=now - timedelta(hours=3))


def _ask_to_belong(cast: Cast, unions: Unions, *, now: datetime) -> None:
    """Karim asks an organisation that is here, Sari names one that is not."""
    karim, sari = cast["karim"], cast["sari"]
    known = Belonging(organisation_id=unions[TO_NOURS].id)
    people.ask_affiliation(actor_at(karim.id, now), karim, belonging=known, kind=AffiliationKind.ALLY, now=now)
    new = Belonging(organisation_name=NEW_HERE, language="id")
    asked = people.ask_affiliation(actor_at(sari.id, now), sari, belonging=new, kind=AffiliationKind.MEMBER, now=now)
    db.session.get_one(Organisation, asked.organisation_id).is_example = True


def _write_to_the_house(cast: Cast, *, now: datetime) -> None:
    subjects = db.session.scalars(sa.select(ContactSubject).order_by(ContactSubject.position)).unique().all()
    for place, message in enumerate(MESSAGES):
        sent = house.send_message(
            VISITOR,
            subject=subjects[message.subject],
            name=message.name,
            email=message.email,
            language=message.language,
            body=message.body,
            now=now + timedelta(hours=9 * place),
        )
        if message.is_answered:
            house.answer_message(actor_at(cast["jo"].id, now), sent, now=now + timedelta(hours=2))


def _lose_a_mail(person: Person, *, now: datetime) -> None:
    """A mail that a full mailbox refused. The outbox is the one door of mails and sends what it gets: what failed is
    therefore written here as the outbox leaves it: what it told, and to whom, so that it can be sent again."""
    told = sa.select(Affiliation.id).where(Affiliation.person_id == person.id).order_by(Affiliation.id).limit(1)
    mail = OutboxMail(
        dedupe_key=f"examples:{person.id}",
        kind="people.affiliation_confirmed",
        person_id=person.id,
        recipient=ACCOUNTS["aissatou"],
        language=person.preferred_language,
        parameters={"affiliation": str(db.session.scalars(told).one()), "person": str(person.id)},
        not_before=now,
        state=MailState.FAILED,
        attempts=1,
        message_id=f"<example-{person.id}@maloca>",
        last_error="552 5.2.2 Mailbox full",
        created_at=now,
    )
    db.session.add(mail)
    db.session.flush()


def _try_a_file(secretary: Actor, *, now: datetime) -> None:
    """A file with both kinds of bad lines is brought and tried; nobody of it is added before somebody says so."""
    data = PEOPLE_FILE.encode()
    table = read_table(data)
    brought = people.bring_file(secretary, file_name="encuentro-ejemplo.csv", source=data, table=table, now=now)
    fates = list(try_lines(table.lines, brought.columns, headings=len(table.headings), adds_organisations=False))
    people.keep_trial(secretary, brought, columns=brought.columns, wishes=Wishes(), fates=fates, now=now)
