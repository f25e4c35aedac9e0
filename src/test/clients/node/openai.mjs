import assert from "node:assert/strict";
import OpenAI from "openai";
import { zodResponseFormat, zodTextFormat } from "openai/helpers/zod";
import { z } from "zod";
import { TEXT, check, failure, gateway, key, mode, models, once, run } from "./harness.mjs";

const client = new OpenAI({ baseURL: `${gateway}/v1`, apiKey: key, maxRetries: 0 });
const Weather = z.object({ city: z.string(), degrees: z.number() });
const parameters = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const chatTool = { type: "function", function: { name: "weather", description: "The weather.", parameters } };
const responsesTool = { type: "function", name: "weather", description: "The weather.", parameters, strict: false };
const ask = (model, content, more) => ({ model, messages: [{ role: "user", content }], ...more });

async function all(stream) {
  const events = [];
  for await (const event of await stream) events.push(event);
  return events;
}

check("chat: an answer with its usage", async (model) => {
  const answer = await client.chat.completions.create(ask(model, "hello"));
  assert.equal(answer.choices[0].message.content, TEXT);
  assert.equal(answer.choices[0].finish_reason, "stop");
  assert.deepEqual([answer.usage.prompt_tokens, answer.usage.completion_tokens], [12, 5]);
  assert.equal(answer.usage.prompt_tokens_details.cached_tokens, 4);
});

check("chat: a system prompt and several turns", async (model) => {
  const messages = [
    { role: "system", content: "Be brief." },
    { role: "user", content: "hello" },
    { role: "assistant", content: "Hi." },
    { role: "user", content: [{ type: "text", text: "And you?" }] },
  ];
  assert.equal((await client.chat.completions.create({ model, messages })).choices[0].message.content, TEXT);
});

check("chat: a stream adds up, its usage only if asked for", async (model) => {
  const plain = await all(client.chat.completions.create(ask(model, "hello", { stream: true })));
  const counted = await all(
    client.chat.completions.create(ask(model, "hello", { stream: true, stream_options: { include_usage: true } })),
  );
  assert.equal(plain.map((chunk) => chunk.choices[0].delta.content ?? "").join(""), TEXT);
  assert.ok(plain.every((chunk) => chunk.choices.length === 1));
  assert.equal(counted.at(-1).usage.completion_tokens, 5);
});

check("chat: a tool is called, and its result read", async (model) => {
  const first = ask(model, mode("call-once"), { tools: [chatTool] });
  const message = (await client.chat.completions.create(first)).choices[0].message;
  assert.equal(message.tool_calls[0].function.name, "weather");
  assert.equal(JSON.parse(message.tool_calls[0].function.arguments).city, "Paris");
  const result = { role: "tool", tool_call_id: message.tool_calls[0].id, content: "sunny" };
  const second = await client.chat.completions.create({ ...first, messages: [...first.messages, message, result] });
  assert.equal(second.choices[0].message.content, TEXT);
});

check("chat: parallel tool calls, streamed", async (model) => {
  const stream = client.chat.completions.stream(ask(model, mode("tool-calls"), { tools: [chatTool] }));
  const calls = (await stream.finalChatCompletion()).choices[0].message.tool_calls;
  assert.deepEqual(calls.map((call) => call.function.arguments).map(JSON.parse), [{ city: "Paris" }, { city: "Rome" }]);
  assert.equal(new Set(calls.map((call) => call.id)).size, 2);
});

check("chat: structured output", async (model) => {
  const format = zodResponseFormat(Weather, "weather");
  const answer = await client.chat.completions.parse(ask(model, "hello", { response_format: format }));
  assert.deepEqual(answer.choices[0].message.parsed, { city: "Paris", degrees: 1.5 });
});

check("responses: an answer with its usage", async (model) => {
  const answer = await client.responses.create({ model, instructions: "Be brief.", input: "hello" });
  assert.equal(answer.output_text, TEXT);
  assert.equal(answer.status, "completed");
  assert.deepEqual([answer.usage.input_tokens, answer.usage.output_tokens], [12, 5]);
});

