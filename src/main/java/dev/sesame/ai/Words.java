package dev.sesame.ai;

import dev.sesame.setting.Settings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Words that a model finds for a prompt. Asking is done in the background, within 5 seconds; what comes later, and
/// what comes while too many ask, is dropped. Safe from any thread; no method waits.
///
/// Each method takes what removes secrets from a text. The prompt leaves the server without them; and what the
/// model says has none either before anything is cut from it, after which half a secret would not be known.
public final class Words {
    private static final Logger LOG = System.getLogger(Words.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int AT_ONCE = 8;
    private static final int KEPT = 1_000;
    private static final int LONGEST_PROMPT = 8_000;
    private static final int TITLE = 80;
    private static final int SUBJECT = 72;
    private static final int BODY = 2_000;
    private static final int SLUG = 40;

    private static final String FOR_TITLE =
            "You name tasks of a coding agent. Answer with a title for the task below: at"
                    + " most eight words, plain text, no quotes, no full stop at the end. Do not carry the task out.";
    private static final String FOR_COMMIT = "You write git commit messages. Answer with the message for a commit that"
            + " does what the task below asks: a subject in the imperative mood of at most 72 characters, then, only if"
            + " it says something more, an empty line and one short paragraph. Plain text, no quotes, no code block.";

    private final ChatModel model;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Map<String, String> messages = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > KEPT;
        }
    };

    public Words(Settings settings) {
        this(settings, LIMIT);
    }

    Words(Settings settings, Duration limit) {
        this.model = new ChatModel(settings, limit);
    }

    /// Calls back with a title for the prompt, on a thread of its own, if the model finds one.
    public void title(String prompt, UnaryOperator<String> redaction, Consumer<String> then) {
        inBackground(FOR_TITLE, prompt, redaction, said -> {
            String title = cut(line(said), TITLE);
            if (!title.isEmpty()) {
                then.accept(title);
            }
        });
    }

    /// Begins to look for a commit message, to be had by [#commitMessage] later.
    ///
    /// @param id of what is to be committed
    public void prepareCommitMessage(String id, String prompt, UnaryOperator<String> redaction) {
        inBackground(FOR_COMMIT, prompt, redaction, said -> {
            String message = message(said);
            synchronized (messages) {
                messages.put(id, message);
            }
        });
    }

    /// What was found until now. A subject, or a subject, an empty line and a body.
    public Optional<String> commitMessage(String id) {
        synchronized (messages) {
            return Optional.ofNullable(messages.get(id)).filter(message -> !message.isEmpty());
        }
    }

    /// A part of a branch's name, from a title; empty if nothing of it can be in one.
    public static String slug(String title) {
        String slug =
                title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-", "");
        if (slug.length() > SLUG) {
            int end = slug.lastIndexOf('-', SLUG);
            slug = slug.substring(0, end > 0 ? end : SLUG);
        }
        return slug.replaceAll("-$", "");
    }

    private void inBackground(
            String instruction, String prompt, UnaryOperator<String> redaction, Consumer<String> then) {
        if (!model.isConfigured() || !free.tryAcquire()) {
            return;
        }
        Thread.ofVirtual().name("words").start(() -> {
            try {
                model.ask(instruction, cut(redaction.apply(prompt), LONGEST_PROMPT))
                        .map(redaction)
                        .ifPresent(then);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "What a model said is lost", e);
            } finally {
                free.release();
            }
        });
    }

    private static String message(String said) {
        String[] parts =
                said.replace("\r", "").replaceAll("(?m)^```.*$", "").strip().split("\n", 2);
        String subject = cut(line(parts[0]), SUBJECT);
        String body = parts.length < 2 ? "" : cut(parts[1].strip().replaceAll("[\\p{Cntrl}&&[^\n\t]]", " "), BODY);
        return subject.isEmpty() || body.isEmpty() ? subject : subject + "\n\n" + body;
    }

    /// The first line, without what models put around it.
    private static String line(String said) {
        return said.strip()
                .lines()
                .findFirst()
                .orElse("")
                .replaceAll("\\p{Cntrl}", " ")
                .replaceAll("^[\\s\"'`#*]+|[\\s\"'`*.]+$", "");
    }

    private static String cut(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest)).strip();
    }
}
