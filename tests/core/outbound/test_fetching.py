"""Asking an address outside: who is connected to, what is sent, when it ends."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.core.outbound import (
    AddressRefused,
    AnswerRefused,
    Limits,
    NotReached,
    OutboundFailed,
    Reason,
    Rules,
    connecting,
    fetch,
)
from app.extensions import db
from tests.core.outbound.server import Authority, Server, leads_to, says, serving

HOST = "calendar.example.org"
PUBLIC_NUMBER = "93.184.216.34"
Names = Callable[[dict[str, list[str]]], list[str]]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def canary() -> Iterator[Server]:
    """Stands inside; nobody should ever knock."""
    with serving(says(b"secret")) as server:
        yield server


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """Write the name service; returns the list of names that were looked up."""

    def write(numbers: dict[str, list[str]]) -> list[str]:
        asked: list[str] = []

        def look_up(host: str, _port: int) -> list[str]:
            asked.append(host)
            if host not in numbers:
                raise socket.gaierror("no such name")
            return numbers[host]

        monkeypatch.setattr(connecting, "look_up", look_up)
        return asked

    return write


def trusting(*servers: Server) -> Rules:
    return Rules(test_hosts=frozenset(server.host for server in servers), agent="Maloca (+https://house.example.org)")


def reason_of(address: str, rules: Rules, **limits: float) -> Reason:
    with pytest.raises(OutboundFailed) as failed:
        fetch(address, rules=rules, limits=Limits(**limits))  # type: ignore[arg-type]
    return failed.value.reason


def test_a_file_is_fetched_with_the_name_of_the_house_and_nothing_about_anybody() -> None:
    with serving(says(b"BEGIN", headers='ETag: "1"\r\nSet-Cookie: a=b\r\n')) as server:
        answer = fetch(
            f"{server.address}/a.ics?x=1",
            rules=trusting(server),
            accept="text/calendar",
            headers={"If-None-Match": '"0"'},
        )
        fetch(f"{server.address}/", rules=trusting(server))
    assert (answer.status, answer.body, answer.headers["etag"]) == (200, b"BEGIN", '"1"')
    first, second = server.requests
    assert first.splitlines()[0] == "GET /a.ics?x=1 HTTP/1.1"
    assert "Accept-Encoding: identity" in first
    assert "User-Agent: Maloca (+https://house.example.org)" in first
    assert 'If-None-Match: "0"' in first
    assert "Cookie" not in second


def test_what_has_not_changed_is_said_so_without_a_body() -> None:
    with serving(says(status="304 Not Modified")) as server:
        assert fetch(server.address, rules=trusting(server)).status == 304


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("401 Unauthorized", Reason.FORBIDDEN),
        ("403 Forbidden", Reason.FORBIDDEN),
        ("404 Not Found", Reason.GONE),
        ("410 Gone", Reason.GONE),
        ("429 Too Many Requests", Reason.BUSY),
        ("503 Service Unavailable", Reason.BUSY),
        ("204 No Content", Reason.STATUS),
        ("206 Partial Content", Reason.STATUS),
        ("302 Found", Reason.REDIRECTED),
    ],
)
def test_an_answer_that_brings_nothing_has_a_reason(status: str, reason: Reason) -> None:
    with serving(says(status=status)) as server:
        assert reason_of(server.address, trusting(server)) is reason


def test_a_name_that_stands_for_one_private_number_among_public_ones_is_not_asked(names: Names) -> None:
    for hidden in ("127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a00:1", "fe80::1%lo"):
        names({HOST: [PUBLIC_NUMBER, hidden]})
        assert reason_of(f"https://{HOST}/", Rules()) is Reason.PRIVATE


def test_a_name_that_nobody_knows_is_not_reached(names: Names) -> None:
    names({})
    assert reason_of(f"https://{HOST}/", Rules()) is Reason.NAME


def test_the_number_that_was_looked_at_is_the_one_that_is_connected_to(
    names: Names, canary: Server, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that answers differently the second time (DNS rebinding) is never asked a second time."""
    connected: list[tuple[str, int]] = []
    with serving(says(b"BEGIN"), authority.server_context(HOST)) as server:

        def open_socket(number: str, port: int, seconds: float) -> socket.socket:
            connected.append((number, port))
            names({HOST: ["127.0.0.1"]})  # from now on the name leads inside
            return socket.create_connection(("127.0.0.1", server.port), timeout=seconds)

        asked = names({HOST: [PUBLIC_NUMBER]})
        monkeypatch.setattr(connecting, "open_socket", open_socket)
        monkeypatch.setattr(connecting, "trusted_roots", authority.trusted)
        assert fetch(f"https://{HOST}/", rules=Rules()).body == b"BEGIN"
        assert reason_of(f"https://{HOST}/", Rules()) is Reason.PRIVATE
    assert connected == [(PUBLIC_NUMBER, 443)]
    assert asked == [HOST]
    assert canary.knocks == 0


