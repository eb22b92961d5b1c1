package dev.sesame.setting;

import static dev.sesame.setting.SettingType.FLAG;
import static dev.sesame.setting.SettingType.LIST;
import static dev.sesame.setting.SettingType.NETWORKS;
import static dev.sesame.setting.SettingType.PROGRAM;
import static dev.sesame.setting.SettingType.TEXT;
import static dev.sesame.setting.SettingType.WEB_ADDRESS;
import static dev.sesame.setting.SettingType.bytes;
import static dev.sesame.setting.SettingType.oneOf;
import static dev.sesame.setting.SettingType.whole;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The one table of all settings. To add one, add a line; API, UI, docs and validation come from it.
///
/// `open` ones are seen by every caller, `admin` ones by admins, `secret` ones by nobody. The environment
/// variable is the key in upper snake case unless another is given.
public final class SettingKeys {
    private static final List<Setting<?>> TABLE = new ArrayList<>();

    /// Every setting, in the order of this file.
    public static final List<Setting<?>> ALL = Collections.unmodifiableList(TABLE);

    private static final String[] AGENTS = {"claude-code", "codex", "gemini", "opencode", "copilot", "amp", "demo"};

    private static final int DAY = 24 * 60;
    private static final long BYTES_PER_RUNNING_TASK = 1_500_000_000;

    public static final Setting<Integer> TASKS_MAX_RUNNING =
            open("tasks.maxRunning", whole(1, 10_000), fittingInMemory(), "How many tasks run at once.");
    public static final Setting<Integer> TASKS_MAX_RUNNING_PER_USER = open(
            "tasks.maxRunningPerUser", whole(1, 10_000), fittingInMemory(), "How many tasks of one user run at once.");
    public static final Setting<Integer> TASKS_MAX_DURATION_MINUTES = open(
            "tasks.maxDurationMinutes",
            whole(1, 30 * DAY),
            120,
            "After how many minutes a task is ended that does not say its own limit.");
    public static final Setting<Integer> TASKS_SILENCE_MINUTES = open(
            "tasks.silenceMinutes",
            whole(1, DAY),
            15,
            "After how many minutes without output a running agent is ended.");
    public static final Setting<Integer> TASKS_PERMISSION_TIMEOUT_MINUTES = open(
            "tasks.permissionTimeoutMinutes",
            whole(1, 30 * DAY),
            DAY,
            "After how many minutes an unanswered permission request is denied.");
    public static final Setting<Integer> TASKS_QUOTA_TIMEOUT_MINUTES = open(
            "tasks.quotaTimeoutMinutes",
            whole(1, 30 * DAY),
            DAY,
            "After how many minutes of waiting for an agent's quota a task is ended.");
    public static final Setting<Integer> TASKS_SESSION_RETENTION_DAYS = open(
            "tasks.sessionRetentionDays",
            whole(0, 3650),
            7,
            "How many days an agent's session is kept for follow-ups.");
    public static final Setting<Integer> TASKS_TOOLCHAIN_RETENTION_DAYS = open(
            "tasks.toolchainRetentionDays",
            whole(1, 3650),
            30,
            "How many days runtimes that mise installed are kept after the last task that used them.");
    public static final Setting<Long> TASKS_MAX_OUTPUT_BYTES =
            open("tasks.maxOutputBytes", bytes(1024), 1L << 30, "How much output an agent may print in one attempt.");
    public static final Setting<Long> TASKS_MAX_TERMINAL_BYTES = open(
            "tasks.maxTerminalBytes",
            bytes(1024),
            16L << 20,
            "How much a task's terminal may show in all; a shell that prints more is ended.");
    public static final Setting<Integer> TASKS_MAX_EVENTS =
            open("tasks.maxEvents", whole(100, 100_000_000), 1_000_000, "How many events one attempt may have.");
    public static final Setting<Long> TASKS_MAX_MEMORY_BYTES = open(
            "tasks.maxMemoryBytes",
            bytes(0),
            4L << 30,
            "How much memory a task's processes may use together, where the host has control groups; 0: no limit.");
    public static final Setting<Integer> TASKS_MAX_PROCESSES = open(
            "tasks.maxProcesses",
            whole(0, 1_000_000),
            2_048,
            "How many processes and threads a task may have at once, where the host has control groups; 0: no limit.");
    public static final Setting<Integer> TASKS_MAX_PROCESSORS = open(
            "tasks.maxProcessors",
            whole(0, 10_000),
            0,
            "How many processors a task may keep busy, where the host has control groups; 0: all, in equal shares"
                    + " with the other tasks.");
    public static final Setting<String> TASKS_DEFAULT_AGENT =
            open("tasks.defaultAgent", oneOf(AGENTS), "claude-code", "The agent of a task that names none.");
    public static final Setting<String> TASKS_BASE_DIRECTORY = admin(
            "tasks.baseDirectory",
            "TASK_DIR_BASE",
            TEXT,
            "",
            "Where tasks' files are; empty means the directory tasks in the data directory.");

