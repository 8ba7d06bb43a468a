"""Chinese text: words, masking, lists; plain Python, no Django."""
