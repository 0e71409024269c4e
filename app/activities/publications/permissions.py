"""Who may do what with publications. Reading them is public."""

GRANTS = {
    "publications.write": frozenset({"officer"}),
}
