"""Sentences that are made later carry people's words into pages as words, never as markup."""

from flask import render_template_string
from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from markupsafe import Markup, escape

NASTY = "<button formaction=/people/roles>Move</button>"


def test_a_lazy_sentence_is_escaped_on_a_page(app):
    with app.test_request_context():
        said = lazy_gettext("“%(title)s” begins after the end.", title=NASTY)
        assert "<button" not in render_template_string("{{ said }}", said=said)
        assert "<button" not in render_template_string("{{ said }}", said=LazyString(lambda: NASTY))
        assert "<button" not in Markup("{}").format(said)
        assert "&lt;button" in escape(said)


def test_a_lazy_sentence_stays_the_text_it_is_elsewhere(app):
    with app.test_request_context():
        assert str(lazy_gettext("%(name)s & more", name="Amina")) == "Amina & more"
