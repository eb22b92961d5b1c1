/// A model that finds words for us: titles, slugs of branches, commit messages. Not the agents' models.
///
/// [Words] is all that others see. Whatever the model does, nobody waits for it and nothing fails by it: where it has
/// nothing to say, or is not configured (`ai.*`), the caller uses its own plain words. May use `setting`.
@NullMarked
package dev.sesame.ai;

import org.jspecify.annotations.NullMarked;
