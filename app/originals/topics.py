"""The topic of mails about words that somebody wrote: each kind of text has its part in it."""

from flask_babel import lazy_gettext as _l

from app.core.notices import Topic

OWN_WORDS = Topic(
    "own_words",
    # I18N: topic of mails: what happens to what the reader wrote
    _l("Your words"),
    _l("Answers, translations to look at, questions, words kept from readers."),
)
