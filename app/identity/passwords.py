"""Passwords: what makes a good one, and how it is kept (Argon2id, the minimum of OWASP's cheat sheet).

Length is what protects: ten characters as a reader counts them, pass phrases of any kind and script, no
rules about digits and signs (NIST SP 800-63B, 5.1.1.2).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from app.config import current_settings
from app.core.errors import DomainError
from app.core.text import grapheme_len
from app.i18n import _l

SHORTEST = 10
"""Graphemes: กี้ counts as one."""
LONGEST = 500
"""Characters; more would only be a way to keep the hasher busy."""
FEWEST_DIFFERENT = 4

_COMMONEST = """
1234567890 0123456789 0987654321 9876543210 123456789a a123456789 12345678910 1234512345 1029384756
123123123123 147258369a 1q2w3e4r5t q1w2e3r4t5 1qaz2wsx3edc qazwsxedcrfv zaq12wsxcde3 qwertyuiop
qwerty1234 qwerty12345 qwerty123456 1234qwerty 1234qwerasdf asdfghjkl; asdfghjkl1 zxcvbnm123 abcdefghij
abcd123456 abc1234567 password12 password123 password1234 password12345 passw0rd123 p@ssw0rd123
p@ssword123 mypassword changeme123 letmein1234 welcome123 welcome1234 iloveyou12 iloveyou123
iloveyou1234 admin12345 admin123456 administrator superadmin test123456 thailand123 thailand1234
bangkok1234 sawasdee123 กขฃคฅฆงจฉช รหัสผ่าน123 รหัสผ่าน1234 ๑๒๓๔๕๖๗๘๙๐ รักเธอตลอดไป
"""
COMMONEST = frozenset(_COMMONEST.split())
"""Those of the commonest passwords that are long enough; shorter ones fall to their length."""

_REAL_COST = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_TEST_COST = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def hash_new(password: str, *, email: str, name: str) -> str:
    """The hash of a password its owner just chose; raise `DomainError` with the repair for a weak one.

    Slow on purpose: call it before the transaction starts to write.
    """
    check_strength(password, email=email, name=name)
    return _hasher().hash(_form(password))


def check_strength(password: str, *, email: str, name: str) -> None:
    """Raise `DomainError` (at the field `password`) where a password would be guessed early."""
    if grapheme_len(password) < SHORTEST:
        raise DomainError(
            _l("Use at least %(count)s characters. A short sentence is easy to remember.", count=SHORTEST),
            "password",
        )
    if len(password) > LONGEST:
        raise DomainError(_l("Use at most %(count)s characters.", count=LONGEST), "password")
    plain = _form(password).casefold().strip()
    if plain in _known(email, name):
        raise DomainError(_l("Choose a password that is not your name or e-mail address."), "password")
    if plain in COMMONEST or len(set(plain)) < FEWEST_DIFFERENT:
        raise DomainError(_l("Too many people use this password. Choose another."), "password")


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one behind the hash; without a hash the same work is done for nothing."""
    hasher = _hasher()
    try:
        # A hash made at another cost is checked at its own; `outdated` says when to make it anew.
        hasher.verify(password_hash or _nobody(hasher), _form(password[:LONGEST]))
    except (VerifyMismatchError, InvalidHashError):
        return False
    return bool(password_hash)


def outdated(password_hash: str) -> bool:
    """Whether the hash was made at another cost than today's."""
    return _hasher().check_needs_rehash(password_hash)


def hash_again(password: str) -> str:
    """A new hash of a password that has just been checked."""
    return _hasher().hash(_form(password))


def _form(password: str) -> str:
    """One form for what different keyboards send (NIST SP 800-63B: NFKC before hashing)."""
    return unicodedata.normalize("NFKC", password)


def _known(email: str, name: str) -> set[str]:
    email = email.casefold()
    return {_form(word).casefold().strip() for word in (email, email.partition("@")[0], name)}


def _hasher() -> PasswordHasher:
    """The real cost everywhere but in tests, which sign in thousands of times."""
    return _TEST_COST if current_settings().env == "test" else _REAL_COST


@lru_cache(maxsize=2)
def _nobody(hasher: PasswordHasher) -> str:
    return hasher.hash("the password of nobody at all")
