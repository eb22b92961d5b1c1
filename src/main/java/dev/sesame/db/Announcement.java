package dev.sesame.db;

/// See [Database#announce].
record Announcement(String channel, String name) {
    private static final int LONGEST = 1000;

    Announcement {
        if (channel.length() + name.length() > LONGEST || channel.indexOf(' ') >= 0 || name.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("No name to announce: " + channel + " " + name);
        }
    }
}
