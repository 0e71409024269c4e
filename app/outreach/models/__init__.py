"""Tables of outreach: how people were told, whom the agency may ask, who was asked and what they replied."""

from app.outreach.models.announcements import Announcement, AnnouncementVersion
from app.outreach.models.invitations import Invited, Reply, Sending
from app.outreach.models.register import Contact, Group

__all__ = ["Announcement", "AnnouncementVersion", "Contact", "Group", "Invited", "Reply", "Sending"]
