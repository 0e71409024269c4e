"""The verbs of outreach, the only writers of its tables."""

from app.outreach.service.channels import Told, correct_channel, record_channel, take_back_channel
from app.outreach.service.erasing import erase, erase_contact, erase_expired
from app.outreach.service.importing import ContactRow, import_contacts
from app.outreach.service.inviting import Choice, Sent, invite, post_letters
from app.outreach.service.register import (
    ContactContent,
    GroupContent,
    add_contact,
    correct_contact,
    state_groups,
)
from app.outreach.service.replying import leave_register, reply
from app.outreach.service.turnout import state_turnout

__all__ = [
    "Choice",
    "ContactContent",
    "ContactRow",
    "GroupContent",
    "Sent",
    "Told",
    "add_contact",
    "correct_channel",
    "correct_contact",
    "erase",
    "erase_contact",
    "erase_expired",
    "import_contacts",
    "invite",
    "leave_register",
    "post_letters",
    "record_channel",
    "reply",
    "state_groups",
    "state_turnout",
    "take_back_channel",
]
