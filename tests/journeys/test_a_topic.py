"""A topic of a group in four languages: a translation, a reply to a reply, words taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import time_machine
from flask import Flask

from tests.journeys.reader import Reader
from tests.make.discussions import ARABIC, FRENCH, SPANISH
from tests.make.people import make_member
from tests.make.workinggroups import make_coordinator, make_group, make_place


def link_to(reader: Reader, words: str) -> str:
    return str(next(a["href"] for a in reader.page.select("main a") if a.get_text(" ", strip=True).startswith(words)))


def test_four_people_talk_in_four_languages(
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
    samira = make_member("Samira Example", languages=("en",))
    make_coordinator(group, samira)
    fatou, huda, rosa, samira = (reader(one) for one in (*people.values(), samira))

    # Fatou opens a topic from the page of the group, in French
    fatou.open("/groups/land-group")
    fatou.open(link_to(fatou, "Open a topic"))
    fatou.send(has="body", language="fr", title="Mardi devant la mairie", body=FRENCH)
    topic = fatou.path
    assert fatou.page.h1.get_text() == "Mardi devant la mairie"
    assert fatou.page.h1.bdi["lang"] == "fr"

    # Huda replies in Arabic, which stands in its own direction on her page and on everybody's
    clock.shift(60)
    huda.open("/groups/land-group/topics")
    huda.open(link_to(huda, "Mardi devant la mairie"))
    huda.send(has="body", language="ar", body=ARABIC)
    words = next(voice for voice in huda.page.select(".voice") if ARABIC in voice.get_text())
    assert (words["lang"], words["dir"]) == ("ar", "rtl")

    # Samira answers Huda in English, and Rosa answers Samira in Spanish, beneath the same words
    clock.shift(60)
    samira.open(topic)
    samira.open(next(a["href"] for a in samira.page.select("main a") if a.get_text().startswith("Answer")))
    samira.send(has="body", language="en", body="Three of us come too.")
    clock.shift(60)
    rosa.open(topic)
    rosa.open([a["href"] for a in rosa.page.select("main a") if a.get_text().startswith("Answer")][1])
    rosa.send(has="body", language="es", body=SPANISH)
    beneath = rosa.page.select(".quoted .voice")
    assert [voice["lang"] for voice in beneath] == ["en", "es"]
    assert "to Samira Example" in beneath[1].get_text(" ", strip=True)

    # Rosa translates the first words; Huda's page in Spanish lays them beside the original
    rosa.open(topic)
    rosa.open(link_to(rosa, "Open it"))
    rosa.open(link_to(rosa, "Translate these words"))
    rosa.send(has="body", language="es", body="¿Quién viene el martes?\n\nYo llevo los carteles.")
    huda.open(f"{topic}?lang=es")
    assert huda.page.select_one(".beside-translation")["lang"] == "es"
    assert [p.get_text() for p in huda.page.select(".beside-original > p")] == FRENCH.split("\n\n")

    # Huda takes her words back: the others read that something stood there, and what was answered
    huda.open(f"{topic}?lang=en")
    huda.open(next(a["href"] for a in huda.page.select("main article:nth-of-type(2) a") if "Open it" in a.get_text()))
    huda.open(link_to(huda, "Withdraw"))
    huda.send(action="/withdraw")
    samira.open(topic)
    assert ARABIC not in samira.text
    assert "The words that stood here are not shown" in samira.text
    assert "Three of us come too." in samira.text
    assert SPANISH in samira.text
