"""Ray Serve: two replicas of one thread each."""

import os

import ray
from ray import serve
from starlette.requests import Request

from pipeline import CONFIG, Model


@serve.deployment(num_replicas=CONFIG["workers"], ray_actor_options={"num_cpus": 1}, max_ongoing_requests=16)
class Classifier:
    def __init__(self):
        self.model = Model()

    async def __call__(self, request: Request):
        if request.url.path == "/health":
            return {"status": "ready"}
        return self.model.predict(await request.body())


if __name__ == "__main__":
    ray.init(
        num_cpus=CONFIG["workers"],
        include_dashboard=False,
        log_to_driver=False,
        _temp_dir=os.path.join(os.environ["HOME"], "ray"),
    )
    serve.start(http_options={"host": "127.0.0.1", "port": int(os.environ["PEER_PORT"])})
    serve.run(Classifier.bind(), route_prefix="/", blocking=True)
