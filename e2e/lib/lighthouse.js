// Lighthouse's scores of a page, 0 to 100, by category.
import { launch as launchChrome } from "chrome-launcher";
import lighthouse from "lighthouse";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

export async function scores(url) {
  const chrome = await launchChrome({
    chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  try {
    const { lhr } = await lighthouse(url, { port: chrome.port, onlyCategories: CATEGORIES, logLevel: "error" });
    const failed = Object.values(lhr.audits).filter(({ score }) => score !== null && score < 0.9);
    return {
      scores: Object.fromEntries(CATEGORIES.map((name) => [name, Math.round(lhr.categories[name].score * 100)])),
      failed: failed.map(({ id, title, displayValue }) => `${id}: ${title} ${displayValue ?? ""}`),
    };
  } finally {
    await chrome.kill();
  }
}
