"""Reading pasted chats: who said what, nothing of what was said to one person, and never an exception."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reflections import chat as chat_module
from app.reflections.chat import Said, read_chat

SAVED = """17:03:22 From Fatou Exemple to Everyone:
\tLe loyer a doublé.
\tEt l’eau aussi.
17:03:40 From  سلوى مثال  to  Everyone:
\tعندنا نفس المشكلة
17:04:01 From Rosa Ejemplo to Fatou Exemple(Direct Message):
\tno lo cuentes
\ta nadie
17:04:10 From Fatou Exemple to Everyone:
\tMerci"""


def test_a_saved_chat_is_read_without_what_was_said_to_one_person():
    chat = read_chat(SAVED)
    assert chat.said == (
        Said("Fatou Exemple", "Le loyer a doublé.\n\nEt l’eau aussi."),
        Said("سلوى مثال", "عندنا نفس المشكلة"),
        Said("Fatou Exemple", "Merci"),
    )
    assert chat.private == 3
    assert "nadie" not in str(chat)


@pytest.mark.parametrize(
    "line",
    [
        "17:03:22 De Fatou Exemple à Tout le monde: words: and more",
        "17:03:22 De Fatou Exemple a Todos: words: and more",
        "2027-02-13 17:03:22 From Fatou Exemple to Everyone: words: and more",
        "[17:03] Fatou Exemple : words: and more",
        "[13/02/2027, 17:03:22] Fatou Exemple: words: and more",
        "13/02/2027, 17:03 - Fatou Exemple: words: and more",
        "17:03 Fatou Exemple: words: and more",
        "05:03 PM Fatou Exemple: words: and more",
        "\u200e[13/02/2027, 17:03:22] \u202aFatou Exemple\u202c: words: and more",
        "Fatou Exemple: words: and more",
        "Fatou Exemple : words: and more",
    ],
)
def test_many_programmes_write_chats(line):
    assert read_chat(line).said == (Said("Fatou Exemple", "words: and more"),)


def test_a_line_with_a_colon_is_words_where_the_programme_writes_hours():
    chat = read_chat("[17:03] Fatou: first\nNote: second\nhttps://example.org")
    assert chat.said == (Said("Fatou", "first\n\nNote: second\n\nhttps://example.org"),)


def test_lines_before_any_name_are_counted_and_left():
    assert read_chat("Meeting chat\n\n[17:03] Fatou: words").before == 1


@pytest.mark.parametrize("nothing", ["", "\n\n", "just words without a name", "::::", "[17:03] :"])
def test_what_has_no_name_says_nothing(nothing):
    assert read_chat(nothing).said == ()


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_any_text_can_be_pasted(pasted):
    chat = read_chat(pasted)
    assert all(said.who and said.words for said in chat.said)


@given(
    st.lists(
        st.tuples(st.sampled_from(["Fatou Exemple", "سلوى مثال", "Rosa"]), st.text("abc é", min_size=1, max_size=20)),
        min_size=1,
        max_size=8,
    )
)
def test_every_word_said_to_everybody_is_kept_once(said):
    pasted = "\n".join(f"[17:0{number}] {who}: {words}" for number, (who, words) in enumerate(said))
    kept = "".join(one.words for one in read_chat(pasted).said)
    for letter in "abcé":
        assert kept.count(letter) == sum(words.count(letter) for _who, words in said)


@pytest.mark.parametrize(
    "line",
    [
        "17:03 From " + "a to " * 40_000,
        "17:03 From a" + " " * 200_000,
        "17:03 From " + "a  to  b " * 22_000,
        "17:03 From a" + " to" * 66_000,
        "1:11" + " " * 200_000,
        "[1:11]" + " " * 200_000,
        "a" * 200_000,
        "a " * 100_000,
    ],
)
def test_a_hostile_line_is_compared_by_its_beginning_alone(line, monkeypatch):
    """What is handed to the patterns stays short, however long the line: their work is bounded by that."""
    seen = []
    shapes = tuple(SimpleNamespace(match=lambda text: seen.append(text)) for _shape in range(4))
    monkeypatch.setattr(chat_module, "_SHAPES", shapes)
    monkeypatch.setattr(chat_module, "_NAMED", shapes[0])
    assert read_chat(line).said == ()
    assert max(len(text) for text in seen) <= 300


def test_words_keep_their_own_blanks_and_colons():
    assert read_chat("[17:03] Fatou  Exemple :  a:  b   c").said == (Said("Fatou Exemple", "a:  b   c"),)