check("responses: a stream of typed events", async (model) => {
  const events = await all(client.responses.create({ model, input: "hello", stream: true }));
  const deltas = events.filter((event) => event.type === "response.output_text.delta");
  assert.equal(events[0].type, "response.created");
  assert.equal(deltas.map((event) => event.delta).join(""), TEXT);
  assert.equal(events.at(-1).type, "response.completed");
  assert.equal(events.at(-1).response.usage.output_tokens, 5);
  assert.deepEqual(events.map((event) => event.sequence_number), events.map((_, index) => index));
});

check("responses: a tool is called, and its result read", async (model) => {
  const question = { role: "user", content: mode("call-once") };
  const first = await client.responses.create({ model, input: [question], tools: [responsesTool] });
  const call = first.output.find((item) => item.type === "function_call");
  assert.equal(JSON.parse(call.arguments).city, "Paris");
  const result = { type: "function_call_output", call_id: call.call_id, output: "sunny" };
  const input = [question, ...first.output, result];
  assert.equal((await client.responses.create({ model, input, tools: [responsesTool] })).output_text, TEXT);
});

check("responses: parallel tool calls, streamed", async (model) => {
  const stream = client.responses.stream({ model, input: mode("tool-calls"), tools: [responsesTool] });
  const calls = (await stream.finalResponse()).output.filter((item) => item.type === "function_call");
  assert.deepEqual(calls.map((call) => JSON.parse(call.arguments).city), ["Paris", "Rome"]);
});

check("responses: structured output", async (model) => {
  const format = zodTextFormat(Weather, "weather");
  const answer = await client.responses.parse({ model, input: "hello", text: { format } });
  assert.deepEqual(answer.output_parsed, { city: "Paris", degrees: 1.5 });
});

once("errors: an unknown model is a NotFoundError", async () => {
  for (const asked of [() => client.chat.completions.create(ask("my-typo", "hello")),
                       () => client.responses.create({ model: "my-typo", input: "hello" })]) {
    const error = await failure(asked());
    assert.ok(error instanceof OpenAI.NotFoundError, String(error));
    assert.equal(error.code, "model_not_found");
  }
});

once("errors: a wrong key is an AuthenticationError", async () => {
  const stranger = new OpenAI({ baseURL: `${gateway}/v1`, apiKey: "pm-wrong", maxRetries: 0 });
  assert.ok((await failure(stranger.models.list())) instanceof OpenAI.AuthenticationError);
});

check("errors: the upstream's rate limit is a RateLimitError with its Retry-After", async (model) => {
  const error = await failure(client.chat.completions.create(ask(model, mode("429"))));
  assert.ok(error instanceof OpenAI.RateLimitError, String(error));
  assert.equal(error.headers.get("retry-after"), "7");
});

check("errors: the upstream's refusal is a BadRequestError in its words", async (model) => {
  const error = await failure(client.chat.completions.create(ask(model, mode("status:400"))));
  assert.ok(error instanceof OpenAI.BadRequestError, String(error));
  assert.match(error.message, /Fake failure 400/);
});

check("errors: a stream that breaks off is an error", async (model) => {
  for (const broken of ["reset-mid-stream", "error-mid-stream", "no-finish"]) {
    const chat = client.chat.completions.create(ask(model, mode(broken), { stream: true }));
    assert.ok((await failure(all(chat))) instanceof OpenAI.APIError, `chat ${broken}`);
    const responses = client.responses.create({ model, input: mode(broken), stream: true });
    assert.ok((await failure(all(responses))) instanceof OpenAI.APIError, `responses ${broken}`);
  }
});

check("retries: a passing fault is tried again by the client", async (model) => {
  const unique = `${mode("fail-then-ok:1,500")} ${Math.random()}`;
  const answer = await client.chat.completions.create(ask(model, unique), { maxRetries: 2 });
  assert.equal(answer.choices[0].message.content, TEXT);
});

check("timeouts: the client's own is kept", async (model) => {
  const late = client.chat.completions.create(ask(model, mode("hang")), { timeout: 300 });
  assert.ok((await failure(late)) instanceof OpenAI.APIConnectionTimeoutError);
});

check("cancellation: a stream can be left", async (model) => {
  const stream = await client.chat.completions.create(ask(model, mode("endless"), { stream: true }));
  let seen = 0;
  for await (const _ of stream) if (++seen === 5) stream.controller.abort();
  assert.ok(seen >= 5);
});

