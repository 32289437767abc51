"""A bad line and a shared phone, in a real browser: words and pages are kept on the device, for their reader alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import open_page

PHONE = {"viewport": {"width": 360, "height": 740}}
WORDS = "Chez nous l’épargne des femmes a surélevé trente maisons avant que la mairie ne vienne."


def wait_until(page, expression: str) -> None:
    """Ask until it is so, at most ten seconds: Playwright's own waiting evaluates a string inside the page from the
    second time on, and the page's policy forbids that."""
    for _attempt in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"not so after ten seconds: {expression}")


def wait_for_the_worker(page) -> None:
    """Come to a page that the worker serves: one that was on its way while the worker began is not served by it, and no
    waiting changes that; the next page is."""
    wait_until(page, "navigator.serviceWorker.getRegistration().then(found => Boolean(found && found.active))")
    if not page.evaluate("navigator.serviceWorker.controller !== null"):
        page.reload()
    wait_until(page, "navigator.serviceWorker.controller !== null")


def kept_addresses(page) -> list[str]:
    return page.evaluate(
        """async () => {
          const found = [];
          for (const name of (await caches.keys()).filter(name => name.startsWith("pages-")))
            for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
          return found;
        }"""
    )


def everything_kept(page) -> str:
    return page.evaluate(
        """async () => {
          let all = JSON.stringify(localStorage);
          for (const name of await caches.keys())
            for (const kept of await (await caches.open(name)).matchAll()) all += await kept.text();
          return all;
        }"""
    )


@pytest.fixture
def reader(chromium, address):
    """Somebody who may write in a track and read its sessions, on a phone of their own."""
    page = open_page(chromium, address, "facilitator", **PHONE)
    wait_for_the_worker(page)
    yield page
    page.context.close()


def open_writing(page, more="") -> None:
    page.goto(f"/tracks/example-climate-justice/reflections/new{more}")


def write_here(page, words=WORDS) -> None:
    page.fill("textarea[name=body]", words)
    page.locator("[data-said=kept]").wait_for()


def sign_out(page) -> None:
    page.click("details.person summary")
    page.click("details.person button[type=submit]:visible")


def is_kept(page) -> bool:
    return page.evaluate("Object.keys(localStorage).some(key => key.startsWith('draft:'))")


def make_older(page, minutes) -> None:
    page.evaluate(
        """(minutes) => {
          const key = Object.keys(localStorage).find(key => key.startsWith("draft:"));
          const drafts = JSON.parse(localStorage[key]);
          for (const draft of drafts) draft.at -= minutes * 60 * 1000;
          localStorage[key] = JSON.stringify(drafts);
        }""",
        minutes,
    )


def test_the_pages_of_a_reader_can_be_read_without_a_line_and_say_from_when_they_are(reader):
    reader.goto("/")
    wait_until(reader, "caches.keys().then(names => names.some(name => name.startsWith('pages-')))")
    reader.goto("/tracks/example-climate-justice")
    reader.wait_for_timeout(2500)
    kept = kept_addresses(reader)
    assert "/" in kept
    assert "/tracks/example-climate-justice" in kept
    assert any(path.startswith("/sessions/") for path in kept), "the next sessions are fetched ahead"

    reader.context.set_offline(True)
    reader.goto("/tracks/example-climate-justice")
    assert reader.locator("h1").count() == 1
    assert reader.locator("[data-from-device]").is_visible()
    assert reader.locator("[data-from-device] time").inner_text().strip()
    [session, *_more] = [path for path in kept if path.startswith("/sessions/")]
    reader.goto(session)
    assert reader.locator("[data-from-device]").is_visible()


def test_a_page_that_is_not_kept_shows_the_list_of_those_that_are(reader):
    reader.goto("/")
    reader.wait_for_timeout(1000)
    reader.context.set_offline(True)
    reader.goto("/account")
    assert reader.locator("h1").inner_text() == "The line is down"
    wait_until(reader, "[...document.querySelectorAll('main ul.lines a')].some(link => link.pathname === '/')")
    links = reader.eval_on_selector_all("main ul.lines a", "found => found.map(link => link.pathname)")
    assert "/account" not in links


def test_what_is_for_leaders_and_what_people_wrote_is_not_kept(chromium, address):
    page = open_page(chromium, address, "facilitator", **PHONE)
    wait_for_the_worker(page)
    page.goto("/tracks/example-climate-justice")
    desk = page.get_by_text("Your desk")
    assert desk.count() == 1
    links = page.eval_on_selector_all("main a[href*='roster'], main a[href*='applications']", "a => a.map(l => l.href)")
    for link in links:
        page.goto(link)
    page.wait_for_timeout(800)
    assert not [path for path in kept_addresses(page) if "roster" in path or "applications" in path]
    page.context.set_offline(True)
    page.goto("/tracks/example-climate-justice")
    assert page.get_by_text("Your desk").count() == 0
    page.context.close()


