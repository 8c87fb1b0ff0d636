"""Versions: documents that share most of their text (the same in another file, a draft and its final version).

They are linked and reported, never dropped. A search shows the text of the newest one and says where it stands besides.
"""

from beleidskennis.versions.linking import link_versions, related, settle_families
from beleidskennis.versions.wording import hit_lines, pair_line

__all__ = ["hit_lines", "link_versions", "pair_line", "related", "settle_families"]
