/// What admins see and change: settings, users, the audit log, the state of the server.
///
/// Only endpoints and their rules; what they show belongs to the features below. Settings are here too, as the one
/// thing of these that every user may look at. May use `task`, `agent`, `sandbox`, `auth`, `audit`, `http`, `setting`,
/// `db`.
@NullMarked
package dev.sesame.admin;

import org.jspecify.annotations.NullMarked;
