"""What is printed or taken away: minutes, slips, sheets in and out."""
