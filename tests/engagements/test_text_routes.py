"""The pages about texts, handing in and results: each works, is forbidden or unseen, and gives back what was wrong."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from app.advocacy.models import MODE, CatalogueNote, NoteAbout
from app.engagements.models import EngagementState, Result, SignatoryState
from app.extensions import db
from app.moments.models import Certainty
from app.people.models import Role, RoleGrant
from app.workinggroups.models import Standing
from tests.conftest import START
from tests.engagements.cast_of_texts import LONG, SHORT, browse, make_cast
from tests.engagements.test_submitting import everything_right
from tests.engagements.test_submitting import submit as hand_in
from tests.engagements.test_texts import begin, sign, write_on
from tests.make.advocacy import make_access
from tests.make.drafting import ARABIC, make_text
from tests.make.engagements import make_engagement
from tests.make.instruments import make_instrument
from tests.make.materials import make_engagement_material
from tests.make.people import make_role
from tests.make.workinggroups import make_group, make_place


@pytest.fixture
def cast(app, now):
    return make_cast()


def here(cast, rest=""):
    return f"/advocacy/engagements/{cast.engagement.id}{rest}"


def links(reader):
    return [a.get_text(" ", strip=True) for a in reader.page.select("main a")]


READ = ("/texts/{text}", "/texts/{text}/versions/1")
WRITE = ("/texts/new", "/texts/bring")
RUN = (
    "/texts/{text}/take-away", "/submit", "/submit/take-back", "/proof", "/result", "/result/take-back", "/follow-up",
    "/end", "/open-again",
)  # fmt: skip


@pytest.mark.parametrize("page", [*READ, *WRITE, *RUN])
def test_outside_there_is_nothing(app, cast, now, page):
    text = begin(cast, now).text_id
    reader = browse(app, cast.outsider)
    reader.open(here(cast, page.format(text=text)))
    assert reader.status == 404


@pytest.mark.parametrize("page", [*READ, *WRITE])
def test_of_what_the_network_reads_the_texts_stay_inside(app, cast, now, page):
    text = begin(cast, now).text_id
    cast.engagement.audience = "network"
    reader = browse(app, cast.outsider)
    reader.open(here(cast, page.format(text=text)))
    assert reader.status == 403
    reader.open(here(cast))
    assert reader.status == 200
    assert "Land for all" not in reader.text


@pytest.mark.parametrize("page", [*WRITE, *RUN])
def test_whoever_signs_for_an_organisation_reads_and_does_not_write(app, cast, now, page):
    text = begin(cast, now).text_id
    reader = browse(app, cast.leila)
    reader.open(here(cast, page.format(text=text)))
    assert reader.status == 403


@pytest.mark.parametrize("page", RUN)
def test_a_member_of_the_group_does_not_run_it(app, cast, now, page):
    text = begin(cast, now).text_id
    reader = browse(app, cast.fatou)
    reader.open(here(cast, page.format(text=text)))
    assert reader.status == 403


@pytest.mark.parametrize("page", ["/texts/{other}", "/texts/{text}/versions/9", "/texts/new?of={other}"])
def test_what_is_not_there_is_not_found(app, cast, now, page):
    text = begin(cast, now).text_id
    reader = browse(app, cast.samira)
    reader.open(here(cast, page.format(text=text, other=uuid4())))
    assert reader.status == 404


def test_from_nothing_to_the_first_text(app, cast):
    reader = browse(app, cast.fatou)
    reader.open(here(cast))
    assert "No text yet." in reader.text
    assert links(reader).count("Begin the text") == 1  # the next step says it, and nothing says it again
    reader.open(here(cast, "/texts/new"))
    assert "Texts are taken in these languages: English, Français, Español, العربية." in reader.text
    assert reader.page.select_one("input[name=title]")["value"] == "Example statement"
    reader.send(has="body", language="en", body="")
    assert reader.status == 422
    reader.send(has="body", language="en", body="Housing is a right.\n\nWe ask for land.")
    assert reader.status == 200
    assert "Everybody inside this engagement reads it." in reader.page.get_text(" ")
    assert "We ask for land." in reader.text
    reader.open(here(cast, "/texts/new"))
    assert not reader.page.select("select[name=language] option[value=en]")


def test_of_several_groups_one_is_chosen(app, cast):
    second = make_group("Water group", slug="water-group")
    cast.engagement.groups.append(second)
    make_place(second, cast.fatou)
    reader = browse(app, cast.fatou)
    reader.open(here(cast, "/texts/new"))
    reader.send(has="body", language="en", body=SHORT)
    assert reader.status == 422
    assert "Choose one from the list." in reader.text
    reader.send(has="body", group=str(second.id))
    assert "Water group" in reader.text


def test_a_text_of_the_group_is_brought(app, cast):
    text = make_text(cast.group, cast.fatou, title="Terre pour toutes")
    reader = browse(app, cast.fatou)
    reader.open(here(cast, "/texts/bring"))
    assert "Terre pour toutes (Français)" in reader.text
    reader.send(has="text", text=str(text.id))
    assert "This text is the engagement’s now." in reader.page.get_text(" ")
    reader.open(here(cast, "/texts/bring"))
    assert "No text fits here." in reader.text
    reader.open(f"/groups/land-group/texts/{text.id}")
    assert "Written for this engagement: Example statement" in reader.text


def test_a_made_up_text_is_not_brought(app, cast):
    make_text(cast.group, cast.fatou)
    make_text(cast.group, cast.fatou, language="es")
    reader = browse(app, cast.fatou)
    reader.open(here(cast, "/texts/bring"))
    reader.send(has="text", text=str(uuid4()))
    assert reader.status == 422
    reader.send(has="text", text="")
    assert reader.status == 422


def test_whoever_is_outside_the_group_reads_the_newest_version_in_its_direction(app, cast):
    text = make_text(cast.group, cast.fatou, "# عنوان", f"# عنوان\n\n{ARABIC}", title="نص", language="ar")
    reader = browse(app, cast.fatou)
    reader.open(here(cast, "/texts/bring"))
    reader.send(has="text", text=str(text.id))
    reader = browse(app, cast.leila)
    reader.open(here(cast, f"/texts/{text.id}"))
    voice = reader.page.select_one(".voice")
    assert (voice["lang"], voice["dir"]) == ("ar", "rtl")
    assert ARABIC in voice.get_text()
    assert "Comment and write on it in the group" not in links(reader)
    assert "in a language that is not among yours" in reader.text
    reader.open(here(cast, f"/texts/{text.id}/versions/1"))
    assert "Version 2 is newer." in reader.text


def test_an_organisation_signs_and_is_asked_again(app, cast, now):
    link = begin(cast, now)
    page = here(cast, f"/texts/{link.text_id}")
    reader = browse(app, cast.leila)
    reader.open(here(cast))
    assert "Version 1 (English) waits for the signature of Coalition X." in reader.text
    reader.open(page)
    assert [line.get_text(" ", strip=True) for line in reader.page.select("#signatures form button")] == [
        "Sign for Coalition X"
    ]
    reader.send(action=f"/sign/{cast.lead.id}")
    assert "Signed: Coalition X stands under version 1." in reader.page.get_text(" ")
    assert "Leila Example , with a mandate" in reader.text
    assert "Not signed yet" in reader.text
    assert not reader.page.select("#signatures form")
    write_on(cast, link, now)
    reader = browse(app, cast.leila)
    reader.open(page)
    assert "Signed version 1; version 2 is newer" in reader.text
    stale = browse(app, cast.leila)
    stale.open(page)
    write_on(cast, link, now, SHORT)
    db.session.commit()
    stale.send(action=f"/sign/{cast.lead.id}")
    assert stale.status == 422
    assert "Version 3 was written since you opened this page." in stale.text
    stale.send(action=f"/sign/{cast.lead.id}")
    assert "stands under version 3" in stale.page.get_text(" ")


def test_nobody_signs_for_others_and_an_ended_mandate_is_said(app, cast, now):
    link = begin(cast, now)
    make_place(cast.group, cast.leila, standing=Standing.OBSERVER)
    db.session.query(RoleGrant).filter_by(person_id=cast.leila.id).one().until_on = date(2026, 11, 1)
    reader = browse(app, cast.leila)
    reader.open(here(cast, f"/texts/{link.text_id}"))
    assert "Your mandate for Coalition X ended on" in reader.text
    omar = browse(app, cast.omar)
    omar.open(here(cast, f"/texts/{link.text_id}"))
    address = here(cast, f"/texts/{link.text_id}/sign/")
    for browser, said in ((reader, "Your mandate for Coalition X ended on"), (omar, "")):
        form = browser.page.select_one("form[action*=sign-out]") or browser.page.select_one("form")
        token = form.select_one("input[name=csrf_token]")["value"]
        answer = browser.client.post(f"{address}{cast.lead.id}", data={"csrf_token": token})
        assert answer.status_code == 403
        assert said in answer.text


def test_handing_in_says_what_speaks_against_it_and_goes_on_once_it_is_ticked(app, cast, now):
    link = begin(cast, now)
    write_on(cast, link, now, LONG)
    sign(cast, cast.leila, cast.lead, link, now)
    reader = browse(app, cast.samira)
    reader.open(here(cast, "/submit"))
    for sentence in (
        "3 things speak against it.",
        "Red Hábitat Sur is not eligible on that day: ECOSOC status needed.",
        "Red Hábitat Sur has not signed what you hand in.",
        "“Land for all” is 40 words over the usable 1,400.",
    ):
        assert sentence in reader.text
    reader.send(has="submitted_on", proof="CSW/17")
    assert reader.status == 422
    assert "tick this box to hand in all the same" in reader.text
    reader.send(has="submitted_on", all_the_same="y")
    assert reader.path == here(cast)
    assert "Handed in on 21 November 2026" in reader.text
    assert "CSW/17" in reader.text
    assert "Say what came of it" in links(reader)


def test_what_was_ticked_is_asked_again_when_it_changed(app, cast, now):
    link = everything_right(cast, now)
    write_on(cast, link, now, "We ask for land.")
    reader = browse(app, cast.samira)
    reader.open(here(cast, "/submit"))
    assert "2 things speak against it." in reader.text
    write_on(cast, link, now, LONG)
    db.session.commit()
    reader.send(has="submitted_on", **{f"version_{link.text_id.hex}": "2"}, all_the_same="y")
    assert reader.path == here(cast)  # version 2 is what was read about


def test_a_submission_without_its_draft_leads_to_the_draft(app, cast):
    reader = browse(app, cast.samira)
    reader.open(here(cast, "/submit"))
    assert "There is no text yet." in reader.text
    assert {"Begin the text", "Bring a text that the group has"} <= set(links(reader))


def test_a_day_to_come_comes_back(app, cast, now):
    everything_right(cast, now)
    reader = browse(app, cast.samira)
    reader.open(here(cast, "/submit"))
    reader.send(has="submitted_on", submitted_on="2026-12-24")
    assert reader.status == 422
    assert "This day is still to come." in reader.text
    reader.send(has="submitted_on", submitted_on="")
    assert reader.status == 422


def submitted(cast, now):
    link = everything_right(cast, now)
    hand_in(cast, now, {link.text_id: 1})
    return link


def test_a_submission_is_proven_and_taken_back(app, cast, now):
    link = submitted(cast, now)
    reader = browse(app, cast.samira)
    reader.open(here(cast, "/proof"))
    reader.send(has="proof", proof="x" * 1001)
    assert reader.status == 422
    reader.send(has="proof", proof="Confirmed by mail")
    assert "Confirmed by mail" in reader.text
    receipt = make_engagement_material(cast.engagement, "Receipt of the office")
    make_engagement_material(cast.engagement, "Call for papers")
    reader = browse(app, cast.samira)
    reader.open(here(cast, "/proof"))
    reader.send(has="proof", materials=[str(receipt.id), str(uuid4())])
    assert "Receipt of the office" in reader.page.select_one("#result").get_text(" ")
    assert "Call for papers" not in reader.page.select_one("#result").get_text(" ")
    reader.open(here(cast, "/proof"))
    assert [box["value"] for box in reader.page.select("input[name=materials][checked]")] == [str(receipt.id)]
    reader.open(here(cast, f"/texts/{link.text_id}"))
    assert "Handed in" in reader.text
    reader.open(here(cast, "/submit/take-back"))
    reader.send(action="/submit/take-back")
    assert "Not handed in yet." in reader.text
    reader.open(here(cast, "/submit/take-back"))
    reader.send(action="/submit/take-back")
    assert reader.status == 422


def test_what_came_of_it_is_written_down_in_any_language(app, cast, now):
    reader = browse(app, cast.samira)
    reader.open(here(cast, "/result"))
    assert "It is not handed in yet." in reader.text
    submitted(cast, now)
    reader = browse(app, cast.samira)
    reader.open(here(cast, "/result"))
    reader.send(has="result", words="Dos párrafos.")
    assert reader.status == 422
    reader.send(has="result", result="partly", on="2026-11-20", language="es", words="Dos párrafos.")
    assert "before the one on which it was handed in" in reader.text
    reader.send(has="result", on="2026-11-21")
    assert "Taken up in part" in reader.text
    assert reader.page.select_one("#result .voice")["lang"] == "es"
    reader.open(here(cast, "/result"))
    assert reader.page.select_one("textarea[name=words]").get_text().strip() == "Dos párrafos."
    reader.open(here(cast, "/follow-up"))
    reader.send(has="words", language="fr", words="Nous le lisons au maire.")
    assert "Nous le lisons au maire." in reader.text
    reader.open(here(cast, "/end"))
    reader.send(action="/end")
    assert "Open it again" in links(reader)
    reader.open(here(cast, "/open-again"))
    reader.send(action="/open-again")
    reader.open(here(cast, "/result/take-back"))
    reader.send(action="/result/take-back")
    assert "Nobody has written down yet what came of it." in reader.text


def test_a_result_without_words_needs_no_language(app, cast, now):
    submitted(cast, now)
    reader = browse(app, cast.samira)
    reader.open(here(cast, "/result"))
    reader.send(has="result", result="no_answer")
    assert reader.status == 200
    assert "No answer" in reader.text


def test_a_text_is_taken_away(app, cast, now):
    link = begin(cast, now)
    reader = browse(app, cast.samira)
    reader.open(here(cast, f"/texts/{link.text_id}/take-away"))
    reader.send(action="/take-away")
    assert "No text yet." in reader.text


def test_an_act_that_comes_too_late_says_so(app, cast):
    reader = browse(app, cast.samira)
    reader.open(here(cast, "/end"))
    reader.send(action="/end")
    assert reader.status == 422
    assert "give it up" in reader.text


def waits(app, person, language="en"):
    reader = browse(app, person, language)
    reader.open("/overview")
    return reader.text


def test_what_waits_is_said_to_who_can_do_it(app, cast, now):
    assert "Closes: around Friday 11 December 2026. There is no text yet." in waits(app, cast.samira)
    link = begin(cast, now)
    assert "Version 1 (English) waits for the signature of Coalition X." in waits(app, cast.leila)
    assert "2 organisations have not signed yet (English)." in waits(app, cast.samira)
    write_on(cast, link, now, LONG)
    assert "The text is 40 words too long." in waits(app, cast.samira)
    write_on(cast, link, now, SHORT)
    sign(cast, cast.leila, cast.lead, link, now)
    assert "One organisation has not signed yet (English)." in waits(app, cast.samira)
    french = begin(cast, now, language="fr", translation_of=link.text)
    assert "Version 1 (French) waits for the signature of Coalition X." in waits(app, cast.leila)
    assert waits(app, cast.omar).count("waits for the signature of Red Hábitat Sur") == 2
    sign(cast, cast.omar, cast.other, link, now)
    assert "2 organisations have not signed yet (French)." in waits(app, cast.samira)
    for speaker, signatory in ((cast.leila, cast.lead), (cast.omar, cast.other)):
        sign(cast, speaker, signatory, french, now)
    assert "waits for the signature" not in waits(app, cast.omar)
    assert "Note that it is handed in" in waits(app, cast.samira)
    assert "Example statement" not in waits(app, cast.fatou)


def test_what_closes_in_more_than_a_month_does_not_wait_yet(app, cast):
    cast.engagement.step.moment.until = START + timedelta(days=31)
    assert "There is no text yet." not in waits(app, cast.samira)


def test_after_the_session_it_waits_what_came_of_it(app, cast, now):
    submitted(cast, now)
    assert "what came of it" not in waits(app, cast.samira)
    moment = cast.engagement.occurrence.moment
    moment.starts_at = moment.until = START - timedelta(days=1)
    assert "The session is over, and nobody has written down what came of it." in waits(app, cast.samira)
    cast.engagement.result = Result.NO_ANSWER
    assert "nobody has written down" not in waits(app, cast.samira)


def test_a_shelf_holds_links_for_those_inside_or_whoever_reads_it(app, cast):
    reader = browse(app, cast.fatou)
    reader.open(here(cast, "/materials/new-link"))
    reader.send(has="url", title="Receipt", url="https://example.org/receipt", language="en", readers="inside")
    reader.open(here(cast, "/materials/new-link"))
    reader.send(has="url", title="Call", url="https://example.org/call", language="en", readers="known")
    reader.open(here(cast))
    assert {"Receipt", "Call"} <= {one.split(" (")[0] for one in links(reader)} | set(reader.text.split())
    cast.engagement.audience = "network"
    other = browse(app, cast.outsider)
    other.open(here(cast, "/materials"))
    assert "Call" in other.text
    assert "Receipt" not in other.text
    for wrong in ("/advocacy/engagements/nonsense/materials", f"/advocacy/engagements/{uuid4()}/materials"):
        other.open(wrong)
        assert other.status == 404


def test_a_page_of_many_texts_and_signatures_costs_what_one_costs(app, cast, now, count_queries):
    sign(cast, cast.leila, cast.lead, begin(cast, now), now)
    reader = browse(app, cast.samira)
    reader.open(here(cast))
    with count_queries() as few:
        reader.open(here(cast))
    for language in ("fr", "es", "pt", "ar"):
        link = begin(cast, now, language=language)
        sign(cast, cast.leila, cast.lead, link, now)
    reader = browse(app, cast.samira)
    reader.open(here(cast))
    with count_queries() as many:
        reader.open(here(cast))
    assert len(many) <= len(few)


def test_who_declined_after_signing_is_still_named(app, cast, now):
    link = begin(cast, now)
    sign(cast, cast.omar, cast.other, link, now)
    cast.other.state = SignatoryState.DECLINED
    cast.engagement.state = EngagementState.IN_THE_MAKING
    make_access(cast.red, "ecosoc_special")
    reader = browse(app, cast.samira)
    reader.open(here(cast, f"/texts/{link.text_id}"))
    assert "Has declined since" in reader.text


def test_a_text_begins_from_a_shared_template(app, cast):
    instrument = make_instrument(cast.group)
    reader = browse(app, cast.fatou)
    reader.open(here(cast, "/texts/new"))
    assert "Begin from a shared template" in reader.text
    reader.open(here(cast, f"/texts/new?from={instrument.id}"))
    assert "These are the words of a shared template." in reader.text
    words = reader.page.select_one("textarea[name=body]").get_text().strip()
    assert words
    reader.send(has="body")
    assert reader.status == 200
    assert words.split("\n", maxsplit=1)[0].strip("# ")[:10] in reader.text
    reader.open(here(cast, f"/texts/new?from={uuid4()}"))
    assert reader.page.select_one("input[name=title]")["value"] == "Example statement"


def test_a_template_names_the_engagements_that_use_it_to_those_who_read_them(app, cast):
    instrument = make_instrument(cast.group, audience="public")
    reader = browse(app, cast.fatou)
    reader.open(f"/advocacy/instruments/{instrument.id}")
    assert "Used in" not in reader.text
    reader.open(here(cast, f"/texts/new?from={instrument.id}"))
    reader.path += f"?from={instrument.id}"  # a browser sends a form to the whole address
    reader.send(has="body")
    reader.open(f"/advocacy/instruments/{instrument.id}")
    room = reader.page.select_one("#used-in")
    assert "Example statement" in room.text
    assert "other" not in room.text
    outside = browse(app, cast.outsider)
    outside.open(f"/advocacy/instruments/{instrument.id}")
    assert "One engagement that you do not read." in outside.page.select_one("#used-in").text
    assert "Example statement" not in outside.text


def test_from_a_template_one_comes_to_the_engagement_whose_text_begins_from_it(app, cast):
    instrument = make_instrument(cast.group)
    make_engagement(cast.engagement.space, make_group("Elsewhere"), title="Of others")
    make_engagement(cast.engagement.space, cast.group, title="Given up", state=EngagementState.GIVEN_UP)
    reader, page = browse(app, cast.fatou), f"/advocacy/instruments/{instrument.id}"
    reader.open(page)
    reader.open(reader.page.find("a", string="Begin a text from this")["href"])
    titles = [line.get_text(strip=True) for line in reader.page.select("#engagements h3")]
    assert titles == ["Example statement"]
    reader.open(reader.page.select_one("#engagements h3 a")["href"])
    assert "These are the words of a shared template." in reader.text
    cast.engagement.state, path = EngagementState.GIVEN_UP, f"/advocacy/engagements/begin-from/{instrument.id}"
    db.session.commit()
    reader.open(path)
    assert "Whoever runs your group plans one" in reader.text
    runs = browse(app, cast.samira)
    runs.open(path)
    assert "Plan one first" in runs.text
    desk = browse(app, cast.secretary)
    desk.open(path)
    assert "Of others" in desk.text
    outside = browse(app, cast.outsider)
    outside.open(page)
    assert "Begin a text from this" not in outside.text
    instrument.withdrawn_at = START
    db.session.commit()
    reader.open(page)
    assert "Begin a text from this" not in reader.text
    assert reader.client.get(path).status_code == 404
    assert reader.client.get(f"/advocacy/engagements/begin-from/{uuid4()}").status_code == 404


def test_whoever_speaks_for_an_organisation_takes_its_signature_back_on_a_page_that_asks(app, cast, now):
    link = begin(cast, now)
    sign(cast, cast.omar, cast.other, link, now)
    page = here(cast, f"/texts/{link.text_id}")
    path = f"{page}/sign/{cast.other.id}/take-back"
    member = browse(app, cast.fatou)
    member.open(page)
    assert "Take it back…" not in member.text
    assert member.client.get(path).status_code == 403
    assert browse(app, cast.outsider).client.get(path).status_code == 404
    omar = browse(app, cast.omar)
    omar.open(page)
    assert "Take it back…" in omar.text
    omar.open(path)
    assert "Take the signature back?" in omar.text
    omar.send(action="take-back")
    assert "Your organisation can sign again." in omar.text
    assert "Take it back…" not in omar.text
    omar.open(path)
    omar.send(action="take-back")
    assert omar.status == 422
    assert "There is nothing to take back." in omar.text


def test_beside_another_language_stand_the_first_text_and_what_the_body_takes(app, cast, now):
    link = begin(cast, now)
    cast.mode.languages = ["ar"]
    reader = browse(app, cast.fatou)
    reader.open(here(cast, f"/texts/new?of={link.text_id}"))
    assert "It is kept as the translation of the text below." in reader.text
    assert "One in another language is for your own use." in reader.text
    assert "are left for the text" in reader.text  # the limit stands beside the field
    reader.open(here(cast))
    assert "This language is not among those in which texts are taken" in reader.text
    cast.engagement.state, cast.engagement.submitted_on = EngagementState.SUBMITTED, START.date()
    reader.open(here(cast, "/texts/new"))
    assert "No text can be begun here now." in reader.text


def test_a_limit_that_could_not_be_read_is_no_silence(app, cast):
    cast.mode.limits.clear()
    link = begin(cast, START)
    pages = (here(cast), here(cast, "/texts/new"), here(cast, f"/texts/{link.text_id}"))
    reader = browse(app, cast.fatou)
    for page in (*pages, f"/groups/land-group/texts/{link.text_id}/write"):
        reader.open(page)
        assert "How many words a text may have is not noted here" in reader.text, page
    note = CatalogueNote(
        space_id=cast.mode.space_id, object_kind=MODE, object_id=cast.mode.id, about=NoteAbout.WORDS,
        texts={"en": "The limit could not be read."}, certainty=Certainty.UNSURE,
    )  # fmt: skip
    db.session.add(note)
    db.session.commit()
    for page in pages:
        reader.open(page)
        assert "The limit could not be read. To be checked" in reader.text, page
        assert "is not noted here" not in reader.text, page


def test_each_text_that_is_handed_in_waits_for_each_organisation(app, cast, now):
    """R-12: what nobody signed is not signed by signing its translation; what is for own use waits for nobody."""
    english = begin(cast, now)
    french = begin(cast, now, language="fr", translation_of=english.text)
    sign(cast, cast.leila, cast.lead, french, now)
    reader = browse(app, cast.leila)
    reader.open(here(cast))
    assert "Version 1 (English) waits for the signature of Coalition X." in reader.text
    assert reader.page.select_one(f'a[href$="/texts/{english.text_id}#signatures"].button') is not None
    assert "Not signed yet (" not in reader.text  # who signs and does not run it asks nobody
    reader = browse(app, cast.samira)
    reader.open(here(cast))
    step = reader.page.select_one("#next p").get_text()
    assert step == "Not signed yet (English): Coalition X. Not signed yet (English and French): Red Hábitat Sur."
    make_role(cast.samira, Role.MANDATED, cast.red.id)
    reader = browse(app, cast.samira)
    reader.open(here(cast))
    step = reader.page.select_one("#next p").get_text()
    mine = "The newest versions wait for the signature of Red Hábitat Sur: English and French."
    assert step == f"{mine} Not signed yet (English): Coalition X."
    cast.mode.languages = ["fr", "es"]
    reader = browse(app, cast.leila)
    reader.open(here(cast))
    assert "waits for the signature" not in reader.text
    assert "Read and sign" not in links(reader)
    room = reader.page.select_one("#texts").get_text(" ", strip=True)
    assert room.count("missing: Red Hábitat Sur") == 1
    assert "Not signed yet" not in room
    reader.open(here(cast, f"/texts/{english.text_id}"))
    assert "it is for your own use" in reader.text
    assert "Not signed yet" not in reader.text
    assert "Sign for Coalition X" in reader.text  # it can be, where it goes out all the same


def test_a_text_in_a_language_that_is_not_taken_is_neither_too_long_nor_enough(app, cast, now):
    portuguese = begin(cast, now, language="pt-BR")
    write_on(cast, portuguese, now, LONG)
    reader = browse(app, cast.samira)
    reader.open(here(cast))
    said = "There is no text yet in a language that the body takes: English, French, Spanish and Arabic."
    assert said in reader.text
    assert said in waits(app, cast.samira)
    assert links(reader).count("Write it in another language") == 1
    group_page = f"/groups/land-group/texts/{portuguese.text_id}"
    for page in (here(cast), here(cast, f"/texts/{portuguese.text_id}"), group_page):
        reader.open(page)
        assert "over the usable" not in reader.text, page
    english = begin(cast, now, translation_of=portuguese.text)
    write_on(cast, english, now, LONG)
    reader.open(here(cast))
    assert "The text is 40 words too long." in reader.text
    assert reader.page.select_one("#next a.button")["href"].endswith(str(english.text_id))
    write_on(cast, english, now, SHORT)
    reader.open(here(cast))
    assert "too long" not in reader.text


def test_before_all_else_whoever_shall_lead_answers(app, cast, now):
    cast.lead.state = SignatoryState.ASKED
    for begun in (False, True):
        if begun:
            write_on(cast, begin(cast, now), now, LONG)
        reader = browse(app, cast.samira)
        reader.open(here(cast))
        assert "Coalition X is asked to lead." in reader.text
        assert "Coalition X has not answered whether it leads." in reader.page.select_one("#next").get_text()
        way = reader.page.select_one("#next a.button")["href"]
        assert "Asked, no answer yet" in reader.page.select_one(f"#{way.partition('#')[2]}").get_text()
        assert "Coalition X has not answered whether it leads." in waits(app, cast.samira)
    reader = browse(app, cast.fatou)
    reader.open(here(cast))
    assert "has not answered whether it leads" not in reader.text  # whoever runs it sees to that
    cast.lead.state = SignatoryState.AGREED
    reader = browse(app, cast.samira)
    reader.open(here(cast))
    assert "Coalition X leads." in reader.text
    assert "The text is 40 words too long." in reader.text
