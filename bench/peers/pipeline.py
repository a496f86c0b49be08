"""What every peer shares: session, preprocessing and the five best labels, as one writes them by hand.

bench/run peers sets PEER_CONFIG, a JSON object: model, labels, color, resize, crop, mean, std, softmax, threads (0: the
default of ONNX Runtime), workers, decode (pillow or cv2) and fast (decode at a reduced scale).
"""

import io
import json
import os

import numpy as np
import onnxruntime as ort
from PIL import Image, ImageOps

CONFIG = json.loads(os.environ["PEER_CONFIG"])
EDGE, CROP = CONFIG["resize"], CONFIG["crop"]
MEAN = np.asarray(CONFIG["mean"], np.float32)
SCALE = 1 / np.asarray(CONFIG["std"], np.float32)
PLAIN = bool(np.all(SCALE == 1))
with open(CONFIG["labels"], encoding="utf-8") as file:
    LABELS = file.read().splitlines()


def session():
    """One session; with threads set, that many intra-op threads that do not spin."""
    options = ort.SessionOptions()
    if CONFIG["threads"]:
        options.intra_op_num_threads = CONFIG["threads"]
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return ort.InferenceSession(CONFIG["model"], options, providers=["CPUExecutionProvider"])


def scaled(width, height):
    """The size whose shorter edge is EDGE, as torchvision rounds it."""
    if width <= height:
        return EDGE, int(EDGE * height / width)
    return int(EDGE * width / height), EDGE


def decoded(body):
    """An RGB image, upright; where the configuration is fast, at a reduced scale that the JPEG format offers."""
    if CONFIG["decode"] == "cv2":
        import cv2

        flags = cv2.IMREAD_COLOR_RGB
        if CONFIG["fast"]:
            with Image.open(io.BytesIO(body)) as header:
                by = min(header.size) // EDGE
            reduced = {8: cv2.IMREAD_REDUCED_COLOR_8, 4: cv2.IMREAD_REDUCED_COLOR_4, 2: cv2.IMREAD_REDUCED_COLOR_2}
            reduce = next((reduced[step] for step in reduced if step <= by), None)
            flags = flags if reduce is None else reduce
        pixels = cv2.imdecode(np.frombuffer(body, np.uint8), flags)
        return Image.fromarray(pixels if flags == cv2.IMREAD_COLOR_RGB else cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB))
    image = Image.open(io.BytesIO(body))
    if CONFIG["fast"]:
        image.draft("RGB", scaled(*image.size))
    return ImageOps.exif_transpose(image).convert("RGB")


def pixels(body):
    """Bytes [CROP, CROP, 3] in the order of channels that the network expects."""
    image = decoded(body)
    width, height = scaled(*image.size)
    image = image.resize((width, height), Image.BILINEAR)
    left, top = round((width - CROP) / 2), round((height - CROP) / 2)
    rgb = np.asarray(image.crop((left, top, left + CROP, top + CROP)))
    return rgb[:, :, ::-1] if CONFIG["color"] == "BGR" else rgb


def tensor(body):
    """JPEG bytes to float32 [1, 3, CROP, CROP]."""
    values = pixels(body).astype(np.float32)
    values -= MEAN
    if not PLAIN:
        values *= SCALE
    return np.ascontiguousarray(values.transpose(2, 0, 1))[np.newaxis]


def answer(scores):
    """The five best labels of one image."""
    scores = scores.reshape(-1)
    if CONFIG["softmax"]:
        scores = np.exp(scores - scores.max())
        scores /= scores.sum()
    best = np.argpartition(scores, -5)[-5:] if len(scores) > 5 else np.arange(len(scores))
    best = best[np.argsort(-scores[best])]
    top = [{"label": LABELS[i], "confidence": float(scores[i])} for i in best]
    return {"label": top[0]["label"], "confidence": top[0]["confidence"], "top": top}


class Model:
    """JPEG bytes to an answer; safe for several threads."""

    def __init__(self):
        if CONFIG["decode"] == "cv2":
            import cv2

            cv2.setNumThreads(1)
        self.session = session()
        self.input = self.session.get_inputs()[0].name

    def predict(self, body):
        return answer(self.session.run(None, {self.input: tensor(body)})[0])

    def predict_batch(self, bodies):
        """All in one run where the network's batch axis is dynamic, else one by one."""
        if len(bodies) == 1 or isinstance(self.session.get_inputs()[0].shape[0], int):
            return [self.predict(body) for body in bodies]
        scores = self.session.run(None, {self.input: np.concatenate([tensor(body) for body in bodies])})[0]
        return [answer(row) for row in scores]
