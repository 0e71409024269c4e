"""Who may do what with issues."""

GRANTS = {
    "issues.see_drafts": frozenset({"officer", "executive", "moderator"}),
    "issues.draft": frozenset({"officer"}),
    "issues.publish": frozenset({"executive"}),
    "issues.respond": frozenset({"officer"}),
    "issues.close": frozenset({"executive"}),
}
