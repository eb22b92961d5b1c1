/// Tasks: from the request to the pushed branch.
///
/// [Tasks] has the rules and the SQL of the task table, which is also the queue; [Dispatcher] claims from it;
/// [TaskRun] is the whole story of one attempt; the resources are the API. May use everything below: agent, git,
/// sandbox, event, auth, http, db, setting.
@NullMarked
package dev.sesame.task;

import org.jspecify.annotations.NullMarked;
