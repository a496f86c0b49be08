"""MLServer: a custom handler that takes the raw body, in two inference workers of one thread each."""

import os
import socket
from typing import Annotated

import uvloop
from fastapi import Depends, Request
from mlserver import MLModel, MLServer, ModelSettings, Settings
from mlserver.handlers import custom_handler

from pipeline import CONFIG, Model


async def raw(request: Request) -> bytes:
    return await request.body()


class Classifier(MLModel):
    async def load(self):
        self.model = Model()
        return True

    @custom_handler(rest_path="/predict")
    async def classify(self, body: Annotated[bytes, Depends(raw)]) -> dict:
        return self.model.predict(body)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


async def main():
    settings = Settings(
        debug=False,
        host="127.0.0.1",
        http_port=int(os.environ["PEER_PORT"]),
        grpc_port=free_port(),
        metrics_endpoint=None,
        parallel_workers=CONFIG["workers"],
    )
    model = ModelSettings(name="bench", implementation="mlserver_server.Classifier")
    await MLServer(settings).start([model])


if __name__ == "__main__":
    uvloop.run(main())
