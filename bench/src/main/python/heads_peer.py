"""Linear classifiers of scikit-learn on features that another program made of the same images.

Arguments: DIRECTORY with the little-endian files features.f32 [N,D], labels.i32 [N] and meta.json {"rows": N,
"columns": D, "classes": K, "splits": [[[training rows], [test rows]], ...]}.
Prints versions, then a line for each split: accuracy, macro-F1, seconds of standardising and fitting with C chosen by
cross-validation in five folds.
"""
import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegressionCV
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")
CS = [1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1, 3, 10]


def main():
    folder = Path(sys.argv[1])
    meta = json.loads((folder / "meta.json").read_text())
    features = np.fromfile(folder / "features.f32", "<f4").reshape(meta["rows"], meta["columns"])
    labels = np.fromfile(folder / "labels.i32", "<i4")
    print(f"scikit-learn {sklearn.__version__}, numpy {np.__version__}")
    for training, test in meta["splits"]:
        start = time.perf_counter()
        model = make_pipeline(
            StandardScaler(),
            LogisticRegressionCV(
                Cs=CS,
                cv=StratifiedKFold(5, shuffle=True, random_state=0),
                scoring="neg_log_loss",
                l1_ratios=(0,),
                max_iter=1000,
                n_jobs=2,
                use_legacy_attributes=False,
            ),
        )
        model.fit(features[training], labels[training])
        seconds = time.perf_counter() - start
        predicted = model.predict(features[test])
        print(
            accuracy_score(labels[test], predicted),
            f1_score(labels[test], predicted, average="macro", zero_division=0),
            seconds,
        )


main()
