"""XML read as nodes over its bytes: what is not changed stays as the issuer's program wrote it, byte for byte."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from xml.parsers import expat

from django.utils.translation import gettext_lazy as _

from linli.sheets.rules.refusals import DeliveryRefusedError

DEEPEST = 200
_HEAD = re.compile(rb"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
_SIXTEEN = (b"\xff\xfe", b"\xfe\xff")
_SAID = re.compile(r"""(<\?xml[^>]*encoding=["'])[^"']+""")


@dataclass(slots=True)
class Node:
    """One element: its name without prefix, attributes, where its first tag begins and ends, and where it ends."""

    name: str
    raw: str
    attributes: Mapping[str, str]
    begin: int
    head: int
    end: int
    parts: list["Node"] = field(default_factory=list)

    @property
    def prefix(self) -> str:
        """The prefix of its name, with the colon."""
        return self.raw[: len(self.raw) - len(self.name)]

    def first(self, name: str) -> "Node | None":
        """Return the first element of this name directly in it."""
        return next((one for one in self.parts if one.name == name), None)

    def each(self, *names: str) -> Iterable["Node"]:
        """Yield the elements of these names anywhere in it, in order."""
        for one in self.parts:
            if one.name in names:
                yield one
            yield from one.each(*names)

    def inner(self, xml: bytes) -> bytes:
        """Return what stands between its tags; nothing for an empty element."""
        tail = xml.rfind(b"</", self.head, self.end)
        return xml[self.head : tail] if tail >= self.head else b""

    def text(self, xml: bytes) -> str:
        """Return the text in it; only of an element without others in it."""
        return unescape(self.inner(xml).decode())


def escaped(text: str) -> str:
    """Return a text as it stands in XML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def as_utf8(xml: bytes) -> bytes:
    """Return XML in UTF-8, however it was encoded."""
    if xml[:2] in _SIXTEEN:
        return _SAID.sub(r"\1UTF-8", xml.decode("utf-16"), count=1).encode()
    return xml


def read_nodes(xml: bytes) -> Node:
    """Return the outermost element. Raises DeliveryRefusedError for what is no plain XML: no DTD, nothing expanded."""
    top = Node("", "", {}, 0, 0, len(xml))
    open_ones = [top]
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def begin(raw: str, attributes: dict[str, str]) -> None:
        at = parser.CurrentByteIndex
        head = _HEAD.match(xml, at)
        if head is None or len(open_ones) > DEEPEST:
            raise DeliveryRefusedError(_BROKEN)
        one = Node(raw.rpartition(":")[2], raw, attributes, at, head.end(), head.end())
        open_ones[-1].parts.append(one)
        open_ones.append(one)

    def end(_raw: str) -> None:
        one = open_ones.pop()
        if xml[one.head - 2 : one.head] != b"/>":
            one.end = xml.index(b">", parser.CurrentByteIndex) + 1

    def refuse(*_said: object) -> None:
        raise DeliveryRefusedError(_("The file holds a document type definition; such files are not opened."))

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise DeliveryRefusedError(_BROKEN) from error
    return top.parts[0]


def with_attributes(head: bytes, changes: Mapping[str, str | None]) -> bytes:
    """Return a first tag with attributes changed, added, or taken away (None)."""
    for name, value in changes.items():
        found = re.search(rb"""\s%s\s*=\s*(?:"[^"]*"|'[^']*')""" % re.escape(name.encode()), head)
        said = b"" if value is None else b' %s="%s"' % (name.encode(), _quoted(value))
        if found:
            head = head[: found.start()] + said + head[found.end() :]
        elif said:
            close = -2 if head.endswith(b"/>") else -1
            head = head[:close].rstrip() + said + head[close:]
    return head


def _quoted(text: str) -> bytes:
    return escaped(text).replace('"', "&quot;").encode()


class Edits:
    """Changes of a text of bytes, put in together."""

    def __init__(self, xml: bytes) -> None:
        self.xml = xml
        self._all: list[tuple[int, int, bytes]] = []

    def put(self, begin: int, end: int, new: bytes) -> None:
        """Replace the bytes from begin to before end."""
        if self.xml[begin:end] != new:
            self._all.append((begin, end, new))

    def head(self, node: Node, changes: Mapping[str, str | None]) -> None:
        """Change attributes of an element."""
        self.put(node.begin, node.head, with_attributes(self.xml[node.begin : node.head], changes))

    def text(self, node: Node, text: str) -> None:
        """Change the text of an element that has some."""
        inner = node.inner(self.xml)
        if inner and unescape(inner.decode()) != text:
            self.put(node.head, node.head + len(inner), escaped(text).encode())

    def done(self) -> bytes:
        """Return the text with all changes in it."""
        pieces, at = [], 0
        for begin, end, new in sorted(self._all, key=lambda one: one[:2]):
            pieces += [self.xml[at:begin], new]
            at = end
        return b"".join([*pieces, self.xml[at:]])


_BROKEN = _("The file is damaged: a part of it cannot be read.")
