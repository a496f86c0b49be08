"""Unmodified clients of Triton and KServe against a running Fovea: every call of the Open Inference Protocol.

Usage: interop.py triton|kserve HTTP_PORT GRPC_PORT IMAGE
The two bring the same messages and cannot be loaded into one process.
The server must serve: "shirts" (an image classifier whose input is [N,3,H,W]), and for tensors "echo" (FP32 [N,4]
given back twice, as "same" and as "double"), "texts" (BYTES [N] given back), "half" (FP16 [N,2] given back) and
"fixed" (FP32 [1,2], never batched). Prints one line for each check; exits 1 at the first that fails.
"""

import asyncio
import queue
import sys

import numpy as np

clients, http_port, grpc_port = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
image = open(sys.argv[4], "rb").read()
if clients == "triton":
    import tritonclient.grpc as triton_grpc
    import tritonclient.grpc.aio as triton_grpc_aio
    import tritonclient.http as triton_http
    import tritonclient.http.aio as triton_http_aio
checks = 0


def check(what, holds):
    global checks
    checks += 1
    if not holds:
        print("FAILED", what)
        sys.exit(1)
    print("ok", what)


def refused(what, call, *words):
    try:
        call()
    except Exception as error:
        text = str(error)
        check(what + ": " + text[:90].replace("\n", " "), all(word in text for word in words))
    else:
        check(what + " should have been refused", False)


echo = np.arange(12, dtype=np.float32).reshape(3, 4) / 7


def triton_over_http():
    client = triton_http.InferenceServerClient("localhost:%d" % http_port, concurrency=4)
    check("http live", client.is_server_live())
    check("http ready", client.is_server_ready())
    check("http model ready", client.is_model_ready("shirts"))
    check("http version ready", client.is_model_ready("shirts", "1"))
    check("http server metadata", "binary_tensor_data" in client.get_server_metadata()["extensions"])
    metadata = client.get_model_metadata("echo")
    check("http metadata", metadata["inputs"][0] == {"name": "x", "datatype": "FP32", "shape": [-1, 4]})
    config = client.get_model_config("echo")
    check("http config", config["max_batch_size"] > 1 and config["input"][0]["dims"] == [4])
    check("http config of a fixed batch", client.get_model_config("fixed")["max_batch_size"] == 0)

    for binary_in in (True, False):
        for binary_out in (True, False):
            given = triton_http.InferInput("x", [3, 4], "FP32")
            given.set_data_from_numpy(echo, binary_data=binary_in)
            wanted = [triton_http.InferRequestedOutput("double", binary_data=binary_out)]
            result = client.infer("echo", [given], outputs=wanted, request_id="7")
            check("http infer binary %s to %s" % (binary_in, binary_out),
                  np.allclose(result.as_numpy("double"), echo * 2) and result.as_numpy("same") is None)
            check("http id and version", result.get_response()["id"] == "7"
                  and result.get_response()["model_version"] == "1")
    given = triton_http.InferInput("x", [3, 4], "FP32").set_data_from_numpy(echo)
    result = client.infer("echo", [given], priority=1, timeout=5_000_000)
    check("http all outputs", np.array_equal(result.as_numpy("same"), echo)
          and np.allclose(result.as_numpy("double"), echo * 2))
    for coding in ("gzip", "deflate"):
        many = np.tile(echo, (200, 1))
        large = triton_http.InferInput("x", [600, 4], "FP32").set_data_from_numpy(many)
        result = client.infer("echo", [large], request_compression_algorithm=coding,
                              response_compression_algorithm=coding)
        check("http " + coding, np.array_equal(result.as_numpy("same"), many))

    texts = np.array([b"one", b"", "zw\u00f6lf".encode()], dtype=np.object_)
    for binary in (True, False):
        given = triton_http.InferInput("t", [3], "BYTES")
        given.set_data_from_numpy(texts, binary_data=binary)
        result = client.infer("texts", [given], outputs=[triton_http.InferRequestedOutput("u", binary_data=True)])
        check("http BYTES binary %s" % binary, list(result.as_numpy("u")) == list(texts))
    halves = np.array([[1, 0.5], [65504, -2]], dtype=np.float16)
    given = triton_http.InferInput("h", [2, 2], "FP16").set_data_from_numpy(halves)
    check("http FP16", np.array_equal(client.infer("half", [given]).as_numpy("g"), halves))
    refused("http FP16 as JSON",
            lambda: client.infer("half", [given], outputs=[triton_http.InferRequestedOutput("g", binary_data=False)]),
            "binary_data")

    images = np.array([image, image], dtype=np.object_)
    given = triton_http.InferInput("image", [2], "BYTES").set_data_from_numpy(images)
    best = triton_http.InferRequestedOutput("logits", binary_data=True, class_count=2)
    result = client.infer("shirts", [given], outputs=[best]).as_numpy("logits")
    check("http images with classification", result.shape == (2, 2) and result[0][0].decode().count(":") == 2
          and list(result[0]) == list(result[1]))
    pixels = triton_http.InferInput("input", metadata_shape(client), "FP32")
    pixels.set_data_from_numpy(np.zeros(metadata_shape(client), dtype=np.float32))
    check("http pixels", client.infer("shirts", [pixels]).as_numpy("logits").shape == (1, 3))
    waiting = [client.async_infer("echo", [triton_http.InferInput("x", [3, 4], "FP32").set_data_from_numpy(echo + i)])
               for i in range(32)]
    check("http async", all(np.array_equal(w.get_result().as_numpy("same"), echo + i)
                            for i, w in enumerate(waiting)))

    stats = client.get_inference_statistics("echo")["model_stats"][0]
    check("http statistics", stats["inference_count"] > 0 and stats["inference_stats"]["success"]["ns"] > 0)
    check("http statistics of all", len(client.get_inference_statistics()["model_stats"]) >= 5)
    check("http index", {"name": "echo", "version": "1", "state": "READY", "reason": ""}
          in client.get_model_repository_index())
    client.unload_model("fixed")
    check("http unload", not client.is_model_ready("fixed"))
    client.load_model("fixed")
    check("http load", client.is_model_ready("fixed"))

    refused("http unknown model", lambda: client.infer("nobody", [given]), "nobody")
    refused("http image for a model of tensors", lambda: client.infer("fixed", [given]), "no images")
    wrong = triton_http.InferInput("x", [1, 5], "FP32").set_data_from_numpy(np.zeros((1, 5), dtype=np.float32))
    refused("http wrong shape", lambda: client.infer("echo", [wrong]), "[-1, 4]")
    refused("http unknown output", lambda: client.infer(
        "echo", [triton_http.InferInput("x", [3, 4], "FP32").set_data_from_numpy(echo)],
        outputs=[triton_http.InferRequestedOutput("triple")]), "triple")
    client.close()