    public static final Setting<Integer> EVENTS_WINDOW_MILLIS = admin(
            "events.windowMillis",
            whole(0, 5_000),
            50,
            "For how many milliseconds the deltas of a message are gathered before they are stored; 0 stores each.");
    public static final Setting<Integer> EVENTS_PING_SECONDS =
            admin("events.pingSeconds", whole(1, 600), 30, "How often an open stream gets a ping, in seconds.");

    public static final Setting<Integer> RATE_LIMIT_AUTH_PER_MINUTE = admin(
            "rateLimit.authPerMinute",
            whole(1, 1_000_000),
            10,
            "How many sign-in, sign-up and password attempts a client address has in a minute.");
    public static final Setting<Integer> RATE_LIMIT_KEY_PER_MINUTE =
            admin("rateLimit.keyPerMinute", whole(1, 1_000_000), 100, "How many requests an API key has in a minute.");
    public static final Setting<List<AddressRange>> SERVER_TRUSTED_PROXIES = admin(
            "server.trustedProxies",
            NETWORKS,
            List.of(),
            "Addresses or CIDR ranges of the proxies whose X-Forwarded-For is believed.");
    public static final Setting<List<String>> SERVER_TRUSTED_HOSTS = admin(
            "server.trustedHosts",
            LIST,
            List.of(),
            "Host names beside that of BASE_URL under which browsers may use the server.");

    public static final Setting<Boolean> REGISTRATION_ALLOW_NEW_USERS = open(
            "registration.allowNewUsers",
            "ALLOW_USER_REGISTRATION",
            FLAG,
            false,
            "Whether people can sign up once there is an admin.");
    public static final Setting<Boolean> REGISTRATION_REQUIRE_EMAIL_VERIFICATION = open(
            "registration.requireEmailVerification",
            "REQUIRE_EMAIL_VERIFICATION",
            FLAG,
            false,
            "Whether a new user must confirm the e-mail address before signing in.");
    public static final Setting<Boolean> GRAVATAR_ENABLED =
            open("gravatar.enabled", FLAG, false, "Whether the UI shows pictures from gravatar.com.");

    public static final Setting<List<String>> GIT_LOCAL_REPOSITORIES = admin(
            "git.localRepositories",
            LIST,
            List.of(),
            "Directories whose bare repositories can be used by name: DIR/team/app.git is team/app.");
    public static final Setting<Boolean> GIT_INCLUDE_CO_AUTHORED_BY =
            open("git.includeCoAuthoredBy", FLAG, true, "Whether commits name Sesame in a Co-authored-by line.");
    public static final Setting<String> GITHUB_URL =
            open("github.url", WEB_ADDRESS, "https://github.com", "The GitHub host for repositories owner/repo.");
    public static final Setting<String> GITHUB_API_URL =
            open("github.apiUrl", WEB_ADDRESS, "https://api.github.com", "The API of that GitHub host.");

    public static final Setting<Boolean> AGENTS_DEMO_ENABLED =
            open("agents.demo.enabled", FLAG, true, "Whether the built-in demo agent can be used.");
    public static final Setting<String> AGENTS_BASE_URL_ANTHROPIC = admin(
            "agents.baseUrl.anthropic",
            "ANTHROPIC_BASE_URL",
            WEB_ADDRESS,
            "",
            "A gateway that agents use instead of Anthropic's API.");
    public static final Setting<String> AGENTS_BASE_URL_OPENAI = admin(
            "agents.baseUrl.openai",
            "OPENAI_BASE_URL",
            WEB_ADDRESS,
            "",
            "A gateway that agents use instead of OpenAI's API.");
    public static final Setting<String> AGENTS_BASE_URL_GEMINI = admin(
            "agents.baseUrl.gemini",
            "GOOGLE_GEMINI_BASE_URL",
            WEB_ADDRESS,
            "",
            "A gateway that agents use instead of Google's Gemini API.");

    private static final List<Setting<String>> AGENT_PATHS = Stream.of(AGENTS)
            .filter(agent -> !agent.equals("demo"))
            .map(agent -> admin(
                    "agents.path." + agent,
                    upperSnake("agents.path." + agent),
                    PROGRAM,
                    "",
                    "A program on the server's host to use as " + agent + " instead of the one from npm."))
            .toList();

    public static final Setting<String> SANDBOX_PROVIDER_TYPE = open(
            "sandboxProvider.type",
            "SANDBOX_PROVIDER",
            oneOf("local", "docker"),
            "local",
            "Where agents run: local (bubblewrap) or docker.");
    public static final Setting<String> DOCKER_SANDBOX_IMAGE =
            admin("docker.sandboxImage", TEXT, "", "The image of docker sandboxes; empty means the built-in choice.");
    public static final Setting<Boolean> SANDBOX_SECURITY_ENABLED = open(
            "sandboxSecurity.enabled",
            FLAG,
            true,
            "Whether agents run only in full isolation and behind the egress gateway.");
    public static final Setting<List<String>> SANDBOX_SECURITY_ALLOWED_DOMAINS = open(
            "sandboxSecurity.allowedDomains",
            LIST,
            List.of(),
            "Domains that sandboxes may reach beside the agents' own and the git host.");
    public static final Setting<List<String>> SANDBOX_SECURITY_DENIED_DOMAINS =
            open("sandboxSecurity.deniedDomains", LIST, List.of(), "Domains that sandboxes may never reach.");

