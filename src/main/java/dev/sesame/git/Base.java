package dev.sesame.git;

import java.nio.file.Path;

/// What a task starts from: the commit of its base branch when it was fetched.
///
/// @param branch without `refs/heads/`
/// @param commit the full object id
/// @param mirror the bare mirror that has it; only to be read, also by sandboxes
public record Base(String branch, String commit, Path mirror) {}
