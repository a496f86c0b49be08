"""BentoML with adaptive batching: two workers of one thread each. Its batchable endpoints take multipart forms."""

from pathlib import Path

import bentoml

from pipeline import CONFIG, Model


@bentoml.service(workers=CONFIG["workers"], logging={"access": {"enabled": False}})
class Classifier:
    def __init__(self):
        self.model = Model()

    @bentoml.api(route="/predict", batchable=True, max_batch_size=8, max_latency_ms=1000)
    def predict(self, images: list[Path]) -> list[dict]:
        return self.model.predict_batch([image.read_bytes() for image in images])
