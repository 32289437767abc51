"""Lists as each language joins them."""

import pytest

from app.core.lists import listed


@pytest.mark.parametrize(
    ("language", "items", "said"),
    [
        ("en", ["Arabic", "French", "English"], "Arabic, French and English"),
        ("fr", ["arabe", "français", "anglais"], "arabe, français et anglais"),
        ("pt", ["árabe", "inglês"], "árabe e inglês"),
        ("ar", ["العربية", "الفرنسية", "الإنجليزية"], "العربية والفرنسية والإنجليزية"),
        ("es", ["árabe", "francés"], "árabe y francés"),
        ("es", ["árabe", "francés", "inglés"], "árabe, francés e inglés"),
        ("es", ["Brasil", "\u2068Ítaca\u2069"], "Brasil e \u2068Ítaca\u2069"),
        ("es", ["urdu", "hindi"], "urdu e hindi"),
        ("es", ["cobre", "hierro"], "cobre y hierro"),
        ("es", ["agua", "yeso"], "agua y yeso"),
        ("es", ["Italia", "Perú"], "Italia y Perú"),
        ("es", ["inglés"], "inglés"),
        ("en-XB", ["one", "two"], "one and two"),
        ("en", [], ""),
    ],
)
def test_a_list_is_said_as_its_language_says_it(language, items, said):
    assert listed(iter(items), language) == said
