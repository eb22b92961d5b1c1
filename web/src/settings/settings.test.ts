import { expect, test } from "vitest";
import { grants, summary, toPermissions, USUAL } from "./permissions";
import { client } from "./userAgent";

test("a key of no admin can't be given what admins may", () => {
  expect(grants(false).map((grant) => grant.id)).not.toContain("admin:read");
  expect(grants(true).map((grant) => grant.id)).toContain("admin:write");
});

test("permissions are told in a line", () => {
  expect(toPermissions(USUAL)).toEqual({ tasks: ["read", "write"], repos: ["read"], settings: ["read"] });
  expect(summary(toPermissions(USUAL))).toBe("Tasks · Repositories · Settings");
  expect(summary({ tasks: ["read"], terminal: [], unheard: ["of"] })).toBe("Tasks (read) · unheard");
});

test("browsers are told apart", () => {
  const linux = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) ";
  expect(client(`${linux}Chrome/140.0.0.0 Safari/537.36`)).toEqual({ browser: "Chrome", system: "Linux", phone: false });
  expect(client(`${linux}Chrome/140.0.0.0 Safari/537.36 Edg/140.0`).browser).toBe("Edge");
  const phone = client("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1");
  expect(phone).toEqual({ browser: "Safari", system: "iPhone", phone: true });
  expect(client(null)).toEqual({ browser: undefined, system: undefined, phone: false });
});
