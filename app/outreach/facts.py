"""What room outreach writes into the ledger: channels and sendings in public, the register sealed.

No entry holds a name or an address, nor anything from which a small number could be worked out: how many of each
sector were asked stands behind a commitment, and the pages hide what is small.
"""

from __future__ import annotations

from app.i18n import _l
from app.ledger.facts import Fact

_TOLD = frozenset({"channel", "from_on", "until_on", "reached", "known_by", "version", "content"})

TOLD = Fact(
    "outreach.channel.recorded",
    _l("The agency recorded a channel by which people were told"),
    data=_TOLD,
    exhibit="each",
    demonstrates=("publication_log", "channel_list", "notice"),
)
CORRECTED = Fact(
    "outreach.channel.corrected",
    _l("The agency corrected what it had recorded of a channel"),
    data=_TOLD,
    exhibit="each",
    demonstrates=("publication_log", "channel_list"),
)
TAKEN_BACK = Fact(
    "outreach.channel.taken_back",
    _l("The agency took back what it had recorded of a channel, and said why"),
    data=frozenset({"channel", "version", "content"}),
)

GROUPS_PREPARED = Fact(
    "outreach.register.prepared",
    _l("The register of stakeholders of a draft was prepared"),
    data=frozenset({"groups", "sectors"}),
    visibility="sealed",
)
GROUPS_STATED = Fact(
    "outreach.register.stated",
    _l("The agency stated the groups of its register of stakeholders"),
    data=frozenset({"groups", "sectors", "content"}),
    exhibit="each",
    demonstrates=("stakeholder_register", "stakeholder_map"),
)
CONTACT_ADDED = Fact(
    "outreach.contact.added",
    _l("A contact was entered in a register of stakeholders"),
    data=frozenset({"sector", "ground"}),
    visibility="sealed",
)
CONTACTS_IMPORTED = Fact(
    "outreach.contact.imported",
    _l("Contacts were taken over into a register of stakeholders"),
    data=frozenset({"number", "sectors", "numbers", "ground"}),
    visibility="sealed",
)
CONTACT_CORRECTED = Fact(
    "outreach.contact.corrected",
    _l("A contact of a register of stakeholders was corrected"),
    data=frozenset({"changed"}),
    visibility="sealed",
)
CONTACT_ERASED = Fact(
    "outreach.contact.erased",
    _l("A contact was erased from a register of stakeholders"),
    data=frozenset({"sector", "by"}),
    visibility="sealed",
)

INVITED = Fact(
    "outreach.invitation.made",
    _l("The agency invited contacts of its register of stakeholders"),
    data=frozenset({"way", "number", "sectors", "content"}),
    exhibit="each",
    demonstrates=("invitation_log",),
)
POSTED = Fact(
    "outreach.invitation.posted",
    _l("The letters of an invitation were posted"),
    data=frozenset({"posted_on", "number"}),
)
REPLIED = Fact(
    "outreach.reply.received",
    _l("Somebody invited replied"),
    data=frozenset({"sector", "answer"}),
    visibility="sealed",
    precision="day",
)
TURNOUT = Fact(
    "outreach.turnout.stated",
    _l("The agency put on record who was asked and who took part, by sector"),
    data=frozenset({"sectors", "asked", "replied", "came"}),
    exhibit="each",
    demonstrates=("turnout_by_sector",),
)
