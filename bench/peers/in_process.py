"""The pipeline without a server: reads a number of images per line, predicts that many, and prints the seconds.

Arguments: threads or processes, then a directory of images.
"""

import pathlib
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

from pipeline import CONFIG, Model

KIND, DIRECTORY = sys.argv[1:]
IMAGES = [path.read_bytes() for path in sorted(pathlib.Path(DIRECTORY).iterdir())]
model = None


def load():
    global model
    model = Model()


def label(number):
    return model.predict(IMAGES[number % len(IMAGES)])["label"]


if __name__ == "__main__":
    if KIND == "processes":
        pool = ProcessPoolExecutor(CONFIG["workers"], initializer=load)
    else:
        load()
        pool = ThreadPoolExecutor(CONFIG["workers"])
    chunk = 4 if KIND == "processes" else 1
    for line in sys.stdin:
        started = time.perf_counter()
        labels = list(pool.map(label, range(int(line)), chunksize=chunk))
        print("%.6f\t%s" % (time.perf_counter() - started, "\t".join(labels[:20])), flush=True)
    pool.shutdown()
