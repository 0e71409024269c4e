"""The demonstration's content, and how it gets into the database: by the rooms' own verbs, in its own past."""
