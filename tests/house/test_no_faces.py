"""No face is recognised here, nor any other body: not by a package, not by a class of a model, not by a call.

What is refused is data (`no_faces.json`). Each reader is first given something planted, and must find it: a reader that
finds nothing anywhere proves nothing.
"""

import ast
import json
import re
from pathlib import Path

import numpy as np
import pytest

from tests.house.reading import HOUSE, ROOT, name_of, of_kind, product_files, refuse, tracked, tree

REFUSED = json.loads((Path(__file__).parent / "no_faces.json").read_text("utf-8"))
PACKAGES, NPM, CALLS = (frozenset(REFUSED[part]) for part in ("packages", "npm", "calls"))
CLASSES = re.compile(REFUSED["classes"], re.IGNORECASE)
MODELS = {
    ".onnx",
    ".npz",
    ".npy",
    ".pt",
    ".pth",
    ".tflite",
    ".pb",
    ".caffemodel",
    ".h5",
    ".safetensors",
    ".xml",
    ".dat",
}
LISTS = {".names", ".labels"}
LISTED = re.compile(r"(^|_)(CLASSES|CLASS_NAMES|DETECTS|HAZARDS|OBJECT_NAMES)$")
NAMES_OF_LISTS = re.compile(r"class|label|categor|coco|voc", re.IGNORECASE)


