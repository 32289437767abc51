"""Words by which meeting programmes head the columns of a participants' list, in several languages, folded."""

from __future__ import annotations

import re
from enum import StrEnum

from app.core.languages import fold


class Column(StrEnum):
    """What a column holds. Others (who was host, which consent was given) are of no use here and are not kept."""

    NAME = "name"
    GIVEN = "given"
    FAMILY = "family"
    EMAIL = "email"
    MINUTES = "minutes"
    TIME = "time"


_WORDS = {
    Column.NAME: (
        "name, full name, display name, participant, participant name, name of participant, attendee, attendee name, "
        "user name, username, nom, nom complet, nom d'affichage, nom de l'utilisateur, nom du participant, "
        "participante, nombre, nombre completo, nombre del participante, nombre de usuario, asistente, nome, "
        "nome completo, nome do participante, nome de usuario, nome do usuario, nome de exibicao, "
        "nome visualizzato, partecipante, teilnehmer, vollstandiger name, anzeigename, "
        "الاسم, الاسم الكامل, اسم المشارك, المشارك, اسم المستخدم"
    ),
    Column.GIVEN: (
        "first name, given name, forename, prenom, nombre de pila, primeiro nome, vorname, الاسم الأول, الاسم الاول"
    ),
    Column.FAMILY: (
        "last name, surname, family name, nom de famille, apellido, apellidos, sobrenome, apelido, nachname, cognome, "
        "اسم العائلة, اللقب"
    ),
    Column.EMAIL: (
        "email, e-mail, mail, user email, email address, e-mail address, adresse e-mail, adresse email, "
        "adresse mail, adresse electronique, courriel, adresse courriel, e-mail de l'utilisateur, correo, "
        "correo electronico, correo electronico del usuario, direccion de correo electronico, "
        "direccion de correo, endereco de email, endereco de e-mail, "
        "e-mail do usuario, email do usuario, correio eletronico, e-mail-adresse, indirizzo e-mail, posta elettronica, "
        "البريد الإلكتروني, البريد الالكتروني, بريد المستخدم الإلكتروني, عنوان البريد الإلكتروني"
    ),
    Column.MINUTES: (
        "duration, total duration, minutes, attendance duration, in-meeting duration, time in meeting, "
        "time in session, "
        "duree, duree totale, duree de la reunion, duree de presence, duree pendant la reunion, temps de presence, "
        "duracion, duracion total, duracion en la reunion, tiempo en la reunion, minutos, duracao, duracao total, "
        "duracao da reuniao, duracao na reuniao, tempo na reuniao, dauer, gesamtdauer, durata, durata totale, "
        "المدة, المدة الإجمالية, مدة الحضور, الدقائق"
    ),
    Column.TIME: (
        "join time, time joined, first join, joined, joined at, join, leave time, time exited, last leave, left, "
        "left at, "
        "timestamp, user action, heure d'arrivee, heure de connexion, premiere connexion, heure de depart, "
        "heure de deconnexion, arrivee, depart, hora de entrada, hora de ingreso, hora de union, primera union, "
        "hora de salida, hora de entrada na reuniao, hora de saida, primeira entrada, ultima saida, beitrittszeit, "
        "austrittszeit, ora di accesso, ora di uscita, وقت الانضمام, وقت الدخول, وقت المغادرة, وقت الخروج"
    ),
}

_NAMES = {fold(word): column for column, words in _WORDS.items() for word in re.split(r",\s*", words)}

_TITLE_WORDS = (
    "participants, participant list, list of participants, attendees, names, liste des participants, "
    "participants et participantes, noms, asistentes, participantes, lista de participantes, lista de asistentes, "
    "nombres, nomes, lista de presenca, teilnehmende, partecipanti, المشاركون, قائمة المشاركين, الأسماء, الحضور"
)
_TITLES = frozenset(fold(words) for words in _TITLE_WORDS.split(", "))
"""What stands alone above a plain list of names."""

_APOSTROPHES = str.maketrans({"’": "'", "`": "'", "‑": "-", "–": "-", "·": ""})
_REMARK = re.compile(r"[(\[{].*?[)\]}]|[:*\"]")


def column_of(cell: str) -> Column | None:
    """Return what a heading says its column holds: "Duration (Minutes)" is minutes. None for any other words."""
    words = " ".join(_REMARK.sub(" ", cell[:120].translate(_APOSTROPHES)).split())
    return _NAMES.get(fold(words))


def is_title(cell: str) -> bool:
    """Return whether a line that stands alone is a title: "Participants (12)"."""
    words = " ".join(_REMARK.sub(" ", cell[:120].translate(_APOSTROPHES)).split())
    return fold(words) in _TITLES
