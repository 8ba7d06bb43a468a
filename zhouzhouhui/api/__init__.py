"""The HTTP API, version 1: the same actions and the same refusals as the pages, for other programs."""
