export const tasks = {
  title: "Tasks",
  emptyTitle: "No tasks yet",
  emptyText: "Give an agent a prompt and a repository; watch it work here.",
};
