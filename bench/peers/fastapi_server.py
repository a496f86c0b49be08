"""FastAPI on uvicorn with uvloop and httptools: the event loop reads the body, a thread pool does the rest."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from fastapi import FastAPI, Request

from pipeline import CONFIG, Model

app = FastAPI()
model = Model()
pool = ThreadPoolExecutor(CONFIG["workers"] or None)


@app.get("/health")
async def health():
    return {"status": "ready"}


@app.post("/predict")
async def predict(request: Request):
    body = await request.body()
    return await asyncio.get_running_loop().run_in_executor(pool, model.predict, body)
