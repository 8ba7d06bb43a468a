"""Measurements of the server as `serve` ships it; each figure stands beside a baseline of the same run."""
