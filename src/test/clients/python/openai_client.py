import json
import time
import uuid

import openai
from openai import OpenAI
from pydantic import BaseModel

from harness import GATEWAY, KEY, MODELS, TEXT, check, failure, mode, once, run

client = OpenAI(base_url=f"{GATEWAY}/v1", api_key=KEY, max_retries=0)
PARAMETERS = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
TOOL = {"type": "function", "function": {"name": "weather", "description": "The weather.", "parameters": PARAMETERS}}
RESPONSES_TOOL = {"type": "function", "name": "weather", "parameters": PARAMETERS, "strict": False}


class Weather(BaseModel):
    city: str
    degrees: float


def ask(model, content, **more):
    return {"model": model, "messages": [{"role": "user", "content": content}], **more}


@check("chat: an answer with its usage")
def _(model):
    answer = client.chat.completions.create(**ask(model, "hello"))
    assert answer.choices[0].message.content == TEXT
    assert (answer.usage.prompt_tokens, answer.usage.completion_tokens) == (12, 5)
    assert answer.usage.prompt_tokens_details.cached_tokens == 4


@check("chat: a stream adds up, its usage only if asked for")
def _(model):
    plain = list(client.chat.completions.create(**ask(model, "hello", stream=True)))
    assert "".join(chunk.choices[0].delta.content or "" for chunk in plain) == TEXT
    options = {"include_usage": True}
    counted = list(client.chat.completions.create(**ask(model, "hello", stream=True, stream_options=options)))
    assert counted[-1].usage.completion_tokens == 5


@check("chat: a tool is called, and its result read")
def _(model):
    first = ask(model, mode("call-once"), tools=[TOOL])
    message = client.chat.completions.create(**first).choices[0].message
    call = message.tool_calls[0]
    assert json.loads(call.function.arguments) == {"city": "Paris"}
    result = {"role": "tool", "tool_call_id": call.id, "content": "sunny"}
    first["messages"] += [message, result]
    assert client.chat.completions.create(**first).choices[0].message.content == TEXT


@check("chat: parallel tool calls, streamed")
def _(model):
    with client.chat.completions.stream(**ask(model, mode("tool-calls"), tools=[TOOL])) as stream:
        calls = stream.get_final_completion().choices[0].message.tool_calls
    assert [json.loads(call.function.arguments)["city"] for call in calls] == ["Paris", "Rome"]


@check("chat: structured output")
def _(model):
    answer = client.chat.completions.parse(**ask(model, "hello", response_format=Weather))
    assert answer.choices[0].message.parsed == Weather(city="Paris", degrees=1.5)


@check("responses: an answer with its usage")
def _(model):
    answer = client.responses.create(model=model, instructions="Be brief.", input="hello")
    assert answer.output_text == TEXT
    assert (answer.usage.input_tokens, answer.usage.output_tokens) == (12, 5)


@check("responses: a stream of typed events")
def _(model):
    with client.responses.stream(model=model, input="hello") as stream:
        events = list(stream)
        assert stream.get_final_response().output_text == TEXT
    assert events[0].type == "response.created"
    assert "".join(event.delta for event in events if event.type == "response.output_text.delta") == TEXT
    assert events[-1].type == "response.completed"


@check("responses: a tool is called, and its result read")
def _(model):
    conversation = [{"role": "user", "content": mode("call-once")}]
    first = client.responses.create(model=model, input=conversation, tools=[RESPONSES_TOOL])
    call = next(item for item in first.output if item.type == "function_call")
    assert json.loads(call.arguments) == {"city": "Paris"}
    conversation += first.output
    conversation.append({"type": "function_call_output", "call_id": call.call_id, "output": "sunny"})
    assert client.responses.create(model=model, input=conversation, tools=[RESPONSES_TOOL]).output_text == TEXT


@check("responses: structured output")
def _(model):
    answer = client.responses.parse(model=model, input="hello", text_format=Weather)
    assert answer.output_parsed == Weather(city="Paris", degrees=1.5)


@once("errors: an unknown model is a NotFoundError")
def _():
    error = failure(openai.NotFoundError, lambda: client.chat.completions.create(**ask("my-typo", "hello")))
    assert error.code == "model_not_found"


@once("errors: a wrong key is an AuthenticationError")
def _():
    stranger = OpenAI(base_url=f"{GATEWAY}/v1", api_key="pm-wrong", max_retries=0)
    failure(openai.AuthenticationError, lambda: stranger.models.list())


@check("errors: the upstream's rate limit is a RateLimitError with its Retry-After")
def _(model):
    error = failure(openai.RateLimitError, lambda: client.chat.completions.create(**ask(model, mode("429"))))
    assert error.response.headers["retry-after"] == "7"


