"""Who may do what in outreach. The register is read by nobody but the agency's officers."""

GRANTS = {
    "outreach.record": frozenset({"officer"}),
    "outreach.keep_register": frozenset({"officer"}),
    "outreach.invite": frozenset({"officer"}),
}
