"""Small files of every kind, made on the spot."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from PIL import Image

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def make_picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), **saved: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 80, 20)).save(out, kind, **saved)
    return out.getvalue()


def make_picture_with_place() -> bytes:
    """A photograph of a telephone: lying on its side, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it a quarter
    exif[0x010F] = "Example Telephones"
    exif.get_ifd(0x8825)[1] = "S"
    return make_picture(exif=exif, comment=b"taken at home")


def make_huge_picture(side: int = 30_000) -> bytes:
    """The header of a PNG of that many points a side, and next to nothing after it."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\x00" * 100)) + chunk(b"IEND", b"")


def make_zip(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name.replace("__", "/"), body)
    return out.getvalue()


def make_odt(**more: bytes) -> bytes:
    return make_zip(
        **({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<office/>"} | dict(more))
    )


def make_docx(**more: bytes) -> bytes:
    return make_zip(**({"[Content_Types].xml": b"<Types/>", "word__document.xml": b"<w/>"} | dict(more)))
