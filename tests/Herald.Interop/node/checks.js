// Runs named checks one after the other and prints one line for each.
import assert from 'node:assert/strict';

const CHECK_MS = 120_000;

export class Checks {
  #failed = 0;

  get failed() {
    return this.#failed;
  }

  /** Runs one check. The answer is what the check returns, or undefined if it failed. */
  async run(name, check) {
    let timer;
    const tooLong = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no end within ${CHECK_MS} ms`)), CHECK_MS);
    });
    try {
      const result = await Promise.race([check(), tooLong]);
      console.log(`ok - node: ${name}`);
      return result;
    } catch (error) {
      this.#failed++;
      console.log(`not ok - node: ${name}`);
      console.log(String(error.stack ?? error).replace(/^/gm, '    '));
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Asks again until the answer is accepted, for as long as the limit allows. */
export async function until(what, ask, isAccepted, limitMs = 60_000) {
  const end = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (isAccepted(answer)) {
      return answer;
    }
    assert.ok(Date.now() < end, `${what} did not come within ${limitMs} ms; last: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
