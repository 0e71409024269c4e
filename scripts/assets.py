"""Build what the browser fetches: `static/dist` from the style sheet, the scripts and the fonts.

Every file gets a piece of its digest in its name, so that it can be cached for a year;
`static/dist/manifest.json` maps the plain name ("app.css") to the built one ("app.3f9c….css").
Translations are compiled by the same command, so that a checkout is ready after one call.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
DIST = STATIC / "dist"
FONT_PACKAGE = ROOT / "node_modules" / "@fontsource" / "noto-sans-thai-looped"
FONTS = [
    f"noto-sans-thai-looped-{script}-{weight}-normal.woff2"
    for script in ("thai", "latin")
    for weight in (400, 700)
]

_CSS_COMMENT = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|/\*.*?\*/""", re.DOTALL)
_CSS_KEPT = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^)]*\))""")
_CSS_URL = re.compile(r"""url\(\s*["']?([^)"']+)["']?\s*\)""")


def minify_css(css: str) -> str:
    """Take out comments and needless white space; strings and addresses keep theirs."""
    bare = _CSS_COMMENT.sub(lambda match: match[1] or " ", css)
    # Splitting by a pattern with one group puts what matched at the odd places.
    pieces = _CSS_KEPT.split(bare)
    pieces[::2] = [_squeeze(piece) for piece in pieces[::2]]
    return "".join(pieces).strip() + "\n"


def _squeeze(css: str) -> str:
    """Only where white space never means anything: around `{ } ; ,` but not around `:` or `+`."""
    tight = re.sub(r" ?([{};,]) ?", r"\1", re.sub(r"\s+", " ", css))
    return tight.replace(";}", "}")


def hashed_name(name: str, content: bytes) -> str:
    """`app.css` → `app.<10 hex digits>.css`."""
    path = Path(name)
    digest = hashlib.sha256(content).hexdigest()[:10]
    return str(path.with_name(f"{path.stem}.{digest}{path.suffix}"))


def build() -> dict[str, str]:
    """Write `static/dist`, drop what an earlier build left there, and return the manifest."""
    manifest: dict[str, str] = {}
    for font in FONTS:
        _emit(manifest, f"fonts/{font}", (FONT_PACKAGE / "files" / font).read_bytes())
    for source in sorted((STATIC / "css").glob("*.css")):
        css = _built_urls(minify_css(source.read_text("utf-8")), manifest)
        _emit(manifest, source.name, css.encode())
    for source in sorted((STATIC / "js").glob("*.js")):
        _emit(manifest, source.name, source.read_bytes())
    # The font licence asks to travel with the fonts.
    (DIST / "fonts" / "OFL.txt").write_bytes((FONT_PACKAGE / "LICENSE").read_bytes())
    _write_manifest(manifest)
    _drop_stale({*manifest.values(), "manifest.json", "fonts/OFL.txt"})
    return manifest


def _emit(manifest: dict[str, str], name: str, content: bytes) -> None:
    target = DIST / hashed_name(name, content)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    manifest[name] = target.relative_to(DIST).as_posix()


def _built_urls(css: str, manifest: dict[str, str]) -> str:
    """Point each font at its built name; an address of anything we do not build is a mistake."""

    def built(match: re.Match[str]) -> str:
        address = match[1].strip()
        if address.startswith(("data:", "#")):
            return match[0]
        name = f"fonts/{Path(address).name}"
        if name not in manifest:
            raise SystemExit(f"static/css: url({address}) is not among the fonts of scripts/assets.py")
        return f"url({manifest[name]})"

    return _CSS_URL.sub(built, css)


def _write_manifest(manifest: dict[str, str]) -> None:
    """Replace the manifest in one step: a running server reads the old one or the new one."""
    fresh = DIST / "manifest.json.new"
    fresh.write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n", "utf-8")
    fresh.replace(DIST / "manifest.json")


def _drop_stale(wanted: set[str]) -> None:
    for path in DIST.rglob("*"):
        if path.is_file() and path.relative_to(DIST).as_posix() not in wanted:
            path.unlink()


def main() -> None:
    if not FONT_PACKAGE.is_dir():
        raise SystemExit("The fonts are missing: run `make assets`, which fetches them with npm.")
    manifest = build()
    subprocess.run([sys.executable, str(ROOT / "scripts" / "messages.py"), "compile"], check=True)
    print(f"static/dist: {len(manifest)} files")


if __name__ == "__main__":
    main()
