"""The demo town: thirteen months of an invented town, lived through the actions day by day."""
