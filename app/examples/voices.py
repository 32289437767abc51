"""Invented reflections of the example track, each in its author's language, some with translations in every state:
by a person and reviewed, by a person and not yet, by a machine, and left behind by a newer version of the original."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.core.actors import Actor
from app.core.registries import actors_at
from app.extensions import db
from app.originals import services as originals
from app.people.models import Person
from app.reflections import services as reflections
from app.reflections.models import Reflection
from app.reflections.readers import Readers
from app.sessions.models import LearningSession, Track

MACHINE = "Example machine"


@dataclass(frozen=True, slots=True)
class Rendering:
    """A translation: of which version, by whom ("" is the machine), and whether the author has reviewed it."""

    language: str
    body: str
    by: str = ""
    of_version: int = 1
    is_reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Voice:
    """A reflection in its versions, the newest last."""

    author: str
    language: str
    versions: tuple[str, ...]
    readers: Readers
    pseudonym: str = ""
    renderings: tuple[Rendering, ...] = field(default=())


VOICES = (
    Voice(
        "rosa",
        "es",
        ("El calor no es igual para todas. En la pieza de lámina son cuarenta y dos grados a las cuatro de la tarde.",),
        Readers.PUBLIC,
        renderings=(
            Rendering(
                "en",
                "The heat is not the same for everyone. In a room of sheet metal it is forty-two degrees at four in "
                "the afternoon.",
                by="jo",
            ),
            Rendering(
                "ar", "الحرّ ليس واحدًا للجميع. في غرفة من الصفيح تبلغ الحرارة اثنتين وأربعين درجة في الرابعة بعد الظهر."
            ),
        ),
    ),
    Voice(
        "fatou",
        "fr",
        ("Chez nous l’épargne des femmes a surélevé trente maisons avant que la mairie ne vienne mesurer l’eau.",),
        Readers.PUBLIC,
        renderings=(
            Rendering(
                "es",
                "En nuestro barrio el ahorro de las mujeres levantó treinta casas antes de que la alcaldía viniera a "
                "medir el agua.",
                by="rosa",
                is_reviewed=True,
            ),
        ),
    ),
    Voice(
        "joana",
        "pt",
        ("Quando a água sobe, quem sabe o caminho é a vizinha, não o mapa da prefeitura.",),
        Readers.PUBLIC,
        renderings=(
            Rendering(
                "en", "When the water rises, the neighbour knows the way, not the map of the city hall.", by="jo"
            ),
            Rendering(
                "es", "Cuando sube el agua, quien sabe el camino es la vecina, no el mapa de la alcaldía.", by="rosa"
            ),
        ),
    ),
    Voice(
        "huda",
        "ar",
        (
            "في حيّنا كنا نجتمع كل مساء أحد تحت الدرج، لأن القاعة الوحيدة صارت مخزنًا.\n\n"
            "عندما جاء الإنذار بالإخلاء لم نجادل في القانون أولًا.",
            "في حيّنا كنا نجتمع كل مساء أحد تحت الدرج، لأن القاعة الوحيدة صارت مخزنًا. هناك قررنا أن نكتب أسماء كل من "
            "يسكن البناية، لا أسماء المالكين فقط.\n\n"
            "عندما جاء الإنذار بالإخلاء لم نجادل في القانون أولًا. وضعنا القائمة على الطاولة وقلنا: هؤلاء هم السكان، "
            "وهذا عدد السنوات. السكن اللائق يبدأ من أن يُعرف اسمك.\n\n"
            "تعلّمت من رفيقاتنا في Villa Ejemplo أن الخريطة التي نرسمها بأيدينا أقوى من الخريطة التي تُرسم لنا.",
        ),
        Readers.PUBLIC,
        renderings=(
            Rendering(
                "es",
                "En nuestro barrio nos reuníamos cada domingo por la tarde debajo de la escalera, porque la única sala "
                "se había vuelto un depósito. Allí decidimos escribir los nombres de quienes viven en el edificio, no "
                "solo los de los propietarios.\n\n"
                "Cuando llegó el aviso de desalojo no discutimos primero la ley. Pusimos la lista sobre la mesa y "
                "dijimos: estas son las personas que habitan, y estos son los años. La vivienda adecuada empieza por "
                "que se conozca tu nombre.\n\n"
                "Aprendí de nuestras compañeras de Villa Ejemplo que el mapa que dibujamos con las manos es más fuerte "
                "que el mapa que dibujan por nosotras.",
                by="rosa",
                of_version=2,
                is_reviewed=True,
            ),
            Rendering(
                "en",
                "In our neighbourhood we met every Sunday evening under the stairs, because the only hall had become a "
                "store.\n\nWhen the eviction notice came we did not argue about the law first.",
                by="jo",
            ),
        ),
    ),
    Voice(
        "salwa",
        "ar",
        ("نحن لا نطلب أرضًا جديدة، نطلب أن نبقى حيث نحن، وأن يُسأل أهل الحي قبل المهندس.",),
        Readers.PUBLIC,
        renderings=(
            Rendering(
                "fr",
                "Nous ne demandons pas une terre nouvelle\u00a0: nous demandons de rester là où nous sommes, et que "
                "l’on interroge les gens du quartier avant l’ingénieur.",
                by="karim",
            ),
        ),
    ),
    Voice(
        "ndeye",
        "wo",
        (
            "Su nawet agsee, ndoxum taw mi dafay dugg ci sunuy kër. Waaye nit nit ay garabam: ku nekk dafay dimbali "
            "moromam.",
        ),
        Readers.NETWORK,
        renderings=(
            Rendering(
                "fr",
                "Quand vient l’hivernage, l’eau de pluie entre dans nos maisons. Mais l’être humain est le remède de "
                "l’être humain\u00a0: chacune aide l’autre.",
                by="fatou",
            ),
        ),
    ),
    Voice(
        "lupe",
        "es",
        ("El dueño quiere subir la renta porque pintamos el techo de blanco. Lo escribo aquí y no en la asamblea.",),
        Readers.TRACK,
        pseudonym="Una vecina del tercer piso",
    ),
)


def make_voices(
    actor: Actor, track: Track, session: LearningSession, cast: Mapping[str, Person], *, now: datetime
) -> dict[str, Reflection]:
    """Let the invented authors and translators speak, through the same services as everybody. Returns what they wrote,
    by the keys of the authors."""
    spoken: dict[str, Reflection] = {}
    as_actor = actors_at([person.id for person in cast.values()], now)
    spoken_at = session.moment.until
    for place, voice in enumerate(VOICES, start=1):
        author = as_actor[cast[voice.author].id]
        at = min(spoken_at + timedelta(hours=2 * place), now)
        reflection = reflections.write_reflection(
            author,
            track,
            body=voice.versions[0],
            language=voice.language,
            readers=voice.readers,
            pseudonym=voice.pseudonym,
            session_id=session.id,
            now=at,
        )
        reflection.is_example = True
        spoken[voice.author] = reflection
        for version in voice.versions[1:]:
            reflections.edit_reflection(author, reflection, body=version, language=voice.language, now=at)
        for rendering in voice.renderings:
            translator = as_actor[cast[rendering.by].id] if rendering.by else actor
            _render(translator, author, reflection, rendering, now=at)
    db.session.flush()
    return spoken


def _render(translator: Actor, author: Actor, reflection: Reflection, rendering: Rendering, *, now: datetime) -> None:
    translation = originals.translate(
        translator,
        reflection,
        language=rendering.language,
        body=rendering.body,
        of_version=rendering.of_version,
        machine="" if rendering.by else MACHINE,
        now=now,
    )
    if rendering.is_reviewed:
        originals.review_translation(author, translation, now=now)
