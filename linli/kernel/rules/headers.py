"""What a browser is told about each page: what it may load and run, and what it may do on this machine.

The policy has no `unsafe-inline` and no `unsafe-eval`: scripts and styles come from the node itself, and the one style
that stands in a page is named by its hash (Content Security Policy Level 3, section 2.3.1).
"""

import base64
import hashlib
from collections.abc import Collection
from typing import Any

POLICY = (
    ("default-src", "'self'"),
    ("script-src", "'self'"),
    ("style-src", "'self'"),
    ("img-src", "'self' data: blob:"),  # previews of photos, and what a map draws
    ("worker-src", "'self' blob:"),  # maps
    ("connect-src", "'self'"),
    ("object-src", "'none'"),
    ("base-uri", "'none'"),
    ("form-action", "'self'"),
    ("frame-ancestors", "'none'"),
)
OTHERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(self), payment=(), usb=(), browsing-topics=()",
    "X-Permitted-Cross-Domain-Policies": "none",
}
_MARK = "linli_styles"


def policy(styles: Collection[str] = ()) -> str:
    """Return the Content-Security-Policy of a page in which these styles stand."""
    hashes = "".join(f" '{one}'" for one in styles)
    return "; ".join(f"{name} {value}{hashes if name == 'style-src' else ''}" for name, value in POLICY)


def allow_style(request: Any, text: str) -> None:
    """Let a style stand in the page that answers this request."""
    styles: set[str] = getattr(request, _MARK, set())
    styles.add("sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode())
    setattr(request, _MARK, styles)


def styles_of(request: Any) -> Collection[str]:
    """Return which styles may stand in the page that answers this request."""
    return sorted(getattr(request, _MARK, ()))
