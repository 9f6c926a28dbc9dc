// api_key.js BASE: registers a newcomer and prints an API key of theirs.
process.env.BASE = process.argv[2];
const { call, formWithSubmission, newcomer } = await import("./api.js");

const person = await newcomer();
await formWithSubmission(person);
const scopes = ["forms:read", "forms:write", "submissions:read", "submissions:write", "submissions:manage", "submissions:delete"];
const { key } = await call("POST", "/api/api-keys", {
  token: person.token,
  body: { name: "API tests", scopes },
});
console.log(key);