@check("errors: the upstream's refusal is a BadRequestError in its words")
def _(model):
    error = failure(openai.BadRequestError, lambda: client.chat.completions.create(**ask(model, mode("status:400"))))
    assert "Fake failure 400" in str(error)


@check("errors: a stream that breaks off is an error")
def _(model):
    for broken in ("reset-mid-stream", "error-mid-stream", "no-finish"):
        failure(openai.APIError, lambda: list(client.chat.completions.create(**ask(model, mode(broken), stream=True))))
        failure(openai.APIError, lambda: list(client.responses.create(model=model, input=mode(broken), stream=True)))


@check("retries: a passing fault is tried again by the client")
def _(model):
    unique = f"{mode('fail-then-ok:1,500')} {uuid.uuid4()}"
    answer = client.with_options(max_retries=2).chat.completions.create(**ask(model, unique))
    assert answer.choices[0].message.content == TEXT


@check("timeouts: the client's own is kept")
def _(model):
    hasty = client.with_options(timeout=0.3)
    failure(openai.APITimeoutError, lambda: hasty.chat.completions.create(**ask(model, mode("hang"))))


@check("cancellation: a stream can be left")
def _(model):
    stream = client.chat.completions.create(**ask(model, mode("endless"), stream=True))
    for _, _ in zip(range(5), stream):
        pass
    stream.close()


@once("models: listed and looked up")
def _():
    assert {"auto", *MODELS} <= {model.id for model in client.models.list()}
    assert client.models.retrieve("auto").id == "auto"


@once("completions: an answer")
def _():
    assert client.completions.create(model="small", prompt="hello").choices[0].text == TEXT


@once("embeddings: one for each input")
def _():
    answer = client.embeddings.create(model="embeddings", input=["hello", "world"], encoding_format="float")
    assert len(answer.data) == 2


def batch(endpoint, bodies, **more):
    """A batch that is over, with its answers by `custom_id`."""
    lines = [{"custom_id": str(n), "method": "POST", "url": endpoint, "body": body} for n, body in enumerate(bodies)]
    text = "\n".join(map(json.dumps, lines)).encode()
    file = client.files.create(file=("requests.jsonl", text), purpose="batch")
    made = client.batches.create(input_file_id=file.id, endpoint=endpoint, completion_window="24h", **more)
    for _ in range(600):
        made = client.batches.retrieve(made.id)
        if made.status in ("completed", "failed", "expired", "cancelled"):
            break
        time.sleep(0.05)
    type(made).model_validate_json(made.to_json(), strict=True)
    found = map(json.loads, client.files.content(made.output_file_id).text.splitlines()) if made.output_file_id else ()
    return made, {line["custom_id"]: line["response"]["body"] for line in found}


@check("batches: every request of a chat is answered by its custom_id")
def _(model):
    made, answers = batch("/v1/chat/completions", [ask(model, f"hello {n}") for n in range(5)], metadata={"a": "b"})
    assert (made.status, made.request_counts.completed, made.metadata) == ("completed", 5, {"a": "b"})
    assert made.created_at <= made.in_progress_at <= made.finalizing_at <= made.completed_at
    assert (made.usage.input_tokens, made.usage.output_tokens) == (5 * 12, 5 * 5)
    assert [answers[str(n)]["choices"][0]["message"]["content"] for n in range(5)] == [TEXT] * 5


@check("batches: responses")
def _(model):
    made, answers = batch("/v1/responses", [{"model": model, "input": "hello"}, {"model": model, "input": mode("status:400")}])
    assert (made.status, made.request_counts.failed) == ("completed", 1)
    assert openai.types.responses.Response.model_validate(answers["0"]).output_text == TEXT
    failed = json.loads(client.files.content(made.error_file_id).text)
    assert (failed["custom_id"], failed["response"]["status_code"]) == ("1", 400)


@once("batches: completions and embeddings")
def _():
    _, completions = batch("/v1/completions", [{"model": "small", "prompt": "hello"}])
    assert completions["0"]["choices"][0]["text"] == TEXT
    _, vectors = batch("/v1/embeddings", [{"model": "embeddings", "input": ["hello", "world"]}])
    assert len(vectors["0"]["data"]) == 2


@once("batches: a faulty file fails and names the line")
def _():
    made, _ = batch("/v1/chat/completions", [ask("small", "x"), {"messages": []}])
    assert made.status == "failed" and made.errors.data[0].line == 2


@once("batches: one that is over cannot be cancelled, and a list holds it")
def _():
    made, _ = batch("/v1/chat/completions", [ask("small", "x")])
    assert made.id in [listed.id for listed in client.batches.list(limit=5)]
    assert failure(openai.ConflictError, lambda: client.batches.cancel(made.id)).code == "batch_is_over"


run("openai (Python)", "openai")
