import { expect, test } from "vitest";
import type { SettingField } from "@/api/types";
import { bytes, fullness } from "./fullness";
import { withQuery } from "./queries";
import { changed, type Draft, patch, shown } from "./settingDraft";
import { settingGroups } from "./settingGroups";

const field = (key: string, type: SettingField["type"], more: Partial<SettingField> = {}): SettingField => ({
  key,
  type,
  expected: "",
  environment: "",
  description: "",
  secret: false,
  everyone: true,
  locked: false,
  set: false,
  ...more,
});
const port = field("smtp.port", "number", { defaultValue: 587 });
const hosts = field("server.trustedHosts", "list", { defaultValue: [] });
const secret = field("smtp.pass", "text", { secret: true });
const on = field("gravatar.enabled", "flag", { defaultValue: false });

test("values are shown as one types them", () => {
  expect(shown(port, 25)).toBe("25");
  expect(shown(hosts, ["a", "b"])).toBe("a\nb");
  expect(shown(on, true)).toBe(true);
  expect(shown(secret, undefined)).toBe("");
});

test("a change back to what is stored is none", () => {
  const draft = changed({}, port, 25, "26");
  expect(draft).toEqual({ "smtp.port": "26" });
  expect(changed(draft, port, 25, "25")).toEqual({});
  expect(changed({ "smtp.pass": "x" }, secret, undefined, "")).toEqual({});
  expect(changed({}, port, 25, null)).toEqual({ "smtp.port": null });
});

test("only what changed is sent, in its type", () => {
  const draft: Draft = { "smtp.port": " 26", "server.trustedHosts": "a.example\n\n b.example,c", "smtp.pass": " s ", "gravatar.enabled": true };
  expect(patch(draft, [port, hosts, secret, on])).toEqual({
    "smtp.port": 26,
    "server.trustedHosts": ["a.example", "b.example", "c"],
    "smtp.pass": " s ",
    "gravatar.enabled": true,
  });
  expect(patch({ "smtp.port": "" }, [port])).toEqual({ "smtp.port": null });
  expect(patch({ "smtp.port": "many" }, [port])).toEqual({ "smtp.port": "many" });
  expect(patch({ "smtp.pass": null }, [secret])).toEqual({ "smtp.pass": null });
});

test("every setting is on exactly one page, one that nobody knew too", () => {
  const fields = [port, hosts, secret, on, field("brand.new", "text"), field("oidc.tokenUrl", "text"), field("oidc.issuer", "text")];
  const pages = (["registration", "oidc", "sandbox", "server"] as const).flatMap((page) => settingGroups(page, fields));
  expect(pages.flatMap((group) => group.fields.map((each) => each.key)).sort()).toEqual(fields.map((each) => each.key).sort());
  expect(pages.find((group) => group.name === "oidcEndpoints")?.fields.map((each) => each.key)).toEqual(["oidc.tokenUrl"]);
  expect(pages.find((group) => group.name === "other")?.fields.map((each) => each.key)).toEqual(["brand.new"]);
});

test("sizes are told with two digits", () => {
  expect([bytes(512), bytes(1500), bytes(20_000_000), bytes(999_600)]).toEqual(["512 B", "1.5 kB", "20 MB", "1.0 MB"]);
  expect(fullness({ total: 100, free: 8 })).toMatchObject({ percent: 92, low: true });
  expect(fullness({ total: 0, free: 0 }).percent).toBe(0);
});

test("an address has only the parameters that say something", () => {
  expect(withQuery("api/x", { a: "", b: undefined, c: 0, d: "ä&" })).toBe("api/x?c=0&d=%C3%A4%26");
  expect(withQuery("api/x", {})).toBe("api/x");
});