def metadata_shape(client):
    return [1 if length < 0 else length for length in client.get_model_metadata("shirts")["inputs"][0]["shape"]]


def triton_over_grpc():
    client = triton_grpc.InferenceServerClient("localhost:%d" % grpc_port)
    check("grpc live", client.is_server_live())
    check("grpc ready", client.is_server_ready())
    check("grpc model ready", client.is_model_ready("shirts", "1"))
    check("grpc server metadata", client.get_server_metadata().name == "fovea")
    check("grpc metadata", list(client.get_model_metadata("echo").inputs[0].shape) == [-1, 4])
    config = client.get_model_config("echo", as_json=True)["config"]
    check("grpc config", config["input"][0]["data_type"] == "TYPE_FP32" and config["max_batch_size"] > 1)
    given = triton_grpc.InferInput("x", [3, 4], "FP32").set_data_from_numpy(echo)
    result = client.infer("echo", [given], request_id="9", priority=1, timeout=5_000_000)
    check("grpc infer", np.array_equal(result.as_numpy("same"), echo)
          and np.allclose(result.as_numpy("double"), echo * 2) and result.get_response().id == "9"
          and len(result.get_response().raw_output_contents) == 2)
    texts = np.array([b"one", b"", b"three"], dtype=np.object_)
    result = client.infer("texts", [triton_grpc.InferInput("t", [3], "BYTES").set_data_from_numpy(texts)])
    check("grpc BYTES", list(result.as_numpy("u")) == list(texts))
    halves = np.array([[1, 0.5]], dtype=np.float16)
    result = client.infer("half", [triton_grpc.InferInput("h", [1, 2], "FP16").set_data_from_numpy(halves)])
    check("grpc FP16", np.array_equal(result.as_numpy("g"), halves))
    file = triton_grpc.InferInput("image", [1], "BYTES").set_data_from_numpy(np.array([image], dtype=np.object_))
    best = triton_grpc.InferRequestedOutput("logits", class_count=1)
    check("grpc image", client.infer("shirts", [file], outputs=[best]).as_numpy("logits").shape == (1, 1))

    answers = []
    client.start_stream(callback=lambda result, error: answers.append((result, error)))
    for i in range(10):
        client.async_stream_infer(
            "echo", [triton_grpc.InferInput("x", [3, 4], "FP32").set_data_from_numpy(echo + i)], request_id=str(i))
    wrong = triton_grpc.InferInput("x", [1, 5], "FP32").set_data_from_numpy(np.zeros((1, 5), dtype=np.float32))
    client.async_stream_infer("echo", [wrong], request_id="wrong")
    client.stop_stream()
    good = [result for result, error in answers if error is None]
    check("grpc stream", len(answers) == 11 and len(good) == 10
          and all(np.array_equal(r.as_numpy("same"), echo + int(r.get_response().id)) for r in good))
    check("grpc statistics", client.get_inference_statistics("echo").model_stats[0].inference_count > 0)
    check("grpc index", any(m.name == "echo" and m.state == "READY" for m in client.get_model_repository_index().models))
    client.unload_model("fixed")
    check("grpc unload", not client.is_model_ready("fixed"))
    client.load_model("fixed")
    check("grpc load", client.is_model_ready("fixed"))
    refused("grpc unknown model", lambda: client.infer("nobody", [given]), "NOT_FOUND", "nobody")
    refused("grpc wrong shape", lambda: client.infer("echo", [wrong]), "INVALID_ARGUMENT")
    client.close()


