"""Text for messengers: everybody's hour, in up to three languages, without the link to the meeting."""

from app.moments.models import Status
from app.sessions.models import LanguageMode, SessionLanguage
from app.sessions.queries.zones import list_zones
from tests.make.people import make_member
from tests.make.sessions import make_facilitator, make_membership


def text_of(page, language):
    return page.page.find("textarea", id=f"text-{language}").text.replace("\u2066", "").replace("\u2069", "")


def test_the_text_says_the_hours_of_the_team_and_of_utc(cast, browse):
    make_facilitator(cast.track, make_member("Lina Example", zone="Asia/Beirut"), "MENA")
    cast.session.join_link = "https://meet.example.org/secret"
    cast.session.languages = [SessionLanguage(language="fr", mode=LanguageMode.SPOKEN, position=0)]
    page = browse(cast.facilitator)
    page.open(f"/sessions/{cast.session.id}/message")
    said = text_of(page, "en")
    assert said.splitlines()[0] == "*Who pays for the heat?*"
    for line in ("17:00–19:00 Nairobi", "15:00–17:00 Douala", "16:00–18:00 Beirut", "14:00–16:00 UTC"):
        assert line in said
    assert "Spoken: French" in said
    assert f"/sessions/{cast.session.id}" in said
    assert "secret" not in said


def test_languages_are_called_as_the_text_calls_them(cast, browse):
    cast.session.languages = [SessionLanguage(language="es", mode=LanguageMode.SPOKEN, position=0)]
    page = browse(cast.facilitator)
    page.open(f"/sessions/{cast.session.id}/message?languages=ar")
    assert "الإسبانية" in text_of(page, "ar")
    assert "Español" not in text_of(page, "ar")


def test_up_to_three_languages_are_shown(cast, browse):
    page = browse(cast.facilitator)
    page.open(f"/sessions/{cast.session.id}/message?languages=fr&languages=ar")
    assert "samedi" in text_of(page, "fr")
    assert page.page.find("textarea", id="text-ar")["dir"] == "rtl"
    page.open(f"/sessions/{cast.session.id}/message?languages=fr&languages=ar&languages=es&languages=pt")
    assert len(page.page.find_all("textarea")) == 3
    assert "Three at most" in page.text
    page.open(f"/sessions/{cast.session.id}/message?languages=xx&languages=%27")
    assert len(page.page.find_all("textarea")) == 1


def test_a_cancelled_session_says_so(cast, browse):
    cast.session.moment.status = Status.CANCELLED
    page = browse(cast.facilitator)
    page.open(f"/sessions/{cast.session.id}/message")
    assert "Cancelled" in text_of(page, "en")


def test_a_zone_of_few_participants_stays_unsaid(cast, app):
    assert list_zones(cast.track) == ["Africa/Douala"]
    for name in ("A Example", "B Example"):
        make_membership(cast.track, make_member(name, zone="Africa/Dakar"))
    assert list_zones(cast.track) == ["Africa/Douala", "Africa/Dakar"]
