import { expect, test } from "vitest";
import { blocks } from "./blocks";

test("paragraphs are blocks of their own", () => {
  expect(blocks("one\nstill one\n\ntwo\n\n\nthree")).toEqual(["one\nstill one\n", "two\n\n", "three"]);
});

test("a code fence is not cut at its empty lines, also while it is still open", () => {
  expect(blocks("a\n\n```js\nx\n\ny\n```\n\nb")).toHaveLength(2);
  expect(blocks("```js\nx\n\ny\n\nz")).toHaveLength(1);
  expect(blocks("````\n```\n\nx\n````\n\nb")).toHaveLength(2);
});

test("a list stays whole, so that its numbers go on", () => {
  expect(blocks("1. one\n\n2. two\n\n   more\n\nafter")).toHaveLength(2);
});

test("nothing is lost", () => {
  const text = "# T\n\npara\n\n- a\n\n- b\n\n> q\n\n```\nc\n\nd\n```\nend";
  expect(blocks(text).join("\n")).toBe(text);
});