def triton_extras():
    """What a client may ask besides: headers, a body of its own making, and extensions that there are not."""
    http = triton_http.InferenceServerClient("localhost:%d" % http_port)
    given = triton_http.InferInput("x", [3, 4], "FP32").set_data_from_numpy(echo)
    result = http.infer("echo", [given], headers={"X-Own": "1"}, sequence_id=5, sequence_start=True,
                        parameters={"own": "1"})
    refused("http own query", lambda: http.infer("echo", [given], query_params={"own": "1"}), "400", "own")
    check("http headers, sequence and own parameters", np.array_equal(result.as_numpy("same"), echo))
    body, length = triton_http.InferenceServerClient.generate_request_body([given])
    sent = http._post("v2/models/echo/infer", body, {"Inference-Header-Content-Length": str(length)}, None)
    told = triton_http.InferenceServerClient.parse_response_body(
        sent.read(), header_length=int(sent.get("inference-header-content-length")))
    check("http body of its own making", np.array_equal(told.as_numpy("same"), echo))
    for name in ("get_system_shared_memory_status", "get_cuda_shared_memory_status", "get_trace_settings",
                 "get_log_settings"):
        refused("http " + name, getattr(http, name), "404", "nothing at")
    shared = triton_http.InferInput("x", [3, 4], "FP32")
    shared.set_shared_memory("region", 48)
    refused("http shared memory", lambda: http.infer("echo", [shared]), "shared memory")
    http.close()

    grpc = triton_grpc.InferenceServerClient("localhost:%d" % grpc_port)
    given = triton_grpc.InferInput("x", [3, 4], "FP32").set_data_from_numpy(echo)
    heard = queue.Queue()
    for i in range(8):
        grpc.async_infer("echo", [given], callback=lambda result, error: heard.put((result, error)),
                         headers={"x-own": "1"}, client_timeout=30, sequence_id=3)
    answers = [heard.get(timeout=30) for _ in range(8)]
    check("grpc async", all(error is None and np.array_equal(result.as_numpy("same"), echo)
                            for result, error in answers))
    result = grpc.infer("echo", [given], compression_algorithm="gzip", parameters={"own": "1"})
    check("grpc gzip and own parameters", np.array_equal(result.as_numpy("same"), echo))
    for name in ("get_system_shared_memory_status", "get_cuda_shared_memory_status", "get_trace_settings",
                 "get_log_settings"):
        refused("grpc " + name, getattr(grpc, name), "UNIMPLEMENTED")
    shared = triton_grpc.InferInput("x", [3, 4], "FP32")
    shared.set_shared_memory("region", 48)
    refused("grpc shared memory", lambda: grpc.infer("echo", [shared]), "INVALID_ARGUMENT", "shared memory")
    grpc.close()


