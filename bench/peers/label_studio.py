"""An unmodified Label Studio labels a data set of a running Fovea server, over its own API.

    LABEL_STUDIO=label-studio FOVEA=http://127.0.0.1:8080 python3 bench/peers/label_studio.py DATASET CLASS [--record FILE]

DATASET has images and, to see predictions, a prefill model; CLASS is one of its classes. The annotations that are made are deleted at the end.
Label Studio starts with a database of its own in a temporary folder, on this machine only, without analytics.
--record writes what it sends to the server, one JSON object a line: path, body, status, response.
"""

import http.client
import http.server
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

FOVEA = os.environ.get("FOVEA", "http://127.0.0.1:8080")
TOKEN = "0123456789abcdef0123456789abcdef01234567"
failures = []
sent = []


def call(method, url, body=None, headers={}):
    request = urllib.request.Request(
        url, None if body is None else json.dumps(body).encode(), {"Content-Type": "application/json", **headers}, method=method
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            text = response.read()
    except urllib.error.HTTPError as e:
        sys.exit(f"{method} {url}: {e.code} {e.read().decode()[:500]}")
    return json.loads(text) if text else None


def check(what, value):
    print(("ok      " if value else "FAILED  ") + what)
    if not value:
        failures.append(what)


class Tap(http.server.BaseHTTPRequestHandler):
    """Passes requests on to Fovea and remembers them."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        connection = http.client.HTTPConnection(FOVEA.split("//")[1])
        connection.request(self.command, self.path, body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        reply = response.read()
        sent.append(
            {"path": self.path, "body": json.loads(body or b"null"), "status": response.status, "response": json.loads(reply)}
        )
        self.send_response(response.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    do_POST = do_GET

    def log_message(self, *arguments):
        pass


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def drive(studio, fovea, dataset, name):
    def ls(method, path, body=None):
        return call(method, studio + path, body, {"Authorization": "Token " + TOKEN})

    def label(item):
        return call("GET", f"{FOVEA}/v1/datasets/{dataset}/items/{item}")["item"]["annotation"]

    boxes = call("GET", f"{FOVEA}/v1/datasets/{dataset}")["task"] == "detection"
    control, tag = ("RectangleLabels", "Label") if boxes else ("Choices", "Choice")
    kind = control.lower()
    items = call("GET", f"{FOVEA}/v1/datasets/{dataset}/items?size=12")["items"]
    hashes = [item["image"]["hash"] for item in items if not item["annotation"]]
    if len(hashes) < 3:
        sys.exit(f"{dataset} needs 3 images without a label among its first 12.")
    config = (
        f'<View><Image name="image" value="$image"/><{control} name="answer" toName="image">'
        f'<{tag} value="{name}"/></{control}></View>'
    )
    project = ls("POST", "/api/projects", {"title": dataset, "label_config": config})["id"]
    backend = ls("POST", "/api/ml", {"url": f"{fovea}/v1/label-studio/{dataset}", "project": project, "title": "fovea"})
    check(f"the model is connected, as {backend['model_version']}", backend["readable_state"] == "Connected")
    hooks = ls("GET", f"/api/webhooks?project={project}")
    check("Label Studio made the webhook itself", [hook["url"] for hook in hooks] == [backend["url"] + "/webhook"])
    tasks = [{"image": f"{FOVEA}/v1/datasets/{dataset}/items/{each}/image"} for each in hashes]
    tasks.append({"image": "/data/upload/1/elsewhere.jpg"})
    ids = ls("POST", f"/api/projects/{project}/import?return_task_ids=1", tasks)["task_ids"]
    every = {"selectedItems": {"all": True, "excluded": []}}
    for _ in range(2):
        ls("POST", f"/api/dm/actions?id=retrieve_tasks_predictions&project={project}", every)
    predictions = ls("GET", f"/api/predictions?project={project}")
    known = {each["task"] for each in predictions}
    models = {each["model_version"] for each in predictions}
    check(f"{len(predictions)} predictions, one for each image at most", len(predictions) == len(known))
    check("none for an image that Fovea does not have", ids[-1] not in known)
    check("of the version that the setup stated", models == {backend["model_version"]} - {"none"})

    def result(x):
        value = {"x": x, "y": 20, "width": 30, "height": 40, "rotation": 0} if boxes else {}
        value["rectanglelabels" if boxes else "choices"] = [name]
        return [{"from_name": "answer", "to_name": "image", "type": kind, "value": value}]

    made = ls("POST", f"/api/tasks/{ids[0]}/annotations", {"result": result(10), "lead_time": 2.5})["id"]
    first = label(hashes[0])
    check("an annotation arrives", first and first["millis"] == 2500)
    ls("PATCH", f"/api/annotations/{made}", {"result": result(15), "lead_time": 5})
    second = label(hashes[0])
    check("a change arrives", second and second["id"] != first["id"] and second["millis"] == 5000)
    ls("DELETE", f"/api/annotations/{made}")
    check("a deletion arrives", label(hashes[0]) is None)
    ls("POST", f"/api/tasks/{ids[1]}/annotations", {"result": [], "was_cancelled": True})
    check("a skipped task has no label", label(hashes[1]) is None)
    some = {"selectedItems": {"all": False, "included": ids[1:3]}}
    ls("POST", f"/api/dm/actions?id=predictions_to_annotations&project={project}", some)
    check("accepted predictions arrive", all(label(each) or ids[i] not in known for i, each in enumerate(hashes) if 0 < i < 3))
    ls("POST", f"/api/dm/actions?id=delete_tasks_annotations&project={project}", every)
    check("deleting all of them arrives", not any(label(each) for each in hashes))
    check("Fovea accepted each request", all(each["status"] == 200 for each in sent))


def main():
    program = shutil.which(os.environ.get("LABEL_STUDIO", "label-studio"))
    if program is None:
        print("SKIPPED: label-studio is not installed, so that nothing was checked. pip install label-studio==1.23.2, or set LABEL_STUDIO.")
        sys.exit(0)
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    tap = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Tap)
    threading.Thread(target=tap.serve_forever, daemon=True).start()
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="label-studio-") as home:
        # By default Label Studio refuses models and webhooks at local addresses
        environment = dict(
            os.environ, HOME=home, LABEL_STUDIO_BASE_DATA_DIR=home, COLLECT_ANALYTICS="false", LATEST_VERSION_CHECK="false",
            SENTRY_DSN="", FRONTEND_SENTRY_DSN="", ML_BLOCK_LOCAL_IP="false", SSRF_PROTECTION_ENABLED="false",
        )  # fmt: skip
        arguments = f"start --no-browser --internal-host 127.0.0.1 --port {port} --username ada@example.org --password labelled-by-ada"
        process = subprocess.Popen(
            [program, *arguments.split(), "--user-token", TOKEN, "--enable-legacy-api-token"],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            for _ in range(240):
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
                        break
                except OSError:
                    time.sleep(0.5)
            drive(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{tap.server_address[1]}", sys.argv[1], sys.argv[2])
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()
    if "--record" in sys.argv:
        with open(sys.argv[sys.argv.index("--record") + 1], "w") as file:
            file.writelines(json.dumps(each) + "\n" for each in sent)
    sys.exit(1 if failures else 0)


main()
