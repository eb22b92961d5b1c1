import { expect, test, vi } from "vitest";
import type { Task } from "@/api/types";

vi.mock("@/api/live/live", () => ({}));
vi.mock("@/app/notifications", () => ({}));
vi.mock("@/app/connectionState", () => ({}));
const { changed } = await import("./changes");

const task = (id: string, status: Task["status"], minute: number) =>
  ({ id, status, createdAt: `2026-01-01T00:0${minute}:00.000Z` }) as Task;
const pages = (total: number, ...lists: Task[][]) => ({
  pageParams: lists.map((_, index) => index),
  pages: lists.map((tasks) => ({ tasks, total })),
});
const ids = (list: ReturnType<typeof changed>) => list.pages.flatMap((page) => page.tasks.map((each) => each.id));

const two = pages(2, [task("b", "processing", 2), task("a", "completed", 1)]);

test("a new task comes first and is counted", () => {
  const list = changed(two, {}, task("c", "pending", 3));
  expect(ids(list)).toEqual(["c", "b", "a"]);
  expect(list.pages[0]?.total).toBe(3);
});

test("a change of a known task keeps its place", () => {
  const list = changed(two, {}, task("a", "failed", 1));
  expect(ids(list)).toEqual(["b", "a"]);
  expect(list.pages[0]?.tasks[1]?.status).toBe("failed");
});

test("a task leaves a list that it no longer fits, and comes where it fits now", () => {
  const running = pages(1, [task("b", "processing", 2)]);
  expect(ids(changed(running, { status: "processing" }, task("b", "completed", 2)))).toEqual([]);
  expect(ids(changed(running, { status: "processing" }, task("x", "completed", 1)))).toEqual(["b"]);
});

test("a deleted task is gone", () => {
  const list = changed(two, {}, { id: "b" });
  expect(ids(list)).toEqual(["a"]);
  expect(list.pages[0]?.total).toBe(1);
});

test("an old task that is not loaded yet only counts", () => {
  const list = changed(pages(9, [task("b", "pending", 5)]), {}, task("old", "failed", 1));
  expect(ids(list)).toEqual(["b"]);
  expect(list.pages[0]?.total).toBe(9 + 1);
});
