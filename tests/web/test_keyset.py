"""A page's mark comes back as it was written, and nothing else is taken for one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.keyset import Cursor

moments = st.integers(1, 32_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@given(moment=moments, ident=st.integers(0, 2**31 - 1))
def test_a_mark_comes_back_as_it_was(moment: datetime, ident: int) -> None:
    cursor = Cursor(moment, ident)
    assert Cursor.parse(str(cursor)) == cursor


@given(text=st.text(max_size=40))
def test_anything_else_is_refused_or_round(text: str) -> None:
    try:
        cursor = Cursor.parse(text)
    except ValueError:
        return
    assert Cursor.parse(str(cursor)) == cursor


@pytest.mark.parametrize("text", ["", "-", "1-", "-1", "1-2147483648", "๑-๑", "1-1 ", "1-1\n"])
def test_no_mark(text: str) -> None:
    with pytest.raises(ValueError, match="page mark"):
        Cursor.parse(text)
