"""A3 · An Arabic reflection stays Arabic; translations stand beside it and can go without touching it (R-01)."""

import sqlalchemy as sa

from app.extensions import db
from app.reflections.models import ReflectionVersion
from tests.make.people import make_member
from tests.make.sessions import make_membership, make_track

ORIGINAL = "السكن اللائق يبدأ من أن يُعرف اسمك.\n\nتعلّمت من رفيقاتنا في Villa Ejemplo."
FRENCH = "Le logement convenable commence quand on connaît ton nom.\n\nJ'ai appris de nos camarades de Villa Ejemplo."


def test_an_arabic_reflection_read_in_french(app, now, clock, reader):
    track = make_track("Justice climatique")
    author, mate = make_member("هدى مثال"), make_member("Karim Exemple", page_language="fr")
    for person in (author, mate):
        make_membership(track, person)
    houda, karim = reader(author, language="fr"), reader(mate, language="fr")

    houda.open(f"/tracks/{track.slug}/reflections/new")
    houda.send(has="body", body=ORIGINAL, language="ar", audience="public")
    assert houda.status == 200
    address = houda.path
    assert db.session.scalars(sa.select(ReflectionVersion.body)).one() == ORIGINAL

    page = karim.open(address)
    original = page.select_one("main [lang=ar][dir=rtl]")
    assert "السكن اللائق يبدأ من أن يُعرف اسمك." in original.get_text()
    assert not page.select("main [lang=fr][dir=ltr] p")

    karim.open(f"{address}/translations/new")
    karim.send(has="body", language="fr", body=FRENCH)
    page = karim.open(address)
    html = page.select_one("main").decode()
    assert html.index("السكن") < html.index("Le logement convenable")
    assert "Karim Exemple" in karim.text
    assert "traduction" in karim.text.lower()

    [remove] = [a["href"] for a in page.select("a[href$='/remove']")]
    karim.open(remove)
    karim.send(action="/remove")
    karim.open(address)
    assert "Le logement convenable" not in karim.text
    assert db.session.scalars(sa.select(ReflectionVersion.body)).one() == ORIGINAL
    assert karim.page.select_one("main [lang=ar][dir=rtl]")


def test_a_visitor_reads_what_is_public_and_nothing_of_the_rest(app, now, clock, reader):
    track = make_track()
    author = make_member("هدى مثال")
    make_membership(track, author)
    houda, visitor = reader(author), reader()
    houda.open(f"/tracks/{track.slug}/reflections/new")
    houda.send(has="body", body=ORIGINAL, language="ar", audience="track")
    assert visitor.client.get(houda.path).status_code == 404
    houda.open(f"/tracks/{track.slug}/reflections/new")
    houda.send(has="body", body=ORIGINAL, language="ar", audience="public")
    assert visitor.client.get(houda.path).status_code == 200
