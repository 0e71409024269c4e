"""The shape of what is typed about a panel: one module for each of its sides, as in `routes`."""