once("models: listed and looked up", async () => {
  const ids = (await client.models.list()).data.map((model) => model.id);
  assert.ok(["auto", ...models].every((model) => ids.includes(model)), ids.join());
  assert.equal((await client.models.retrieve("auto")).id, "auto");
  assert.ok((await failure(client.models.retrieve("my-typo"))) instanceof OpenAI.NotFoundError);
});

once("completions: an answer and a stream", async () => {
  const answer = await client.completions.create({ model: "small", prompt: "hello" });
  assert.equal(answer.choices[0].text, TEXT);
  const chunks = await all(client.completions.create({ model: "small", prompt: "hello", stream: true }));
  assert.equal(chunks.map((chunk) => chunk.choices[0].text).join(""), TEXT);
});

once("embeddings: one for each input", async () => {
  const input = ["hello", "world"];
  const answer = await client.embeddings.create({ model: "embeddings", input, encoding_format: "float" });
  assert.equal(answer.data.length, 2);
  assert.equal(answer.usage.prompt_tokens, 12);
});

/// A batch that is over, with its answers by `custom_id`.
async function batch(endpoint, bodies, more) {
  const lines = bodies.map((body, n) => JSON.stringify({ custom_id: `${n}`, method: "POST", url: endpoint, body }));
  const file = await client.files.create({
    file: await OpenAI.toFile(Buffer.from(lines.join("\n")), "requests.jsonl"),
    purpose: "batch",
  });
  let made = await client.batches.create({ input_file_id: file.id, endpoint, completion_window: "24h", ...more });
  for (let round = 0; round < 600 && !["completed", "failed", "expired", "cancelled"].includes(made.status); round++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    made = await client.batches.retrieve(made.id);
  }
  const text = made.output_file_id ? await (await client.files.content(made.output_file_id)).text() : "";
  const found = text.trim() ? text.trim().split("\n").map((line) => JSON.parse(line)) : [];
  return [made, Object.fromEntries(found.map((line) => [line.custom_id, line.response.body]))];
}

check("batches: every request of a chat is answered by its custom_id", async (model) => {
  const bodies = [0, 1, 2, 3, 4].map((n) => ask(model, `hello ${n}`));
  const [made, answers] = await batch("/v1/chat/completions", bodies, { metadata: { a: "b" } });
  assert.deepEqual([made.status, made.request_counts.completed, made.metadata.a], ["completed", 5, "b"]);
  assert.ok(made.created_at <= made.in_progress_at && made.in_progress_at <= made.finalizing_at);
  assert.ok(made.finalizing_at <= made.completed_at);
  assert.equal(made.usage.total_tokens, 5 * (12 + 5));
  assert.equal(answers["4"].choices[0].message.content, TEXT);
});

check("batches: fields move if the metadata says so", async (model) => {
  const bodies = [0, 1, 2].map((id) => ask(model, `Judge: ${JSON.stringify({ id, style: "IPA" })}`));
  const [made, answers] = await batch("/v1/chat/completions", bodies, { metadata: { pointsman_orders: "per-row" } });
  assert.deepEqual([made.status, Object.keys(answers).sort()], ["completed", ["0", "1", "2"]]);
});

once("batches: responses, completions and embeddings", async () => {
  const [, responses] = await batch("/v1/responses", [{ model: "small", input: "hello" }]);
  assert.equal(responses["0"].output[0].content[0].text, TEXT);
  const [, completions] = await batch("/v1/completions", [{ model: "small", prompt: "hello" }]);
  assert.equal(completions["0"].choices[0].text, TEXT);
  const [, vectors] = await batch("/v1/embeddings", [{ model: "embeddings", input: ["hello", "world"] }]);
  assert.equal(vectors["0"].data.length, 2);
});

once("batches: a list holds one that is over, which cannot be cancelled", async () => {
  const [made] = await batch("/v1/chat/completions", [ask("small", "x")]);
  assert.ok((await client.batches.list({ limit: 5 })).data.some((listed) => listed.id === made.id));
  assert.equal((await failure(client.batches.cancel(made.id))).code, "batch_is_over");
});

await run("openai (Node)", "openai");
