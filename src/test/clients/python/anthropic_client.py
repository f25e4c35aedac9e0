import uuid

import anthropic
from anthropic import Anthropic
from pydantic import BaseModel

from harness import GATEWAY, KEY, MODELS, TEXT, check, failure, mode, once, run

client = Anthropic(base_url=GATEWAY, api_key=KEY, max_retries=0)
SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
TOOL = {"name": "weather", "description": "The weather.", "input_schema": SCHEMA}


class Weather(BaseModel):
    city: str
    degrees: float


def ask(model, content, **more):
    return {"model": model, "max_tokens": 100, "messages": [{"role": "user", "content": content}], **more}


def text(message):
    return "".join(block.text for block in message.content if block.type == "text")


@check("messages: an answer with its usage")
def _(model):
    answer = client.messages.create(**ask(model, "hello", system="Be brief."))
    assert text(answer) == TEXT
    assert answer.stop_reason == "end_turn"
    assert (answer.usage.input_tokens, answer.usage.cache_read_input_tokens, answer.usage.output_tokens) == (8, 4, 5)


@check("messages: a stream of typed events")
def _(model):
    events = list(client.messages.create(**ask(model, "hello", stream=True)))
    assert events[0].type == "message_start"
    assert "".join(event.delta.text for event in events if event.type == "content_block_delta") == TEXT
    assert events[-1].type == "message_stop"


@check("messages: the stream's helper adds up")
def _(model):
    with client.messages.stream(**ask(model, "hello")) as stream:
        assert "".join(stream.text_stream) == TEXT
        assert stream.get_final_message().usage.output_tokens == 5


@check("messages: a tool is used, and its result read")
def _(model):
    first = ask(model, mode("call-once"), tools=[TOOL])
    answer = client.messages.create(**first)
    use = next(block for block in answer.content if block.type == "tool_use")
    assert (answer.stop_reason, use.name, use.input) == ("tool_use", "weather", {"city": "Paris"})
    result = {"type": "tool_result", "tool_use_id": use.id, "content": "sunny"}
    first["messages"] += [{"role": "assistant", "content": answer.content}, {"role": "user", "content": [result]}]
    assert text(client.messages.create(**first)) == TEXT


@check("messages: parallel tool uses, streamed")
def _(model):
    with client.messages.stream(**ask(model, mode("tool-calls"), tools=[TOOL])) as stream:
        uses = [block for block in stream.get_final_message().content if block.type == "tool_use"]
    assert [use.input["city"] for use in uses] == ["Paris", "Rome"]


@check("messages: structured output")
def _(model):
    answer = client.messages.parse(**ask(model, "hello", output_format=Weather))
    assert answer.parsed_output == Weather(city="Paris", degrees=1.5)


@check("messages: tokens are counted")
def _(model):
    messages = [{"role": "user", "content": "hello"}]
    assert client.messages.count_tokens(model=model, messages=messages).input_tokens > 0


@once("errors: an unknown model is a NotFoundError")
def _():
    error = failure(anthropic.NotFoundError, lambda: client.messages.create(**ask("my-typo", "hello")))
    assert error.body["error"]["type"] == "not_found_error"


@once("errors: a wrong key is an AuthenticationError")
def _():
    stranger = Anthropic(base_url=GATEWAY, api_key="pm-wrong", max_retries=0)
    failure(anthropic.AuthenticationError, lambda: stranger.messages.create(**ask("small", "hello")))


@check("errors: the upstream's rate limit is a RateLimitError with its Retry-After")
def _(model):
    error = failure(anthropic.RateLimitError, lambda: client.messages.create(**ask(model, mode("429"))))
    assert error.response.headers["retry-after"] == "7"


@check("errors: the upstream's refusal is a BadRequestError in its words")
def _(model):
    error = failure(anthropic.BadRequestError, lambda: client.messages.create(**ask(model, mode("status:400"))))
    assert "Fake failure 400" in str(error)


@check("errors: a stream that breaks off is an error")
def _(model):
    for broken in ("reset-mid-stream", "error-mid-stream", "no-finish"):
        failure(anthropic.APIError, lambda: list(client.messages.create(**ask(model, mode(broken), stream=True))))


@check("retries: a passing fault is tried again by the client")
def _(model):
    unique = f"{mode('fail-then-ok:1,500')} {uuid.uuid4()}"
    assert text(client.with_options(max_retries=2).messages.create(**ask(model, unique))) == TEXT


@check("timeouts: the client's own is kept")
def _(model):
    hasty = client.with_options(timeout=0.3)
    failure(anthropic.APITimeoutError, lambda: hasty.messages.create(**ask(model, mode("hang"))))


@check("cancellation: a stream can be left")
def _(model):
    stream = client.messages.create(**ask(model, mode("endless"), stream=True))
    for _, _ in zip(range(5), stream):
        pass
    stream.close()


@once("models: listed and looked up")
def _():
    assert {"auto", *MODELS} <= {model.id for model in client.models.list()}
    assert client.models.retrieve("auto").type == "model"


run("anthropic (Python)", "anthropic")