    public static final Setting<String> AI_BASE_URL =
            admin("ai.baseUrl", WEB_ADDRESS, "", "An OpenAI-compatible API for titles and commit messages.");
    public static final Setting<String> AI_API_KEY = secret("ai.apiKey", "The key of that API.");
    public static final Setting<String> AI_MODEL =
            open("ai.model", TEXT, "", "The model for titles and commit messages.");

    public static final Setting<Boolean> OIDC_ENABLED =
            open("oidc.enabled", FLAG, false, "Whether people can sign in with OpenID Connect.");
    public static final Setting<String> OIDC_PROVIDER_ID =
            open("oidc.providerId", TEXT, "oidc", "The provider's id in the callback address.");
    public static final Setting<String> OIDC_PROVIDER_NAME =
            open("oidc.providerName", TEXT, "OpenID Connect", "The provider's name on the sign-in button.");
    public static final Setting<String> OIDC_CLIENT_ID =
            admin("oidc.clientId", TEXT, "", "Our client id at the provider.");
    public static final Setting<String> OIDC_CLIENT_SECRET =
            secret("oidc.clientSecret", "Our client secret at the provider.");
    public static final Setting<String> OIDC_ISSUER =
            admin("oidc.issuer", WEB_ADDRESS, "", "The provider; its endpoints are discovered from here.");
    public static final Setting<String> OIDC_AUTHORIZATION_URL =
            admin("oidc.authorizationUrl", WEB_ADDRESS, "", "The authorization endpoint, if not discovered.");
    public static final Setting<String> OIDC_TOKEN_URL =
            admin("oidc.tokenUrl", WEB_ADDRESS, "", "The token endpoint, if not discovered.");
    public static final Setting<String> OIDC_USER_INFO_URL =
            admin("oidc.userInfoUrl", WEB_ADDRESS, "", "The user info endpoint, if not discovered.");

    public static final Setting<String> SMTP_HOST =
            admin("smtp.host", TEXT, "", "The mail server; empty means that no mail is sent.");
    public static final Setting<Integer> SMTP_PORT = admin("smtp.port", whole(1, 65_535), 587, "Its port.");
    public static final Setting<Boolean> SMTP_SECURE =
            admin("smtp.secure", FLAG, false, "Whether the connection is TLS from its first byte.");
    public static final Setting<String> SMTP_USER = admin("smtp.user", TEXT, "", "The user at the mail server.");
    public static final Setting<String> SMTP_PASS = secret("smtp.pass", "The password at the mail server.");
    public static final Setting<String> SMTP_FROM = admin("smtp.from", TEXT, "", "The sender of our mails.");

    public static final Setting<String> METRICS_TOKEN =
            secret("metrics.token", "Who asks for /metrics must have it, as a bearer token; empty switches them off.");

    private static final Map<String, Setting<?>> BY_KEY =
            TABLE.stream().collect(Collectors.toUnmodifiableMap(Setting::key, Function.identity()));

    private SettingKeys() {}

    /// The setting for an agent's program; empty for an agent that has none.
    public static Optional<Setting<String>> agentPath(String agent) {
        return AGENT_PATHS.stream()
                .filter(setting -> setting.key().equals("agents.path." + agent))
                .findFirst();
    }

    /// The setting of that key, as it is spelled in the table.
    public static Optional<Setting<?>> find(String key) {
        return Optional.ofNullable(BY_KEY.get(key));
    }

    private static <T> Setting<T> open(String key, SettingType<T> type, T defaultValue, String description) {
        return open(key, upperSnake(key), type, defaultValue, description);
    }

    private static <T> Setting<T> open(
            String key, String environment, SettingType<T> type, T defaultValue, String description) {
        return listed(new Setting<>(key, environment, type, defaultValue, false, true, description));
    }

    private static <T> Setting<T> admin(String key, SettingType<T> type, T defaultValue, String description) {
        return admin(key, upperSnake(key), type, defaultValue, description);
    }

    private static <T> Setting<T> admin(
            String key, String environment, SettingType<T> type, T defaultValue, String description) {
        return listed(new Setting<>(key, environment, type, defaultValue, false, false, description));
    }

    private static Setting<String> secret(String key, String description) {
        return listed(new Setting<>(key, upperSnake(key), TEXT, "", true, false, description));
    }

    private static <T> Setting<T> listed(Setting<T> setting) {
        TABLE.add(setting);
        return setting;
    }

    static String upperSnake(String key) {
        return key.replaceAll("([a-z])([A-Z])", "$1_$2").replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }

    private static int fittingInMemory() {
        var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return Math.clamp(machine.getTotalMemorySize() / BYTES_PER_RUNNING_TASK, 1, 1_000);
    }
}
