package dev.sesame.git;

/// A repository that a task may use, resolved from the name in a request.
///
/// @param name as the user wrote it: `owner/repo`, or a local repository's name
/// @param url what git is given: an `https://…` or `http://…` address, or the absolute path of a local bare
///     repository. Never has a credential
/// @param local whether it is a directory of this host
public record RepositoryRef(String name, String url, boolean local) {}