def test_signing_out_asks_whom_it_would_cost_words_and_leaves_nothing_on_the_device(reader):
    open_writing(reader)
    write_here(reader)
    reader.goto("/about")
    sign_out(reader)
    reader.click("details.person [role=alert] button[type=button]")
    reader.wait_for_url("**/reflections/new")
    reader.click("[data-said=offer] button >> nth=0")
    sign_out(reader)
    reader.click("details.person [role=alert] button[type=button]")
    assert reader.input_value("textarea[name=body]") == WORDS, "this is the page of the text: only the menu closes"
    assert WORDS in everything_kept(reader)
    sign_out(reader)
    reader.click("details.person button[data-anyway]")
    reader.wait_for_url("**/")
    reader.wait_for_timeout(800)
    left = everything_kept(reader)
    assert WORDS not in left
    assert "data-reader" not in left


def test_signing_out_without_a_line_empties_the_device_too_and_says_what_is_left_to_do(reader):
    open_writing(reader)
    reader.fill("textarea[name=body]", WORDS)
    reader.wait_for_timeout(700)
    reader.context.set_offline(True)
    sign_out(reader)
    reader.click("details.person button[data-anyway]")
    reader.wait_for_selector("[data-not-signed-out]:not([hidden])")
    assert reader.locator("[data-not-sent]").is_hidden()
    assert reader.locator(".roof a.box").count() == 0
    left = everything_kept(reader)
    assert WORDS not in left
    assert "data-reader" not in left


def test_signing_out_without_a_line_asks_on_every_page_and_erases_nothing_before_the_answer(reader):
    reader.goto("/")
    wait_until(reader, "caches.keys().then(names => names.some(name => name.startsWith('pages-')))")
    open_writing(reader)
    reader.context.set_offline(True)
    write_here(reader)
    reader.select_option("select[name=language]", "fr")
    reader.click("main button[type=submit] >> nth=0")
    reader.locator("[data-said=waiting]").wait_for()
    sign_out(reader)
    reader.click("details.person [role=alert] button[type=button]")
    assert reader.input_value("textarea[name=body]") == WORDS, "here is the text: only the menu closes"
    reader.goto("/")
    assert reader.locator("[data-from-device]").is_visible()
    sign_out(reader)
    reader.locator("details.person [role=alert]").wait_for()
    reader.wait_for_timeout(500)
    left = everything_kept(reader)
    assert WORDS in left
    assert "data-reader" in left, "pages stay too until somebody says yes"
    reader.click("details.person button[data-anyway]")
    reader.wait_for_selector("[data-not-signed-out]:not([hidden])")
    assert WORDS not in everything_kept(reader)


def test_the_next_person_on_the_phone_never_sees_the_pages_or_words_of_the_one_before(reader):
    open_writing(reader)
    reader.fill("textarea[name=body]", WORDS)
    reader.goto("/")
    reader.wait_for_timeout(800)
    assert kept_addresses(reader)
    reader.context.clear_cookies()  # the sign-in lapsed: nobody signed out
    reader.goto("/sign-in")
    reader.fill("input[name=email]", "coordinator@example.org")
    reader.fill("input[name=password]", "an example password")
    reader.context.set_offline(False)
    reader.click("main button[type=submit]")
    reader.wait_for_url("**/")
    reader.wait_for_timeout(800)
    left = everything_kept(reader)
    assert WORDS not in left
    names = reader.evaluate("caches.keys()")
    assert len([name for name in names if name.startswith("pages-")]) == 1
    open_writing(reader)
    assert reader.locator("[data-said=offer]").count() == 0


def test_words_stay_on_the_device_until_the_house_has_them(reader):
    open_writing(reader)
    reader.fill("textarea[name=body]", WORDS)
    reader.locator("[data-said=kept]").wait_for()
    reader.goto("/")
    open_writing(reader)
    assert re.fullmatch(r"\d\d:\d\d", reader.locator("[data-said=offer] time").inner_text())
    reader.click("[data-said=offer] button >> nth=0")
    assert reader.input_value("textarea[name=body]") == WORDS
    reader.select_option("select[name=language]", "fr")
    reader.click("main button[type=submit] >> nth=0")
    reader.wait_for_url("**/reflections/*-*")
    assert WORDS not in everything_kept(reader)
    open_writing(reader)
    assert reader.locator("[data-said=offer]").count() == 0


def test_a_form_sent_without_a_line_waits_and_goes_out_once_when_it_is_back(reader):
    open_writing(reader)
    reader.fill("textarea[name=body]", WORDS + " Une seule fois.")
    reader.select_option("select[name=language]", "fr")
    reader.context.set_offline(True)
    reader.click("main button[type=submit] >> nth=0")
    reader.locator("[data-said=waiting]").wait_for()
    assert reader.input_value("textarea[name=body]").endswith("Une seule fois.")
    reader.context.set_offline(False)
    reader.wait_for_url("**/reflections/*-*")
    first = reader.url
    reader.go_back()
    reader.wait_for_load_state()
    reader.goto("/reflections/")
    assert first


