package dev.sesame.auth;

import dev.sesame.http.Problem;

/// What a key can be allowed to do. The wire names are `resource:action`.
public enum Permission {
    TASKS_READ("tasks", "read"),
    TASKS_WRITE("tasks", "write"),
    TERMINAL_WRITE("terminal", "write"),
    REPOS_READ("repos", "read"),
    SETTINGS_READ("settings", "read"),
    CREDENTIALS_READ("credentials", "read"),
    CREDENTIALS_WRITE("credentials", "write"),
    ADMIN_READ("admin", "read"),
    ADMIN_WRITE("admin", "write");

    private final String resource;
    private final String action;

    Permission(String resource, String action) {
        this.resource = resource;
        this.action = action;
    }

    public String resource() {
        return resource;
    }

    public String action() {
        return action;
    }

    public boolean adminOnly() {
        return this == ADMIN_READ || this == ADMIN_WRITE;
    }

    void refuseUnless(boolean allowed) {
        if (!allowed) {
            throw Problem.FORBIDDEN.because("This needs the permission " + resource + ":" + action);
        }
    }
}
