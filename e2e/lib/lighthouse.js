// Lighthouse's scores of a page, 0 to 100, by category.
import { launch as launchChrome } from "chrome-launcher";
import lighthouse from "lighthouse";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
/** Now and then Lighthouse itself fails, and gives a category no score at all: that says nothing about the page. */
const TRIES = 3;

export async function scores(url) {
  for (let left = TRIES - 1; ; left -= 1) {
    const { audits, categories } = await report(url);
    const unscored = CATEGORIES.filter((name) => categories[name].score === null);
    if (unscored.length === 0) {
      const failed = Object.values(audits).filter(({ score }) => score !== null && score < 0.9);
      return {
        scores: Object.fromEntries(CATEGORIES.map((name) => [name, Math.round(categories[name].score * 100)])),
        failed: failed.map(({ id, title, displayValue }) => `${id}: ${title} ${displayValue ?? ""}`),
      };
    }
    const errors = Object.values(audits).filter((audit) => audit.scoreDisplayMode === "error");
    const why = errors.map(({ id, errorMessage }) => `${id}: ${errorMessage}`).join("\n");
    const trouble = `Lighthouse did not score ${unscored.join(", ")} of ${url}:\n${why}`;
    if (left === 0) throw new Error(trouble);
    console.log(trouble);
  }
}

async function report(url) {
  const chrome = await launchChrome({
    chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  try {
    const { lhr } = await lighthouse(url, { port: chrome.port, onlyCategories: CATEGORIES, logLevel: "error" });
    return lhr;
  } finally {
    await chrome.kill();
  }
}
