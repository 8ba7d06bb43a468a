"""What time alone demands, and what is sent out: imports actions and queries."""
