"""Who assigns, who scores, who sees totals and releases."""

GRANTS = {
    "awards.assign": frozenset({"admin"}),
    "awards.score": frozenset({"evaluator"}),
    "awards.decide": frozenset({"committee"}),
}
