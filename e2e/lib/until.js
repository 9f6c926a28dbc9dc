// What happens a moment later is looked for again until it is there.
import { setTimeout as sleep } from "node:timers/promises";

const PATIENCE = 20_000;
const PAUSE = 100;

/** Reads again and again until what is read is as awaited; gives what was read last, also when it never came so far. */
export async function until(read, awaited) {
  const end = Date.now() + PATIENCE;
  let found = await read();
  while (!awaited(found) && Date.now() < end) {
    await sleep(PAUSE);
    found = await read();
  }
  return found;
}

/** Loads a page without scripts again and again until it shows what is awaited. */
export async function reloadUntil(page, locator) {
  await until(async () => {
    if (await locator.isVisible()) return true;
    await page.reload();
    return false;
  }, Boolean);
  await locator.waitFor();
}
