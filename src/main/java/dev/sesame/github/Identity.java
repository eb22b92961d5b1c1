package dev.sesame.github;

/// Who somebody is in commits.
public record Identity(String name, String email) {}
