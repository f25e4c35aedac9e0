// Runs checks against a gateway one after the other, and prints one line of JSON for each: what NodeClientsTest reads.
import { readFileSync } from "node:fs";

export const gateway = process.env.GATEWAY;
export const key = process.env.KEY;
/** The models to ask: each stands for an upstream of another dialect. */
export const models = process.env.MODELS.split(",");
export const TEXT = "Grüße, wörld 😀!";

const checks = [];

/** A fact about one model. */
export function check(name, body) {
  for (const model of models) checks.push({ name: `${name} (${model})`, body: () => body(model) });
}

/** A fact about the gateway, whatever the model. */
export function once(name, body) {
  checks.push({ name, body });
}

export const mode = (name) => `[[mode:${name}]] hello`;

/** The error that `promise` must end with. */
export async function failure(promise) {
  let value;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`it did not fail, but gave ${JSON.stringify(value)?.slice(0, 300)}`);
}

export async function run(client, packageName) {
  const manifest = new URL(`./node_modules/${packageName}/package.json`, import.meta.url);
  print({ client, version: JSON.parse(readFileSync(manifest)).version });
  for (const { name, body } of checks) {
    try {
      await within(20_000, body());
      print({ check: name, ok: true });
    } catch (error) {
      print({ check: name, ok: false, error: String(error?.stack ?? error).slice(0, 1500) });
    }
  }
  process.exit(0);
}

function print(line) {
  process.stdout.write(JSON.stringify(line) + "\n");
}

function within(millis, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not within ${millis} ms`)), millis);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
