"""The open data's contract as OpenAPI 3.1: plain data, held to the real answers by a test."""

from __future__ import annotations

from typing import Any

from app.agencies.reference import provinces
from app.config import current_settings
from app.issues.kinds import all_kinds
from app.issues.levels import LEVELS, STAGES
from app.issues.verdicts import VERDICTS
from app.search.asking import ISSUE

Schema = dict[str, Any]

_NUMBER: Schema = {"type": "integer", "minimum": 1}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_TEXT: Schema = {"type": "string"}
_NO_TEXT: Schema = {"type": ["string", "null"]}
_LEVEL: Schema = {"type": ["integer", "null"], "minimum": 1, "maximum": max(LEVELS)}
_LANG: Schema = {"type": "string", "enum": ["th", "en"]}
_STATE: Schema = {"type": "string", "enum": ["upcoming", "open", "closed", "annulled"]}
_ADDRESS: Schema = {"type": "string", "format": "uri"}
_MOMENT: Schema = {"type": ["string", "null"], "format": "date-time"}


def description() -> Schema:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Ruamkhit open data",
            "version": "1",
            "description": "What public agencies have opened to people. The same for every reader, without a key.",
        },
        "servers": [{"url": current_settings().base_url + "/api/v1"}],
        "paths": {
            "/issues": {"get": _issues()},
            "/issues/{id}": {"get": _issue()},
            "/search": {"get": _search()},
        },
        "components": {"schemas": schemas()},
    }


def schemas() -> dict[str, Schema]:
    """What answers are made of, by name."""
    kinds = [kind.code for kind in all_kinds()]
    return {
        "Text": _whole({"th": _TEXT, "en": _NO_TEXT}),
        "Addresses": _whole({"th": _ADDRESS, "en": _ADDRESS}),
        "Agency": _whole({"id": _NUMBER, "th": _TEXT, "en": _NO_TEXT}),
        "Area": _whole({"code": _TEXT, "th": _TEXT, "en": _NO_TEXT}),
        "Window": _whole({"opens_at": _MOMENT, "closes_at": _MOMENT}),
        "Listed": _whole(_listed()),
        "Issues": _whole({"issues": _list_of("Listed"), "next": _or_null(_ADDRESS)}),
        "Issue": _whole(_listed() | _in_full()),
        "Activity": _whole(
            {
                "id": _NUMBER,
                "kind": {"type": "string", "enum": kinds},
                "level": {"type": "integer", "minimum": 1, "maximum": max(LEVELS)},
                "stage": {"type": "string", "enum": list(STAGES)},
                "title": _ref("Text"),
                "window": _ref("Window"),
                "state": _STATE,
                "counts": {"type": "object", "additionalProperties": _COUNT},
                "url": _ref("Addresses"),
            }
        ),
        "Theme": _whole(
            {
                "id": _TEXT,
                "activity": _NUMBER,
                "title": _ref("Text"),
                "comments": _COUNT,
                "people": _COUNT,
                "verdict": {"type": ["string", "null"], "enum": [*VERDICTS, None]},
                "reason": _or_null(_ref("Text")),
                "due_on": {"type": ["string", "null"], "format": "date"},
                "answered_at": _MOMENT,
                "outcome": _NO_TEXT,
                "url": _ref("Addresses"),
            }
        ),
        "Results": _whole({"results": _list_of("Result"), "next": _or_null(_ADDRESS)}),
        "Result": _whole(
            {
                "title": _TEXT,
                "lang": _LANG,
                "kind": {"type": "string", "enum": [ISSUE, *kinds]},
                "url": _ADDRESS,
                "snippet": _TEXT,
                "snippet_lang": _LANG,
                "issue": _whole({"id": _NUMBER, "title": _TEXT, "url": _ADDRESS}),
            }
        ),
        "Refusal": {
            "type": "object",
            "required": ["error"],
            "properties": {"error": {"type": "integer"}, "parameter": _TEXT, "message": _TEXT},
            "additionalProperties": False,
        },
    }


def _listed() -> dict[str, Schema]:
    return {
        "id": _NUMBER,
        "number": _TEXT,
        "title": _ref("Text"),
        "level": _LEVEL,
        "agency": _ref("Agency"),
        "window": _ref("Window"),
        "state": _STATE,
        "source": _NO_TEXT,
        "url": _ref("Addresses"),
    }


def _in_full() -> dict[str, Schema]:
    return {
        "summary": _ref("Text"),
        "promise": _or_null(_ref("Text")),
        "legal_basis": _NO_TEXT,
        "answer_by": {"type": ["string", "null"], "format": "date"},
        "area": _or_null(_ref("Area")),
        "published_at": {"type": "string", "format": "date-time"},
        "activities": _list_of("Activity"),
        "themes": _list_of("Theme"),
    }


def _issues() -> Schema:
    return {
        "operationId": "listIssues",
        "summary": "Published issues, newest first",
        "parameters": [
            *_paged(),
            _parameter("province", {"type": "string", "enum": sorted(provinces())}, "Two digits"),
            _parameter("level", {"type": "integer", "minimum": 1, "maximum": max(LEVELS)}, "Level promised"),
            _parameter("state", {"type": "string", "enum": ["open", "upcoming", "closed"]}, "State now"),
            _parameter("agency", _NUMBER, "Id of an agency"),
            _parameter(
                "archive",
                {"type": "string", "enum": ["with", "without", "only"]},
                "Issues taken over from other sites",
            ),
        ],
        "responses": _answers("Issues", "400"),
    }


def _issue() -> Schema:
    return {
        "operationId": "readIssue",
        "summary": "One issue with its activities and their public counts",
        "description": "Counts too small to be shown are left out.",
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": _NUMBER}],
        "responses": _answers("Issue", "404"),
    }


def _search() -> Schema:
    kinds = [ISSUE, *(kind.code for kind in all_kinds())]
    return {
        "operationId": "search",
        "summary": "What holds every word and is public now: in titles first, then the newest",
        "parameters": [
            _parameter("q", {"type": "string", "maxLength": 200}, "Words, in Thai or English", required=True),
            _parameter("lang", {**_LANG, "default": "th"}, "Language of the answer"),
            _parameter("kind", {"type": "string", "enum": kinds}, "Only this kind of thing"),
            *_paged(),
        ],
        "responses": _answers("Results", "400"),
    }


def _paged() -> list[Schema]:
    return [
        _parameter("limit", {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}, "How many"),
        _parameter("after", _TEXT, "The mark in `next` of the page before"),
    ]


def _parameter(name: str, schema: Schema, words: str, *, required: bool = False) -> Schema:
    return {"name": name, "in": "query", "required": required, "description": words, "schema": schema}


def _answers(name: str, refusal: str) -> Schema:
    told = {"200": ("As asked", name), refusal: ("Refused", "Refusal")}
    return {
        status: {"description": words, "content": {"application/json": {"schema": _ref(schema)}}}
        for status, (words, schema) in told.items()
    }


def _whole(properties: dict[str, Schema]) -> Schema:
    """An object with all of these and nothing else."""
    return {
        "type": "object",
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _list_of(name: str) -> Schema:
    return {"type": "array", "items": _ref(name)}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}
