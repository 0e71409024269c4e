"""The texts of the interface: gather them from the rooms, check the translations, compile them.

    python scripts/messages.py update [room ...]   gather texts into translations/<lang>/…/<room>.po
    python scripts/messages.py check  [room ...]   name every missing, stale or wrong translation
    python scripts/messages.py compile             write the .mo files the product reads

English is the language of the source, so its catalogues fill themselves; the Thai is written by
hand. A Thai text that is rightly the same as the English one says so in a comment `# same`.
"""

from __future__ import annotations

import argparse
import ast
import io
import os
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("th", "en")
SHARED = "web"
"""The catalogue of everything that belongs to no room of its own."""
SHARED_FOLDERS = frozenset({"core", "i18n", "ledger", "web"})

PLURALS = {"th": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}
KEYWORDS: dict[str, Any] = {
    "_": None,
    "_l": None,
    "_n": (1, 2),
    "gettext": None,
    "ngettext": (1, 2),
}
JINJA = {
    "extensions": "jinja2.ext.do,jinja2.ext.loopcontrols",
    "lstrip_blocks": "true",
    "newstyle_gettext": "true",
    "silent": "false",
    "trim_blocks": "true",
    "trimmed": "true",
}
TEMPLATES = frozenset({".html", ".svg", ".txt", ".xml"})

_VALUE = re.compile(r"%\((\w+)\)[-+0 #]*\d*(?:\.\d+)?[sdf]")
_BARE_PERCENT = re.compile(rf"(?<!%)%(?!%)(?!{_VALUE.pattern[1:]})")
_TAG = re.compile(r"</?(\w+)[^>]*>")
_ENGLISH_WORD = re.compile(r"[a-z]{3,}")
_THAI_LETTER = re.compile(r"[ก-๎]")

Key = tuple[str | None, str]
"""Context and (singular) text of a message."""


def sources(root: Path = ROOT) -> dict[str, list[Path]]:
    """Every catalogue with the files its texts come from, both in order."""
    found: dict[str, list[Path]] = {SHARED: []}
    for path in sorted((root / "app").rglob("*.py")):
        found.setdefault(_room_of_code(path.relative_to(root / "app").parts), []).append(path)
    for path in sorted((root / "templates").rglob("*")):
        if path.suffix in TEMPLATES:
            room = _room_of_template(path.relative_to(root / "templates").parts)
            found[room if room in found else SHARED].append(path)
    return dict(sorted(found.items()))


def _room_of_code(parts: tuple[str, ...]) -> str:
    if parts[0] == "activities":
        return parts[1] if len(parts) > 2 else SHARED
    return parts[0] if len(parts) > 1 and parts[0] not in SHARED_FOLDERS else SHARED


def _room_of_template(parts: tuple[str, ...]) -> str:
    """The folder's name; a room's mails lie in mail/<room>."""
    return parts[1] if parts[0] == "mail" and len(parts) > 2 else parts[0]


def gather(files: Iterable[Path]) -> Catalog:
    """The texts marked for translation in `files`."""
    catalog = Catalog()
    for path in files:
        python = path.suffix == ".py"
        method, options = ("python", {}) if python else ("jinja2.ext:babel_extract", JINJA)
        for _line, text, comments, context in extract_from_file(method, path, KEYWORDS, ("NOTE",), options):
            catalog.add(text, auto_comments=comments, context=context)
    return catalog


def catalogue_path(root: Path, lang: str, room: str) -> Path:
    return root / "translations" / lang / "LC_MESSAGES" / f"{room}.po"


def read(root: Path, lang: str, room: str) -> Catalog:
    """The catalogue as it stands on disk; empty where there is none."""
    path = catalogue_path(root, lang, room)
    if not path.exists():
        return Catalog(locale=lang)
    with path.open("rb") as file:
        return read_po(file, locale=lang, abort_invalid=True)


# ---------------------------------------------------------------- update


def update(rooms: Iterable[str], root: Path = ROOT) -> list[Path]:
    """Bring the catalogues of `rooms` in line with the source; returns the files that changed."""
    by_room = sources(root)
    known = {lang: _known(root, lang) for lang in LANGUAGES}
    changed = []
    for room in rooms:
        texts = gather(by_room[room])
        for lang in LANGUAGES:
            path = catalogue_path(root, lang, room)
            merged = _merged(texts, read(root, lang, room), known[lang], lang)
            content = written(merged, lang)
            if len(texts) == 0:
                path.unlink(missing_ok=True)
            elif not path.exists() or path.read_bytes() != content:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                changed.append(path)
    return changed


