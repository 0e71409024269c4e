"""Who keeps the register of agencies, and who sees who works in one."""

GRANTS = {
    "agencies.manage": frozenset({"admin"}),
    "agencies.members": frozenset({"admin"}),
    "agencies.own_members": frozenset({"executive"}),
}
