"""Addresses of built files: the name carries the content's hash, so they may be kept for a year."""

from __future__ import annotations

import json
from functools import lru_cache

from flask import url_for

from app.config import ROOT

MANIFEST = ROOT / "static" / "dist" / "manifest.json"


class AssetsNotBuilt(RuntimeError):
    """`make assets` has not been run, or does not know this file."""


def asset(name: str) -> str:
    """The address of a built file by its plain name, such as `app.css`."""
    built = _manifest(MANIFEST.stat().st_mtime_ns if MANIFEST.exists() else 0)
    if name not in built:
        raise AssetsNotBuilt(f"{name} is not in {MANIFEST}; run `make assets`")
    return url_for("static", filename=f"dist/{built[name]}")


@lru_cache(maxsize=2)
def _manifest(_stamp: int) -> dict[str, str]:
    if not MANIFEST.exists():
        return {}
    return dict(json.loads(MANIFEST.read_text()))
