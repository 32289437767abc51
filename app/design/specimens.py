"""Example values for the living page: plainly examples, built in memory, never written to the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from markupsafe import Markup
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from app.core.forms import Form
from app.moments.kindness import hour_there
from app.moments.models import Certainty, Moment, Status
from app.moments.timing import Timing, settle
from app.moments.year import Dated
from app.sessions.showing.elsewhere import west_to_east
from app.sessions.showing.strip import SunStrip, draw_strip

ZONES = (
    "America/Mexico_City",
    "America/Sao_Paulo",
    "Africa/Dakar",
    "Africa/Nairobi",
    "Africa/Cairo",
    "Asia/Manila",
    "Pacific/Auckland",
)


class ExampleForm(Form):
    """Fields of each kind. It is never sent; a test and the page show it as it would come back."""

    organisation = StringField("Organisation", default="Comité de ejemplo")
    hour = StringField("Hour of the session", default="02:30")
    region = SelectField(
        "Region", choices=[SelectChoice("", "Choose one"), SelectChoice("example", "An example region")]
    )
    words = TextAreaField("Your reflection")
    readers = RadioField(
        "Who may read it",
        choices=[
            SelectChoice("team", "The facilitators"),
            SelectChoice("track", "People of this track"),
            SelectChoice("all", "Everyone"),
        ],
        default="track",
    )
    agrees = BooleanField("My name may stand beside my words")


def example_form() -> ExampleForm:
    """Return the form as it comes back: one hour was refused, nothing typed is lost."""
    form = ExampleForm(formdata=None)
    sentence = "02:30 does not exist in Beirut that night: the clocks go forward. Choose 03:30?"
    form.hour.errors = [Markup('<bdi lang="en">{}</bdi>').format(sentence)]
    return form


def moment(
    timing: Timing, status: Status = Status.PLANNED, certainty: Certainty = Certainty.TYPICAL, *, now: datetime
) -> Moment:
    """Return a moment that no table keeps."""
    timing, starts_at, until = settle(timing)
    return Moment(
        id=uuid4(),
        subject_kind="example",
        subject_id=uuid4(),
        audience="public",
        precision=timing.precision,
        wall_start=timing.wall_start,
        wall_end=timing.wall_end,
        zone=timing.zone,
        is_second_start=False,
        is_second_end=False,
        starts_at=starts_at,
        until=until,
        status=status,
        certainty=certainty,
        changed_at=now,
    )


def sure(timing: Timing, now: datetime) -> Moment:
    return moment(timing, Status.CONFIRMED, Certainty.VERIFIED, now=now)


def session(now: datetime) -> Moment:
    """Return a confirmed session of two hours in Nairobi, three weeks from now."""
    start = datetime.combine(now.date() + timedelta(days=21), datetime.min.time()).replace(hour=17)
    return sure(Timing.minutes(start, start + timedelta(hours=2), "Africa/Nairobi", is_deadline=True), now)


def example_day(year: int) -> date:
    """Return the day that stands for today in the example year."""
    return date(year, 1, 28)


def year_of_advocacy(now: datetime) -> list[Dated]:
    """Return one date of each kind that a year of advocacy may have, in this year."""
    year = now.year

    def expected(timing: Timing) -> Moment:
        return moment(timing, now=now)

    def day(month: int, number: int) -> date:
        return date(year, month, number)

    hour = datetime(year, 3, 5, 18)  # noqa: DTZ001 - a wall clock
    gone = moment(Timing.days(day(4, 12), day(4, 16)), Status.CANCELLED, Certainty.VERIFIED, now=now)
    return [
        Dated("Example review", "54th session", expected(Timing.window(day(1, 15), day(2, 15))), href="#year"),
        Dated("Example hub", "Dakar", sure(Timing.days(day(3, 6)), now), was=Timing.days(day(2, 20)), href="#year"),
        Dated("Example call", "for input", sure(Timing.minutes(hour, None, "Europe/Zurich"), now), href="#year"),
        Dated("Example commission", "71st session", expected(Timing.month(year, 3)), href="#year"),
        Dated("Example pre-session", "Geneva", gone, href="#year"),
        Dated("Example assembly", "Nairobi", sure(Timing.days(day(5, 10), day(5, 14)), now), href="#year"),
        Dated("Example forum", "New York", expected(Timing.month(year, 7)), href="#year"),
        Dated("Example summit", "General Assembly", expected(Timing.month(year, 9)), href="#year"),
        Dated("Example day", "first Monday of October", sure(Timing.days(day(10, 4)), now), href="#year"),
        Dated("Example report", "", expected(Timing.window(day(12, 10), date(year + 1, 1, 20))), href="#year"),
        Dated("Example conference", "Addis Ababa", expected(Timing.year_only(year)), href="#year"),
    ]


def sun_strip(session: Moment) -> SunStrip:
    """Return how an hour falls in seven places, as the page of a session draws it."""
    zones = west_to_east(ZONES)
    return draw_strip(session, [hour_there(zone, session.starts_at, session.until) for zone in zones])


@dataclass(frozen=True, slots=True)
class Passage:
    """One side of an original beside its translation: what `core/language.html` asks for."""

    code: str
    name: str
    direction: str
    note: str
    html: Markup


ORIGINAL = Passage(
    "ar",
    "العربية",
    "rtl",
    "",
    Markup("<p>السكن اللائق يبدأ من أن يُعرف اسمك.</p><p>هذا مثال.</p>"),
)
TRANSLATION = Passage(
    "en",
    "English",
    "ltr",
    "by an example translator",
    Markup("<p>Decent housing begins with somebody knowing your name.</p><p>This is an example.</p>"),
)
