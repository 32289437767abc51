"""Sentences that name a place: French and Portuguese draw preposition and article together, in code and on pages."""

import pytest
from flask import render_template_string
from flask_babel import force_locale, gettext, lazy_gettext, ngettext

from app.moments.words import contracted, finished


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ("17:00 à Le Caire", "17:00 au Caire"),
        ("À Le Caire, votre heure change", "Au Caire, votre heure change"),
        ("l’heure de Le Caire", "l’heure du Caire"),
        ("jusqu’à 17:00, à <bdi>Le Caire</bdi>", "jusqu’à 17:00, au <bdi>Caire</bdi>"),
        ('à <bdi dir="auto">Les Comores</bdi>', 'aux <bdi dir="auto">Comores</bdi>'),
        ("de Les Comores", "des Comores"),
        ("à La Havane", "à La Havane"),
        ("à Leipzig", "à Leipzig"),
        ("voilà Le Caire", "voilà Le Caire"),
        ("Le Caire, 17:00", "Le Caire, 17:00"),
    ],
)
def test_the_article_of_a_city_melts_into_the_preposition(parts, said):
    assert contracted(parts) == said


def test_sentences_of_the_code_are_finished_in_french_alone(app):
    with app.test_request_context(), force_locale("fr"):
        assert gettext("in %(place)s", place="Le Caire") == "au Caire"
        assert str(lazy_gettext("in %(place)s", place="Le Caire")) == "au Caire"
        assert ngettext("%(num)s à %(place)s", "%(num)s à %(place)s", 2, place="Le Caire") == "2 au Caire"
        assert gettext("à %(name)s", name="Le Caire") == "à Le Caire"
    with app.test_request_context(), force_locale("es"):
        assert gettext("à %(place)s", place="Le Caire") == "à Le Caire"


def test_sentences_of_pages_stay_escaped(app):
    page = "{% set place %}<bdi>{{ name }}</bdi>{% endset %}{{ _('in %(place)s', place=place) }}"
    with app.test_request_context(), force_locale("fr"):
        assert render_template_string(page, name="Le Caire") == "au <bdi>Caire</bdi>"
        assert render_template_string(page, name="<b>") == "à <bdi>&lt;b&gt;</bdi>"
        assert render_template_string("{{ _('in %(place)s', place='<b>') }}") == "à &lt;b&gt;"
        counted = "{{ ngettext('%(num)s à %(place)s', '%(num)s à %(place)s', 3, place='Le Caire') }}"
        assert render_template_string(counted) == "3 au Caire"


def test_a_sentence_that_got_its_place_elsewhere_is_finished_in_its_language() -> None:
    assert finished("jusqu’à 18:00 à Le Caire", "fr") == "jusqu’à 18:00 au Caire"
    assert finished("até 18:00 em Cairo", "pt") == "até 18:00 no Cairo"
    assert finished("a hora de <bdi>Cairo</bdi>", "pt") == "a hora do <bdi>Cairo</bdi>"
    assert finished("em Cidade do México", "pt") == "na Cidade do México"
    assert finished("em Nairóbi", "pt") == "em Nairóbi"
    assert finished("hasta las 18:00 a Le Mans", "es") == "hasta las 18:00 a Le Mans"
