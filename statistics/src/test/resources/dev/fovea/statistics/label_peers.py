"""Independent implementations that the tests compare with: crowd-kit, krippendorff, statsmodels and cleanlab.

    python label_peers.py PEER FILE

FILE has numbers as text. The output has one line for each result: its name, then numbers. Not part of the program.
"""
import sys

import numpy as np


def say(name, values):
    print(name, *(repr(float(value)) for value in np.ravel(values)))


def read(file):
    with open(file, encoding="utf-8") as lines:
        return [[float(number) for number in line.split()] for line in lines]


def ratings(file):
    """First line: number of classes. Then one line for each item, one label for each annotator, -1 for a gap."""
    (classes,), *rows = read(file)
    return int(classes), np.array(rows, dtype=int)


def krippendorff(file):
    import krippendorff as peer

    classes, table = ratings(file)
    data = np.where(table < 0, np.nan, table).T
    domain = list(range(classes))
    say("nominal", peer.alpha(reliability_data=data, value_domain=domain, level_of_measurement="nominal"))
    say("interval", peer.alpha(reliability_data=data, value_domain=domain, level_of_measurement="interval"))


def statsmodels(file):
    from statsmodels.stats import inter_rater as peer

    classes, table = ratings(file)
    for one in range(table.shape[1]):
        for other in range(one + 1, table.shape[1]):
            both = table[(table[:, one] >= 0) & (table[:, other] >= 0)]
            cells = np.zeros((classes, classes))
            np.add.at(cells, (both[:, one], both[:, other]), 1)
            found = peer.cohens_kappa(cells)
            say(f"cohen-{one}-{other}", [found.kappa, found.kappa_low, found.kappa_upp])
    complete = table[(table >= 0).all(axis=1)]
    counts, _ = peer.aggregate_raters(complete, n_cat=classes)
    say("fleiss", peer.fleiss_kappa(counts))


def answers(table):
    import pandas

    return pandas.DataFrame(
        [
            {"task": item, "worker": annotator, "label": label}
            for item, row in enumerate(table)
            for annotator, label in enumerate(row)
            if label >= 0
        ]
    )


def crowdkit(file):
    """Dawid-Skene for exactly 60 iterations, and GLAD until it converges."""
    from crowdkit.aggregation import GLAD, DawidSkene, MajorityVote

    classes, table = ratings(file)
    data = answers(table)
    items = range(len(table))

    def grid(probas):
        return probas.reindex(index=items, columns=range(classes)).fillna(0).to_numpy()

    majority = MajorityVote().fit(data)
    say("majority", grid(majority.probas_))
    fitted = DawidSkene(n_iter=60, tol=0).fit(data)
    say("dawid-skene", grid(fitted.probas_))
    say("prior", fitted.priors_.reindex(range(classes)).to_numpy())
    errors = fitted.errors_
    for annotator in range(table.shape[1]):
        say(f"confusion-{annotator}", errors.loc[annotator].reindex(index=range(classes), columns=range(classes)))
    glad = GLAD(n_iter=100, tol=1e-6).fit(data)
    say("glad", grid(glad.probas_))
    say("glad-skill", glad.alphas_.reindex(range(table.shape[1])))
    say("glad-ease", glad.betas_.reindex(items))


def cleanlab(file):
    """One line for each item: the given label, then the probabilities."""
    from cleanlab import count, filter, rank

    rows = np.array(read(file))
    labels, probabilities = rows[:, 0].astype(int), rows[:, 1:]
    say("thresholds", count.get_confident_thresholds(labels, probabilities))
    joint, issues = count.compute_confident_joint(
        labels, probabilities, calibrate=False, return_indices_of_off_diagonals=True
    )
    say("joint", joint)
    say("calibrated", count.compute_confident_joint(labels, probabilities, calibrate=True))
    say("off-diagonal", sorted(issues))
    found = filter.find_label_issues(labels, probabilities, filter_by="confident_learning", n_jobs=1)
    say("issues", np.where(found)[0])
    for method in ("self_confidence", "normalized_margin"):
        say(method, rank.get_label_quality_scores(labels, probabilities, method=method))


def objectlab(file):
    """Lines: image, 0, class, x1, y1, x2, y2 of a given box; image, 1, class, x1, y1, x2, y2, score of a predicted one."""
    from cleanlab.object_detection import rank

    rows = read(file)
    images = 1 + int(max(row[0] for row in rows))
    classes = 1 + int(max(row[2] for row in rows))
    labels, predictions = [], []
    for image in range(images):
        given = [row for row in rows if row[0] == image and row[1] == 0]
        labels.append(
            {
                "bboxes": np.array([row[3:7] for row in given], dtype=float).reshape(-1, 4),
                "labels": np.array([row[2] for row in given], dtype=int),
            }
        )
        predicted = np.empty(classes, dtype=object)
        for label in range(classes):
            boxes = [row[3:8] for row in rows if row[0] == image and row[1] == 1 and row[2] == label]
            predicted[label] = np.array(boxes, dtype=float).reshape(-1, 5)
        predictions.append(predicted)
    scores = {
        "overlooked": rank.compute_overlooked_box_scores,
        "misplaced": rank.compute_badloc_box_scores,
        "swapped": rank.compute_swap_box_scores,
    }
    for name, score in scores.items():
        limit = {} if name == "misplaced" else {"high_probability_threshold": 0.5}
        found = score(labels=labels, predictions=predictions, **limit)
        say(name, [np.nanmin(one) if len(one) and not np.isnan(one).all() else 1 for one in found])


if __name__ == "__main__":
    {
        "krippendorff": krippendorff,
        "statsmodels": statsmodels,
        "crowdkit": crowdkit,
        "cleanlab": cleanlab,
        "objectlab": objectlab,
    }[sys.argv[1]](sys.argv[2])
