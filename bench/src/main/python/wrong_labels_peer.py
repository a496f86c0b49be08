"""Wrong labels by cleanlab and scikit-learn, as their users find them: WrongLabelsBench calls it.

Arguments: a file of little-endian int32 N, D, K, then N*D float32 embeddings and N int32 labels; a seed. Prints the versions,
the self-confidence of each item, and the items that find_label_issues names.
"""
import os
import sys
import warnings

# threads cost more than they save on matrices of this size
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

import cleanlab
import numpy
import sklearn
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_label_quality_scores
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

warnings.simplefilter("ignore")
raw = open(sys.argv[1], "rb").read()
seed = int(sys.argv[2])
n, d, k = numpy.frombuffer(raw, "<i4", 3)
features = numpy.frombuffer(raw, "<f4", n * d, 12).reshape(n, d).astype(float)
labels = numpy.frombuffer(raw, "<i4", n, 12 + 4 * n * d)

folds = StratifiedKFold(5, shuffle=True, random_state=seed)
model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
grid = {"logisticregression__C": [1e-3, 3e-3, 1e-2, 3e-2, 0.1]}
search = GridSearchCV(model, grid, cv=folds, scoring="neg_log_loss", refit=False).fit(features, labels)
model.set_params(**search.best_params_)
probabilities = cross_val_predict(model, features, labels, cv=folds, method="predict_proba")
print("cleanlab", cleanlab.__version__, "scikit-learn", sklearn.__version__)
print(*get_label_quality_scores(labels, probabilities, method="self_confidence"))
print(*find_label_issues(labels, probabilities, return_indices_ranked_by="self_confidence"))