def test_without_scripts_everything_is_there(chromium, address):
    page = open_page(chromium, address, "facilitator", java_script_enabled=False, **PHONE)
    open_writing(page)
    page.click("main button[type=submit] >> nth=0")
    expect(page.locator("#mistakes")).to_be_visible()
    page.fill("textarea[name=body]", WORDS + " Sans script.")
    page.select_option("select[name=language]", "fr")
    page.click("main button[type=submit] >> nth=0")
    page.wait_for_url("**/reflections/*-*")
    page.click("footer a[hreflang=es]")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    assert "/reflections/" in page.url
    expect(page.get_by_text("Sans script.").first).to_be_visible()
    page.click("details.person summary")
    page.click("details.person button[type=submit]")
    expect(page.locator("a.box")).to_be_visible()
    page.context.close()


def test_words_put_back_find_their_fields_when_the_form_has_changed_meanwhile(reader):
    """Fields came and went, and the list of choices is another one: no tick lands on what nobody ticked."""
    open_writing(reader)
    reader.fill("textarea[name=body]", WORDS)
    reader.check("input[name=audience][value=public]")
    reader.wait_for_timeout(700)
    draft = "Object.keys(localStorage).find(key => key.startsWith('draft:'))"
    reader.evaluate(
        f"""() => {{
          const [draft] = JSON.parse(localStorage[{draft}]);
          draft.typed = [["gone", "of another day"], ...draft.typed.filter(([name]) => name !== "language")];
          draft.typed.push(["audience", "nobody-any-more", true]);
          localStorage[{draft}] = JSON.stringify([draft]);
        }}"""
    )
    open_writing(reader)
    reader.click("[data-said=offer] button >> nth=0")
    assert reader.input_value("textarea[name=body]") == WORDS
    assert reader.eval_on_selector_all("input[name=audience]:checked", "all => all.map(one => one.value)") == ["public"]


def test_words_that_were_offered_stay_kept_beside_new_ones_until_somebody_answers(reader):
    open_writing(reader)
    reader.fill("textarea[name=body]", WORDS)
    reader.wait_for_timeout(700)
    open_writing(reader)
    reader.fill("textarea[name=body]", "Trois mots nouveaux.")
    reader.wait_for_timeout(700)
    open_writing(reader)
    expect(reader.locator("[data-said=offer]")).to_have_count(2)
    reader.click("[data-said=offer] >> nth=0 >> button >> nth=1")
    open_writing(reader)
    reader.click("[data-said=offer] button >> nth=0")
    assert reader.input_value("textarea[name=body]") == WORDS


def test_a_page_left_open_keeps_no_words_after_its_reader_has_signed_out_in_another(reader):
    open_writing(reader)
    other = reader.context.new_page()
    other.goto("/")
    other.click("details.person summary")
    other.click("details.person button[type=submit]")
    other.wait_for_url("**/")
    other.wait_for_timeout(500)
    reader.fill("textarea[name=body]", WORDS)
    reader.wait_for_timeout(700)
    assert WORDS not in everything_kept(other)


def test_a_page_that_was_on_its_way_when_somebody_signed_out_is_not_kept(reader):
    reader.goto("/")
    worker = next(iter(reader.context.service_workers))
    arrive = """async (isLate) => {
      const answer = await fetch("/about");
      const asked = doors;
      if (isLate) doors += 1;
      await remember("/about", answer, asked, true);
      return Boolean(await find("/about"));
    }"""
    assert worker.evaluate(arrive, True) is False
    assert worker.evaluate(arrive, False) is True, "in time it is kept"


def test_signing_out_asks_nothing_when_there_is_nothing_to_lose(reader):
    open_writing(reader)
    write_here(reader)
    reader.fill("textarea[name=body]", "")
    reader.locator("[data-said=kept]").wait_for(state="detached")
    assert not is_kept(reader)
    sign_out(reader)
    reader.wait_for_url("**/")
    assert reader.locator("details.person").count() == 0


def test_words_begun_from_a_session_are_found_from_the_track_too(reader):
    open_writing(reader, "?session=00000000-0000-0000-0000-000000000000")
    write_here(reader)
    open_writing(reader)
    reader.click("[data-said=offer] button >> nth=0")
    assert reader.input_value("textarea[name=body]") == WORDS


def test_words_go_along_into_another_language_when_they_are_young(reader):
    open_writing(reader)
    write_here(reader)
    reader.click("footer a[hreflang=es]")
    reader.wait_for_url("**lang=es")
    assert reader.input_value("textarea[name=body]") == WORDS
    assert reader.locator("[data-said=offer]").count() == 0
    make_older(reader, 16)
    reader.click("footer a[hreflang=en]")
    reader.wait_for_url("**lang=en")
    assert reader.input_value("textarea[name=body]") == ""
    expect(reader.locator("[data-said=offer]")).to_have_count(1)


def test_words_grow_old(reader):
    open_writing(reader)
    write_here(reader)
    make_older(reader, 13 * 24 * 60)
    reader.goto("/about")
    assert is_kept(reader)
    open_writing(reader)
    offered = reader.locator("[data-said=offer] time").inner_text()
    assert re.fullmatch(r"\d\d:\d\d \(\D*\d{1,2}\D*\)", offered), "an hour of another day names its day"
    reader.goto("/about")
    make_older(reader, 2 * 24 * 60)
    reader.goto("/about")
    assert not is_kept(reader)
