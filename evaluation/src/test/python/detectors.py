"""An independent second opinion on detectors: writes the golden numbers that the Java tests compare with.

Not part of the program. To run it:
    python3 -m venv venv && venv/bin/pip install onnxruntime numpy opencv-python-headless pycocotools
    venv/bin/python detectors.py DATA boxes > runtime/src/test/resources/golden-detections.csv
    venv/bin/python detectors.py DATA text > runtime/src/test/resources/golden-text.csv
    venv/bin/python detectors.py DATA map
DATA is the folder with models/ and coco64-yolo/.
"""
import contextlib
import io
import pathlib
import sys

import cv2
import numpy as np
import onnxruntime
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

data = pathlib.Path(sys.argv[1])


def session(name):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(data / "models" / name), options)


def suppress(found, overlap):
    """found: rows of label, score, x1, y1, x2, y2; greedy, class by class."""
    found = found[np.argsort(-found[:, 1], kind="stable")]
    kept = []
    while len(found):
        best, rest = found[0], found[1:]
        kept.append(best)
        sides = np.minimum(best[4:], rest[:, 4:]) - np.maximum(best[2:4], rest[:, 2:4])
        both = np.prod(np.clip(sides, 0, None), axis=1)
        either = np.prod(best[4:] - best[2:4]) + np.prod(rest[:, 4:] - rest[:, 2:4], axis=1) - both
        found = rest[(both / either <= overlap) | (rest[:, 0] != best[0])]
    return np.array(kept[:300]).reshape(-1, 6)


def clipped(found, image):
    height, width = image.shape[:2]
    found[:, 2::2] = np.clip(found[:, 2::2], 0, width)
    found[:, 3::2] = np.clip(found[:, 3::2], 0, height)
    return found


def stretched(image, width, height):
    return cv2.resize(image, (width, height), interpolation=cv2.INTER_LINEAR)


def yolox(net, image, score, overlap):
    height, width = image.shape[:2]
    ratio = min(416 / height, 416 / width)
    w, h = round(width * ratio), round(height * ratio)
    frame = np.full((416, 416, 3), 114, np.uint8)
    frame[:h, :w] = stretched(image, w, h)
    out = net.run(None, {"images": frame.transpose(2, 0, 1)[None].astype(np.float32)})[0][0].astype(np.float64)
    grids, strides = [], []
    for stride in (8, 16, 32):
        side = 416 // stride
        ys, xs = np.mgrid[:side, :side]
        grids.append(np.stack([xs.ravel(), ys.ravel()], 1))
        strides.append(np.full((side * side, 1), stride))
    grids, strides = np.concatenate(grids), np.concatenate(strides)
    center, size = (out[:, :2] + grids) * strides, np.exp(out[:, 2:4]) * strides
    scores = out[:, 4:5] * out[:, 5:]
    label = scores.argmax(1)
    found = np.column_stack([label, scores.max(1), center - size / 2, center + size / 2])
    found = suppress(found[found[:, 1] >= score], overlap)
    found[:, 2:] /= [w / width, h / height] * 2
    return clipped(found, image)


def fastestdet(net, image, score, overlap):
    height, width = image.shape[:2]
    tensor = stretched(image, 352, 352).transpose(2, 0, 1)[None].astype(np.float32) / 255
    out = net.run(None, {"input.1": tensor})[0][0].astype(np.float64)
    rows = []
    for gy in range(out.shape[1]):
        for gx in range(out.shape[2]):
            cell = out[:, gy, gx]
            rank = cell[0] ** 0.6 * cell[5:].max() ** 0.4
            if rank >= score:
                cx, cy = (np.tanh(cell[1]) + gx) / out.shape[2], (np.tanh(cell[2]) + gy) / out.shape[1]
                w, h = 1 / (1 + np.exp(-cell[3])), 1 / (1 + np.exp(-cell[4]))
                box = [(cx - w / 2) * width, (cy - h / 2) * height, (cx + w / 2) * width, (cy + h / 2) * height]
                rows.append([cell[5:].argmax(), rank, *box])
    return clipped(suppress(np.array(rows).reshape(-1, 6), overlap), image)


