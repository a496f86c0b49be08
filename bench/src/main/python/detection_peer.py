"""COCO's measure of truths.json and detections.json in a folder: the version, mAP50 and mAP50:95, each on a line."""

import contextlib
import io
import json
import sys
from importlib.metadata import version
from pathlib import Path

from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

folder = Path(sys.argv[1])
with contextlib.redirect_stdout(io.StringIO()):
    truths = COCO(str(folder / "truths.json"))
    found = truths.loadRes(json.loads((folder / "detections.json").read_text()))
    evaluation = COCOeval(truths, found, "bbox")
    evaluation.evaluate()
    evaluation.accumulate()
    evaluation.summarize()
print("pycocotools", version("pycocotools"))
print(evaluation.stats[1])
print(evaluation.stats[0])
