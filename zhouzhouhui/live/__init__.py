"""What the hall sees at once: streams that tail the ledger."""
