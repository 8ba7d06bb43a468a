"""Keys made by whoever creates the thing: UUIDv7 (RFC 9562), so that rows made together lie together.

A key never orders, dates or authorises anything.
"""

from uuid_utils.compat import uuid7

__all__ = ["uuid7"]
