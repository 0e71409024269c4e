"""What is filled in about outreach."""
