"""Who changes the language in the middle of a form finds in it what they typed: here, and nowhere else."""

from __future__ import annotations

from tests.browser.test_pages import open_page

PHONE = {"viewport": {"width": 360, "height": 740}}


def change_language(page, language) -> None:
    page.click(f"footer a[hreflang={language}]")
    page.wait_for_url(f"**lang={language}")


def test_a_newcomer_goes_on_registering_in_another_language(chromium, address):
    page = open_page(chromium, address, "", **PHONE)
    page.goto("/register?lang=fr")
    page.fill("input[name=name]", "Rana Exemple")
    page.fill("input[name=email]", "rana@example.org")
    page.fill("input[name=password]", "a password of hers")
    page.select_option("select[name=country]", "EG")
    for language in ("ar", "en"):
        change_language(page, language)
        assert page.input_value("input[name=name]") == "Rana Exemple"
        assert page.input_value("input[name=email]") == "rana@example.org"
        assert page.input_value("select[name=country]") == "EG"
        assert page.input_value("input[name=password]") == "", "a password is carried nowhere"
    assert "password of hers" not in page.evaluate("JSON.stringify(sessionStorage) + JSON.stringify(localStorage)")
    page.context.close()


def test_what_was_typed_goes_along_once_and_to_the_same_page_alone(chromium, address):
    page = open_page(chromium, address, "", **PHONE)
    page.goto("/register?lang=fr")
    page.fill("input[name=name]", "Rana Exemple")
    change_language(page, "ar")
    page.goto("/register?lang=ar")
    assert page.input_value("input[name=name]") == ""
    page.fill("input[name=name]", "Rana Exemple")
    page.route("**/register?lang=en", lambda route: route.abort())  # the line breaks just then
    page.click("footer a[hreflang=en]")
    page.goto("/contact")
    assert page.evaluate("sessionStorage.length") == 0
    page.context.close()


def test_a_form_of_somebody_signed_in_keeps_ticks_and_opens_what_was_folded(chromium, address):
    page = open_page(chromium, address, "member", **PHONE)
    page.goto("/account/profile?lang=fr")
    box = page.locator("main input[type=checkbox]").first
    was = box.is_checked()
    box.evaluate("box => { box.closest('details')?.setAttribute('open', ''); box.click(); }")
    change_language(page, "ar")
    box = page.locator("main input[type=checkbox]").first
    assert box.is_checked() is not was
    assert box.is_visible()
    page.context.close()
