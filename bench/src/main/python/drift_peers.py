"""Evidently's and Alibi Detect's defaults on windows of images: how many windows each finds changed.

Usage: drift_peers.py FOLDER WINDOWS_IN_90_DAYS. FOLDER has reference.csv and CHANGE-NNN.csv.
"""

import sys
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")


def evidently(reference):
    from evidently import Report
    from evidently.presets import DataDriftPreset

    def alarms(window):
        snapshot = Report([DataDriftPreset()]).run(window, reference)
        counted = snapshot.dict()["metrics"][0]
        return counted["value"]["share"] >= 0.5  # the preset's default share of drifted columns

    return alarms


def evidently_any(reference):
    from evidently import Report
    from evidently.presets import DataDriftPreset

    def alarms(window):
        snapshot = Report([DataDriftPreset()]).run(window, reference)
        return snapshot.dict()["metrics"][0]["value"]["count"] > 0

    return alarms


def alibi_ks(reference):
    from alibi_detect.cd import KSDrift

    detector = KSDrift(reference.to_numpy(np.float32))
    return lambda window: detector.predict(window.to_numpy(np.float32))["data"]["is_drift"] == 1


def alibi_mmd(reference):
    from alibi_detect.cd import MMDDrift

    detector = MMDDrift(reference.to_numpy(np.float32)[:500], backend="pytorch")
    return lambda window: detector.predict(window.to_numpy(np.float32))["data"]["is_drift"] == 1


def main(folder, per_stretch):
    reference = pd.read_csv(folder / "reference.csv")
    # numbers that images of this model do not have, and those that never change, help no tool
    columns = [c for c in reference if reference[c].notna().all() and reference[c].nunique() > 1]
    changes = {}
    for file in sorted(folder.glob("*-*.csv")):
        changes.setdefault(file.stem.rsplit("-", 1)[0], []).append(pd.read_csv(file)[columns].fillna(0))
    tools = {
        "Evidently %s, data set drift": ("evidently", evidently),
        "Evidently %s, any column": ("evidently", evidently_any),
        "Alibi Detect %s, KSDrift": ("alibi-detect", alibi_ks),
        "Alibi Detect %s, MMDDrift": ("alibi-detect", alibi_mmd),
    }
    for name, (package, make) in tools.items():
        try:
            alarms = make(reference[columns])
            shares = {change: np.mean([alarms(w) for w in windows]) for change, windows in changes.items()}
        except Exception as e:  # a tool or what it needs is missing
            print(f"  {name % '?'}: skipped ({type(e).__name__}: {str(e).splitlines()[0]})")
            continue
        found = "; ".join(f"{change.replace('_', ' ')} {share:.2f}" for change, share in shares.items() if change != "none")
        print(f"  {name % version(package)}: {shares['none'] * per_stretch:.0f} false alarms in 90 days; {found}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
