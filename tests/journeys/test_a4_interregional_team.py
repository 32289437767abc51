"""A4 · A team of facilitators from every region of the phase (R-05), and each team leads its own track only."""

from tests.make.people import make_member, make_secretary
from tests.make.sessions import make_facilitator, make_phase, make_session, make_track


def test_publishing_without_a_region_warns_until_the_region_is_covered(app, now, clock, reader):
    phase = make_phase(regions=("LAC", "SSA", "MENA"))
    track = make_track("Climate justice", phase=phase, audience="secretariat", published_at=None)
    for region in ("LAC", "LAC", "SSA", "SSA"):
        make_facilitator(track, make_member(), region)
    secretary = reader(make_secretary())

    secretary.open(f"/tracks/{track.slug}")
    secretary.send(action="/publish")
    assert secretary.client.get(f"/tracks/{track.slug}").status_code == 200
    assert reader().client.get(f"/tracks/{track.slug}").status_code == 200
    secretary.open(f"/tracks/{track.slug}")
    warnings = " ".join(tag.get_text() for tag in secretary.page.select("main .message, main .care"))
    assert "Region MENA" in warnings

    for name in ("هدى مثال", "سلوى مثال"):
        person = make_member(name)
        secretary.open(f"/tracks/{track.slug}/facilitators")
        region = secretary.page.find("option", string=lambda text: text and "Region MENA" in text)["value"]
        secretary.send(has="person", person=person.name, region=region)
        assert secretary.status == 200
    secretary.open(f"/tracks/{track.slug}")
    warnings = " ".join(tag.get_text() for tag in secretary.page.select("main .message, main .care"))
    assert "Region MENA" not in warnings


def test_a_facilitator_of_one_track_cannot_touch_the_sessions_of_another(app, now, clock, reader):
    mine, other = make_track("Mine"), make_track("Other")
    person = make_member("Rosa Ejemplo")
    make_facilitator(mine, person)
    own, foreign = make_session(mine), make_session(other)
    rosa = reader(person)
    for action in ("edit", "move", "cancel", "attendance"):
        assert rosa.client.get(f"/sessions/{own.id}/{action}").status_code == 200, action
        assert rosa.client.get(f"/sessions/{foreign.id}/{action}").status_code == 403, action
    assert rosa.client.get(f"/tracks/{other.slug}/sessions/new").status_code == 403
