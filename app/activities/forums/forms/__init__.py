"""The shape of what is typed about a forum: one module for each of its sides, as in `routes`."""
