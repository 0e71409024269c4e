"""What room issues writes into the ledger. Drafts are sealed; what is promised in public is public."""

from __future__ import annotations

from app.i18n import _l
from app.ledger.facts import Fact

DRAFTED = Fact(
    "issues.issue.drafted",
    _l("An issue was drafted"),
    data=frozenset({"level"}),
    visibility="sealed",
)
REDRAFTED = Fact(
    "issues.issue.redrafted",
    _l("A draft was changed"),
    data=frozenset({"changed", "kind"}),
    visibility="sealed",
)
PROPOSED = Fact(
    "issues.issue.proposed",
    _l("An officer asked for publication"),
    visibility="sealed",
)
PUBLISHED = Fact(
    "issues.issue.published",
    _l("The issue was published with its promise"),
    data=frozenset(
        {"level", "legal_basis", "groups", "sectors", "activities", "answer_by", "content", "signed"}
    ),
    exhibit="each",
    demonstrates=("issue_page", "problem_statement", "stakeholder_map"),
)
CORRECTED = Fact(
    "issues.issue.corrected",
    _l("The published text was corrected"),
    data=frozenset({"changed", "content"}),
)
LEVEL_RAISED = Fact(
    "issues.issue.level_raised",
    _l("The promise was raised from level %(before)s to level %(after)s"),
    data=frozenset({"before", "after", "answer_by", "content"}),
)
CLOSED = Fact(
    "issues.issue.closed",
    _l("The issue was closed with every duty met"),
    data=frozenset({"level"}),
    tells="closed",
)
ANNULLED = Fact(
    "issues.issue.annulled",
    _l("The issue was ended without an answer"),
    data=frozenset({"reason"}),
    tells="ended",
)
DISCARDED = Fact(
    "issues.issue.discarded",
    _l("A draft was discarded"),
    data=frozenset({"reason"}),
    visibility="sealed",
)

_WINDOW = frozenset({"kind", "opens_at", "closes_at"})
ACTIVITY_ADDED = Fact(
    "issues.activity.added",
    _l("An activity was announced"),
    data=_WINDOW,
    exhibit="each",
    demonstrates=("notice",),
    tells="announced",
)
ACTIVITY_CHANGED = Fact(
    "issues.activity.changed",
    _l("An announced activity was changed"),
    data=_WINDOW | {"changed", "opens_before", "closes_before"},
    tells="date_change",
)
ACTIVITY_REMOVED = Fact(
    "issues.activity.removed",
    _l("An announced activity was cancelled"),
    data=frozenset({"kind"}),
    tells="cancelled",
)

NOTICE_WAIVED = Fact(
    "issues.notice.waived",
    _l("The agency set a rule of notice aside and published its reason"),
    data=frozenset({"rule", "days", "content"}),
)

RESPONSE_DRAFTED = Fact(
    "issues.response.drafted",
    _l("The agency's answer was drafted"),
    visibility="sealed",
)
RESPONSE_PUBLISHED = Fact(
    "issues.response.published",
    _l("The agency answered: what was heard, what was decided, what will be done"),
    data=frozenset({"content", "commitments"}),
    exhibit="each",
    demonstrates=("summary", "response_matrix"),
    tells="answer",
)
RESPONSE_CORRECTED = Fact(
    "issues.response.corrected",
    _l("The agency's answer was corrected"),
    data=frozenset({"changed", "content"}),
)
COMMITMENT_MADE = Fact(
    "issues.commitment.made",
    _l("The agency committed itself to an act, with an owner and a date"),
    data=frozenset({"due_on", "content"}),
    exhibit="each",
    demonstrates=("implementation_tracker",),
)
COMMITMENT_DONE = Fact(
    "issues.commitment.done",
    _l("A commitment was carried out"),
    data=frozenset({"due_on", "late"}),
    exhibit="each",
    demonstrates=("implementation_tracker",),
)

ARCHIVE_IMPORTED = Fact(
    "issues.archive.imported",
    _l("%(count)s consultations published elsewhere were taken into the archive"),
    data=frozenset({"source", "count", "content"}),
)
