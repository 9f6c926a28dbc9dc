// Bytes as people read them, counted as the server counts them.
function bytes(size, language) {
  const [unit, whole] = size < 1024 ? ["byte", 1] : size < 1024 ** 2 ? ["kilobyte", 1024] : ["megabyte", 1024 ** 2];
  const format = { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 };
  return new Intl.NumberFormat(language, format).format(size / whole);
}
