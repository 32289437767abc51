"""Names hold something to be seen and no link, wherever they are typed."""

import pytest

from app.core.actors import job
from app.core.errors import RuleBroken
from app.people import services
from app.people.written_names import check_name
from tests.make.people import make_secretary

LINKS = ["Win at https://example.org", "WWW.example.org", "w\u200bww.example.org", "http\uff1a//example.org"]
UNSEEN = ["\u200b", "\u202e\u2066", "\u2800", "\u3164\u200d", "\u0301"]
NAMES = ["", "هدى مثال", "Ọláyínká", "N’Djaména", "O", "नीला", "Team 7", "佐藤", "👍", "می‌خواهم"]


@pytest.mark.parametrize("text", [*LINKS, *UNSEEN])
def test_a_link_or_nothing_to_be_seen_is_no_name(app, text):
    with pytest.raises(RuleBroken) as refused:
        check_name(text, field="place")
    assert refused.value.field == "place"


@pytest.mark.parametrize("text", NAMES)
def test_names_of_every_script_pass(app, text):
    check_name(text)


@pytest.mark.parametrize("text", [LINKS[0], UNSEEN[0]])
@pytest.mark.parametrize("field", ["name", "name_latin", "place", "organisation_name"])
def test_who_registers_is_told_at_the_field(visitor, field, text):
    visitor.open("/register")
    visitor.send(has="organisation_name", **{field: text})
    assert (visitor.status, bool(visitor.page.find(id=f"{field}-error"))) == (422, True)


@pytest.mark.parametrize(("path", "field"), [("/people/invite", "name"), ("/organisations/new", "name_en")])
def test_the_secretariat_is_told_at_the_field(reader_of, path, field):
    reader = reader_of(make_secretary())
    reader.open(path)
    reader.send(has=field, **{field: LINKS[0]})
    assert (reader.status, bool(reader.page.find(id=f"{field}-error"))) == (422, True)


def test_a_walk_in_has_a_name_to_be_seen(app, now):
    with pytest.raises(RuleBroken) as refused:
        services.add_walk_in(job("test"), name="\u200b", language="", organisation_id=None, place="", now=now)
    assert refused.value.field == "name"
