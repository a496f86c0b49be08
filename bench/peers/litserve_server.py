"""LitServe: the raw body as input, two worker processes of one thread each."""

import os
from typing import Annotated

import litserve
from fastapi import Depends, Request

from pipeline import CONFIG, Model


async def raw(request: Request) -> bytes:
    return await request.body()


class Classifier(litserve.LitAPI):
    def setup(self, device):
        self.model = Model()

    def decode_request(self, request: Annotated[bytes, Depends(raw)]):
        return request

    def predict(self, body):
        return self.model.predict(body)

    def encode_response(self, output):
        return output


if __name__ == "__main__":
    server = litserve.LitServer(
        Classifier(api_path="/predict"), accelerator="cpu", workers_per_device=CONFIG["workers"]
    )
    server.run(
        host="127.0.0.1",
        port=int(os.environ["PEER_PORT"]),
        generate_client_file=False,
        log_level="warning",
        access_log=False,
        loop="uvloop",
        http="httptools",
    )
