"""What exchange keeps."""

from linli.exchange.models.linkage import LinkageEntry, LinkageKey, LinkageModel, LinkageReview, LinkageStep

__all__ = ["LinkageEntry", "LinkageKey", "LinkageModel", "LinkageReview", "LinkageStep"]
