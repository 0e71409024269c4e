"""Who may add evidence by hand. Reading evidence of a published issue is everyone's."""

GRANTS = {"evidence.add": frozenset({"officer"})}
