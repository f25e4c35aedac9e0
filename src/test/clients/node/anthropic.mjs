import assert from "node:assert/strict";
import Anthropic from "@anthropic-ai/sdk";
import { zodOutputFormat } from "@anthropic-ai/sdk/helpers/zod";
import { z } from "zod";
import { TEXT, check, failure, gateway, key, mode, models, once, run } from "./harness.mjs";

const client = new Anthropic({ baseURL: gateway, apiKey: key, maxRetries: 0 });
const Weather = z.object({ city: z.string(), degrees: z.number() });
const input_schema = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const tool = { name: "weather", description: "The weather.", input_schema };
const ask = (model, content, more) => ({ model, max_tokens: 100, messages: [{ role: "user", content }], ...more });
const text = (message) => message.content.map((block) => block.text ?? "").join("");

async function all(stream) {
  const events = [];
  for await (const event of await stream) events.push(event);
  return events;
}

check("messages: an answer with its usage", async (model) => {
  const answer = await client.messages.create(ask(model, "hello", { system: "Be brief." }));
  assert.equal(text(answer), TEXT);
  assert.equal(answer.stop_reason, "end_turn");
  assert.equal(answer.usage.output_tokens, 5);
  assert.deepEqual([answer.usage.input_tokens, answer.usage.cache_read_input_tokens], [8, 4]);
});

check("messages: several turns and a marked prefix", async (model) => {
  const cache_control = { type: "ephemeral" };
  const messages = [
    { role: "user", content: [{ type: "text", text: "hello", cache_control }] },
    { role: "assistant", content: "Hi." },
    { role: "user", content: "And you?" },
  ];
  const system = [{ type: "text", text: "Be brief.", cache_control }];
  assert.equal(text(await client.messages.create({ model, max_tokens: 100, system, messages })), TEXT);
});

check("messages: a stream of typed events", async (model) => {
  const events = await all(client.messages.create(ask(model, "hello", { stream: true })));
  const deltas = events.filter((event) => event.type === "content_block_delta").map((event) => event.delta.text);
  assert.equal(events[0].type, "message_start");
  assert.equal(deltas.join(""), TEXT);
  assert.equal(events.at(-1).type, "message_stop");
});

check("messages: the stream's helper adds up", async (model) => {
  const answer = await client.messages.stream(ask(model, "hello")).finalMessage();
  assert.equal(text(answer), TEXT);
  assert.equal(answer.stop_reason, "end_turn");
  assert.equal(answer.usage.output_tokens, 5);
});

check("messages: a tool is used, and its result read", async (model) => {
  const first = ask(model, mode("call-once"), { tools: [tool] });
  const answer = await client.messages.create(first);
  const use = answer.content.find((block) => block.type === "tool_use");
  assert.equal(answer.stop_reason, "tool_use");
  assert.deepEqual([use.name, use.input], ["weather", { city: "Paris" }]);
  const result = { role: "user", content: [{ type: "tool_result", tool_use_id: use.id, content: "sunny" }] };
  const messages = [...first.messages, { role: "assistant", content: answer.content }, result];
  assert.equal(text(await client.messages.create({ ...first, messages })), TEXT);
});

check("messages: parallel tool uses, streamed", async (model) => {
  const answer = await client.messages.stream(ask(model, mode("tool-calls"), { tools: [tool] })).finalMessage();
  const uses = answer.content.filter((block) => block.type === "tool_use");
  assert.deepEqual(uses.map((use) => use.input.city), ["Paris", "Rome"]);
  assert.equal(new Set(uses.map((use) => use.id)).size, 2);
});

check("messages: structured output", async (model) => {
  const output_config = { format: zodOutputFormat(Weather) };
  const answer = await client.messages.parse(ask(model, "hello", { output_config }));
  assert.deepEqual(answer.parsed_output, { city: "Paris", degrees: 1.5 });
});

check("messages: tokens are counted", async (model) => {
  const { max_tokens, ...question } = ask(model, "hello");
  assert.ok((await client.messages.countTokens(question)).input_tokens > 0);
});

once("errors: an unknown model is a NotFoundError", async () => {
  const error = await failure(client.messages.create(ask("my-typo", "hello")));
  assert.ok(error instanceof Anthropic.NotFoundError, String(error));
  assert.equal(error.error.error.type, "not_found_error");
});

once("errors: a wrong key is an AuthenticationError", async () => {
  const stranger = new Anthropic({ baseURL: gateway, apiKey: "pm-wrong", maxRetries: 0 });
  const error = await failure(stranger.messages.create(ask("small", "hello")));
  assert.ok(error instanceof Anthropic.AuthenticationError, String(error));
  assert.equal(error.error.error.type, "authentication_error");
});

check("errors: the upstream's rate limit is a RateLimitError with its Retry-After", async (model) => {
  const error = await failure(client.messages.create(ask(model, mode("429"))));
  assert.ok(error instanceof Anthropic.RateLimitError, String(error));
  assert.equal(error.headers.get("retry-after"), "7");
});

check("errors: the upstream's refusal is a BadRequestError in its words", async (model) => {
  const error = await failure(client.messages.create(ask(model, mode("status:400"))));
  assert.ok(error instanceof Anthropic.BadRequestError, String(error));
  assert.match(error.message, /Fake failure 400/);
});

check("errors: a stream that breaks off is an error", async (model) => {
  for (const broken of ["reset-mid-stream", "error-mid-stream", "no-finish"]) {
    const stream = client.messages.create(ask(model, mode(broken), { stream: true }));
    assert.ok((await failure(all(stream))) instanceof Anthropic.APIError, broken);
  }
});

check("retries: a passing fault is tried again by the client", async (model) => {
  const unique = `${mode("fail-then-ok:1,500")} ${Math.random()}`;
  assert.equal(text(await client.messages.create(ask(model, unique), { maxRetries: 2 })), TEXT);
});

check("timeouts: the client's own is kept", async (model) => {
  const late = client.messages.create(ask(model, mode("hang")), { timeout: 300 });
  assert.ok((await failure(late)) instanceof Anthropic.APIConnectionTimeoutError);
});

check("cancellation: a stream can be left", async (model) => {
  const stream = await client.messages.create(ask(model, mode("endless"), { stream: true }));
  let seen = 0;
  for await (const _ of stream) if (++seen === 5) stream.controller.abort();
  assert.ok(seen >= 5);
});

once("models: listed and looked up", async () => {
  const page = await client.models.list();
  const ids = page.data.map((model) => model.id);
  assert.ok(["auto", ...models].every((model) => ids.includes(model)), ids.join());
  assert.equal((await client.models.retrieve("auto")).type, "model");
  assert.ok((await failure(client.models.retrieve("my-typo"))) instanceof Anthropic.NotFoundError);
});

await run("@anthropic-ai/sdk (Node)", "@anthropic-ai/sdk");
