"""Every route says who may enter; the whole matrix stands in a reviewed file."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import Rule

from app.identity.permissions import PUBLIC, all_permissions, roles_with
from tests.house.reviewed import assert_reviewed


def routes(app: Flask) -> list[Rule]:
    return sorted(
        (rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"),
        key=lambda rule: (rule.endpoint, rule.rule),
    )


def access(app: Flask, rule: Rule) -> str:
    return str(getattr(app.view_functions[rule.endpoint], "access", ""))


def test_every_route_says_who_may_enter(app: Flask) -> None:
    silent = [rule.endpoint for rule in routes(app) if not access(app, rule)]
    assert not silent, f"put @public or @requires(...) directly under the route of: {silent}"


def test_every_permission_named_at_a_door_is_declared(app: Flask) -> None:
    for rule in routes(app):
        wanted = access(app, rule)
        if wanted != PUBLIC:
            assert roles_with(wanted), f"{rule.endpoint}: declare {wanted} in its room's permissions.py"


def test_a_door_asks_for_its_own_rooms_permission(app: Flask) -> None:
    """One word names a feature everywhere: URL, blueprint, permission prefix."""
    for rule in routes(app):
        wanted, room = access(app, rule), rule.endpoint.split(".")[0]
        if wanted != PUBLIC:
            assert wanted.split(".")[0] == room, f"{rule.endpoint} asks for {wanted}"


def test_the_matrix_is_reviewed(app: Flask) -> None:
    lines = ["# Who may enter where. Roles: person is everyone signed in.", ""]
    for rule in routes(app):
        methods = ",".join(sorted(rule.methods - {"HEAD", "OPTIONS"}))
        wanted = access(app, rule)
        roles = "everyone" if wanted == PUBLIC else ", ".join(sorted(roles_with(wanted)))
        lines.append(f"{methods:<9} {rule.rule:<75} {wanted:<24} {roles}")
    lines += ["", "# Permissions", ""]
    lines += [f"{name:<28} {', '.join(sorted(roles))}" for name, roles in all_permissions().items()]
    assert_reviewed("permission-matrix.txt", "\n".join(lines) + "\n", "The permission matrix")
