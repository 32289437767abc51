"""Invented figures say that they are invented."""

from app.extensions import db
from tests.make.people import make_member, make_secretary, sign_in
from tests.make.sessions import make_membership, make_track


def test_a_track_with_example_people_says_so_and_another_does_not(client, now):
    track = make_track()
    person = make_member()
    make_membership(track, person)
    assert "These are examples." not in client.get(f"/tracks/{track.slug}").text
    person.is_example = True
    db.session.commit()
    assert "These are examples." in client.get(f"/tracks/{track.slug}").text


def test_figures_with_example_people_say_so_where_funders_read_them(client, now):
    page = sign_in(client, make_secretary())
    assert "These are examples." not in page.get("/reports/participation").text
    make_member().is_example = True
    db.session.commit()
    assert "These are examples." in page.get("/reports/participation").text
