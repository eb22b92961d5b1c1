import { expect, test } from "vitest";
import { cut, MOST_WAITING, Unsent } from "./unsent";

/** Sends it all, and returns what went out. */
function drain(unsent: Unsent): string {
  let out = "";
  for (let batch = unsent.next(); batch; batch = unsent.next()) {
    out += batch.data;
    unsent.taken(batch);
  }
  return out;
}

test("what was sent is sent again as it was, under the same key, until it has arrived", () => {
  const unsent = new Unsent("q");
  unsent.add("a");
  const first = unsent.next();
  expect(first).toEqual({ data: "a", key: "q-1" });
  unsent.connected = false;
  unsent.add("b");
  unsent.add("c");
  expect(unsent.next()).toBe(first);
  expect(unsent.flow).toBe("waiting");
  unsent.connected = true;
  unsent.taken(first!);
  expect(unsent.next()).toEqual({ data: "bc", key: "q-2" });
  expect(unsent.flow).toBe("clear");
});

test("so much waits and no more, and what arrives has no gap", () => {
  const unsent = new Unsent("q");
  unsent.connected = false;
  const fits = "x".repeat(MOST_WAITING - 1);
  unsent.add(fits);
  unsent.add("yy");
  expect(unsent.flow).toBe("full");
  unsent.add("z"); // would fit, but comes after what was dropped
  unsent.connected = true;
  expect(unsent.flow).toBe("dropped");
  unsent.add("z");
  expect(drain(unsent)).toBe(fits);
  expect(unsent.flow).toBe("dropped");
  unsent.add("n");
  expect(unsent.flow).toBe("clear");
  expect(drain(unsent)).toBe("n");
});

test("while there is a connection a paste may be as long as it likes", () => {
  const unsent = new Unsent("q");
  const paste = "p".repeat(10 * MOST_WAITING);
  unsent.add(paste);
  unsent.add("q");
  expect(drain(unsent)).toBe(`${paste}q`);
});

test("what was given up does not count as arrived later", () => {
  const unsent = new Unsent("q");
  unsent.add("a");
  const given = unsent.next()!;
  unsent.clear();
  unsent.add("b");
  const next = unsent.next()!;
  unsent.taken(given);
  expect(unsent.next()).toBe(next);
  expect(next.key).not.toBe(given.key);
});

test("a long paste is cut between characters", () => {
  expect(cut("short")).toBe("short");
  expect(cut("x".repeat(20_000))).toHaveLength(16_000);
  expect(cut("x".repeat(15_999) + "😀" + "x".repeat(100))).toHaveLength(15_999);
});
