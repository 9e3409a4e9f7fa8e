"""Where a path leads from one record to another: the words between kind and element."""

HOPS = {
    # (kind, word): (kind it leads to, relation of the registry, whether the relation is read backwards)
    ("person", "household"): ("household", "member_of", False),
    ("household", "head"): ("person", "member_of", True),  # the member whose kinship is 户主
    ("household", "member"): ("person", "member_of", True),  # each member: the row is repeated
    ("household", "home"): ("house", "dwells_at", False),
    ("person", "home"): ("house", "lives_in", False),
    ("person", "registered_home"): ("house", "registered_at", False),
    ("person", "residence"): ("residence", "lives_in", False),  # the relation's own data elements
    ("person", "guardian"): ("person", "guards", True),
    ("person", "spouse"): ("person", "member_of", True),  # the member of the same household who is the spouse
    ("person", "father"): ("person", "member_of", True),
    ("person", "mother"): ("person", "member_of", True),
    ("person", "workplace"): ("organisation", "works_at", False),
    ("house", "owner"): ("person", "owns", True),
    ("house", "tenant"): ("person", "rents", True),
    ("house", "resident"): ("person", "lives_in", True),
    ("house", "household"): ("household", "dwells_at", True),
    ("house", "building"): ("building", "part_of", False),
    ("organisation", "operator"): ("person", "operates", True),
    ("place", "operator"): ("person", "operates", True),
    ("organisation", "seat"): ("house", "seated_at", False),
}


def kind_at(element: str) -> str:
    """Return the kind of record that holds the last word of a path; empty where the path leads nowhere."""
    kind, *words = element.split(".")
    for word in words[:-1]:
        kind = HOPS.get((kind, word), ("", "", False))[0]
    return kind


__all__ = ["HOPS", "kind_at"]
