// What a page weighs on a first visit: everything that came over the wire, as it came.

/** Bytes by file of a page that is visited with an empty cache. */
export async function weight(page, path) {
  const client = await page.context().newCDPSession(page);
  const [addresses, bytes] = [new Map(), new Map()];
  client.on("Network.responseReceived", ({ requestId, response }) => addresses.set(requestId, response.url));
  client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const address = addresses.get(requestId);
    if (address) bytes.set(address, (bytes.get(address) ?? 0) + encodedDataLength);
  });
  await client.send("Network.enable");
  await client.send("Network.setCacheDisabled", { cacheDisabled: true });
  await page.goto(path, { waitUntil: "load" });
  // Modules and frames that the page's own scripts ask for.
  await page.waitForTimeout(500);
  await client.detach();
  return bytes;
}
