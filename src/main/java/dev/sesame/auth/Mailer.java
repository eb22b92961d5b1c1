package dev.sesame.auth;

import dev.sesame.setting.SettingKeys;
import dev.sesame.setting.Settings;
import jakarta.inject.Singleton;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Properties;

/// Sends mail by the server of `smtp.*`, as those settings are at the moment. Safe from any thread.
@Singleton
final class Mailer {
    private static final Logger LOG = System.getLogger(Mailer.class.getName());
    private static final String PATIENCE_MILLIS = "10000";

    private final Settings settings;

    Mailer(Settings settings) {
        this.settings = settings;
    }

    /// Whether there is a mail server to send by.
    boolean available() {
        return !settings.get(SettingKeys.SMTP_HOST).isEmpty();
    }

    /// Sends in the background, so that an answer's time tells nothing; a failure is in the log.
    void send(String to, String subject, String text) {
        Thread.ofVirtual().name("mail").start(() -> {
            try {
                deliver(to, subject, text);
            } catch (MessagingException e) {
                LOG.log(Level.ERROR, "A mail could not be sent by {0}:{1}: {2}", host(), port(), why(e));
            }
        });
    }

    /// With the cause, without which it says of TLS only that there is no connection.
    private static String why(MessagingException failure) {
        Throwable cause = failure.getCause();
        return failure.getMessage() + (cause == null ? "" : ": " + cause.getMessage());
    }

    @SuppressWarnings("JavaUtilDate") // what Jakarta Mail takes
    private void deliver(String to, String subject, String text) throws MessagingException {
        Session session = Session.getInstance(properties());
        String from = settings.get(SettingKeys.SMTP_FROM);
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(from.isEmpty() ? "sesame@localhost" : from));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        message.setSubject(subject, StandardCharsets.UTF_8.name());
        message.setText(text, StandardCharsets.UTF_8.name());
        message.setSentDate(new Date());
        String user = settings.get(SettingKeys.SMTP_USER);
        if (user.isEmpty()) {
            Transport.send(message);
        } else {
            Transport.send(message, user, settings.get(SettingKeys.SMTP_PASS));
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", "smtp");
        properties.put("mail.smtp.host", host());
        properties.put("mail.smtp.port", port());
        properties.put(
                "mail.smtp.ssl.enable", settings.get(SettingKeys.SMTP_SECURE).toString());
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.starttls.enable", "true");
        // A password never travels in the clear.
        properties.put(
                "mail.smtp.starttls.required",
                Boolean.toString(!settings.get(SettingKeys.SMTP_USER).isEmpty()
                        && !settings.get(SettingKeys.SMTP_SECURE)
                        && !host().equals("localhost")
                        && !host().startsWith("127.")));
        properties.put(
                "mail.smtp.auth",
                Boolean.toString(!settings.get(SettingKeys.SMTP_USER).isEmpty()));
        properties.put("mail.smtp.connectiontimeout", PATIENCE_MILLIS);
        properties.put("mail.smtp.timeout", PATIENCE_MILLIS);
        properties.put("mail.smtp.writetimeout", PATIENCE_MILLIS);
        return properties;
    }

    private String port() {
        return settings.get(SettingKeys.SMTP_PORT).toString();
    }

    private String host() {
        return settings.get(SettingKeys.SMTP_HOST);
    }
}
