"""How well perfunctory replies were recognised: F1 of that class, the area under the curve, precision, recall."""

from typing import Any

import numpy as np
import numpy.typing as npt

from linli.events.rules.replies_model import ReplyModelError

__all__ = ["reply_figures"]


def reply_figures(
    judged: npt.NDArray[np.bool_], found: npt.NDArray[np.bool_], chances: npt.NDArray[np.float64]
) -> dict[str, Any]:
    """Return f1, auc, precision, recall and n; raises ReplyModelError where only one kind of reply was judged."""
    from sklearn.metrics import roc_auc_score  # noqa: PLC0415  slow to import

    if judged.all() or not judged.any():
        raise ReplyModelError("The test needs replies of both kinds, perfunctory and not.")
    right = int((found & judged).sum())
    precision, recall = right / max(int(found.sum()), 1), right / int(judged.sum())
    f1 = 2 * right / max(int(found.sum() + judged.sum()), 1)
    return {"f1": round(f1, 4), "auc": round(float(roc_auc_score(judged, chances)), 4),
            "precision": round(precision, 4), "recall": round(recall, 4), "n": len(judged)}  # fmt: skip
