"""What the words of comments suggest to the officer who groups them, at a cost that is capped.

Nothing is grouped by it: the officer reads and ticks.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select, union_all

from app.activities.comments.models import Comment, Theme, Word
from app.activities.comments.queries.states import SHOWN
from app.activities.comments.words import telling_words
from app.core.db import db

READ = 400
"""Comments of a theme, or in none, whose words are looked at: the newest."""
TELLING = 8
"""Words by which a theme is known."""
NEWEST_WITH = 200
"""Comments read for each word."""
MOST = 24
MOST_GROUPS = 6
LEAST_IN_GROUP = 3
TOO_COMMON = 0.6
"""A word in more than this part of what was read tells nothing apart."""


@dataclass(frozen=True)
class Suggested:
    """A comment that may belong to a theme, and the words that say so."""

    comment_id: int
    words: Sequence[str]


@dataclass(frozen=True)
class Group:
    """Comments in no theme that share words: what might become one."""

    words: Sequence[str]
    comments: int

    @property
    def asked(self) -> str:
        """The words as the list of ungrouped comments is asked for them."""
        return self.words[0]


def suggested_for(theme: Theme) -> list[Suggested]:
    """Up to 24 ungrouped comments that share most words with a theme: two statements."""
    words = _words_of(theme)
    if not words:
        return []
    parts = [
        select(Word.comment_id, Word.word)
        .where(Word.activity_id == theme.activity_id, Word.word == word)
        .order_by(Word.comment_id.desc())
        .limit(NEWEST_WITH)
        .subquery()
        for word in words
    ]
    hits = union_all(*(select(part) for part in parts)).subquery()
    rows = db.session.execute(
        select(hits.c.comment_id, hits.c.word)
        .join(Comment, Comment.id == hits.c.comment_id)
        .where(Comment.listed_in == theme.activity_id, Comment.theme_id.is_(None), SHOWN)
    )
    shared: dict[int, list[str]] = defaultdict(list)
    for comment_id, word in rows:
        shared[comment_id].append(word)
    least = 2 if len(words) > 1 else 1
    fitting = [(ident, found) for ident, found in shared.items() if len(found) >= least]
    fitting.sort(key=lambda pair: (-len(pair[1]), pair[0]))
    return [Suggested(ident, sorted(found, key=words.index)) for ident, found in fitting[:MOST]]


def groups_in(activity_id: int) -> list[Group]:
    """What the newest ungrouped comments seem to be about: up to six groups, by the words most of them share.

    The word of most comments makes the first group; its comments are set aside, and so on. One statement.
    """
    newest = (
        select(Comment.id)
        .where(Comment.listed_in == activity_id, Comment.theme_id.is_(None), SHOWN)
        .order_by(Comment.id.desc())
        .limit(READ)
        .subquery()
    )
    rows = db.session.execute(
        select(Word.comment_id, Word.word).join(newest, newest.c.id == Word.comment_id)
    ).all()
    holding: dict[str, set[int]] = defaultdict(set)
    for comment_id, word in rows:
        holding[word].add(comment_id)
    size = len({row.comment_id for row in rows})
    if size > 2 * LEAST_IN_GROUP:
        holding = {word: ids for word, ids in holding.items() if len(ids) <= TOO_COMMON * size}
    groups: list[Group] = []
    while len(groups) < MOST_GROUPS and holding:
        word = min(holding, key=lambda one: (-len(holding[one]), -len(one), one))
        ids = holding[word]
        if len(ids) < LEAST_IN_GROUP:
            break
        others = [one for one in holding if one != word and len(holding[one] & ids) * 2 > len(ids)]
        others.sort(key=lambda one: (-len(holding[one] & ids), -len(one), one))
        groups.append(Group([word, *others[:3]], len(ids)))
        holding = _without(holding, ids)
    return groups


def _without(holding: dict[str, set[int]], ids: set[int]) -> dict[str, set[int]]:
    left = {word: found - ids for word, found in holding.items()}
    return {word: found for word, found in left.items() if found}


def _words_of(theme: Theme) -> list[str]:
    """The words that tell a theme: those of its title, then those most of its newest comments share."""
    newest = (
        select(Comment.id)
        .where(Comment.theme_id == theme.id, SHOWN)
        .order_by(Comment.id.desc())
        .limit(READ)
        .subquery()
    )
    rows = db.session.execute(
        select(Word.comment_id, Word.word).join(newest, newest.c.id == Word.comment_id)
    ).all()
    size = len({row.comment_id for row in rows})
    counted = Counter(row.word for row in rows)
    shared = [word for word, number in counted.items() if number * 4 >= size and number > 1]
    shared.sort(key=lambda word: (-counted[word], -len(word), word))
    titled = telling_words(f"{theme.title_th} {theme.title_en or ''}")
    return _unique([*titled, *shared])[:TELLING]


def _unique(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
