"""PaDiM in numpy, scipy and scikit-learn, on feature maps that another program made of the same images.

Arguments: DIRECTORY with meta.json {"layers": [[channels, height, width], ...], "learned": n, "tested": m,
"input": edge} and the little-endian files maps.f32 (learned images first; per image each layer after the other),
labels.u8 (0 good, 1 anomalous; one for each tested image) and masks.u8 (edge * edge for each tested image).
Prints versions, image AUROC, pixel AUROC, and the scores of the tested images, a line each.
"""
import json
import sys
from pathlib import Path

import numpy as np
import scipy
import sklearn
from scipy.ndimage import gaussian_filter, uniform_filter
from sklearn.metrics import roc_auc_score

GRID = 28
RIDGE = 0.01


def axis(source, target):
    """Bilinear weights with half-pixel centres, as torch's interpolate without align_corners."""
    weights = np.zeros((target, source))
    for row in range(target):
        at = max(0.0, (row + 0.5) * source / target - 0.5)
        low = min(int(at), source - 1)
        high = min(low + 1, source - 1)
        weights[row, low] += 1 - (at - low)
        weights[row, high] += at - low
    return weights


def resized(maps, target):
    rows = axis(maps.shape[-2], target)
    columns = axis(maps.shape[-1], target)
    return np.einsum("rh,...hw,cw->...rc", rows, maps, columns)


def averaged(maps):
    """3 x 3 means that count only what is inside."""
    ones = np.ones(maps.shape[-2:])
    inside = uniform_filter(ones, 3, mode="constant")
    size = (1,) * (maps.ndim - 2) + (3, 3)
    return uniform_filter(maps, size, mode="constant") / inside


def main():
    directory = Path(sys.argv[1])
    meta = json.loads((directory / "meta.json").read_text())
    images = meta["learned"] + meta["tested"]
    edge = meta["input"]
    flat = np.fromfile(directory / "maps.f32", "<f4").reshape(images, -1)
    labels = np.fromfile(directory / "labels.u8", np.uint8)
    masks = np.fromfile(directory / "masks.u8", np.uint8).reshape(meta["tested"], edge, edge)
    parts = []
    begin = 0
    for channels, height, width in meta["layers"]:
        length = channels * height * width
        part = flat[:, begin:begin + length].reshape(images, channels, height, width).astype(np.float64)
        parts.append(averaged(resized(part, GRID)))
        begin += length
    features = np.concatenate(parts, axis=1).reshape(images, -1, GRID * GRID)
    learned = features[:meta["learned"]]
    tested = features[meta["learned"]:]
    dimensions = features.shape[1]
    distances = np.zeros((meta["tested"], GRID * GRID))
    for place in range(GRID * GRID):
        mean = learned[:, :, place].mean(axis=0)
        covariance = np.cov(learned[:, :, place], rowvar=False) + RIDGE * np.eye(dimensions)
        inverse = np.linalg.inv(covariance)
        difference = tested[:, :, place] - mean
        distances[:, place] = np.sqrt(np.einsum("nd,de,ne->n", difference, inverse, difference))
    maps = resized(distances.reshape(-1, GRID, GRID), edge)
    maps = np.stack([gaussian_filter(one, 4 * edge / 224) for one in maps])
    highest = max(1, int(0.01 * edge * edge))
    scores = np.sort(maps.reshape(meta["tested"], -1), axis=1)[:, -highest:].mean(axis=1)
    print("numpy %s, scipy %s, scikit-learn %s" % (np.__version__, scipy.__version__, sklearn.__version__))
    print(roc_auc_score(labels, scores))
    print(roc_auc_score(masks.reshape(-1), maps.reshape(-1)) if masks.any() else "NaN")
    print(" ".join(str(score) for score in scores))


main()
