"""Runs one llama.cpp server inside this process, for as long as whoever started it holds our standard input open.

The first line of standard input is the settings as one JSON object, so that neither the key nor the template shows in
the process list. The end of standard input is the order to go: a gateway that was killed leaves no orphan behind.
"""

import json
import os
import sys

import xllamacpp


def parameters(settings):
    params = xllamacpp.CommonParams()
    params.model.path = settings["model"]
    params.model_alias = {settings["alias"]}
    params.hostnames = ["127.0.0.1"]
    params.port = settings["port"]
    params.api_keys = [settings["api_key"]]
    params.chat_template = settings["chat_template"]
    params.n_ctx = settings["context_tokens"] * settings["slots"]
    params.n_parallel = settings["slots"]
    params.cpuparams.n_threads = settings["threads"]
    params.cpuparams_batch.n_threads = settings["threads"]
    params.cache_prompt = True
    params.n_cache_reuse = settings["cache_reuse_tokens"]
    params.cache_ram_mib = settings["cache_mebibytes"]
    params.endpoint_metrics = True
    params.ui = False
    if settings["embeddings"]:
        params.embedding = True
        params.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
        params.n_batch = params.n_ubatch = settings["context_tokens"]
    return params


server = xllamacpp.Server(parameters(json.loads(sys.stdin.readline())))
print("listening on", server.listening_address, flush=True)
sys.stdin.read()
os._exit(0)