@pytest.mark.parametrize("called", ["other.example.org", "example.org"])
def test_the_certificate_must_be_that_of_the_name(
    called: str, names: Names, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(says(b"BEGIN"), authority.server_context(called)) as server:
        names({HOST: [PUBLIC_NUMBER]})
        monkeypatch.setattr(
            connecting, "open_socket", lambda _n, _p, s: socket.create_connection(("127.0.0.1", server.port), timeout=s)
        )
        monkeypatch.setattr(connecting, "trusted_roots", authority.trusted)
        assert reason_of(f"https://{HOST}/", Rules()) is Reason.CERTIFICATE
    assert server.requests == []


def test_an_authority_that_nobody_trusts_certifies_nothing(
    names: Names, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(says(b"BEGIN"), authority.server_context(HOST)) as server:
        names({HOST: [PUBLIC_NUMBER]})
        monkeypatch.setattr(
            connecting, "open_socket", lambda _n, _p, s: socket.create_connection(("127.0.0.1", server.port), timeout=s)
        )
        assert reason_of(f"https://{HOST}/", Rules()) is Reason.CERTIFICATE


def test_the_next_number_is_tried_when_one_does_not_answer(
    names: Names, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(says(b"BEGIN"), authority.server_context(HOST)) as server:

        def open_socket(number: str, _port: int, seconds: float) -> socket.socket:
            if number != PUBLIC_NUMBER:
                raise ConnectionRefusedError
            return socket.create_connection(("127.0.0.1", server.port), timeout=seconds)

        names({HOST: ["2606:4700::1111", PUBLIC_NUMBER]})
        monkeypatch.setattr(connecting, "open_socket", open_socket)
        monkeypatch.setattr(connecting, "trusted_roots", authority.trusted)
        assert fetch(f"https://{HOST}/", rules=Rules()).body == b"BEGIN"


def test_three_redirections_are_followed_and_a_fourth_is_not() -> None:
    with serving(leads_to("/1", "/2", "/3")) as server:
        answer = fetch(server.address, rules=trusting(server))
    assert (answer.body, answer.address) == (b"there", f"{server.address}/3")
    with serving(leads_to("/1", "/2", "/3", "/4")) as server:
        assert reason_of(server.address, trusting(server)) is Reason.REDIRECTED
    assert len(server.requests) == 4


@pytest.mark.parametrize(
    "path", ["/", "/..;/", "@127.0.0.1/"], ids=["a private number", "its path", "behind a user name"]
)
def test_a_redirection_inside_is_not_followed(path: str, canary: Server) -> None:
    for inside in (canary.host, f"localhost:{canary.port}", f"[::ffff:127.0.0.1]:{canary.port}", f"0:{canary.port}"):
        with serving(leads_to(f"http://{inside}{path}")) as server:
            assert reason_of(server.address, trusting(server)) in (Reason.PRIVATE, Reason.REDIRECTED)
    assert canary.knocks == 0


def test_a_redirection_to_a_name_that_leads_inside_is_not_followed(
    names: Names, canary: Server, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(leads_to(f"https://inside.example.org:{canary.port}/"), authority.server_context(HOST)) as server:
        names({HOST: [PUBLIC_NUMBER], "inside.example.org": ["127.0.0.1"]})
        monkeypatch.setattr(
            connecting, "open_socket", lambda _n, _p, s: socket.create_connection(("127.0.0.1", server.port), timeout=s)
        )
        monkeypatch.setattr(connecting, "trusted_roots", authority.trusted)
        assert reason_of(f"https://{HOST}/", Rules(ports=frozenset({canary.port}))) is Reason.PRIVATE
    assert canary.knocks == 0


@pytest.mark.parametrize(
    "location", ["ftp://a.example.org/", "https://a.example.org/", "http://a:b@c.example.org/", "//"]
)
def test_a_redirection_to_another_scheme_or_to_nowhere_is_not_followed(location: str) -> None:
    with serving(leads_to(location)) as server:
        assert reason_of(server.address, trusting(server)) is Reason.REDIRECTED


def test_a_body_ends_at_the_limit_whatever_its_head_says() -> None:
    with serving(says(b"a" * 101)) as server:
        assert reason_of(server.address, trusting(server), size=100) is Reason.SIZE
    with serving(says(b"a" * 100)) as server:
        assert len(fetch(server.address, rules=trusting(server), limits=Limits(size=100)).body) == 100

    sent: list[int] = []

    def endless(connection: socket.socket, _head: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while len(sent) < 10_000:
            connection.sendall(b"1000\r\n" + b"a" * 4096 + b"\r\n")
            sent.append(4096)

    with serving(endless) as server:
        assert reason_of(server.address, trusting(server), size=100_000) is Reason.SIZE
    assert sum(sent) < 10_000_000


def test_a_body_that_ends_too_early_is_no_body() -> None:
    with serving(says(b"half", length=100)) as server:
        assert reason_of(server.address, trusting(server)) is Reason.CUT

    def cut(connection: socket.socket, _head: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nhalf")

    with serving(cut) as server:
        assert reason_of(server.address, trusting(server)) is Reason.CUT


def test_a_packed_body_is_not_unpacked() -> None:
    bomb = gzip.compress(b"a" * 10_000_000)
    with serving(says(bomb, headers="Content-Encoding: gzip\r\n")) as server:
        assert reason_of(server.address, trusting(server)) is Reason.ENCODED


@pytest.mark.parametrize(
    "beginning", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"]
)
def test_who_drips_is_left_when_the_time_is_over(beginning: bytes) -> None:
    def drip(connection: socket.socket, _head: bytes) -> None:
        connection.sendall(beginning)
        for _time in range(100):
            connection.sendall(b"a")
            time.sleep(0.05)

    with serving(drip) as server:
        began = time.monotonic()
        assert reason_of(server.address, trusting(server), seconds=0.4) is Reason.TIME
        assert time.monotonic() - began < 1


def test_redirections_share_one_deadline() -> None:
    def slow(connection: socket.socket, head: bytes) -> None:
        time.sleep(0.2)
        leads_to("/1", "/2", "/3")(connection, head)

    with serving(slow) as server:
        assert reason_of(server.address, trusting(server), seconds=0.5) is Reason.TIME


def test_a_name_service_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "look_up", lambda _host, _port: time.sleep(2) or [])
    began = time.monotonic()
    assert reason_of(f"https://{HOST}/", Rules(), seconds=0.2) is Reason.TIME
    assert time.monotonic() - began < 1


@pytest.mark.parametrize(
    "answer",
    [b"", b"SSH-2.0-OpenSSH\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n", b"HTTP/1.1 x\r\n\r\n"],
)
def test_what_is_no_http_has_a_reason(answer: bytes) -> None:
    with serving(lambda connection, _head: connection.sendall(answer)) as server:
        assert reason_of(server.address, trusting(server)) in (Reason.ANSWER, Reason.CONNECTION)


def test_proxies_of_the_environment_are_not_asked(canary: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, canary.address)
        monkeypatch.setenv(name.upper(), canary.address)
    with serving(says(b"BEGIN")) as server:
        assert fetch(server.address, rules=trusting(server)).body == b"BEGIN"
    assert canary.knocks == 0


def test_nobody_is_asked_while_a_transaction_is_open(app: Flask) -> None:
    with serving(says(b"BEGIN")) as server:
        db.session.execute(db.text("SELECT 1"))
        with pytest.raises(RuntimeError, match="transaction"):
            fetch(server.address, rules=trusting(server))
        db.session.commit()
        assert fetch(server.address, rules=trusting(server)).body == b"BEGIN"


def test_the_errors_are_one_family_and_say_no_address() -> None:
    for kind in (AddressRefused, NotReached, AnswerRefused):
        assert issubclass(kind, OutboundFailed)
    with pytest.raises(AddressRefused) as refused:
        fetch("https://127.0.0.1/private-3f9c0/basic.ics", rules=Rules())
    assert "3f9c0" not in repr(refused.value)


def test_the_tests_talk_to_servers_on_this_machine_alone(tmp_path: Path) -> None:
    with serving(says()) as server:
        assert server.listener.getsockname()[0] == "127.0.0.1"
