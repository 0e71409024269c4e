"""Files somebody sends to do harm: polyglots, bombs, names that lead away, markup, programs, truncations."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from PIL import Image

SCRIPT = b"<script>alert(1)</script>"
HTML = b"<!doctype html><title>x</title>" + SCRIPT
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
ENDINGS = ("pdf", "png", "jpg", "jpeg", "docx", "xlsx", "csv", "txt")
NAMES = (
    "../../etc/passwd",
    "..\\..\\windows\\system32\\x",
    "/etc/cron.d/x",
    "a\0b",
    "x\r\nSet-Cookie: a=b",
    '"; filename="x.html',
    "‮gpj.exe",
    "con",
    "x" * 5000,
    "",
    ".htaccess",
    "x.php",
    "x.html",
    "x.svg",
    "x.png.html",
    "%2e%2e%2fx",
    "ไฟล์" * 200,
)


def picture(kind: str = "PNG", size: tuple[int, int] = (8, 8), **more: object) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, "red").save(written, kind, **more)
    return written.getvalue()


def office(parts: dict[str, bytes], main: str = "word/document.xml") -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {main: b"<w:document/>", "[Content_Types].xml": b"<Types/>", **parts}.items():
            archive.writestr(name, content)
    return written.getvalue()


def hostile_files() -> Iterator[tuple[str, str, bytes]]:
    """(what it is, name, content) of every file."""
    yield from _markup()
    yield from _polyglots()
    yield from _bombs()
    yield from _programs()
    yield from _truncations()
    yield from _names()
    yield from _remarks()


def _markup() -> Iterator[tuple[str, str, bytes]]:
    for what, content in {"html": HTML, "svg": SVG, "xml": b"<?xml version='1.0'?>" + SVG}.items():
        for ending in (*ENDINGS, "html", "svg"):
            yield f"{what} called {ending}", f"x.{ending}", content
    entities = b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    yield "billion laughs in a sheet", "x.xlsx", office({"xl/a.xml": entities}, "xl/workbook.xml")
    yield "formulas", "x.csv", b"=cmd|' /C calc'!A0,@SUM(1)\n"


def _polyglots() -> Iterator[tuple[str, str, bytes]]:
    for kind, ending in (("PNG", "png"), ("JPEG", "jpg"), ("GIF", "png"), ("BMP", "png"), ("TIFF", "jpg")):
        yield f"{kind} and html", f"x.{ending}", picture(kind) + HTML
        yield f"{kind} and zip", f"x.{ending}", picture(kind) + office({})
        yield f"{kind} called pdf", "x.pdf", picture(kind)
    yield "pdf and html", "x.pdf", PDF + HTML
    yield "html and pdf", "x.pdf", HTML + PDF
    yield "pdf and zip", "x.pdf", PDF + office({})
    yield "pdf and zip called docx", "x.docx", PDF + office({})
    yield "gif and script", "x.png", b"GIF89a/*" + SCRIPT + b"*/=1"
    yield "zip behind a program", "x.docx", b"MZ" + bytes(500) + office({})
    yield "zip behind a shell", "x.xlsx", b"#!/bin/sh\n" + office({}, "xl/workbook.xml")
    yield "utf-7", "x.txt", b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-"
    yield "utf-16", "x.txt", SCRIPT.decode().encode("utf-16")


def _bombs() -> Iterator[tuple[str, str, bytes]]:
    yield "zip bomb", "x.docx", office({"word/a.xml": bytes(150 * 1024 * 1024)})
    yield "zip of very many", "x.docx", office({f"word/{n}.xml": b"" for n in range(6_000)})
    inner = office({"word/a.xml": bytes(20 * 1024 * 1024)})
    yield "zip in zip", "x.docx", office({f"word/{n}.zip": inner for n in range(50)})
    for side in (30_000, 100_000, 2**31 - 1):
        header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
        chunk = struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
        data = zlib.compress(bytes(1_000_000))
        body = struct.pack(">I", len(data)) + b"IDAT" + data + struct.pack(">I", zlib.crc32(b"IDAT" + data))
        yield f"picture of {side} squared", "x.png", b"\x89PNG\r\n\x1a\n" + chunk + body
    yield "false sizes", "x.docx", _promising_less(office({"word/a.xml": bytes(30 * 1024 * 1024)}))
    text = zlib.compress(bytes(60 * 1024 * 1024))
    chunk = b"zTXt" + b"k\0\0" + text
    remark = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    plain = picture()
    yield "a remark that unpacks", "x.png", plain[:33] + remark + plain[33:]
    yield "over the limit", "x.txt", b"a" * (10 * 1024 * 1024 + 1)
    yield "empty", "x.pdf", b""


def _promising_less(archive: bytes) -> bytes:
    """The central directory says that the parts unpack to nothing much."""
    at = archive.rfind(b"PK\x01\x02")
    return archive[: at + 24] + struct.pack("<I", 10) + archive[at + 28 :]


def _programs() -> Iterator[tuple[str, str, bytes]]:
    for part in (
        "word/vbaProject.bin",
        "word/VBAPROJECT.BIN",
        "word/activeX/activeX1.xml",
        "word/embeddings/oleObject1.bin",
        "word/x.exe",
        "../../etc/passwd",
        "..\\..\\x.xml",
        "/etc/passwd",
        "word/x.js",
    ):
        yield f"docx with {part}", "x.docx", office({part: b"MZ"})
        yield f"xlsx with {part}", "x.xlsx", office({part: b"MZ"}, "xl/workbook.xml")
    for head, what in {
        b"MZ\x90\0": "exe",
        b"\x7fELF\x02": "elf",
        b"#!/bin/sh\n": "sh",
        b"\xca\xfe\xba\xbe": "class",
    }.items():
        for ending in ("pdf", "png", "docx", "jpg"):
            yield f"{what} called {ending}", f"x.{ending}", head + bytes(300)
    yield "old office file", "x.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    yield "php", "x.php", b"<?php system($_GET[0]);"


def _truncations() -> Iterator[tuple[str, str, bytes]]:
    whole = {
        "png": picture(size=(300, 300)),
        "jpg": picture("JPEG", (300, 300)),
        "docx": office({"word/a.xml": bytes(range(256)) * 40}),
        "pdf": PDF,
    }
    for ending, content in whole.items():
        for part in (1, 4, 20, len(content) // 2, len(content) - 8):
            yield f"{ending} cut at {part}", f"x.{ending}", content[:part]
    for at in (0, 40, 60, 100):
        broken = bytearray(whole["docx"])
        broken[at] ^= 0xFF
        yield f"docx broken at {at}", "x.docx", bytes(broken)


def _names() -> Iterator[tuple[str, str, bytes]]:
    for name in NAMES:
        yield f"name {name[:20]!r}", name, PDF
        yield f"name {name[:20]!r}.pdf", f"{name}.pdf", PDF


def _remarks() -> Iterator[tuple[str, str, bytes]]:
    exif = Image.Exif()
    exif[0x010E] = SCRIPT.decode()
    exif.get_ifd(0x8825)[1] = "N"
    yield "script in a remark", "x.jpg", picture("JPEG", exif=exif.tobytes(), comment=SCRIPT)
    for what, broken in (
        ("cut short", exif.tobytes()[:20]),
        ("of the wrong type", b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x02\0\x04\0\0\0abc\0\0\0\0\0"),
        (
            "that points outside",
            b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x05\0\0\0\x09\xff\xff\xff\xff\0\0\0\0",
        ),
        ("of noise", b"Exif\0\0II*\0" + bytes(range(256))),
    ):
        for kind, ending in (("JPEG", "jpg"), ("PNG", "png")):
            yield f"{ending} with EXIF {what}", f"x.{ending}", picture(kind, exif=broken)
    yield "profile that is html", "x.png", picture("PNG", icc_profile=HTML)
