// The figures as Markdown.
import { options } from "./options.mjs";

const number = (value, digits = 0) =>
  value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
const row = (cells) => `| ${cells.join(" | ")} |`;

/** A Markdown table. */
export function table(head, rows) {
  return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

// Name, unit's digits, where the figure lies, and whether less is better.
const MEASURES = [
  ["single submissions, a second", 0, (r) => r.singles?.saturated.per_second],
  ["… p99 when saturated, ms", 1, (r) => r.singles?.saturated.latency_ms.p99, "less"],
  ["single at 1,000 a second, p50, ms", 2, (r) => r.singles?.steady.latency_ms.p50, "less"],
  ["… p99, ms", 2, (r) => r.singles?.steady.latency_ms.p99, "less"],
  ["… p99.9, ms", 2, (r) => r.singles?.steady.latency_ms.p99_9, "less"],
  ["bulk, JSON lists of 1,000, submissions a second", 0, (r) => r.bulk?.json.per_second],
  ["bulk, NDJSON of 1,000, submissions a second", 0, (r) => r.bulk?.ndjson.per_second],
  ["list page at 100 a second, p99, ms", 2, (r) => r.list?.latency_ms.p99, "less"],
  ["no-op jobs, a second", 0, (r) => r.jobs?.per_second],
  ["start to ready, ms", 0, (r) => r.rest?.start, "less"],
  ["idle memory (RSS), MB", 1, (r) => r.rest?.memory, "less"],
];

/** One line a measure, one column a subject, and how SQLite compares with PocketBase. */
export function measures(results) {
  const { sqlite, postgres, pocketbase } = results;
  const cell = (result, read, digits) => {
    const value = result && read(result);
    return value === undefined ? "–" : number(value, digits);
  };
  const ratio = (read, less) => {
    const [ours, theirs] = [sqlite && read(sqlite), pocketbase && read(pocketbase)];
    if (ours === undefined || theirs === undefined) return "–";
    return `${number(less ? theirs / ours : ours / theirs, 1)} ×`;
  };
  const rows = MEASURES.map(([name, digits, read, less]) => [
    name, ...[sqlite, postgres, pocketbase].map((result) => cell(result, read, digits)), ratio(read, less),
  ]);
  return table(["", "Mewayz, SQLite", "Mewayz, PostgreSQL", "PocketBase", "SQLite better by"], rows);
}

/** The whole burst: sent, acknowledged, counted back, and every job done. */
export function headline(results) {
  const rows = ["sqlite", "postgres"].filter((engine) => results[engine]).map((engine) => {
    const { report, acknowledged, counted, done, memory } = results[engine].headline;
    return [
      engine, number(report.acknowledged), `${number(acknowledged, 1)} s`, `${number(counted, 1)} s`,
      `${number(done, 1)} s`, number(report.acknowledged / done), `${number(memory)} MB`,
    ];
  });
  return table(
    ["", "submissions", "acknowledged after", "counted back after", "all jobs done after", "a second, whole", "memory then"],
    rows,
  );
}

/** What a submission costs as the table grows. */
export function growth(results) {
  return ["sqlite", "postgres"].filter((engine) => results[engine]?.growth).map((engine) => {
    const rows = results[engine].growth.map(({ rows, saturated, steady, page, memory }) => [
      number(rows), number(saturated.per_second), number(1e6 / saturated.per_second, 1),
      number(steady.latency_ms.p99, 2), number(page.latency_ms.p99, 2), `${number(memory)} MB`,
    ]);
    const head = ["rows before", "a second", "µs each", "p99 at 1,000/s, ms", "list page p99, ms", "memory"];
    return `### ${engine}\n\n${table(head, rows)}`;
  }).join("\n\n");
}

/** What an export takes. */
export function exports(results) {
  const rows = ["sqlite", "postgres"].filter((engine) => results[engine]?.exports).flatMap((engine) =>
    results[engine].exports.taken.map(({ format, seconds, growth, bytes }) => [
      engine, format, `${number(seconds, 1)} s`, `${number(growth)} MB`, `${number(bytes / 1e6)} MB`,
    ]));
  return table(["", "format", "ready after", "memory beyond rest, at most", "size of the file"], rows);
}

/** What it takes to read very many. */
export function reading(results) {
  const { sqlite, postgres } = results;
  const known = (sqlite ?? postgres).reading.taken;
  const cells = (result, place) =>
    result?.reading ? [number(result.reading.taken[place].p50, 1), number(result.reading.taken[place].p99, 1)] : ["–", "–"];
  const rows = known.map(({ name, found }, place) =>
    [name, number(found), ...cells(sqlite, place), ...cells(postgres, place)]);
  return table(["", "found at most", "SQLite p50, ms", "p99", "PostgreSQL p50, ms", "p99"], rows);
}

/** A program beside another. */
export function beside(engine, figures) {
  const figure = (value) => number(value, value < 10 ? 2 : 1);
  const rows = figures.map(({ name, old, now, ratio: [low, middle, high] }) =>
    [name, figure(old), figure(now), number(middle, 3), `${number(low, 3)} to ${number(high, 3)}`]);
  return `### ${engine}\n\n${table(["", "the other", "this", "ratio", "quartiles"], rows)}`;
}

/** The document. */
export function document(machine, results, versions) {
  const parts = [
    "# Benchmarks",
    `Written by \`bin/bench\`; run it to have your own machine's figures.${options.quick ? " **A quick run: it shows that everything works, not how fast it is.**" : ""}`,
    table(["", ""], [...machine, ...versions]),
    "## Side by side",
    measures(results),
    "A submission in Mewayz is validated, checked for its idempotency key, written with its event and its jobs, and acknowledged after fsync. A record in PocketBase is validated and written to SQLite with `synchronous=NORMAL`, where a power cut may take back the last acknowledged ones. The same generator sends the same answers over the same number of connections to both.",
    `## The headline: ${number(options.headline)} single submissions`,
    headline(results),
  ];
  if (options.growth) parts.push("## As the table grows", growth(results));
  if (options.exports) parts.push(`## An export of ${number(options.exports)} submissions`, exports(results));
  if (options.reading) {
    parts.push(
      `## Reading ${number(options.reading)} submissions`,
      `Each way asked ${options.readingTimes} times, one after another, over HTTP; of most ways a page of 50.`,
      reading(results),
    );
  }
  return `${parts.join("\n\n")}\n`;
}
