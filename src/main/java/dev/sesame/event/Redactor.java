package dev.sesame.event;

/// Replaces known secrets in text, in all the forms they may take there.
public interface Redactor {

    /// The text with every known secret replaced by `[redacted]`.
    String redact(String text);

    /// How many characters at the end of the text could be the beginning of a secret, so that what follows must
    /// be seen before they may be stored; 0 if none.
    int openEnd(CharSequence text);

    /// Knows no secret.
    Redactor NONE = new Redactor() {
        @Override
        public String redact(String text) {
            return text;
        }

        @Override
        public int openEnd(CharSequence text) {
            return 0;
        }
    };
}
