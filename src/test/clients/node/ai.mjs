import assert from "node:assert/strict";
import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAI } from "@ai-sdk/openai";
import { APICallError, Output, generateText, stepCountIs, streamText, tool } from "ai";
import { z } from "zod";
import { TEXT, check, failure, gateway, key, mode, run } from "./harness.mjs";

const openai = createOpenAI({ baseURL: `${gateway}/v1`, apiKey: key });
const anthropic = createAnthropic({ baseURL: `${gateway}/v1`, apiKey: key });
const Weather = z.object({ city: z.string(), degrees: z.number() });
const weather = tool({
  description: "The weather.",
  inputSchema: z.object({ city: z.string() }),
  execute: async ({ city }) => `sunny in ${city}`,
});

/** Everything once for each of the SDK's three ways to speak. */
for (const [provider, speak] of Object.entries({
  "openai.chat": openai.chat,
  "openai.responses": openai.responses,
  anthropic,
})) {
  const ask = (model, prompt, more) => ({ model: speak(model), prompt, maxRetries: 0, ...more });

  check(`${provider}: an answer with its usage`, async (model) => {
    const answer = await generateText(ask(model, "hello", { system: "Be brief." }));
    assert.equal(answer.text, TEXT);
    assert.equal(answer.finishReason, "stop");
    assert.deepEqual([answer.usage.inputTokens, answer.usage.outputTokens], [12, 5]);
  });

  check(`${provider}: a stream adds up`, async (model) => {
    const answer = streamText(ask(model, "hello"));
    let text = "";
    for await (const piece of answer.textStream) text += piece;
    assert.equal(text, TEXT);
    assert.equal(await answer.finishReason, "stop");
    assert.equal((await answer.usage).outputTokens, 5);
  });

  check(`${provider}: a tool is called, and its result read`, async (model) => {
    const more = { tools: { weather }, stopWhen: stepCountIs(3) };
    const answer = await generateText(ask(model, mode("call-once"), more));
    assert.equal(answer.steps[0].toolResults[0].output, "sunny in Paris");
    assert.equal(answer.text, TEXT);
  });

  check(`${provider}: a streamed tool is called, and its result read`, async (model) => {
    const more = { tools: { weather }, stopWhen: stepCountIs(3) };
    const answer = streamText(ask(model, mode("call-once"), more));
    assert.equal(await answer.text, TEXT);
    assert.equal((await answer.steps).length, 2);
  });

  check(`${provider}: structured output`, async (model) => {
    const more = { output: Output.object({ schema: Weather }) };
    assert.deepEqual((await generateText(ask(model, "hello", more))).output, { city: "Paris", degrees: 1.5 });
  });

  check(`${provider}: an upstream's error is an APICallError`, async (model) => {
    for (const [failing, status] of [["429", 429], ["status:400", 400], ["status:500", 502]]) {
      const error = await failure(generateText(ask(model, mode(failing))));
      assert.ok(APICallError.isInstance(error), String(error));
      assert.equal(error.statusCode, status);
    }
  });

  check(`${provider}: a stream that breaks off is an error`, async (model) => {
    for (const broken of ["reset-mid-stream", "error-mid-stream", "no-finish"]) {
      const parts = [];
      const answer = streamText(ask(model, mode(broken), { onError: () => {} }));
      for await (const part of answer.fullStream) parts.push(part.type);
      assert.ok(parts.includes("error"), `${broken}: ${parts}`);
    }
  });

  check(`${provider}: a passing fault is tried again`, async (model) => {
    const unique = `${mode("fail-then-ok:1,503")} ${Math.random()}`;
    assert.equal((await generateText(ask(model, unique, { maxRetries: 2 }))).text, TEXT);
  });

  check(`${provider}: a request can be left`, async (model) => {
    const late = generateText(ask(model, mode("hang"), { abortSignal: AbortSignal.timeout(300) }));
    assert.match(String(await failure(late)), /Timeout|Abort/);
    const answer = streamText(ask(model, mode("endless"), { abortSignal: AbortSignal.timeout(2_000) }));
    let seen = 0;
    for await (const _ of answer.textStream) seen++;
    assert.ok(seen > 0);
  });
}

await run("Vercel AI SDK (Node)", "ai");
