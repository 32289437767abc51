"""What example groups write to a body, in their own languages. Nothing here is a fact about any body of the world."""

from __future__ import annotations

SPACE_NAMES = {
    "en": "Committee on Homes (example)",
    "fr": "Comité du logement (exemple)",
    "es": "Comité de la vivienda (ejemplo)",
    "pt": "Comitê da moradia (exemplo)",
    "ar": "لجنة السكن (مثال)",
}

THEMES = {
    "en": "Homes in old city centres (example)",
    "fr": "Se loger dans les centres anciens (exemple)",
    "es": "Vivir en los centros históricos (ejemplo)",
    "pt": "Morar nos centros históricos (exemplo)",
    "ar": "السكن في مراكز المدن القديمة (مثال)",
}

STATEMENT_FR = """Nous sommes des habitantes et des habitants de trois régions. Dans nos quartiers, un papier suffit \
pour vider une maison\u00a0: trois jours à Dakar, dix à Buenos Aires. Personne ne compte les familles qui partent \
avant la date.

Nous demandons au comité\u00a0:

* un préavis de trois mois, écrit dans la langue des familles
* une audience avant toute expulsion, un jour où l’on peut venir
* une autre maison, dans le même quartier, avant que la première ne ferme
* un registre public des expulsions, tenu avec les habitantes

Les femmes portent le plus lourd de ces départs, et les enfants perdent leur école. Nous savons compter, dessiner, \
construire. Qu’on nous écoute avant de démolir."""

STATEMENT_FR_SECOND = STATEMENT_FR.replace(
    "qui partent avant la date.",
    "qui partent avant la date, ni celles qui dorment chez une voisine en attendant de savoir où aller.",
)

STATEMENT_EN = """We are inhabitants of three regions. In our neighbourhoods one paper is enough to empty a home: \
three days in Dakar, ten in Buenos Aires. Nobody counts the families who leave before the date.

We ask the committee for:

* three months’ notice, in the language of the families
* a hearing before any eviction
* another home nearby, before the first one closes
* a public register of evictions, kept with inhabitants

Women carry most of this. Listen to us before you demolish."""

REPORT_FR = """À Douala, nous avons relevé quarante-deux expulsions en un an, maison par maison. Trente n’avaient \
aucun jugement.

Nous demandons que le comité pose deux questions à l’État\u00a0: qui tient le registre, et où les familles \
dorment-elles la première nuit\u00a0?"""

REPORT_AR = """عددنا في حيّنا اثنين وأربعين إنذارًا في سنة واحدة. لم يصل معظمها إلى أصحاب البيوت إلا قبل ثلاثة أيام.

نطلب من اللجنة أن تسأل: من يحفظ سجلّ الإخلاء؟ وأين تنام الأسر في الليلة الأولى؟"""

SPEECH_AR = """ثلاث دقائق، ثلاث مدن، وسؤال واحد: أين تنام الأسرة في الليلة الأولى بعد الإخلاء؟

في بوينس آيرس عند جارة. في داكار في المدرسة. في القاهرة على السلّم. نطلب أن تجيب كل دولة كتابةً."""

TEMPLATE_EN = """## Before any eviction

In [name of the city], families are told to leave within [number] days.

We ask [name of the authority] for three months’ notice, a hearing in the language of the families, and another home \
nearby before the first one closes.

[name of the organisation], [day]"""

TEMPLATE_FR = """## Avant toute expulsion

À [nom de la ville], les familles ont [nombre] jours pour partir.

Nous demandons à [nom de l’autorité] un préavis de trois mois, une audience dans la langue des familles, et une autre \
maison dans le quartier avant que la première ne ferme.

[nom de l’organisation], [jour]"""


RECOMMENDATION_FR = """Le comité d’exemple recommande à l’État partie de tenir un registre public des expulsions, avec \
les organisations d’habitantes et d’habitants, et d’en publier les chiffres chaque année."""

RECOMMENDATION_EN = """The example committee recommends that the State party hold a hearing before any eviction, in a \
language that the families understand, and hear the women of the household in their own name."""

EVIDENCE_FR = "Une personne a été nommée à la mairie. Elle a un cahier, et pas encore de bureau."
