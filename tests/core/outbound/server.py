"""Servers on this machine that behave as well or as badly as a test wants, and a name service that a test writes."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Talk = Callable[[socket.socket, bytes], None]
"""What a server does with a connection, once it has read the head of a request."""


class Server:
    """Listens on 127.0.0.1; `requests` holds the heads it was sent, `knocks` how many connections it got."""

    def __init__(self, talk: Talk, context: ssl.SSLContext | None = None) -> None:
        self.talk, self.context = talk, context
        self.requests: list[str] = []
        self.knocks = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listener.getsockname()[1])
        self.host = f"127.0.0.1:{self.port}"
        self.address = f"http://{self.host}"

    def serve(self) -> None:
        while True:
            try:
                connection, _peer = self.listener.accept()
            except OSError:
                return
            self.knocks += 1
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        try:
            connection.settimeout(10)
            if self.context is not None:
                connection = self.context.wrap_socket(connection, server_side=True)
            head = b""
            while b"\r\n\r\n" not in head and (part := connection.recv(4096)):
                head += part
            self.requests.append(head.decode("latin-1"))
            self.talk(connection, head)
        except OSError:
            pass
        finally:
            connection.close()


@contextmanager
def serving(talk: Talk, context: ssl.SSLContext | None = None) -> Iterator[Server]:
    server = Server(talk, context)
    threading.Thread(target=server.serve, daemon=True).start()
    try:
        yield server
    finally:
        server.listener.close()


def says(body: bytes = b"", *, status: str = "200 OK", headers: str = "", length: int | None = None) -> Talk:
    """Return a server that gives one answer."""
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body) if length is None else length}\r\n{headers}\r\n"
    return lambda connection, _head: connection.sendall(head.encode("latin-1") + body)


def leads_to(*locations: str) -> Talk:
    """Return a server that leads on: `/` to the first location, `/1` to the second, and so on; then it answers."""

    def talk(connection: socket.socket, head: bytes) -> None:
        path = head.split(b" ")[1].decode().strip("/")
        step = int(path or 0)
        if step < len(locations):
            answer = f"HTTP/1.1 302 Found\r\nLocation: {locations[step]}\r\nContent-Length: 0\r\n\r\n"
        else:
            answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nthere"
        connection.sendall(answer.encode("latin-1"))

    return talk


class Authority:
    """An authority of our own that certifies names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An authority of the tests")])
        self.certificate = self._certify(self.name, self.key, x509.BasicConstraints(ca=True, path_length=None))

    def _certify(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        constraints: x509.BasicConstraints,
        host: str = "",
    ) -> x509.Certificate:
        today = datetime.now(UTC)  # noqa: TID251 - certificates are checked against the clock of the machine
        usage = x509.KeyUsage(
            **dict.fromkeys(
                ("digital_signature", "key_cert_sign", "crl_sign"),
                True,
            ),
            **dict.fromkeys(
                (
                    "content_commitment",
                    "key_encipherment",
                    "data_encipherment",
                    "key_agreement",
                    "encipher_only",
                    "decipher_only",
                ),
                False,
            ),
        )
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(today - timedelta(days=3650))
            .not_valid_after(today + timedelta(days=3650))
            .add_extension(constraints, critical=True)
            .add_extension(usage, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
        )
        if host:
            made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        return made.sign(self.key, hashes.SHA256())

    def server_context(self, host: str) -> ssl.SSLContext:
        """Return the context of a server that is called `host`."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        certificate = self._certify(subject, key, x509.BasicConstraints(ca=False, path_length=None), host)
        path = self.folder / f"{host}.pem"
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

    def trusted(self) -> ssl.SSLContext:
        """Return the context of a client that trusts this authority alone."""
        pem = self.certificate.public_bytes(serialization.Encoding.PEM).decode()
        return ssl.create_default_context(cadata=pem)
