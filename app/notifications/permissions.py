"""Who may follow with an account: everyone who has one. By e-mail address the doors are open to all."""

from app.identity.roles import PERSON

GRANTS = {
    "notifications.follow": frozenset({PERSON}),
}
