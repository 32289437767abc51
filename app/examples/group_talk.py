"""Two topics of an example group: one long talked about in four languages, with translations; one just opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.core.actors import Actor
from app.discussions import services as discussions
from app.discussions.models import Post
from app.examples.voices import Rendering
from app.originals import services as originals
from app.workinggroups.models import WorkingGroup

People = Mapping[str, Actor]


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote in a topic, so many days before today; `answers` counts the posts of the topic from 0."""

    by: str
    language: str
    body: str
    days_ago: int
    answers: int = 0
    renderings: tuple[Rendering, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Talk:
    """A topic: its first words and what followed."""

    title: str
    posts: tuple[Said, ...]


NOTICE = Talk(
    "Trois jours pour partir\u00a0: que répondons-nous\u202f?",
    (
        Said(
            "fatou",
            "fr",
            "À Dakar, quarante familles d’exemple ont reçu un papier\u00a0: trois jours pour partir, sans adresse où "
            "aller. Chez vous, que dit le premier papier\u202f? Qui l’apporte, et qui répond\u202f?",
            days_ago=72,
        ),
        Said(
            "rosa",
            "es",
            "Aquí el papel dice diez días, y lo trae un empleado sin nombre. Lo primero que hacemos es fotografiarlo "
            "con la fecha del diario al lado.",
            days_ago=70,
            renderings=(
                Rendering(
                    "fr",
                    "Ici le papier dit dix jours, et c’est un employé sans nom qui l’apporte. La première chose que "
                    "nous faisons\u00a0: le photographier à côté du journal du jour.",
                    by="amina",
                    is_reviewed=True,
                ),
            ),
        ),
        Said(
            "nour",
            "ar",
            "عندنا لا يُسلَّم الإنذار باليد، بل يُعلَّق على الباب. لذلك تمرّ جارة كل صباح على أبواب الحيّ.",
            days_ago=69,
            answers=1,
            renderings=(
                Rendering(
                    "en",
                    "With us the notice is not handed over, it is hung on the door. So a neighbour walks past the "
                    "doors every morning.",
                    by="wanjiru",
                ),
            ),
        ),
        Said(
            "wanjiru",
            "en",
            "In Nairobi nobody may be moved without a hearing, on paper. We bring the court’s list of hearings to the "
            "door with us, and ask which line is ours.",
            days_ago=66,
        ),
        Said(
            "fatou",
            "fr",
            "Merci. Nous avons fait comme Rosa\u00a0: trente-huit photographies, toutes avec une date.",
            days_ago=40,
        ),
    ),
)

RAIN = Talk(
    "Quem fica quando chove?",
    (
        Said(
            "benedita",
            "pt",
            "Quando o rio sobe, a prefeitura leva as famílias para um ginásio e depois não as deixa voltar. Alguém já "
            "conseguiu por escrito o direito de voltar?",
            days_ago=5,
        ),
        Said(
            "lupe",
            "es",
            "Nosotras sí, una vez: firmaron porque había cámaras. Busco la hoja y la traigo a la próxima reunión.",
            days_ago=2,
        ),
    ),
)


def make_topics(group: WorkingGroup, people: People, *, now: datetime) -> None:
    """Let people write, answer and translate; the older topic stands at the head of the list."""
    opening = _make_topic(group, NOTICE, people, now=now)
    discussions.pin_topic(people["nour"], opening.topic, is_pinned=True, now=now - timedelta(days=60))
    _make_topic(group, RAIN, people, now=now)


def _make_topic(group: WorkingGroup, talk: Talk, people: People, *, now: datetime) -> Post:
    first, *replies = talk.posts
    opening = discussions.open_topic(
        people[first.by], group, title=talk.title, body=first.body, language=first.language, now=_at(first, now)
    )
    posts = [opening]
    for said in replies:
        posts.append(
            discussions.answer_post(
                people[said.by], posts[said.answers], body=said.body, language=said.language, now=_at(said, now)
            )
        )
    for said, post in zip(talk.posts, posts, strict=True):
        post.is_example = True
        for rendering in said.renderings:
            _translate(post, people[said.by], rendering, people, now=_at(said, now) + timedelta(hours=20))
    return opening


def _translate(post: Post, author: Actor, rendering: Rendering, people: People, *, now: datetime) -> None:
    translation = originals.translate(
        people[rendering.by], post, language=rendering.language, body=rendering.body, now=now
    )
    if rendering.is_reviewed:
        originals.review_translation(author, translation, now=now + timedelta(hours=4))


def _at(said: Said, now: datetime) -> datetime:
    return now - timedelta(days=said.days_ago)
