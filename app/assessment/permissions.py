"""Who may write and who may submit a self-assessment."""

GRANTS = {
    "assessment.write": frozenset({"officer"}),
    "assessment.see": frozenset({"officer", "executive"}),
    "assessment.submit": frozenset({"executive"}),
}