async def triton_asynchronous():
    async with triton_http_aio.InferenceServerClient("localhost:%d" % http_port) as http:
        check("http aio health", await http.is_server_live() and await http.is_server_ready()
              and await http.is_model_ready("echo"))
        check("http aio metadata", (await http.get_model_metadata("echo"))["name"] == "echo"
              and (await http.get_model_config("echo"))["name"] == "echo")
        many = np.tile(echo, (200, 1))
        given = triton_http.InferInput("x", [600, 4], "FP32").set_data_from_numpy(many)
        for coding in (None, "gzip", "deflate"):
            result = await http.infer("echo", [given], request_compression_algorithm=coding,
                                      response_compression_algorithm=coding)
            check("http aio infer %s" % coding, np.array_equal(result.as_numpy("same"), many))
        given = triton_http.InferInput("x", [3, 4], "FP32").set_data_from_numpy(echo)
        together = await asyncio.gather(*[http.infer("echo", [given]) for _ in range(16)])
        check("http aio together", all(np.array_equal(r.as_numpy("same"), echo) for r in together))
        check("http aio statistics", len((await http.get_inference_statistics("echo"))["model_stats"]) == 1)
    async with triton_grpc_aio.InferenceServerClient("localhost:%d" % grpc_port) as grpc:
        check("grpc aio health", await grpc.is_server_live() and await grpc.is_model_ready("echo"))
        given = triton_grpc.InferInput("x", [3, 4], "FP32").set_data_from_numpy(echo)
        together = await asyncio.gather(*[grpc.infer("echo", [given]) for _ in range(16)])
        check("grpc aio together", all(np.array_equal(r.as_numpy("same"), echo) for r in together))

        async def requests():
            for i in range(5):
                yield {"model_name": "echo" if i != 2 else "nobody", "inputs": [given], "request_id": str(i)}

        answers = [answer async for answer in grpc.stream_infer(requests())]
        check("grpc aio stream", len(answers) == 5 and "nobody" in str(answers[2][1])
              and all(error is None and result.get_response().id == str(i)
                      for i, (result, error) in enumerate(answers) if i != 2))


async def kserve_clients():
    from kserve import InferenceGRPCClient, InferenceRESTClient, InferInput, InferRequest, RESTConfig
    from kserve.protocol.grpc import grpc_predict_v2_pb2 as messages

    rest = InferenceRESTClient(RESTConfig(protocol="v2", timeout=30))
    base = "http://localhost:%d" % http_port
    check("kserve rest live", await rest.is_server_live(base))
    check("kserve rest ready", await rest.is_server_ready(base))
    check("kserve rest model ready", await rest.is_model_ready(base, "echo"))
    for binary in (True, False):
        given = InferInput("x", [3, 4], "FP32")
        given.set_data_from_numpy(echo, binary_data=binary)
        request = InferRequest("echo", [given], request_id="k1", parameters={"binary_data_output": binary})
        answer = await rest.infer(base, request, model_name="echo")
        check("kserve rest infer binary %s" % binary, answer.id == "k1"
              and np.allclose([o for o in answer.outputs if o.name == "double"][0].as_numpy(), echo * 2))

    grpc = InferenceGRPCClient("localhost:%d" % grpc_port, timeout=30)
    check("kserve grpc live", await grpc.is_server_live())
    check("kserve grpc ready", await grpc.is_server_ready())
    check("kserve grpc model ready", await grpc.is_model_ready("echo"))
    for binary in (True, False):
        given = InferInput("x", [3, 4], "FP32")
        given.set_data_from_numpy(echo, binary_data=binary)
        answer = await grpc.infer(InferRequest("echo", [given], request_id="k2"))
        check("kserve grpc infer binary %s" % binary,
              np.allclose([o for o in answer.outputs if o.name == "double"][0].as_numpy(), echo * 2))
    stub = grpc._client_stub
    unloaded = await stub.RepositoryModelUnload(messages.RepositoryModelUnloadRequest(model_name="fixed"))
    check("kserve grpc unload", unloaded.isUnloaded and unloaded.model_name == "fixed")
    loaded = await stub.RepositoryModelLoad(messages.RepositoryModelLoadRequest(model_name="fixed"))
    check("kserve grpc load", loaded.isLoaded and await grpc.is_model_ready("fixed"))
    await grpc.close()
    await rest.close()


if clients == "triton":
    triton_over_http()
    triton_over_grpc()
    triton_extras()
    asyncio.run(triton_asynchronous())
else:
    asyncio.run(kserve_clients())
print(checks, "checks passed")