def normal(name: str) -> str:
    """Return the name of a package as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def in_lock(text: str) -> set[str]:
    """Return the refused packages that a lock or a list of wishes names."""
    named = {
        normal(found) for found in re.findall(r"^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[|[=<>!~;@]|$)", text, re.MULTILINE)
    }
    return named & {normal(one) for one in PACKAGES}


def in_vendor(text: str) -> set[str]:
    """Return the refused libraries that a manifest of vendored files names, or a file of theirs."""
    listed = json.loads(text)
    words = [one["name"] for one in listed] + [file for one in listed for file in one["files"]]
    return {bad for bad in NPM for word in words if bad.lower() in word.lower()}


def in_imports(module: ast.Module) -> set[str]:
    """Return the refused packages that a file imports, wherever in it, also by name at run time."""
    found = {one.name.split(".")[0] for node in of_kind(module)[ast.Import] for one in node.names}
    found |= {node.module.split(".")[0] for node in of_kind(module)[ast.ImportFrom] if node.module}
    for node in of_kind(module)[ast.Call]:
        if _called(node.func) in {"import_module", "__import__", "require_module"}:
            found |= {arg.value.split(".")[0] for arg in node.args if isinstance(arg, ast.Constant) and _text(arg)}
    return {normal(one) for one in found} & {normal(one) for one in PACKAGES}


def in_calls(module: ast.Module) -> set[str]:
    """Return the refused functions and classes that a file names in code; comments and sentences are free."""
    names = {node.attr for node in of_kind(module)[ast.Attribute]}
    names |= {node.id for node in of_kind(module)[ast.Name]}
    names |= {one.name for kind in (ast.ImportFrom, ast.Import) for node in of_kind(module)[kind] for one in node.names}
    return names & CALLS


def in_script(text: str) -> set[str]:
    """Return the refused libraries and interfaces that a script of a page names."""
    return {word for word in (*NPM, *CALLS) if word.lower() in text.lower()}


def classes_in(path: Path) -> list[str]:
    """Return the class names that a model or class list carries; of a binary model every word that stands in it."""
    if path.suffix == ".npz":
        with np.load(path, allow_pickle=False) as kept:
            arrays = [kept[name] for name in kept.files]
            return [*kept.files, *(str(word) for one in arrays if one.dtype.kind in "US" for word in one.ravel())]
    if path.suffix in MODELS - {".xml"}:
        return [word.decode("ascii") for word in re.findall(rb"[A-Za-z][A-Za-z_ -]{2,40}", path.read_bytes())]
    return path.read_text("utf-8", errors="replace").splitlines()


def faces_in(words: list[str]) -> list[str]:
    """Return the classes of a body or an identity among names of classes."""
    return [word for word in words if CLASSES.search(word)]


def declared_classes(module: ast.Module) -> list[str]:
    """Return the texts in what a file of Python calls classes or labels of something seen."""
    found = []
    for node in module.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        named = [one.id for one in targets if isinstance(one, ast.Name)]
        if node_value := getattr(node, "value", None):
            is_list = any(
                re.search(r"(^|_)(CLASSES|CLASS_NAMES|DETECTS|HAZARDS|OBJECT_NAMES)$", name) for name in named
            )
            found += [
                one.value for one in ast.walk(node_value) if is_list and isinstance(one, ast.Constant) and _text(one)
            ]
    return found


def shipped_models() -> list[Path]:
    """Return every model and class list that the project ships."""
    return [
        path
        for path in tracked()
        if path.suffix in MODELS | LISTS
        or (
            (path.suffix in {".txt", ".json", ".yaml", ".yml"} and NAMES_OF_LISTS.search(path.stem))
            and path.is_relative_to(HOUSE)
        )
    ]


def _called(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _text(node: ast.Constant) -> bool:
    return isinstance(node.value, str)


# ---- the readers find what is planted ------------------------------------------


@pytest.mark.parametrize("package", sorted(PACKAGES))
def test_a_planted_package_is_found_in_a_lock_and_in_code(package):
    assert in_lock(f"django==5.2 \\\n    --hash=sha256:0\n{package}==1.0 \\\n    --hash=sha256:1\n") == {
        normal(package)
    }
    assert in_lock(f"{package.replace('-', '_').upper()}>=1 ; python_version > '3'") == {normal(package)}
    module = package.replace("-", "_")
    for code in (f"import {module}.api", f"def f():\n    from {module} import x", f"import_module('{module}.x')"):
        assert in_imports(ast.parse(code)) == {normal(package)}, code
    assert not in_lock("django==5.2\ninterface==1\nfacets==2")


def test_planted_libraries_calls_and_scripts_are_found():
    manifest = [{"name": "@vladmandic/face-api", "files": {}}, {"name": "x", "files": {"v/tfjs-facemesh.js": ""}}]
    assert {"@vladmandic/face-api", "facemesh"} <= in_vendor(json.dumps(manifest))
    assert in_calls(ast.parse("model = cv2.FaceRecognizerSF.create(a, b)")) == {"FaceRecognizerSF"}
    assert in_calls(ast.parse("from cv2 import CascadeClassifier as C")) == {"CascadeClassifier"}
    assert not in_calls(ast.parse("'''CascadeClassifier is refused.'''\nx = interface.surface"))
    assert in_script("const d = new FaceDetector({fastMode: true})")
    assert not in_script("const face = 'desk'; surface.append(typeface)")


@pytest.mark.parametrize(
    "word", ["face", "Human face", "人脸", "identity", "person_id", "gait", "iris", "palm print", "声纹"]
)
def test_a_planted_class_is_found_in_every_form_of_a_list(word, tmp_path):
    assert faces_in(["smoke", word, "fire"]) == [word]
    np.savez(tmp_path / "model.npz", labels=np.array(["smoke", word]))
    assert faces_in(classes_in(tmp_path / "model.npz")) == [word]
    (tmp_path / "coco.names").write_text(f"fire\n{word}\n", "utf-8")
    assert faces_in(classes_in(tmp_path / "coco.names")) == [word]
    assert faces_in(declared_classes(ast.parse(f"HAZARD_CLASSES = ('fire', {word!r})"))) == [word]
    if word.isascii():
        (tmp_path / "seen.onnx").write_bytes(b"\x08\x07\x12\x0cnames{" + word.encode() + b"}\x00\x01")
        assert faces_in(classes_in(tmp_path / "seen.onnx"))


@pytest.mark.parametrize("word", ["fire", "smoke", "surface crack", "e-bike", "interface", "facade", "门面", "person"])
def test_hazards_and_things_are_no_faces(word):
    assert not faces_in([word])


# ---- and find nothing in the house --------------------------------------------


def test_no_locked_package_recognises_bodies():
    files = [*sorted((ROOT / "requirements").iterdir()), ROOT / "pyproject.toml"]
    problems = [f"{name_of(path)}: {bad}" for path in files for bad in sorted(in_lock(_plain(path)))]
    assert len(files) >= 5, "the locks are where they were"
    refuse(problems, "Linli recognises no faces, fingers, irises, voices or gaits; take this package out.")


def _plain(path: Path) -> str:
    text = path.read_text("utf-8")
    return text if path.suffix != ".toml" else "\n".join(re.findall(r"\"([A-Za-z0-9][\w.\[\]-]*[^\"]*)\"", text))


def test_no_vendored_library_recognises_bodies():
    manifests = [path for path in tracked() if path.name in {"vendor.json", "package.json", "package-lock.json"}]
    assert manifests, "the vendored libraries have a manifest"
    problems = []
    for path in manifests:
        text = path.read_text("utf-8")
        found = in_vendor(text) if path.name == "vendor.json" else {one for one in NPM if one in text}
        problems += [f"{name_of(path)}: {bad}" for bad in sorted(found)]
    refuse(problems, "Linli recognises no bodies; take this library out.")


def test_no_code_imports_or_calls_what_recognises_bodies():
    files = [path for path in tracked() if path.suffix == ".py" and path.name != Path(__file__).name]
    assert len(files) > 500
    problems = [
        f"{name_of(path)}: {bad}" for path in files for bad in sorted(in_imports(tree(path)) | in_calls(tree(path)))
    ]
    refuse(problems, "Linli recognises no bodies; take this out.")


def test_no_script_of_a_page_recognises_bodies():
    files = product_files(".js") + product_files(".mjs") + product_files(".html")
    assert len(files) > 50
    problems = [f"{name_of(path)}: {bad}" for path in files for bad in sorted(in_script(path.read_text("utf-8")))]
    refuse(problems, "No page recognises bodies; take this out.")


def test_no_shipped_model_or_list_has_a_class_of_a_body_or_identity():
    models = shipped_models()
    assert {path.suffix for path in models} >= {".npz"}, "the shipped models are read"
    problems = [f"{name_of(path)}: {word}" for path in models for word in faces_in(classes_in(path))]
    problems += [
        f"{name_of(path)}: {word}" for path in product_files() for word in faces_in(declared_classes(tree(path)))
    ]
    refuse(problems, "No model that ships may know a class of a face, a body or an identity.")
