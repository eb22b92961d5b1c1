import { expect, test } from "vitest";
import { ApiError, Unreachable } from "@/api/http";
import { fieldErrors } from "./fieldErrors";

const refusal = (detail: string, code?: string) =>
  new ApiError({ type: "urn:sesame:error:bad-request", title: "Bad Request", status: 400, detail, ...(code ? { code } : {}) });

test("what is said of a field goes to it, with the name it has in the form", () => {
  expect(fieldErrors(refusal("name must have 1 to 200 characters, it has 0"), { name: "Name" })).toEqual({
    of: { name: "Name must have 1 to 200 characters, it has 0" },
    rest: undefined,
  });
});

test("a key before a colon is left out", () => {
  const labels = { "smtp.port": "Port", "smtp.host": "Mail server" };
  expect(fieldErrors(refusal("smtp.port: expected a whole number"), labels).of).toEqual({ "smtp.port": "Expected a whole number" });
});

test("the longest name that fits wins, and a longer word is another field", () => {
  const labels = { "tasks.maxRunning": "All", "tasks.maxRunningPerUser": "Each" };
  expect(fieldErrors(refusal("tasks.maxRunningPerUser is locked"), labels).of).toEqual({ "tasks.maxRunningPerUser": "Each is locked" });
  expect(fieldErrors(refusal("named wrongly"), { name: "Name" })).toEqual({ of: {}, rest: "named wrongly" });
});

test("a code tells the field where the sentence does not", () => {
  const codes = { INVALID_PASSWORD: { field: "currentPassword", text: "Not your password" } };
  expect(fieldErrors(refusal("Invalid password", "INVALID_PASSWORD"), {}, codes).of).toEqual({ currentPassword: "Not your password" });
});

test("no answer is about no field", () => {
  expect(fieldErrors(new Unreachable("x"), { x: "X" }).of).toEqual({});
  expect(fieldErrors(new Unreachable("x"), { x: "X" }).rest).toContain("can’t be reached");
  expect(fieldErrors(null, { x: "X" })).toEqual({ of: {}, rest: undefined });
});
