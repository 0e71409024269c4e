"""How a fault is told to the log: where it happened and of what kind, never the values it happened with.

Messages of databases and parsers quote what they choke on: a person's words, an address, a choice.
"""

from __future__ import annotations

import traceback


def told(error: BaseException) -> str:
    """The chain of exceptions, the first cause first: each one's class and the places it passed."""
    parts = []
    link: BaseException | None = error
    while link is not None:
        places = "".join(
            f"  {f.filename}:{f.lineno} {f.name}\n" for f in traceback.extract_tb(link.__traceback__)
        )
        parts.append(f"{type(link).__module__}.{type(link).__qualname__}\n{places}")
        link = link.__cause__ or link.__context__
    return "".join(reversed(parts))