def ultraface(net, image, score, overlap):
    height, width = image.shape[:2]
    rgb = cv2.cvtColor(stretched(image, 320, 240), cv2.COLOR_BGR2RGB).astype(np.float32)
    scores, boxes = net.run(None, {"input": ((rgb - 127) / 128).transpose(2, 0, 1)[None]})
    faces = scores[0][:, 1:2].astype(np.float64)
    found = np.column_stack([np.zeros(len(faces)), faces, boxes[0] * [width, height, width, height]])
    return clipped(suppress(found[found[:, 1] >= score], overlap), image)


def images():
    return sorted((data / "coco64-yolo" / "images").glob("*.jpg"))


def boxes():
    print("model,image,label,score,x1,y1,x2,y2")
    runs = [
        ("yolox-nano-coco80-416.onnx", yolox, 0.3, 0.45),
        ("fastestdet-coco80-352.onnx", fastestdet, 0.5, 0.45),
        ("ultraface-rfb-320.onnx", ultraface, 0.7, 0.3),
    ]
    for name, decode, score, overlap in runs:
        net = session(name)
        for image in images()[::4]:
            for found in decode(net, cv2.imread(str(image)), score, overlap):
                print(name, image.name, int(found[0]), *(f"{v:.4f}" for v in found[1:]), sep=",")


def text():
    print("image,score,x1,y1,x2,y2,x3,y3,x4,y4")
    net = session("ppocr-det-dynamic.onnx")
    for image in images():
        image = cv2.imread(str(image))
        scaled = stretched(image, 640, 640).astype(np.float32) / 255
        tensor = ((scaled - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]).transpose(2, 0, 1)[None]
        chart = net.run(None, {"x": tensor.astype(np.float32)})[0][0, 0]
        cores, _ = cv2.findContours((chart > 0.3).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for core in cores:
            center, (w, h), angle = cv2.minAreaRect(core)
            if min(w, h) < 3:
                continue
            filled = np.zeros(chart.shape, np.uint8)
            cv2.fillPoly(filled, [cv2.boxPoints((center, (w, h), angle)).astype(np.int32)], 1)
            score = chart[filled > 0].mean()
            grow = w * h * 1.5 / (2 * (w + h))
            if score >= 0.6 and min(w, h) + 2 * grow >= 5:
                corners = cv2.boxPoints((center, (w + 2 * grow, h + 2 * grow), angle)) + 0.5
                corners = np.clip(corners * [image.shape[1] / 640, image.shape[0] / 640], 0, image.shape[1::-1])
                print(image.name, f"{score:.4f}", *(f"{v:.3f}" for v in corners.ravel()), sep=",")


def mean_average_precision():
    net = session("yolox-nano-coco80-416.onnx")
    images, truths, answers = [], [], []
    for number, image in enumerate(images()):
        image = cv2.imread(str(image))
        height, width = image.shape[:2]
        images.append({"id": number, "width": width, "height": height})
        labels = data / "coco64-yolo" / "object_detection" / (image.stem + ".txt")
        for line in labels.read_text().splitlines() if labels.exists() else []:
            label, x, y, w, h = map(float, line.split())
            box = [(x - w / 2) * width, (y - h / 2) * height, w * width, h * height]
            truths.append({"id": len(truths) + 1, "image_id": number, "category_id": int(label), "bbox": box,
                           "area": box[2] * box[3], "iscrowd": 0})
        for label, score, x1, y1, x2, y2 in yolox(net, image, 0.001, 0.65):
            answers.append({"image_id": number, "category_id": int(label), "score": score,
                            "bbox": [x1, y1, x2 - x1, y2 - y1]})
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO()
        truth.dataset = {"images": images, "annotations": truths, "categories": [{"id": i} for i in range(80)]}
        truth.createIndex()
        evaluation = COCOeval(truth, truth.loadRes(answers), "bbox")
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
    print(f"images {len(images)} truths {len(truths)} answers {len(answers)} "
          f"AP50:95 {evaluation.stats[0]:.6f} AP50 {evaluation.stats[1]:.6f}")
    precision = evaluation.eval["precision"][0, :, :, 0, 2]
    for label in (0, 2, 45, 56):
        print(f"class {label} AP50 {precision[:, label].mean():.6f}")


{"boxes": boxes, "text": text, "map": mean_average_precision}[sys.argv[2]]()
