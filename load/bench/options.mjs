// What bin/bench was asked to do.
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    growth: { type: "boolean", default: false },
    exports: { type: "boolean", default: false },
    reading: { type: "boolean", default: false },
    rows: { type: "string" },
    against: { type: "string" },
    engine: { type: "string", multiple: true, default: ["sqlite", "postgres"] },
    headline: { type: "string" },
    output: { type: "string" },
  },
});

/** Numbers for a run that convinces, and for one that only shows that all of it works. */
const size = values.quick
  ? { seconds: 3, starts: 3, headline: 50_000, growthBurst: 2000, turns: 4, growth: [0, 10_000, 50_000], exports: 20_000, reading: 20_000, readingTimes: 20 }
  : { seconds: 15, starts: 9, headline: 2_000_000, growthBurst: 20_000, turns: 16, growth: [0, 100_000, 1_000_000, 3_000_000, 10_000_000], exports: 1_000_000, reading: 10_000_000, readingTimes: 300 };

export const options = {
  ...size,
  quick: values.quick,
  engines: values.engine,
  growth: values.growth ? size.growth : null,
  exports: values.exports ? Number(values.rows ?? size.exports) : null,
  reading: values.reading ? Number(values.rows ?? size.reading) : null,
  against: values.against,
  headline: values.headline ? Number(values.headline) : size.headline,
  output: values.output ?? (values.quick ? null : "docs/benchmarks.md"),
  connections: 64,
};
