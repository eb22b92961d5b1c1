import { expect, test } from "vitest";
import { type Command, matching } from "./commands";

const command = (label: string, words = ""): Command => ({ id: label, group: "action", label, words, run: () => {} });
const all = [command("Go to tasks"), command("New task"), command("Theme: Dark", "night")];

test("a query finds what has all of its words, in any order", () => {
  expect(matching(all, "task go").map((each) => each.label)).toEqual(["Go to tasks"]);
  expect(matching(all, "night")).toHaveLength(1);
  expect(matching(all, "nothing")).toEqual([]);
});

test("a label that begins with the query comes first", () => {
  expect(matching([command("Open new"), command("New task")], "new")[0]?.label).toBe("New task");
});

test("no query finds all, as they are", () => {
  expect(matching(all, "  ")).toEqual(all);
});
