"""A proof from the ledger, checked by the browser of whoever holds it."""

import json

import pytest

LINE = "[data-said] li"


@pytest.fixture
def proof(page_of):
    """Return the proof of an entry that is sealed, as an auditor takes it home."""
    page = page_of("shenji")
    page.goto("/console/trust/ledger?until=2000-01-01")  # looking makes an entry, which is sealed in a moment
    page.goto("/console/trust/ledger")
    links = page.locator("a[href$='proof.json']").evaluate_all("found => found.map(one => one.href)")
    return next(answer.json() for answer in map(page.request.get, links[3:]) if answer.ok)


def checked(page, proof, head=None):
    page.goto("/ledger")
    page.set_input_files("#proof-file", as_file("proof.json", json.dumps(proof)))
    page.locator(LINE).first.wait_for()
    if head is not None:
        page.set_input_files("#head-file", as_file("head.txt", head))
        page.locator(LINE, has_text="别处").wait_for()
    return page.locator(LINE).all_inner_texts()


def as_file(name, text):
    return {"name": name, "mimeType": "application/json", "buffer": text.encode()}


def test_a_proof_is_confirmed_and_an_altered_one_is_not(proof, fresh):
    page = fresh()
    lines = checked(page, proof)
    assert "该记录在台账中" in lines[0]
    assert "台账树头的签名有效。" in lines
    altered = {**proof, "entry": proof["entry"].replace('"staff"', '"guest"').replace('"system"', '"guest"')}
    assert checked(page, altered)[0].startswith("该记录不在此树头之下")
    forged = {**proof, "head": proof["head"].replace("made 1", "made 2")}
    assert checked(page, forged) == ["树头的签名有误。"]
    assert checked(page, {"form": "x"}) == ["这不是使用台账的证明文件，或文件已损坏。"]


def test_a_head_from_elsewhere_tells_whether_it_is_one_ledger(proof, fresh):
    page = fresh()
    assert "同一本台账" in checked(page, proof, proof["head"])[-1]
    other = proof["head"].split("\n")
    other[1] = str(int(other[1]) + 1)
    assert checked(page, proof, "\n".join(other))[0].startswith("别处取得的树头与此不同")
