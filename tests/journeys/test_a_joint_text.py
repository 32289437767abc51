"""A text written together: four people, three languages, three answers, a second version, a keeper who leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
import time_machine
from flask import Flask

from app.core.notices import Notice
from app.extensions import db
from tests.journeys.reader import Reader
from tests.make.drafting import ARABIC, FRENCH, REVISED, SPANISH
from tests.make.people import make_member
from tests.make.workinggroups import make_coordinator, make_group, make_place


def link_to(reader: Reader, words: str) -> str:
    return str(next(a["href"] for a in reader.page.select("main a") if a.get_text(" ", strip=True).startswith(words)))


def test_a_group_writes_a_text_together(
    app: Flask, clock: time_machine.Coordinates, reader: Callable[..., Any]
) -> None:
    group = make_group("Land group", slug="land-group")
    people = {
        "fr": make_member("Fatou Exemple", languages=("fr",)),
        "ar": make_member("هدى مثال", languages=("ar",)),
        "es": make_member("Rosa Ejemplo", languages=("es", "fr")),
    }
    for person in people.values():
        make_place(group, person)
    samira = make_member("Samira Example", languages=("fr",))
    make_coordinator(group, samira)
    fatou, huda, rosa, samira = (reader(one) for one in (*people.values(), samira))

    # Fatou begins a text from the page of the group, in French, and keeps it
    fatou.open("/groups/land-group")
    fatou.open(link_to(fatou, "Begin a text"))
    fatou.send(has="body", language="fr", title="Pour un toit", purpose="Une lettre au ministère", body=FRENCH)
    text = fatou.path
    assert fatou.page.h1.bdi["lang"] == "fr"
    assert "13 words" in fatou.text
    assert "Fatou Exemple" in fatou.text

    # Huda comments in Arabic, Rosa in Spanish, Samira in French, each on a paragraph
    for commenter, language, body, paragraph in (
        (huda, "ar", ARABIC, 2),
        (rosa, "es", SPANISH, 3),
        (samira, "fr", "Le titre est trop court.", 1),
    ):
        clock.shift(60)
        commenter.open(text)
        commenter.open(commenter.page.select_one(f"#p{paragraph} + .note a")["href"])
        commenter.send(has="body", language=language, body=body)
        assert body in commenter.text
    assert db.session.scalar(sa.select(sa.func.count()).where(Notice.kind == "drafting.commented")) == 1

    # Fatou finds them on her overview, and answers each: taken, partly because, not because
    fatou.open("/overview")
    fatou.open(link_to(fatou, "Read and answer"))
    voice = next(one for one in fatou.page.select(".voice") if ARABIC in one.get_text())
    assert (voice["lang"], voice["dir"]) == ("ar", "rtl")
    for verdict, because in (("taken", ""), ("partly", ""), ("not", "Le titre est celui du réseau.")):
        clock.shift(60)
        fatou.open(f"{text}/comments?show=open")
        fatou.open(link_to(fatou, "Answer"))
        fatou.send(has="verdict", verdict=verdict, because=because)
        if verdict == "partly":
            assert fatou.status == 422
            assert "Say why" in fatou.text
            fatou.send(has="verdict", because="La date suit la réunion.")
        assert fatou.status == 200
    assert "Waits for an answer" not in fatou.text

    # the next version says what it answers; what changed is seen word by word
    clock.shift(3600)
    fatou.open(f"{text}/write")
    fatou.send(has="changes", body=REVISED, changes="Toutes sont nommées.")
    fatou.open(link_to(fatou, "Version 2"))
    assert "3 comments are answered in this version" in fatou.text
    rosa.open(f"{text}/compare")
    assert [one.get_text() for one in rosa.page.select("ins")] == [" pour toutes"]
    assert not rosa.page.select("del")
    assert len(rosa.page.select(".differs")) == 1

    # Rosa reads the reason beneath her comment, in the language it was given in
    rosa.open(text)
    rosa.open(rosa.page.select_one("#p3 + .note a")["href"])
    assert "Taken up in part" in rosa.text
    assert rosa.page.select_one(".quoted .voice")["lang"] == "fr"
    assert "made on version 1" in rosa.text
    assert "changed since" not in rosa.text

    # Fatou leaves: the text stays, and Samira is asked to name another keeper
    fatou.open("/groups/land-group/leave")
    assert "The text you keep stays with the group" in fatou.text
    fatou.send(action="/leave")
    samira.open("/overview")
    samira.open(link_to(samira, "Name a keeper"))
    assert "Nobody keeps this text any more" in samira.text
    samira.send(has="person", person=str(people["ar"].id))
    huda.open(text)
    assert "Write the next version" in huda.text
    fatou.open(text)
    assert fatou.status == 404
