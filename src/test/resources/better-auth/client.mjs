// Drives a server with better-auth's public client and prints what it answered, as one JSON object.
// Usage: node client.mjs BASE_URL
import { createAuthClient } from "better-auth/client";
import { apiKeyClient } from "better-auth/client/plugins";

const base = process.argv[2];
let cookie = "";

// What a browser does: keeps the cookie and names the page's origin.
async function browser(url, options = {}) {
  const headers = new Headers(options.headers);
  headers.set("origin", base);
  if (cookie) headers.set("cookie", cookie);
  const answer = await fetch(url, { ...options, headers });
  for (const set of answer.headers.getSetCookie()) {
    if (set.includes("session_token=")) cookie = set.includes("Max-Age=0") ? "" : set.split(";")[0];
  }
  return answer;
}

const client = createAuthClient({
  baseURL: base,
  plugins: [apiKeyClient()],
  fetchOptions: { customFetchImpl: browser },
});

function data({ data, error }) {
  if (error) throw new Error(JSON.stringify(error));
  return data;
}

const email = "client@example.com";
const password = "correct horse";
const told = {};

told.signUp = data(await client.signUp.email({ name: "Client", email, password }));
told.signOut = data(await client.signOut());
told.signedOut = data(await client.getSession());
told.wrong = (await client.signIn.email({ email, password: "wrong horse" })).error;
told.signIn = data(await client.signIn.email({ email, password }));
told.session = data(await client.getSession());
told.sessions = data(await client.listSessions());
told.created = data(
  await client.apiKey.create({ name: "ci", expiresIn: 86400, metadata: { team: "blue" } }),
);

const withKey = (key) => fetch(base + "/api/tasks", { headers: { "x-api-key": key } });
told.keyWorks = (await withKey(told.created.key)).status;
told.listed = data(await client.apiKey.list());
told.disabled = data(await client.apiKey.update({ keyId: told.created.id, enabled: false }));
told.keyDisabled = (await withKey(told.created.key)).status;
told.got = data(await client.apiKey.get({ query: { id: told.created.id } }));
told.deleted = data(await client.apiKey.delete({ keyId: told.created.id }));
told.left = data(await client.apiKey.list());
told.missing = (await client.apiKey.get({ query: { id: told.created.id } })).error;
told.renamed = data(await client.updateUser({ name: "Renamed" }));
told.changed = data(
  await client.changePassword({ currentPassword: password, newPassword: "battery staple", revokeOtherSessions: true }),
);
told.after = data(await client.getSession());

console.log(JSON.stringify(told));
