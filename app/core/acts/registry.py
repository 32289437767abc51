"""Which acts can be done from a mail. Each package registers its own in `init_app`, under a kind that mails keep: a
kind that is taken out of the house leaves links that open nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.core.actors import Actor
from app.core.acts.holders import Holder
from app.core.acts.links import ActLink, name_answer
from app.core.errors import NotFound
from app.core.forms import ActionForm, Form


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers an act has, each with a link of its own. `label` (lazy) stands before the link in the mail and
    on the button of the page; `fields` is the template with the fields of `form`, where it has any. What is
    `is_weighty` is confirmed by a mail to whom the link was sent."""

    label: Any
    form: type[Form] = ActionForm
    fields: str = ""
    is_weighty: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page asks: a question as its title, then lines (what, until when), no more than the mail said, but for
    `words`, named `words_name`: what a voice or a signature binds to, drawn for the holder, because nobody consents to
    what they cannot read. `stands` is what was answered already, by whatever way, and would be replaced: "" where
    nothing was. `thing` is what `perform` gets, `href` the page of the thing itself, `more` for the template of the
    fields."""

    thing: Any
    title: Any
    lines: tuple[Any, ...]
    href: str
    stands: Any = ""
    note: Any = ""
    words: Any = ""
    words_name: Any = ""
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Over:
    """The link is good and the act is not open any more: why, where one can see how it stands, and what it is `about`,
    by its title."""

    sentence: Any
    href: str = ""
    about: Any = ""


@dataclass(frozen=True, slots=True)
class Said:
    """How it stands now with what a link did, as one sentence, which the subject of the mail says too, and the page of
    the thing. Where what this very link did `counts` no more, because its reader answered otherwise since or the hour
    is another, the sentence says what stands instead ("" where nothing does), and the page says that first. `lines`
    follow it, on the page and in the mail: what else the act did, or whose and what it is where the sentence does not
    name them."""

    sentence: Any
    href: str
    counts: bool = True
    lines: tuple[Any, ...] = ()


Ask = Callable[[Holder, ActLink, datetime], Asked | Over]
Perform = Callable[[Actor, Any, ActLink, Form, datetime], object]
Tell = Callable[[Holder, ActLink, datetime], Said | None]
Fill = Callable[[Form, Holder, Asked, datetime], None]


def _nothing_to_fill(_form: Form, _holder: Holder, _asked: Asked, _now: datetime) -> None:
    """Forms without lists to choose from."""


@dataclass(frozen=True, slots=True)
class Act:
    """An act of a package. `ask` loads what is visible to the holder (`NotFound` where nothing is) and says what is
    asked, or that it is over; it writes nothing. `perform` is one service call. `said` is what stands now of what was
    done, in the language of whoever reads; None, or `NotFound`, where the thing is gone or is nothing any more that the
    holder may see: a link goes on opening its page when its person has left. `fill` gives a form its lists to choose
    from."""

    kind: str
    choices: Mapping[str, Choice]
    ask: Ask
    perform: Perform
    said: Tell
    fill: Fill = _nothing_to_fill


def what_was_done(act: Act, holder: Holder, link: ActLink, now: datetime) -> Said | None:
    """Return what stands now of what a link did, as far as its holder may still read of it."""
    try:
        return act.said(holder, link, now)
    except NotFound:
        return None


_acts: dict[str, Act] = {}


def register(act: Act) -> None:
    for choice in act.choices:
        name_answer(act.kind, choice)
    _acts[act.kind] = act


def kinds() -> set[str]:
    return set(_acts)


def act_of(kind: str) -> Act:
    return _acts[kind]


def find_act(link: ActLink) -> Act | None:
    """Return the act that a link is for; None where its package, or this answer, was taken out of the house."""
    act = _acts.get(link.kind)
    return act if act is not None and link.choice in act.choices else None