def _known(root: Path, lang: str) -> dict[Key, Message]:
    """What any room has translated: the same text is said the same way everywhere."""
    known: dict[Key, Message] = {}
    for path in sorted((root / "translations" / lang / "LC_MESSAGES").glob("*.po")):
        for message in _messages(read(root, lang, path.stem)):
            if all(forms(message.string)):
                known.setdefault(_key(message), message)
    return known


def _merged(texts: Catalog, old: Catalog, known: dict[Key, Message], lang: str) -> Catalog:
    """The gathered texts with the translations they already had, here or in another room."""
    merged = Catalog(locale=lang)
    for message in _messages(texts):
        before = old.get(_singular(message), message.context)
        if before is None or not any(forms(before.string)):
            before = known.get(_key(message), before)
        string = _kept(message, before, lang)
        merged.add(
            message.id,
            string,
            auto_comments=message.auto_comments,
            user_comments=before.user_comments if before else (),
            context=message.context,
        )
    return merged


def _kept(message: Message, before: Message | None, lang: str) -> str | tuple[str, ...]:
    kept = [form for form in forms(before.string) if form] if before else []
    if lang == "en" and not (before and before.id == message.id and kept):
        kept = list(forms(message.id))
    wanted = 2 if message.pluralizable and lang == "en" else 1
    kept = [*kept, "", ""][:wanted]
    return tuple(kept) if message.pluralizable else kept[0]


def written(catalog: Catalog, lang: str) -> bytes:
    """The file's bytes: sorted, no dates and no line numbers, so that only texts make a diff."""
    header = [
        'msgid ""',
        'msgstr ""',
        f'"Language: {lang}\\n"',
        '"MIME-Version: 1.0\\n"',
        '"Content-Type: text/plain; charset=utf-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
        f'"Plural-Forms: {PLURALS[lang]}\\n"',
        "",
        "",
    ]
    body = io.BytesIO()
    write_po(body, catalog, width=0, no_location=True, omit_header=True, sort_output=True)
    return "\n".join(header).encode() + body.getvalue().strip() + b"\n"


# ---------------------------------------------------------------- check


def check(rooms: Iterable[str], root: Path = ROOT) -> list[str]:
    """One sentence for every fault of the catalogues of `rooms`; none means all is well."""
    by_room = sources(root)
    faults: list[str] = []
    for room in rooms:
        for path in by_room[room]:
            faults += [f"{path.relative_to(root)}:{fault}" for fault in _unreachable(path)]
        texts = gather(by_room[room])
        for lang in LANGUAGES:
            there = read(root, lang, room)
            name = f"{lang}/{room}"
            faults += [f"{name}: {fault}" for fault in _differences(texts, there)]
            path = catalogue_path(root, lang, room)
            if path.exists() and path.read_bytes() != written(there, lang):
                faults.append(f"{name}: not in order, run `python scripts/messages.py update`")
    return faults + _unknown(by_room, root) + _disagreements(root)


def _unreachable(path: Path) -> Iterator[str]:
    """Texts put together before they are looked up: no catalogue can hold them."""
    if path.suffix != ".py":
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            made = isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
            if node.func.id in KEYWORDS and made:
                yield f"{node.lineno}: write the text whole and put values in by name"


def _differences(texts: Catalog, catalog: Catalog) -> Iterator[str]:
    wanted = {_key(message): message for message in _messages(texts)}
    there = {_key(message): message for message in _messages(catalog)}
    for key in sorted(wanted.keys() - there.keys(), key=str):
        yield f"missing {key[1]!r}: run `python scripts/messages.py update`"
    for key in sorted(there.keys() - wanted.keys(), key=str):
        yield f"stale {key[1]!r}: run `python scripts/messages.py update`"
    for key in sorted(there.keys() & wanted.keys(), key=str):
        if there[key].id != wanted[key].id:
            yield f"stale plural of {key[1]!r}: run `python scripts/messages.py update`"
        else:
            yield from _wrong(there[key], str(catalog.locale))


