// Accessibility, judged by axe-core.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const SOURCE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Every violation on the page as a line: rule, element, what to do. */
export async function axe(page) {
  // Evaluated, not added as a script element, so that the page's content policy stays in force.
  await page.evaluate(await readFile(SOURCE, "utf8"));
  // A field that asks for the focus scrolls its page, sooner or later, and what sticks to the top then lies
  // over whatever it passes: a page is judged from where it begins.
  await page.evaluate(() => window.scrollTo({ top: 0, behavior: "instant" }));
  const { violations } = await page.evaluate(
    (values) => window.axe.run(document, { runOnly: { type: "tag", values } }),
    RULES,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}\n    ${node.html.slice(0, 200)}\n    ${node.failureSummary}`),
  );
}
