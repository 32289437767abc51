"""A9: the word budget of a statement, from the first version to the one that fits.

A statement of an organisation in special status has 1,500 words, about 100 of them for the cover page: 1,440 are kept
and are 40 too many; in general status 1,900 are usable. Words are counted by the word boundaries of Unicode.
"""

import pytest
import sqlalchemy as sa

from app.drafting.models import JointText
from app.engagements.models import EngagementText
from app.extensions import db
from tests.engagements.cast_of_texts import browse, make_cast
from tests.make.advocacy import make_access

FRENCH = "L’habitat n’est pas une marchandise. "  # six words as the United Nations count: l’habitat is one
SPANISH = "El hábitat es un derecho humano. "
ARABIC = "السكن اللائق حق لكل إنسان. "


@pytest.fixture
def cast(app, now):
    return make_cast()


def text_of(cast, language):
    wanted = sa.select(JointText).join(EngagementText, EngagementText.text_id == JointText.id)
    return db.session.scalar(wanted.where(JointText.language == language))


def page_of(cast):
    return f"/advocacy/engagements/{cast.engagement.id}"


def begin(reader, cast, language, body):
    reader.open(f"{page_of(cast)}/texts/new")
    reader.send(has="body", language=language, title="Land", body=body)


def test_too_long_is_said_and_kept(app, cast):
    reader = browse(app, cast.fatou)
    begin(reader, cast, "en", "word " * 1440)
    assert reader.status == 200
    assert "It has 1,440 words: 40 words over the usable 1,400." in reader.page.get_text(" ")
    assert "At most 1,500 words. About 100 of them go to the cover page: 1,400 are left for the text." in reader.text
    assert "ECOSOC, special consultative status" in reader.text
    assert "Seen in its source" in reader.text
    text = text_of(cast, "en")
    reader.open(f"/groups/land-group/texts/{text.id}/write")
    assert "1,400 are left for the text" in reader.text
    assert "40 words over the usable 1,400" in reader.text
    reader.send(has="changes", body="word " * 1390, changes="Shorter")
    assert "Version 2 stands." in reader.page.get_text(" ")
    assert "It has 1,390 words: 10 words left of the usable 1,400." in reader.page.get_text(" ")
    reader.open(page_of(cast))
    assert "10 words left of the usable 1,400" in reader.text


def test_in_general_status_there_is_more_room(app, cast):
    make_access(cast.red, "ecosoc_general")
    cast.lead.is_lead = False
    db.session.flush()
    cast.other.is_lead = True
    reader = browse(app, cast.fatou)
    begin(reader, cast, "en", "word " * 1440)
    assert "460 words left of the usable 1,900" in reader.page.get_text(" ")


def test_of_an_unknown_status_the_smallest_limit_counts_and_all_are_named(app, cast):
    cast.lead.is_lead = False
    db.session.flush()
    cast.other.is_lead = True
    reader = browse(app, cast.fatou)
    begin(reader, cast, "en", "word " * 1440)
    assert "40 words over the usable 1,400" in reader.page.get_text(" ")
    assert "so the smallest limit counts: 1,400 words, the cover page already taken off" in reader.text
    assert "1,900 words (ECOSOC, general consultative status)" in reader.text


@pytest.mark.parametrize(("language", "sentence", "words"), [("fr", FRENCH, 5), ("es", SPANISH, 6), ("ar", ARABIC, 5)])
def test_words_are_counted_in_every_script(app, cast, language, sentence, words):
    reader = browse(app, cast.fatou)
    begin(reader, cast, language, sentence * 100)
    left = 1400 - words * 100
    assert f"It has {words * 100} words: {left} words left" in reader.page.get_text(" ").replace(",", "")


def test_a_house_may_count_elided_articles_for_themselves(app, cast):
    desk = browse(app, cast.secretary)
    desk.open("/house")
    desk.send(has="splits_elisions", splits_elisions="y")
    reader = browse(app, cast.fatou)
    begin(reader, cast, "fr", FRENCH * 200)
    assert "It has 1,400 words: exactly the usable 1,400 words." in reader.page.get_text(" ")
    desk.open("/house")
    desk.send(has="splits_elisions", splits_elisions=None)
    reader.open(page_of(cast))
    assert "400 words left of the usable 1,400" in reader.text