def _wrong(message: Message, lang: str) -> Iterator[str]:
    source, shown = forms(message.id), forms(message.string)
    name = repr(source[0])
    if message.fuzzy:
        yield f"guessed {name}: confirm the translation and take the word fuzzy away"
    if not all(shown) or (lang == "th" and _left_in_english(message)):
        yield f"untranslated {name}"
        return
    for form, text in zip([source[-1]] if lang == "th" else source, shown, strict=True):
        if set(_VALUE.findall(form)) != set(_VALUE.findall(text)):
            yield f"other values than the text itself in {name}: {text!r}"
        if sorted(_TAG.findall(form)) != sorted(_TAG.findall(text)):
            yield f"other tags than the text itself in {name}: {text!r}"
        if form.strip() == form and text.strip() != text:
            yield f"blank at an end of {name}"
        if _BARE_PERCENT.search(form) or _BARE_PERCENT.search(text):
            yield f"a percent sign must be written %% in {name}"


def _left_in_english(message: Message) -> bool:
    words = _ENGLISH_WORD.search(_TAG.sub("", _VALUE.sub("", _singular(message))))
    said = any("same" in comment for comment in message.user_comments)
    return bool(words) and not said and not _THAI_LETTER.search("".join(forms(message.string)))


def _unknown(by_room: dict[str, list[Path]], root: Path) -> list[str]:
    found = (root / "translations").glob("*/LC_MESSAGES/*.po")
    names = sorted(path.relative_to(root) for path in found if path.stem not in by_room)
    return [f"{name}: there is no such room, remove the file" for name in names]


def _disagreements(root: Path) -> list[str]:
    """Texts whose Thai differs between rooms: the product would show whichever is read last."""
    seen: dict[Key, tuple[str, Any]] = {}
    faults = []
    for path in sorted((root / "translations" / "th" / "LC_MESSAGES").glob("*.po")):
        for message in _messages(read(root, "th", path.stem)):
            if not all(forms(message.string)):
                continue
            room, string = seen.setdefault(_key(message), (path.stem, message.string))
            if forms(string)[0] != forms(message.string)[0]:
                faults.append(
                    f"th/{path.stem}: {_singular(message)!r} is {string!r} in {room} "
                    f"but {message.string!r} here"
                )
    return faults


# ---------------------------------------------------------------- compile


def compile_catalogues(root: Path = ROOT) -> list[Path]:
    """Write every .mo file; returns those that changed. Safe to run twice at once."""
    changed = []
    for source in sorted((root / "translations").glob("*/LC_MESSAGES/*.po")):
        lang = source.parents[1].name
        catalog = read(root, lang, source.stem)
        catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
        content = io.BytesIO()
        write_mo(content, catalog)
        target = source.with_suffix(".mo")
        if not target.exists() or target.read_bytes() != content.getvalue():
            draft = target.with_suffix(f".{os.getpid()}.tmp")
            draft.write_bytes(content.getvalue())
            draft.replace(target)
            changed.append(target)
    for target in (root / "translations").glob("*/LC_MESSAGES/*.mo"):
        if not target.with_suffix(".po").exists():
            target.unlink(missing_ok=True)
    return changed


# ---------------------------------------------------------------- small things


def _messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def forms(text: Any) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _singular(message: Message) -> str:
    return forms(message.id)[0]


def _key(message: Message) -> Key:
    return message.context, _singular(message)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_Plain)
    parser.add_argument("command", choices=("update", "check", "compile"))
    parser.add_argument("rooms", nargs="*", metavar="room")
    asked = parser.parse_args(arguments)
    rooms = asked.rooms or list(sources())
    if unknown := set(rooms) - set(sources()):
        parser.error(f"no such room: {', '.join(sorted(unknown))}")
    if asked.command == "check":
        faults = check(rooms)
        print("\n".join(faults) or "all texts are translated")
        return 1 if faults else 0
    changed = update(rooms) if asked.command == "update" else compile_catalogues()
    print("\n".join(str(path.relative_to(ROOT)) for path in changed) or "nothing to change")
    return 0


_Plain = argparse.RawDescriptionHelpFormatter

if __name__ == "__main__":
    sys.exit(main())
