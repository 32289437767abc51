"""A calendar of others, brought as a file by the example group: three invented events of an invented neighbour."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from app.calendars import services
from app.calendars.reading import read
from app.calendars.services import Brought
from app.core.actors import NETWORK
from app.core.addresses import absolute
from app.core.registries import actor_at
from app.people.models import Person
from app.workinggroups.models import WorkingGroup

ZONE = "America/Mexico_City"
NAME = "Foro de barrios (ejemplo)"
ORGANISER = "Foro de barrios (ejemplo)"
PLACE = "Ciudad de México"

EVENTS = (
    (9, "11:00", 2, "Asamblea abierta sobre alquileres (ejemplo)", "Vecinas y vecinos cuentan qué acordaron este año."),
    (23, "11:00", 2, "Taller: leer un contrato (ejemplo)", "Traigan su contrato. Se lee en voz alta, sin nombres."),
    (40, "10:00", 4, "Caminata por el barrio (ejemplo)", "Salimos de la plaza. El recorrido es corto y sin escaleras."),
)
"""Days from now, hour there, hours it lasts, what it is called, what it is about."""


def make_calendar(group: WorkingGroup, cast: Mapping[str, Person], *, now: datetime) -> None:
    """Bring the file and take it in, as its coordinator would."""
    actor, body = actor_at(cast["nour"].id, now), _file(now)
    brought = Brought(title=NAME, language="es", readers=NETWORK, body=body)
    feed = services.bring_calendar(actor, group, brought, is_example=True, now=now)
    reading = read(body, zone=None, now=now)
    services.take_in(actor, feed, reading, zone="", own_address=absolute(""), now=now)


def _file(now: datetime) -> bytes:
    """Return the calendar as a program of the neighbour would have written it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//Invented//ES", f"X-WR-CALNAME:{NAME}"]
    for number, (days, hour, lasts, title, about) in enumerate(EVENTS, start=1):
        start = f"{now + timedelta(days=days):%Y%m%d}T{hour.replace(':', '')}00"
        lines += [
            "BEGIN:VEVENT",
            f"UID:foro-{number}-{now:%Y%m%d}@barrios.example.org",
            f"DTSTART;TZID={ZONE}:{start}",
            f"DURATION:PT{lasts}H",
            f"SUMMARY:{_escaped(title)}",
            f"DESCRIPTION:{_escaped(about)}",
            f"LOCATION:{PLACE}",
            f"ORGANIZER;CN={ORGANISER}:mailto:foro@example.org",
            "URL:https://barrios.example.org/agenda",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def _escaped(text: str) -> str:
    return text.replace(",", "\\,")
